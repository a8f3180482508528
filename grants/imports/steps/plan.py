"""What one import means in SQL: which columns are there, what each field of the record would become, how rows find
their records. The other steps only put these pieces together.

In all the SQL of the steps, `s` is a staged row, `t` the record it speaks of (all null for a new one), and `n_x` the
name in its column `x`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.fields import NOT_PROVIDED

from grants.imports.nouns import NounSheet, SheetColumn, noun_sheet
from grants.models import Figure, Grant, Import, Publishable
from grants.models.codes import UNIT_OF

from .tables import Tables

ONE = "reference"
# What a row says of a record that it names, for when that is new: staged column → column of the record.
HELPERS = {
    "recipient": {
        "recipient_name_en": "name_en",
        "recipient_number": "neq",
        "recipient_kind": "kind",
        "recipient_city": "city",
        "recipient_region": "region_id",
        "recipient_is_person": "is_natural_person",
        "recipient_is_nonprofit": "is_nonprofit",
    },
    "funder": {"funder_number": "neq"},
    "programme": {"programme_name_en": "name_en"},
}
NUMBERS = {"recipient": "recipient_number", "funder": "funder_number"}


@dataclass(frozen=True)
class Reference:
    """A column by which a row names one other record: by id or name in its own cell, by name in its companion."""

    name: str
    model: type[models.Model]
    creates: bool
    is_written: bool
    is_named: bool

    @property
    def noun(self) -> str:
        return str(self.model._meta.model_name)

    @property
    def alias(self) -> str:
        return f"n_{self.name}"

    @property
    def key(self) -> str:
        """The staged column with the folded name."""
        return f"{self.name}_key"

    @property
    def written(self) -> str:
        """SQL: what the cell says, be it id or name."""
        return f's."{self.name}"' if self.is_written else "NULL::text"

    @property
    def found(self) -> str:
        """SQL: the id of the record named; null for none, or for one still to be made."""
        return f"{self.alias}.record_id"

    @property
    def coming(self) -> str:
        """SQL: the same, one still to be made having a number below zero that is its own."""
        made = f"CASE WHEN {self.alias}.how IN ('new', 'similar') THEN -1 - abs(hashtext({self.alias}.key)::bigint) END"
        return f"coalesce({self.found}, {made})"

    @property
    def said(self) -> str:
        """SQL: the name of the record."""
        cells = [f's."{self.name}_name"'] * self.is_named + [f's."{self.name}"'] * self.is_written
        return f"coalesce({', '.join(cells)})"


@dataclass
class Plan:
    """One import in SQL. `columns` are the machine names of the columns that the sheet has."""

    batch: Import
    columns: list[str]
    identity: str = "content"
    user: Any = None
    # Columns that no title says, but other cells tell of: blank, they leave the record as it is.
    told: frozenset[str] = frozenset()
    sheet: NounSheet = field(init=False)
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.sheet = noun_sheet(self.batch.noun)
        self.tables = Tables(self.batch.pk)
        known = {column.name: column for column in self.sheet.columns}
        self.present = {name: known[name] for name in self.columns if name in known}

    @property
    def model(self) -> type[models.Model]:
        return self.sheet.model

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def has(self, *names: str) -> bool:
        """Whether the sheet has all these columns."""
        return all(name in self.present for name in names)

    # ── References ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def references(self) -> list[Reference]:
        """The columns by which rows name one other record."""
        found = []
        for column in self.sheet.columns:
            if column.kind == ONE and (self.has(column.name) or self.has(f"{column.name}_name")):
                found.append(
                    Reference(
                        column.name,
                        column.model,  # type: ignore[arg-type]
                        column.creates,
                        self.has(column.name),
                        self.has(f"{column.name}_name"),
                    )
                )
        return found

    def reference(self, name: str) -> Reference | None:
        """The reference of that name, if the sheet has it."""
        return next((reference for reference in self.references if reference.name == name), None)

    @property
    def many(self) -> list[SheetColumn]:
        """The columns whose cells hold several things."""
        return [column for column in self.present.values() if column.many]

    @property
    def referenced(self) -> list[type[models.Model]]:
        """The models whose records are named, each once."""
        named = [reference.model for reference in self.references]
        named += [column.model for column in self.many if column.kind == "references"]
        return list(dict.fromkeys(named))

    def helpers(self, reference: Reference) -> dict[str, str]:
        """The staged columns that say more of the record named: staged name → column of that record."""
        return {name: column for name, column in HELPERS.get(reference.name, {}).items() if self.has(name)}

    @property
    def staged(self) -> list[tuple[str, str]]:
        """Name and SQL type of each staged column, in the order in which rows are written."""
        plain = [(column.name, column.sql_type) for column in self.present.values() if not column.many]
        return plain + [(reference.key, "text") for reference in self.references]

    # ── Pieces of SQL ────────────────────────────────────────────────────────────────────────────────────

    @property
    def joins(self) -> str:
        """The names and regions that rows use, joined to the row `s`."""
        named = [
            f"LEFT JOIN {self.tables.names} {reference.alias} ON {reference.alias}.noun = '{reference.noun}' "
            f'AND {reference.alias}.key = s."{reference.key}"'
            for reference in self.references
        ]
        regions = [
            f"LEFT JOIN grants_region r_{column.name} ON r_{column.name}.code = s.{column.name}"
            for column in self.present.values()
            if column.kind == "region" and column.field
        ]
        return " ".join(named + regions)

    @property
    def fields(self) -> dict[str, str]:
        """Column of the record → SQL for what the row makes of it. Only what the sheet says."""
        return self._fields({reference.name: reference.found for reference in self.references})

    @property
    def compared(self) -> dict[str, str]:
        """The same, to be compared: a name still to become a record is neither one that is there nor none."""
        return self._fields({reference.name: reference.coming for reference in self.references})

    def _fields(self, named: dict[str, str]) -> dict[str, str]:
        """`named` gives the SQL of the record that each reference names."""
        found: dict[str, str] = {}
        for column in self.present.values():
            if column.field and not column.readonly and not column.many and column.kind != ONE:
                target: Any = self.model._meta.get_field(column.field)
                found[target.column] = self.value(column, target)
        for name, sql in named.items():
            found[column_of(self.model, name)] = sql
        if self.model is Grant:
            found |= self._programme(named)
        if self.model is Figure and self.has("measure"):
            found["unit"] = self._unit
        return found

    def _programme(self, named: dict[str, str]) -> dict[str, str]:
        """A grant whose row names no programme takes that of its announcement, else that of the import."""
        others = []
        if "announcement" in named:
            others.append("(SELECT programme_id FROM grants_announcement WHERE id = n_announcement.record_id)")
        if self.batch.programme_id:
            others.append(str(self.batch.programme_id))
        if "programme" in named and others:
            other = f"coalesce({', '.join(others)})"
            return {"programme_id": f"CASE WHEN n_programme.key IS NOT NULL THEN {named['programme']} ELSE {other} END"}
        if "announcement" in named and "programme" not in named:
            return {"programme_id": f"coalesce(t.programme_id, {', '.join(others)})"}
        return {}

    @property
    def _unit(self) -> str:
        """SQL: the unit of a figure, by its measure where the row does not say it."""
        units = " ".join(f"WHEN '{measure.value}' THEN '{unit.value}'" for measure, unit in UNIT_OF.items())
        of_measure = f"CASE s.measure {units} ELSE '' END"
        return f"coalesce(s.unit, {of_measure})" if self.has("unit") else of_measure

    def value(self, column: SheetColumn, target: models.Field) -> str:
        """SQL: what a cell makes of a field; a blank one empties it, or leaves it where the model wants a value."""
        cell = f"r_{column.name}.id" if column.kind == "region" else f's."{column.name}"'
        if column.keeps_when_blank or column.name in self.told:
            return f"coalesce({cell}, t.{target.column}, {literal(default_of(target))})"
        return cell if target.null or column.sql_type != "text" else f"coalesce({cell}, '')"

    @property
    def defaults(self) -> dict[str, str]:
        """Column → SQL literal, for what a new record wants and the sheet does not say."""
        said, found = self.fields, dict[str, str]()
        target: Any
        for target in self.model._meta.concrete_fields:
            if target.primary_key or target.column in said or target.db_default is not NOT_PROVIDED:
                continue
            if not target.null:
                found[target.column] = literal(default_of(target))
        if self.model is Grant and self.batch.programme_id and "programme_id" not in said:
            found["programme_id"] = str(self.batch.programme_id)
        return found

    @property
    def is_publishable(self) -> bool:
        return issubclass(self.model, Publishable)

    def writes(self, *columns: str) -> bool:
        """Whether the sheet says something of any of these columns of the record."""
        return not self.fields.keys().isdisjoint(columns)


def plan_of(batch: Import) -> Plan:
    """The plan of an import whose sheet was understood."""
    columns = list(batch.report.get("columns", []))
    return Plan(
        batch,
        columns,
        identity=batch.report.get("identity", "content"),
        user=batch.imported_by,
        told=frozenset(columns).difference(batch.mapping.values()),
    )


def column_of(model: type[models.Model], name: str) -> str:
    """The column of a field."""
    return str(model._meta.get_field(name).column)


def default_of(target: models.Field) -> Any:
    """The default of a field, its choice's value where it is one."""
    value = target.get_default()
    return getattr(value, "value", value)


def literal(value: Any) -> str:
    """A default of a model's field as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
