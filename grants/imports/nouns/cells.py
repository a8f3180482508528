"""Cells to values, by kind of column. Each kind is a function of one cell, made once per column and remembered.

A function gives the value (None for blank), `Bad` where the cell cannot be one, or `Told` where the cell says something
of other columns too. It never raises.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import override

from grants.imports.sheets import Value
from grants.imports.styles import cell_amount, cell_date, is_nothing
from grants.imports.widgets import split, text_of
from grants.models.fields import TOO_MUCH
from grants.values.amounts import BadAmount
from grants.values.folding import fold
from grants.values.partial_dates import BadDate

from .codes import KIND_SAYS
from .sheet_columns import SheetColumn
from .texts import Bad, Cast, Told, name_caster, text_caster

CENT = Decimal("0.01")
YES = frozenset({"oui", "o", "yes", "y", "1", "vrai", "true", "x"})
NO = frozenset({"non", "n", "no", "0", "faux", "false"})

_PLAIN_NUMBER = re.compile(r"\d{1,13}(?:\.\d{1,2})?")
_WHOLE = re.compile(r"\d{1,9}(?:[.,]0+)?")
_WITH_KIND = re.compile(r"(?P<name>.+?)\s*\[(?P<kind>[^\[\]]+)\]", re.DOTALL)
_NEQ_LISTS = re.compile(r"(?:CA_QC-QBC|CA-QC-CR|CA-QC_QBC|NEQ)[-: ]*", re.IGNORECASE)
_NEQ_STARTS = ("11", "22", "33", "88")


def amount_caster(style: str = "") -> Cast:
    """Dollars and cents, and the currency that the cell names. Words for nothing are no amount."""

    def cast(cell: Any) -> Any:
        if cell.__class__ is str:
            if _PLAIN_NUMBER.fullmatch(cell):
                value = Decimal(cell)
                return value if value < TOO_MUCH else Bad("too_much")
            if not any(map(str.isalnum, cell)):
                return None if is_nothing(cell) else Bad("not_an_amount")
        try:
            value, currency = cell_amount(cell, style)
        except BadAmount:
            is_number = isinstance(cell, int | Decimal) and not isinstance(cell, bool)
            return Bad("too_much" if is_number else "not_an_amount")
        if not value.is_finite() or abs(value) >= TOO_MUCH:
            return Bad("too_much")
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -2:
            value = value.quantize(CENT, ROUND_HALF_UP)
        return Told(value, (("currency", currency),)) if currency else value

    return cast


def number_caster(style: str = "") -> Cast:
    """A figure's value, in the unit of its measure: « 25 % » too."""
    amount = amount_caster(style)

    def cast(cell: Any) -> Any:
        value = amount(cell.strip().removesuffix("%").strip() if cell.__class__ is str else cell)
        if value.__class__ is Told:
            return value.value
        return Bad("not_a_number") if value.__class__ is Bad and value.code == "not_an_amount" else value

    return cast


DATE_FAULTS = {"day": "no_such_day", "month": "no_such_month", "year": "year_out_of_range"}


def date_caster(style: str = "") -> Cast:
    """A partial date, as ISO text."""

    def cast(cell: Any) -> Any:
        if is_nothing(cell):
            return None
        if isinstance(cell, datetime.datetime):
            cell = cell.date()
        try:
            return cell_date(cell, style).iso
        except BadDate as bad:
            return Bad(DATE_FAULTS.get(bad.reason, "not_a_date"))

    return cast


def code_caster(column: SheetColumn) -> Cast:
    """A code of a list, by code, label in either language, or alias."""
    codes = {fold(code): code for code, _label in column.choices if code}
    for language in ("fr", "en"):
        with override(language):
            for code, label in column.choices:
                codes.setdefault(fold(str(label)), code)
    codes = column.choice_aliases | codes
    says = KIND_SAYS if column.name == "recipient_kind" else {}

    def cast(cell: Any) -> Any:
        folded = fold(text_of(cell))
        if not folded:
            return None
        code = codes.get(folded)
        if code is None:
            return None if is_nothing(cell) else Bad("not_in_the_list")
        told = says.get(folded)
        if told is not None and (told[1] is not None or told[2] is not None):
            more = (("recipient_is_nonprofit", told[1]), ("recipient_is_person", told[2]))
            return Told(code, tuple((name, value) for name, value in more if value is not None))
        return code or None

    return cast


def yes_no_caster() -> Cast:
    """Yes or no, in the words of both languages."""

    def cast(cell: Any) -> Any:
        folded = fold(text_of(cell))
        if folded in YES or folded in NO:
            return folded in YES
        return None if is_nothing(cell) else Bad("neither_yes_nor_no")

    return cast


def integer_caster() -> Cast:
    """A whole number, not negative."""

    def cast(cell: Any) -> Any:
        text = text_of(cell)
        if _WHOLE.fullmatch(text):
            return int(re.split("[.,]", text)[0])
        return None if is_nothing(cell) else Bad("not_a_whole_number")

    return cast


