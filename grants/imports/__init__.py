"""Sheet to rows: reading what staff bring, and saying clearly what is wrong with it."""
