"""A column of a sheet, declared once: template, mapping, casting, dictionary and help page all derive from it.

What the model's own field says (label, obligation, choices, length) is taken from there; a declaration adds only what
a sheet has besides: aliases, the meaning in words, what a blank cell does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from grants.models import Organisation, OrganisationName, Region
from grants.models.fields import MoneyField, PartialDateField, Prose
from grants.values.folding import fold

Words = str | Promise

LANGUAGES = ("fr", "en")
REQUIRED, OPTIONAL, CONDITIONAL = "required", "optional", "conditional"
MANY = frozenset(["references", "names"])
SQL_TYPES = {"amount": "numeric(16, 2)", "number": "numeric(16, 2)", "yesno": "boolean", "integer": "integer"}


@dataclass(frozen=True)
class SheetColumn:
    """One column. `name` is its machine name, and the name of its staging column.

    kind: text (one line), prose (several), amount, number, date (partial, ISO text), code, yesno, region (two-character
    code), reference (id or name of a record), references (several, separated by semicolons), names (other names, their
    kind in brackets), identifier (a number that is text: NEQ), integer.
    `field` is the attribute of the model, "" for a helper: a column about the record that column `of` names.
    `creates`: a record that is named and not known becomes a draft.
    `lenient`: a cell that fits nothing is left out with a note, the row is not refused.
    `keeps_when_blank`: a blank cell leaves the value (or a new record's default) as it is; else the value becomes
    `empty`. `readonly` columns are said by the registry and come back only to be compared.
    `overflow` is the column that takes the whole of a text too long for this one.
    """

    name: str
    label: Words
    kind: str
    meaning: Words = ""
    obligation: str = OPTIONAL
    when: Words = ""
    aliases: tuple[str, ...] = ()
    field: str = ""
    model: type[models.Model] | None = None
    creates: bool = False
    choices: tuple[tuple[str, Words], ...] = ()
    choice_aliases: dict[str, str] = dataclasses.field(default_factory=dict, hash=False)
    longest: int = 0
    empty: Any = None
    keeps_when_blank: bool = False
    readonly: bool = False
    example: str = ""
    of: str = ""
    lenient: bool = False
    overflow: str = ""

    @property
    def required(self) -> bool:
        """Whether a row that becomes a new record must have it."""
        return self.obligation == REQUIRED

    @property
    def many(self) -> bool:
        """Whether a cell holds several things: its value is a tuple (of texts; of (name, kind) for names)."""
        return self.kind in MANY

    @property
    def sql_type(self) -> str:
        """The type of the staging column."""
        return SQL_TYPES.get(self.kind, "text")

    def own_titles(self) -> set[str]:
        """The titles of our own sheets: the machine name, and the label in both languages."""
        return {self.name, *(self.label_in(language) for language in LANGUAGES)}

    def titles(self) -> set[str]:
        """Every title that it answers to, folded: its own and its aliases."""
        return {fold(title) for title in (*self.own_titles(), *self.aliases)}

    def label_in(self, language: str) -> str:
        """The label in a language."""
        with override(language):
            return str(self.label)


def column_of(model: type[models.Model], name: str, **more: Any) -> SheetColumn:
    """The column of a model's field; `more` overrules or adds what the field does not say."""
    found: Any = model._meta.get_field(name)
    has_default = found.has_default() and not found.null
    said: dict[str, Any] = {
        "name": name,
        "label": found.verbose_name,
        "kind": kind_of(found),
        "meaning": found.help_text,
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
    return SheetColumn(
        **{
            "name": f"{column.name}_name",
            "label": format_lazy("{} ({})", column.label, _("in words")),
            "kind": "text",
            "meaning": _("The name of the record. Without an id beside it, the record is looked for by this name."),
            "longest": column.longest,
            "readonly": True,
            "of": column.name,
        }
        | more
    )


def of_registry(model: type[models.Model], name: str, **more: Any) -> SheetColumn:
    """A column that goes out, and comes back only to be compared."""
    return replace(column_of(model, name), obligation=OPTIONAL, readonly=True, keeps_when_blank=True, **more)


def other_names() -> SheetColumn:
    """The other names of an organisation, in one cell."""
    kinds = OrganisationName._meta.get_field("kind")
    return SheetColumn(
        "other_names",
        _("other names"),
        "names",
        meaning=_("Separated by semicolons; the kind of each may follow in square brackets."),
        field="names",
        model=Organisation,
        choices=tuple(kinds.choices),
        longest=300,
        example="AQIP [sigle]",
    )


@dataclass(frozen=True)
class NounSheet:
    """All the columns of one noun, in the order of its sheet. `key` is the column by which rows find their record."""

    model: type[models.Model]
    columns: tuple[SheetColumn, ...]
    key: str = "public_id"
    comes_in: bool = True

    @property
    def noun(self) -> str:
        """The noun's machine name, such as `grant`."""
        return str(self.model._meta.model_name)

    def column(self, name: str) -> SheetColumn:
        """The column of that name. Raises KeyError."""
        return self.by_name[name]

    @property
    def by_name(self) -> dict[str, SheetColumn]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    def companion_of(self, name: str) -> SheetColumn | None:
        """The column that says `name`'s record in words, if the sheet has one."""
        return next((one for one in self.columns if one.of == name and one.name == f"{name}_name"), None)

    def helpers_of(self, name: str) -> tuple[SheetColumn, ...]:
        """The columns about the record that `name` names, its companion left out."""
        return tuple(one for one in self.columns if one.of == name and one.name != f"{name}_name")

    def written(self) -> tuple[SheetColumn, ...]:
        """The columns that an import may write into a record of this noun."""
        return tuple(column for column in self.columns if column.field and not column.readonly)


def with_aliases(columns: Iterable[SheetColumn], table: dict[str, str]) -> tuple[SheetColumn, ...]:
    """The same columns, with the titles that lists use for them, from texts separated by semicolons."""
    said = {name: tuple(" ".join(title.split()) for title in titles.split(";")) for name, titles in table.items()}
    return tuple(replace(column, aliases=said.get(column.name, ())) for column in columns)


def columns_of_fields(model: type[models.Model], names: Iterable[str], **more: dict[str, Any]) -> list[SheetColumn]:
    """The columns of several fields; `more` says by name what to add."""
    return [column_of(model, name, **more.get(name, {})) for name in names]