def identifier_caster(column: SheetColumn) -> Cast:
    """A NEQ. In a lenient column a number that is no NEQ is left out: it must not be used for matching."""

    def cast(cell: Any) -> Any:
        if is_nothing(cell):
            return None
        digits = re.sub(r"[\s.\u00a0\u202f-]", "", _NEQ_LISTS.sub("", text_of(cell)))
        fits = len(digits) == 10 and digits.isascii() and digits.isdigit()
        if column.lenient:
            return digits if fits and digits.startswith(_NEQ_STARTS) else None
        return digits if fits else Bad("not_a_neq")

    return cast


def region_caster(known: dict[str, str]) -> Cast:
    """An administrative region's code, from its code or name. `known` gives codes by folded names."""
    start = re.compile(r"^(?:region )?(?:administrative )?(?:de la |de l |du |des |de )?")

    def cast(cell: Any) -> Any:
        folded = fold(text_of(cell))
        if not folded:
            return None
        bare = start.sub("", folded)
        for words in (folded, bare, re.sub(r"\bst\b", "saint", bare), re.sub(r"^\d\d? | \d\d?$", "", folded)):
            if words.isdigit():
                words = words.zfill(2)
            if words in known:
                return known[words]
        return None if is_nothing(cell) else Bad("unknown_region")

    return cast


def region_code_caster() -> Cast:
    """The code of a region: spreadsheets turn 01 into 1."""

    def cast(cell: Any) -> Any:
        text = text_of(cell)
        return (text.zfill(2) if text.isdigit() else text.upper()) or None

    return cast


def address_caster(column: SheetColumn) -> Cast:
    """An address on the web."""
    plain = text_caster(column)

    def cast(cell: Any) -> Any:
        text = plain(cell)
        if text.__class__ is not str or text.lower().startswith(("http://", "https://")):
            return text
        return None if is_nothing(text) else Bad("not_an_address")

    return cast


def currency_caster() -> Cast:
    """A currency's three letters, or its name."""
    names = {"dollar canadien": "CAD", "dollars canadiens": "CAD", "canadian dollar": "CAD", "canadian dollars": "CAD"}
    names |= {"euro": "EUR", "euros": "EUR", "us dollar": "USD", "us dollars": "USD", "dollar americain": "USD"}
    signs = {"$": "CAD", "€": "EUR", "£": "GBP", "$ CA": "CAD", "CA$": "CAD", "US$": "USD", "$ US": "USD"}

    def cast(cell: Any) -> Any:
        text = text_of(cell)
        if len(text) == 3 and text.isascii() and text.isalpha():
            return text.upper()
        found = signs.get(text) or names.get(fold(text))
        return found or (None if is_nothing(cell) else Bad("unknown_currency"))

    return cast


def parts_caster(column: SheetColumn) -> Cast:
    """Several records, by id or title, separated by semicolons."""
    plain = text_caster(column)

    def cast(cell: Any) -> Any:
        parts = [plain(part) for part in split(text_of(cell))]
        bad = next((part for part in parts if part.__class__ is Bad), None)
        return bad or tuple(dict.fromkeys(parts)) or None

    return cast


def names_caster(column: SheetColumn) -> Cast:
    """Other names and the code of their kind, "" where the cell says none: « A.M.V.P.Q. [sigle]; AMVPQ »."""
    plain = text_caster(column)
    kind_of = code_caster(column)

    def one(part: str) -> Any:
        match = _WITH_KIND.fullmatch(part)
        kind = kind_of(match["kind"]) if match else None
        if match and kind.__class__ is str:
            return plain(match["name"]), kind
        return plain(part), ""

    def cast(cell: Any) -> Any:
        parts = [one(part) for part in split(text_of(cell))]
        bad = next((name for name, _kind in parts if name.__class__ is Bad), None)
        return bad or tuple(dict(reversed(parts)).items())[::-1] or None

    return cast


# Columns of text that find records or say where they are: « n/a » says nothing there.
NAMING = frozenset(["reference", "recipient_name", "funder_name", "recipient_city"])


def caster_for(column: SheetColumn, *, number_style: str = "", date_style: str = "", regions: Any = None) -> Cast:
    """The function for the cells of a column. `regions` gives the codes by folded names, when asked."""
    if column.name == "currency":
        return currency_caster()
    if column.kind == "reference" or column.name in NAMING:
        return name_caster(column)
    if column.kind in ("text", "prose"):
        return text_caster(column)
    makers: dict[str, Callable[[], Cast]] = {
        "amount": lambda: amount_caster(number_style),
        "number": lambda: number_caster(number_style),
        "date": lambda: date_caster(date_style),
        "code": lambda: code_caster(column),
        "yesno": yes_no_caster,
        "integer": integer_caster,
        "identifier": lambda: identifier_caster(column),
        "region": lambda: region_caster(regions()),
        "region_code": region_code_caster,
        "address": lambda: address_caster(column),
        "references": lambda: parts_caster(column),
        "names": lambda: names_caster(column),
    }
    return makers[column.kind]()


def as_shown(cell: Value) -> str:
    """A cell as a problem quotes it."""
    return text_of(cell)[:200]
