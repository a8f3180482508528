"""Rows to sheet: the files that people take away, none of which can do anything but hold data."""
