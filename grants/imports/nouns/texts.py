"""Cells of text to values: lines, prose, names, both languages in one cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from grants.imports.styles import is_nothing
from grants.imports.widgets import text_of
from grants.models.fields import Prose, no_hidden_characters, no_hidden_characters_in_prose
from grants.values.folding import fold

from .sheet_columns import SheetColumn

LONGEST_NOTHING = 25  # characters; longer words say something

_DIGIT = re.compile(r"\d")
_LINE_ENDS = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+ *")
_SPACES = re.compile(r"\s+")
_BARS = re.compile(r"[|¦‖│┃❘∣｜ǀ]")

Cast = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be a value: a code of problems.MESSAGES and what fills it."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """A value, and what the same cell says of other columns (name, value)."""

    value: Any
    more: tuple[tuple[str, Any], ...]


def text_caster(column: SheetColumn, *, squeeze: bool = False) -> Cast:
    """One line of text, or several for prose: composed, outer spaces gone, no hidden character, short enough.

    Line ends inside one line become spaces. With `squeeze`, runs of spaces become one (names).
    """
    prose = column.kind == "prose"
    refuse_hidden = no_hidden_characters_in_prose if prose else no_hidden_characters
    longest = column.longest or 100_000
    is_normalized, normalize = unicodedata.is_normalized, unicodedata.normalize

    def cast(cell: Any) -> Any:
        text = cell.strip() if cell.__class__ is str else text_of(cell)
        if not text.isascii() and not is_normalized("NFC", text):
            text = normalize("NFC", text)
        if not text.isprintable():
            text = text.replace("\r\n", "\n") if prose else _LINE_ENDS.sub(" ", text)
            try:
                refuse_hidden(text)
            except ValidationError as hidden:
                params = hidden.params or {}
                return Bad("hidden_character", {"character": params["code"], "position": params["position"]})
        if squeeze:
            text = _SPACES.sub(" ", text) if "  " in text or "\xa0" in text else text
        if len(text) > longest:
            return too_long(column, text, longest)
        return text or None

    return cast


def name_caster(column: SheetColumn) -> Cast:
    """A name or number that finds a record; words for nothing are blank."""
    plain = text_caster(column, squeeze=True)

    def cast(cell: Any) -> Any:
        value = plain(cell)
        if value.__class__ is str and len(value) < LONGEST_NOTHING and not _DIGIT.search(value) and is_nothing(value):
            return None
        return value

    return cast


def too_long(column: SheetColumn, text: str, longest: int) -> Bad | Told:
    """A text that does not fit: cut at a word where the whole of it has another column to go to."""
    if not column.overflow or len(text) > Prose.longest:
        return Bad("too_long", {"length": len(text), "longest": longest})
    cut = text[: longest - 1]
    shorter = cut.rpartition(" ")[0] or cut
    return Told(shorter.rstrip(" ,;:–-") + "…", ((column.overflow, text),))


def split_caster(column: SheetColumn, english: str) -> Cast:
    """« English|French » in one cell: the French part, and the English one told of the column `english` ("": none)."""
    plain = name_caster(column)

    def cast(cell: Any) -> Any:
        if cell.__class__ is not str or not (bars := _BARS.split(cell)) or len(bars) != 2:
            return plain(cell)
        first, second = (part.strip() for part in bars)
        value = plain(second or first)
        if not english or not second or not first or value.__class__ is Bad or fold(first) == fold(second):
            return value
        other = plain(first)
        return value if other.__class__ is Bad else Told(value, ((english, other),))

    return cast


def person_caster(column: SheetColumn) -> Cast:
    """The name of a recipient who is known to be a natural person."""
    plain = name_caster(column)

    def cast(cell: Any) -> Any:
        name = plain(cell)
        if name is None or name.__class__ is Bad:
            return name
        return Told(name, (("recipient", name), ("recipient_is_person", True)))

    return cast
