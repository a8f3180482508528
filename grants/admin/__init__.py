"""The editors' door: one file per noun (nouns.py names them all); their shared manners are in the other files."""
