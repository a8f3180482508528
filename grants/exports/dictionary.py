"""The dictionary of columns: what each is called, means and holds. It goes with every file, one way or another."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from .cells import Annex, Codes, Column
from .columns import SHEETS
from .public_columns import PublicColumn
from .writers import write_csv

KINDS: dict[str, str | Promise] = {
    "text": pgettext_lazy("kind of column", "text"),
    "identifier": gettext_lazy("identifier (text)"),
    "money": gettext_lazy("amount in dollars"),
    "integer": gettext_lazy("whole number"),
    "date": gettext_lazy("date (ISO 8601)"),
    "boolean": gettext_lazy("true or false"),
    "any": pgettext_lazy("kind of column", "any"),
}


def dictionary_of(columns: Sequence[Column]) -> Annex:
    """The dictionary of a file's own columns, in the language of the moment."""
    titles = (_("Column"), _("Label"), _("Meaning"), _("Kind of value"), _("Codes"))
    rows = [(one.name, str(one.label), str(one.note), str(KINDS[one.kind]), codes_of(one.codes)) for one in columns]
    return Annex(_("Dictionary"), [Column(title) for title in titles], rows)


def codes_of(codes: Codes) -> str:
    """Codes and what they stand for, in one line."""
    return "; ".join(f"{code} = {label}" for code, label in codes)


def described(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The same for programs: codes only where a column takes those of a list."""
    return [
        {
            "name": one.name,
            "label": str(one.label),
            "kind": one.kind,
            "note": str(one.note),
            **({"codes": [{"code": code, "label": str(label)} for code, label in one.codes]} if one.codes else {}),
        }
        for one in columns
    ]


def whole_dictionary() -> Iterator[bytes]:
    """Every public column of every list in both languages, as CSV."""
    said = ("label", "meaning", "kind", "codes")
    names = [
        "list",
        "list_fr",
        "list_en",
        "column",
        *(f"{one}_{language}" for one in said for language in ("fr", "en")),
    ]
    return write_csv([Column(name) for name in names], _rows())


def _rows() -> Iterator[list[str]]:
    for sheet in SHEETS.values():
        titles = [_in(language, sheet.title) for language in ("fr", "en")]
        for column in sheet.columns:
            words = zip(_words("fr", column), _words("en", column), strict=True)
            yield [sheet.page, *titles, column.name, *(text for both in words for text in both)]


def _words(language: str, column: PublicColumn) -> tuple[str, ...]:
    with override(language):
        return (str(column.label), str(column.note), str(KINDS[column.kind]), codes_of(column.codes))


def _in(language: str, words: str | Promise) -> str:
    with override(language):
        return str(words)
