"""Declaring columns: from the fields of the models, with what a sheet has besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from grants.models import Organisation, Publishable, Region
from grants.models.codes import NameKind
from grants.models.fields import MoneyField, PartialDateField, Prose

from .meanings import meaning_of
from .sheet_columns import OPTIONAL, REQUIRED, NounSheet, SheetColumn


def column_of(model: type[models.Model], name: str, **more: Any) -> SheetColumn:
    """The column of a model's field; `more` overrules or adds what the field does not say."""
    found: Any = model._meta.get_field(name)
    has_default = found.has_default() and not found.null
    said: dict[str, Any] = {
        "name": name,
        "label": found.verbose_name,
        "kind": kind_of(found),
        "meaning": found.help_text,
        **meaning_of(str(model._meta.model_name), name),
        "obligation": REQUIRED if not (found.blank or has_default or found.many_to_many) else OPTIONAL,
        "field": name,
        "model": found.related_model,
        "choices": tuple((code, label) for code, label in found.choices or ()),
        "longest": longest_of(found),
        "empty": None if found.null or found.many_to_many else "",
        "keeps_when_blank": has_default and bool(found.get_default() != ""),
    }
    return SheetColumn(**(said | more))


def kind_of(found: Any) -> str:
    """The kind of the cells of a model's field."""
    if found.many_to_many:
        return "references"
    if isinstance(found, models.ForeignKey):
        return "region" if found.related_model is Region else "reference"
    if found.choices:
        return "code"
    kinds = {
        models.BooleanField: "yesno",
        PartialDateField: "date",
        MoneyField: "amount",
        models.DecimalField: "number",
        models.IntegerField: "integer",
        models.TextField: "prose",
    }
    return next((kind for cls, kind in kinds.items() if isinstance(found, cls)), "text")


def longest_of(found: Any) -> int:
    """How many characters fit: of a name or title, for a column that refers to a record; 0 where that says nothing."""
    if isinstance(found, Prose):
        return Prose.longest
    if found.is_relation:
        return LONGEST_NAMES.get(found.related_model.__name__, 300)
    if isinstance(found, models.CharField) and not found.choices and not isinstance(found, PartialDateField):
        return int(found.max_length or 0)
    return 0


LONGEST_NAMES = {"Announcement": 500, "Source": 1000, "Grant": 120}


def companion(column: SheetColumn, **more: Any) -> SheetColumn:
    """The column that says by name what `column` says by public id; it comes in where the id is not there."""
    said: dict[str, Any] = {
        "name": f"{column.name}_name",
        "label": format_lazy("{} ({})", column.label, _("in words")),
        "kind": "text",
        "meaning": _("The name of the record. Without an id beside it, the record is looked for by this name."),
        "longest": column.longest,
        "readonly": True,
        "of": column.name,
    }
    return SheetColumn(**(said | more))


def of_registry(model: type[models.Model], name: str, **more: Any) -> SheetColumn:
    """A column that goes out, and comes back only to be compared."""
    return replace(column_of(model, name), obligation=OPTIONAL, readonly=True, keeps_when_blank=True, **more)


def other_names() -> SheetColumn:
    """The other names of an organisation, in one cell."""
    return SheetColumn(
        "other_names",
        _("other names"),
        "names",
        meaning=_("Separated by semicolons; the kind of each may follow in square brackets."),
        field="names",
        model=Organisation,
        choices=tuple(NameKind.choices),
        longest=300,
        example="AQIP [sigle]",
    )


def with_aliases(columns: Iterable[SheetColumn], table: dict[str, str]) -> tuple[SheetColumn, ...]:
    """The same columns, with the titles that lists use for them, from texts separated by semicolons."""
    said = {name: tuple(" ".join(title.split()) for title in titles.split(";")) for name, titles in table.items()}
    return tuple(replace(column, aliases=said.get(column.name, ())) for column in columns)


def columns_of_fields(
    model: type[models.Model], names: Iterable[str], companions: Iterable[str] = (), **more: dict[str, Any]
) -> list[SheetColumn]:
    """The columns of several fields, some with their companions; `more` says by name what to add."""
    columns = []
    for name in names:
        column = column_of(model, name, **more.get(name, {}))
        columns += [column, companion(column)] if name in set(companions) else [column]
    return columns


def noun_sheet_of(
    model: type[models.Model],
    columns: Iterable[SheetColumn],
    key: str = "public_id",
    aliases: dict[str, str] | None = None,
) -> NounSheet:
    """A noun's sheet: its columns between what the registry says of its records."""
    start, end = [], []
    if issubclass(model, Publishable):
        start = [of_registry(model, "public_id", meaning=_("Given by the registry. Blank in a row that is new."))]
        end = [of_registry(model, "publication", meaning=_("Said by the registry: an import does not publish."))]
    said = _("Said by the registry: it tells whether the record changed since.")
    whole = (*start, *columns, *end, of_registry(model, "version", meaning=said))
    return NounSheet(model, with_aliases(whole, aliases or {}), key=key)
