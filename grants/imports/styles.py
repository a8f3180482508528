"""Cells to values, column by column: amounts and dates in the style that the column was found to have.

The styles are those of `reading.facts.ColumnFacts`. A style only decides what a text leaves open: « 1,234 » is one
thing or the other, « 1 234,50 » is the same in any column.
"""

import datetime
import re
from decimal import Decimal
from functools import lru_cache

from grants.values.amounts import MOST, BadAmount, read_amount
from grants.values.folding import fold
from grants.values.partial_dates import MONTHS, BadDate, PartialDate

from .sheets import Value

# Words that stand where nothing is known, folded.
NOTHING = frozenset(
    """ne rien indiquer|n a|na|s o|so|sans objet|neant|non disponible|non applicable|not applicable|not available|nd|n d
    |nil|null|none|aucun|aucune|nan|vide|non renseigne|non communique|nc|n c|inconnu|unknown|tbd|tba|a venir
    |a determiner|a preciser|sans|non precise|pas disponible|donnee non disponible|information non disponible
    |not specified|not provided|blank""".replace("\n    ", "").split("|")
)
_SIGNS_OF_NOTHING = frozenset(
    ["", "-", "--", "---", "–", "—", "/", ".", "..", "...", "…", "?", "*", "$", "- $", "-   $"]
)
_MARKS = {"comma": ",", "point": ".", "": ""}
_PLAIN = re.compile(r"-?\d{1,14}(?:\.\d\d?)?").fullmatch
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_TIME = re.compile(r"[T ,]+\d{1,2}[:h]\d\d.*$")
_TRIPLE = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(\d\d)")
_FISCAL = re.compile(r"((?:19|20)\d\d)\s?[-–/]\s?((?:19|20)?\d\d)")
_SHORT = re.compile(r"(?:(\d{1,2})[- ])?([^\W\d_]{3,9})\.?-(\d\d)")
EPOCH = datetime.date(1899, 12, 30)
# Two digits of a year: spreadsheets take those under 30 for this century; grants reach further.
CENTURY_TURNS = 70


def is_nothing(text: Value) -> bool:
    """Whether a cell says that there is nothing to say: blank, « n/a », « Néant », « - », « Ne rien indiquer »."""
    if text is None:
        return True
    if not isinstance(text, str) or len(text) > 30:
        return False
    return _is_nothing(text)


@lru_cache(maxsize=8192)
def _is_nothing(text: str) -> bool:
    return text.strip() in _SIGNS_OF_NOTHING or fold(text) in NOTHING


def cell_amount(cell: Value, style: str = "") -> tuple[Decimal, str | None]:
    """The amount of a cell and the ISO code of the currency that it names, None where it names none.

    `style` is the decimal mark of the column: "comma", "point" or "". Raises BadAmount.
    """
    if isinstance(cell, str):
        if _PLAIN(cell):
            return Decimal(cell), None
        amount = read_amount(cell, _MARKS[style])
        return amount.value, amount.currency
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        value = Decimal(cell)
        if abs(value) < MOST:
            return value, None
    raise BadAmount(str(cell))


def cell_date(cell: Value, style: str = "") -> PartialDate:
    """The date of a cell, no more precise than it is written; a fiscal year is the year in which it starts.

    `style` is one of ColumnFacts.date_style: dmy and mdy say how to take 03/04/2021, serial and compact how to take a
    bare number. Raises BadDate.
    """
    if isinstance(cell, str):
        return _date_of_text(cell, style)
    if isinstance(cell, datetime.date):
        return PartialDate(cell.year, cell.month, cell.day)
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return _date_of_text(str(int(cell)), style)
    raise BadDate(str(cell))


# A file says the same days again and again.
@lru_cache(maxsize=16_384)
def _date_of_text(text: str, style: str) -> PartialDate:
    short = _TIME.sub("", text.strip())
    if found := _TRIPLE.fullmatch(short):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        return PartialDate(year, first, second) if style == "mdy" else PartialDate(year, second, first)
    if style == "serial" and _SERIAL.fullmatch(short):
        day = EPOCH + datetime.timedelta(days=int(short[:5]))
        return PartialDate(day.year, day.month, day.day)
    if found := _FISCAL.fullmatch(short):
        first, last = int(found[1]), int(found[2])
        if last == first + 1 or (last == (first + 1) % 100 and (last > 12 or style == "fiscal")):
            return PartialDate(first)
    if found := _COMPACT.fullmatch(short):
        return PartialDate(int(found[1]), int(found[2]), int(found[3]))
    if (found := _SHORT.fullmatch(short)) and fold(found[2]) in MONTHS:
        return PartialDate(_year(found[3]), MONTHS[fold(found[2])], int(found[1]) if found[1] else None)
    return PartialDate.parse(short)


def _year(digits: str) -> int:
    """A year written with four digits, or with two."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < CENTURY_TURNS else 1900)
