"""Columns of a download, and what a value becomes before any file format has its say."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from grants.values.partial_dates import PartialDate

from .escaping import without_controls

Kind = Literal["text", "identifier", "money", "integer", "date", "boolean", "any"]
TEXTUAL = ("text", "identifier", "date")
EXACT_DIGITS = 15
EXACT_NUMBER = Decimal(10) ** EXACT_DIGITS
Codes = tuple[tuple[str, Any], ...]
Plain = str | int | Decimal | bool | None


@dataclass(frozen=True)
class Column:
    """One column: ``name`` is the machine's title, ``label`` the reader's (a lazy translation).

    ``kind`` says how cells are written; "any" follows each value's own type. ``note`` explains what the label cannot;
    ``codes`` are those of the list that it takes, each with its label.
    """

    name: str
    label: Any = ""
    kind: Kind = "text"
    note: Any = ""
    codes: Codes = ()


class Annex(NamedTuple):
    """A sheet that goes with the one of the rows, small enough to be held."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


# The sheets behind those of the rows, made once it is known how many rows there were.
Annexes = Callable[[int], Sequence[Annex]]


def no_annexes(count: int) -> Sequence[Annex]:
    """No more sheets than those of the rows."""
    return ()


def plain(value: Any, kind: Kind) -> Plain:
    """The value as text, number or truth, according to its column; None when there is nothing to say.

    Identifiers and dates are always text. Where a number is expected and a text comes, it stays text.
    """
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return value.iso
    if kind in ("money", "integer", "boolean", "any"):
        if isinstance(value, float):
            value = Decimal(repr(value))
        if isinstance(value, Decimal):
            return value if value.is_finite() else None
        if isinstance(value, bool | int):
            return value
    if isinstance(value, Decimal):
        return digits(value)
    return without_controls(str(value))


def is_exact(value: Decimal | int) -> bool:
    """Whether a spreadsheet keeps all digits of the number: it has room for fifteen."""
    if not -EXACT_NUMBER < value < EXACT_NUMBER:
        return False
    return isinstance(value, int) or len(value.normalize().as_tuple().digits) <= EXACT_DIGITS


def digits(value: Decimal | int) -> str:
    """The number's own digits, cents kept, never in powers of ten."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
