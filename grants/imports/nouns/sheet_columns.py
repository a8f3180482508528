"""A column of a sheet, declared once: template, mapping, casting, dictionary and help page all derive from it.

What the model's own field says (label, obligation, choices, length) is taken from there; a declaration adds only what
a sheet has besides: aliases, the meaning in words, what a blank cell does.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override

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

    def written(self) -> tuple[SheetColumn, ...]:
        """The columns that an import may write into a record of this noun."""
        return tuple(column for column in self.columns if column.field and not column.readonly)
