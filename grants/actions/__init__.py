"""Verbs that change several things at once. Doors and workshops call them; each is one transaction."""
