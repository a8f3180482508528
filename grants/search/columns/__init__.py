"""Every published grant in memory, a column a fact: what counts, adds up and sorts a million of them in milliseconds.

PostgreSQL stays the only truth. The columns are a reading of it at one version of the registry (see
`models/registry_version.py`), asked for anew whenever that version has moved, and then only as far as it moved.
"""
