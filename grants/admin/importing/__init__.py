"""The screens of an import, one file per step: choose a file, see what was understood, look, decide names, apply, undo.

Each view takes the ModelAdmin and the request. Pages only read; what changes an import is posted, with the version of
the import that the page showed: of two tabs one wins, the other is told.
"""
