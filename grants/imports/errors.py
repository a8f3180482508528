"""One kind of error for everything that can be wrong with a sheet, worded for the person who brought it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

MESSAGES_SHOWN = 20
VALUE_SHOWN = 60


class SheetError(ValueError):
    """Something wrong in a sheet; ``str()`` is a whole sentence in the reader's language.

    ``message`` is a lazy translation with named placeholders, filled from ``params`` when it is shown.
    ``file`` may be set later, by whoever knows the name. ``others`` holds further errors of the same sheet.
    """

    def __init__(
        self,
        message: Any,
        *,
        params: Mapping[str, Any] | None = None,
        row: int | None = None,
        column: str | None = None,
        value: Any = None,
        sheet: str | None = None,
        file: str | None = None,
    ) -> None:
        super().__init__()
        self.message = message
        self.params = dict(params or {})
        self.row = row
        self.column = column
        self.value = value
        self.sheet = sheet
        self.file = file
        self.others: list[SheetError] = []

    def __str__(self) -> str:
        place = self.place()
        if not place:
            return self.words
        return _("%(place)s: %(message)s") % {"place": place, "message": self.words}

    @property
    def words(self) -> str:
        """What is wrong, without the place."""
        return str(self.message) % self.params if self.params else str(self.message)

    def place(self) -> str:
        """Where it is: file, sheet, row, column and value, as far as they are known; "" when none is."""
        parts = []
        if self.file:
            parts.append(_("file “%(name)s”") % {"name": visible(self.file)})
        if self.sheet:
            parts.append(_("sheet “%(name)s”") % {"name": visible(self.sheet)})
        if self.row is not None:
            parts.append(_("row %(number)s") % {"number": self.row})
        if self.column:
            parts.append(_("column “%(name)s”") % {"name": visible(self.column)})
        if self.value is not None:
            parts.append(_("value “%(value)s”") % {"value": visible(self.value)})
        place = ", ".join(parts)
        return place[:1].upper() + place[1:]

    def sentences(self, file: str = "") -> list[str]:
        """This error and the others found with it, one sentence each, the first MESSAGES_SHOWN of them.

        ``file`` is the name to show where an error does not know its own.
        """
        found = [self, *self.others]
        for error in found:
            error.file = error.file or file
        sentences = [str(error) for error in found[:MESSAGES_SHOWN]]
        left = len(found) - len(sentences)
        if left:
            sentences.append(_("There are other errors after these: %(count)s.") % {"count": left})
        return sentences


def gathered(errors: Iterable[SheetError]) -> SheetError:
    """The first of the errors, carrying the others; ``errors`` must not be empty."""
    first, *rest = errors
    first.others = rest
    return first


def visible(value: Any) -> str:
    """A short text that is safe to show: control characters named by their code, long values cut."""
    text = Truncator(str(value)).chars(VALUE_SHOWN)
    return "".join(char if char.isprintable() or char == "\xa0" else f"[U+{ord(char):04X}]" for char in text)
