"""What reading a document gives, and how it is said that a document cannot be read."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ..extracting.found import MOST_CHARACTERS
from .words import FAULTS, NOTES

NAME_SHOWN = 80

__all__ = ["MOST_CHARACTERS", "Document", "DocumentError", "Note"]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about a document that was read; `str()` is a sentence in the user's language."""

    code: str

    def __str__(self) -> str:
        return str(NOTES[self.code]) % {"most": number_format(MOST_CHARACTERS, force_grouping=True)}


@dataclass(frozen=True, slots=True)
class Document:
    """`text`: at most MOST_CHARACTERS, `\\n` for line ends, nothing that PostgreSQL or JSON cannot hold.

    `kind`: text, html, pdf, docx, odt, rtf or mail. `title`, `url`, `language` (two letters) and `published` (ISO, a
    day or a month): what the document says of itself, hints only, "" where it says nothing.
    """

    text: str
    kind: str = "text"
    title: str = ""
    url: str = ""
    language: str = ""
    published: str = ""
    notes: list[Note] = field(default_factory=list)


class DocumentError(ValueError):
    """A document that cannot be read; `str()` is what is wrong and what to do, in the user's language.

    `code` is one of `words.FAULTS`; `file_name` is "" for what was pasted.
    """

    def __init__(self, code: str, file_name: str = "", **params: object) -> None:
        super().__init__(code)
        self.code, self.file_name, self.params = code, file_name, params

    def __str__(self) -> str:
        message = str(FAULTS[self.code]) % self.params
        if not self.file_name:
            return message
        return _("File “%(name)s”: %(message)s") % {"name": visible(self.file_name), "message": message}


def visible(name: str) -> str:
    """A short name that is safe to show: control characters named by their code, long names cut."""
    short = name if len(name) <= NAME_SHOWN else name[: NAME_SHOWN - 1] + "…"
    return "".join(char if char.isprintable() or char == "\xa0" else f"[U+{ord(char):04X}]" for char in short)
