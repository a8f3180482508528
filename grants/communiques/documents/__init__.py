"""A document that somebody brings, or a text that somebody pastes, to the text of a press release.

`read_document` tells what the bytes are by what they hold, never by the name; `clean_pasted` takes a text.
Both give a `Document` or raise `DocumentError`, in bounded time, whatever they are given.
"""

from .document import MOST_CHARACTERS, Document, DocumentError, Note
from .opening import clean_pasted, most_megabytes, read_document

__all__ = [
    "MOST_CHARACTERS",
    "Document",
    "DocumentError",
    "Note",
    "clean_pasted",
    "most_megabytes",
    "read_document",
]
