"""What a reader of documents gives, and how it says that there is nothing to read."""

from dataclasses import dataclass, field

BULLET = "• "
# Between two cells of one row; a tab would become a space like any other once the text is made plain.
CELL = " | "
# Some 130 pages: an annual report. What is longer is cut at a paragraph, with a note: its first part is of use,
# and whoever reads it knows that it is a part.
MOST_CHARACTERS = 400_000


@dataclass
class Found:
    """The text of a document, and what it says of itself: "" where it says nothing.

    `published`: ISO date, of a day or a month. `notes`: codes (`documents.words.NOTES`).
    """

    text: str
    title: str = ""
    url: str = ""
    language: str = ""
    published: str = ""
    notes: list[str] = field(default_factory=list)


class Unreadable(Exception):
    """The document cannot be read; `code` is one of `documents.words.FAULTS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


def cut(text: str, most: int = MOST_CHARACTERS) -> tuple[str, bool]:
    """The text, or its first paragraphs up to `most` characters; and whether something was left out."""
    if len(text) <= most:
        return text, False
    for mark in ("\n\n", "\n", " "):
        end = text.rfind(mark, most // 2, most)
        if end > 0:
            return text[:end], True
    return text[:most], True
