"""Reading a press release: the text as given in, every figure and grant with the words that it came from out.

Rules only: no database, no network, nothing learnt. What is recognised is written in `rules.toml`.
"""
