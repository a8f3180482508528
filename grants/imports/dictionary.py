"""The columns of a sheet in words, for the help page and the template's help: what each is, how it is written, what
neighbouring standards and other lists call it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .dialects import DIALECTS
from .nouns import noun_sheet
from .nouns.sheet_columns import CONDITIONAL, SheetColumn

OBLIGATIONS: dict[str, str | Promise] = {
    "required": pgettext_lazy("column", "required"),
    "optional": pgettext_lazy("column", "optional"),
    "conditional": pgettext_lazy("column", "conditional"),
}
FORMATS: dict[str, str | Promise] = {
    "text": _("text, %(longest)s characters at most"),
    "prose": _("text of several lines, %(longest)s characters at most"),
    "amount": _("amount: 2 307 663,50 $, 2307663.50, 2,3 M$"),
    "number": _("number: 1 250, 24.6"),
    "date": _("date: 2021, 2021-03, mars 2021, 2021-03-29"),
    "code": _("one of the list"),
    "yesno": _("oui or non, yes or no, 1 or 0"),
    "region": _("two-character code or official name of an administrative region"),
    "region_code": _("two characters"),
    "reference": _("public id or name"),
    "references": _("public ids or names, separated by semicolons"),
    "names": _("names separated by semicolons, their kind in square brackets"),
    "identifier": _("ten digits, as text"),
    "integer": _("whole number"),
    "address": _("address starting with https:// or http://"),
}


@dataclass(frozen=True)
class ColumnWords:
    """A column in the words of the page's language, but for the labels, which are there in both."""

    name: str
    label: str
    label_fr: str
    label_en: str
    meaning: str
    obligation: str
    obligation_words: str
    format: str
    choices: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    equivalents: tuple[tuple[str, str], ...]
    example: str
    readonly: bool


def columns_of(noun: str) -> list[ColumnWords]:
    """The columns of a noun's sheet, in its order. Raises KeyError for a noun without a sheet."""
    return [words_of(column, noun) for column in noun_sheet(noun).columns]


def words_of(column: SheetColumn, noun: str) -> ColumnWords:
    """One column in words."""
    return ColumnWords(
        name=column.name,
        label=str(column.label),
        label_fr=column.label_in("fr"),
        label_en=column.label_in("en"),
        meaning=str(column.meaning),
        obligation=column.obligation,
        obligation_words=obligation_of(column),
        format=format_of(column),
        choices=tuple((code, str(label)) for code, label in column.choices if code),
        aliases=column.aliases,
        equivalents=equivalents_of(column) if noun == "grant" else (),
        example=column.example,
        readonly=column.readonly,
    )


def obligation_of(column: SheetColumn) -> str:
    """Whether the column must be filled, and when."""
    words = str(OBLIGATIONS[column.obligation])
    return f"{words} ({column.when})" if column.obligation == CONDITIONAL and column.when else words


def format_of(column: SheetColumn) -> str:
    """How its cells are written."""
    if column.name == "currency":
        return str(_("three capital letters"))
    return str(FORMATS[column.kind]) % {"longest": column.longest}


def equivalents_of(column: SheetColumn) -> tuple[tuple[str, str], ...]:
    """What each neighbouring standard calls it: the standard, and the title."""
    names = {column.name, f"{column.name}_name"} if column.kind == "reference" else {column.name}
    found = []
    for dialect in DIALECTS:
        title = next((title for title, name in dialect.titles.items() if name in names), "")
        if title:
            found.append((str(dialect.label), title))
    return tuple(found)
