"""The visitors' door: reads only, published records only."""
