"""Press releases read: text to draft records, each tied to its words."""
