"""Recipients and amounts told by the build of the text: items, rows, lines, records."""
