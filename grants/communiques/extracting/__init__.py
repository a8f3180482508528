"""Web pages, PDF, DOCX, ODT, RTF and saved messages to text, in a process of its own.

`python -m grants.communiques.extracting KIND` takes the bytes from standard input and writes one JSON object.
Nothing here imports Django or the rest of ours, so that it starts quickly; nothing is ever fetched.
"""
