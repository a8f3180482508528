"""How cells become values and values become cells, one class per kind of column.

Cells come as the reader gives them: text, int, Decimal, bool, date. `clean` raises ValidationError, worded for the
person who filled the cell in.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from grants.bilingual import current_language
from grants.models.fields import MoneyFormField, read_date
from grants.values.folding import fold
from grants.values.partial_dates import PartialDate
from grants.values.wording import money

from .lookups import Lookup

LANGUAGES = ("fr", "en")
_SEPARATOR = re.compile(r"(?<!\\);")
_YES = frozenset({"oui", "o", "yes", "y", "1", "vrai", "true"})
_NO = frozenset({"non", "n", "no", "0", "faux", "false"})


class CellWidget(Widget):
    """What the kinds of cells share."""

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return None if value is None or value == "" else self.read(value, row or {})

    def read(self, value: Any, row: dict[str, Any]) -> Any:
        """The value of a cell that is not blank. Raises ValidationError."""
        raise NotImplementedError

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> Any:
        return "" if value is None else value

    def show(self, value: Any) -> str:
        """The value in the preview."""
        return str(self.render(value))


class Text(CellWidget):
    """Text, as Unicode composes it, so that the same words are the same value."""

    def read(self, value: Any, row: dict[str, Any]) -> str:
        return text_of(value)


class Code(CellWidget):
    """A code of a list: read by code or by label, in either language; written by label, in the reader's language."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        super().__init__()
        self.labels = dict(choices)

    def read(self, value: Any, row: dict[str, Any]) -> str:
        folded = fold(text_of(value))
        if folded in self._codes():
            return self._codes()[folded]
        raise ValidationError(
            _("“%(value)s” is not in the list. Write one of these: %(choices)s."),
            code="choice",
            params={"value": text_of(value)[:80], "choices": ", ".join(map(str, self.labels.values()))},
        )

    def _codes(self) -> dict[str, str]:
        codes = {fold(code): code for code in self.labels if code}
        for language in LANGUAGES:
            with override(language):
                for code, label in self.labels.items():
                    codes.setdefault(fold(str(label)), code)
        return codes

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> str:
        return str(self.labels.get(value, value)) if value else ""


class YesNo(CellWidget):
    """Yes or no, in the words of both languages."""

    def read(self, value: Any, row: dict[str, Any]) -> bool:
        folded = fold(text_of(value))
        if folded in _YES or folded in _NO:
            return folded in _YES
        raise ValidationError(
            _("“%(value)s” is neither yes nor no. Write oui, non, yes, no, 1 or 0."),
            code="boolean",
            params={"value": text_of(value)[:80]},
        )

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> str:
        return "" if value is None else gettext("yes") if value else gettext("no")


class Day(CellWidget):
    """A partial date: « 2021 », « mars 2021 », « 2022-04-20 », or a spreadsheet's own date."""

    def read(self, value: Any, row: dict[str, Any]) -> PartialDate:
        return read_date(value if isinstance(value, datetime.date) else text_of(value))

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> str:
        return value.iso if value else ""


class Amount(CellWidget):
    """Dollars and cents, as people and spreadsheets write them."""

    def read(self, value: Any, row: dict[str, Any]) -> Decimal:
        return MoneyFormField(max_digits=16, decimal_places=2).clean(text_of(value))

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> Any:
        return "" if value is None else value

    def show(self, value: Any) -> str:
        return "" if value is None else money(Decimal(value), current_language()).strip("$\u00a0")


class Number(Amount):
    """A figure's value, in the unit of its measure: « 25 % » and « 2,3 M$ » are read too."""

    def read(self, value: Any, row: dict[str, Any]) -> Decimal:
        return super().read(value.strip().removesuffix("%") if isinstance(value, str) else value, row)


class Reference(CellWidget):
    """Another record: read by public id or exact name, written by public id.

    A sheet may say the same by name in the column `companion`: alone it will do, beside the id it must agree.
    """

    def __init__(self, lookup: Lookup, companion: str = "") -> None:
        super().__init__()
        self.lookup = lookup
        self.companion = companion

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> models.Model | None:
        written, name = text_of(value), text_of((row or {}).get(self.companion))
        if not written:
            return self.lookup.find(name) if name else None
        record = self.lookup.find(written)
        if name and getattr(record, self.lookup.key_field) not in self.lookup.called(name):
            raise ValidationError(
                _("“%(value)s” is the id of “%(record)s”, and the next column says “%(name)s”."),
                code="disagreement",
                params={"value": written[:80], "record": str(record)[:80], "name": name[:80]},
            )
        return record

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> str:
        return getattr(value, self.lookup.key_field) if value else ""

    def show(self, value: Any) -> str:
        return self.name(value) if value else ""

    def name(self, record: models.Model) -> str:
        """A record as people recognise it, its id first."""
        return f"{getattr(record, self.lookup.key_field)} ({getattr(record, self.lookup.main_name)})"


class References(Reference):
    """Several other records, separated by semicolons."""

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """Return the records, in the order of their keys."""
        found = {record.pk: record for record in map(self.lookup.find, split(text_of(value)))}
        return [found[pk] for pk in sorted(found)]

    def render(self, value: Any, obj: models.Model | None = None, **kwargs: Any) -> str:
        return join(getattr(record, self.lookup.key_field) for record in value or [])

    def show(self, value: Any) -> str:
        return "; ".join(map(self.name, value or []))


def text_of(value: Any) -> str:
    """A cell as text, in Unicode's composed form, its line ends plain."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return format(value, "f")
    return unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").strip()


def split(text: str) -> list[str]:
    """The parts of a cell that holds several; a semicolon inside a part is written `\\;`."""
    parts = (part.replace("\\;", ";").strip() for part in _SEPARATOR.split(text))
    return [part for part in parts if part]


def join(parts: Iterable[str]) -> str:
    """Several parts in one cell, as `split` reads them."""
    return "; ".join(part.replace(";", "\\;") for part in parts)
