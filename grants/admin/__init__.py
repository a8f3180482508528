"""The editors' door: one file per noun (nouns.py names them all); the manners that they share are in the other files."""
