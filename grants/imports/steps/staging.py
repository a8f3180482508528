"""The sheet into the staging tables: read line by line, cast cell by cell, written by COPY, in constant memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import override

from grants.imports.faults import faultpoint
from grants.imports.jobs.progress import Quiet
from grants.imports.nouns import Caster
from grants.imports.reading import SheetLine, Understanding, read_lines
from grants.models import Import, Organisation
from grants.models.codes import ImportState
from grants.values.folding import fold, organisation_key

from .files import sweep_spool
from .plan import Plan
from .tables import Tables, waiting

BEAT = 2_000  # rows between two looks at the progress
NAMES_REMEMBERED = 50_000
LONGEST_VALUE = 200
# What lines that are no data carry of themselves.
LONGEST_EXCLUDED = 500


def stage(plan: Plan, path: Path, understanding: Understanding, caster: Caster, progress: Quiet) -> None:
    """Fill the staging tables from the file. Raises SheetError where the file cannot be read to its end."""
    stage_lines(plan, read_lines(path, understanding), caster, progress)


def stage_lines(plan: Plan, lines: Iterator[SheetLine], caster: Caster, progress: Quiet) -> None:
    """Fill the staging tables from lines, wherever they come from."""
    plan.tables.create(plan.staged)
    aside = Aside()
    with aside, connection.cursor() as cursor:
        columns = ", ".join(["number", "repaired", *(f'"{name}"' for name, _type in plan.staged)])
        with cursor.copy(f"COPY {plan.tables.rows} ({columns}) FROM STDIN") as copy:
            for values in rows_of(plan, lines, caster, aside, progress):
                copy.write_row(values)
        for part, body in aside.parts.items():
            aside.copy_into(cursor, getattr(plan.tables, part), part, body)
    if plan.has("amendment", "reference"):
        keep_last_amendments(plan)
    index(plan)
    faultpoint("after_staging")


def rows_of(
    plan: Plan, lines: Iterator[SheetLine], caster: Caster, aside: Aside, progress: Quiet
) -> Iterator[list[Any]]:
    """The rows of data as `plan.staged` wants them; all else is put aside."""
    places = {column.name: place for place, column in enumerate(caster.columns)}
    plain = [places[column.name] for column in caster.columns if not column.many]
    many = [(column, places[column.name]) for column in caster.columns if column.many]
    keys = [key_maker(reference, places) for reference in plan.references]
    blank = [None] * (len(plain) + len(keys))
    amount = places.get("amount")
    for count, line in enumerate(lines, 1):
        if count % BEAT == 0:
            progress.advance(BEAT)
            progress.check()
            if count == BEAT:
                faultpoint("while_staging")
        if line.fault is not None:
            aside.add_fault(line)
            yield [line.number, False, *blank]
        elif line.kind != "row":
            values = caster.cast(line.cells)[0] if amount is not None else []
            aside.add_excluded(line, values[amount] if amount is not None else None)
        else:
            values, problems = caster.cast(line.cells)
            for problem in problems:
                aside.add(
                    "problems", line.number, problem.column, problem.value[:LONGEST_VALUE], problem.code, problem.params
                )
            for column, place in many:
                aside.add_many(line.number, column, values[place] or ())
            yield [line.number, line.repaired, *[values[place] for place in plain], *[key(values) for key in keys]]


def key_maker(reference: Any, places: dict[str, int]) -> Callable[[Any], str | None]:
    """The folded name that a row gives a reference: of its own cell, else of its companion."""
    folded = organisation_key if reference.model is Organisation else fold
    own, companion = places.get(reference.name), places.get(f"{reference.name}_name")
    known: dict[str, str] = {}

    def key(values: Any) -> str | None:
        written = (values[own] if own is not None else None) or (values[companion] if companion is not None else None)
        if not written:
            return None
        found = known.get(written)
        if found is None:
            if len(known) >= NAMES_REMEMBERED:
                known.clear()
            found = known[written] = folded(written)
        return found

    return key


class Aside:
    """What goes beside the rows: it waits in files while the rows take the connection."""

    parts = {
        "problems": ("number", "column_name", "value", "code", "params"),
        "excluded": ("number", "reason", "cells", "amount"),
        "lines": ("number", "column_name", "position", "key", "written", "extra"),
    }

    def __enter__(self) -> Aside:
        self.files = {part: tempfile.SpooledTemporaryFile(1 << 22, "w+", encoding="utf-8") for part in self.parts}
        return self

    def __exit__(self, *_: object) -> None:
        for file in self.files.values():
            file.close()

    def add(self, part: str, *values: Any) -> None:
        """Put one row aside."""
        self.files[part].write(json.dumps(values, ensure_ascii=True, default=str) + "\n")

    def add_fault(self, line: SheetLine) -> None:
        """A row that could not be read: the reader's own words, kept so that any language can say them."""
        with override(None):
            words = str(line.fault.message)  # type: ignore[union-attr]
        params = {"words": words, "params": getattr(line.fault, "params", None) or {}}
        value = str(getattr(line.fault, "value", "") or "")[:LONGEST_VALUE]
        self.add("problems", line.number, "", value, "unreadable", params)

    def add_excluded(self, line: SheetLine, amount: Any) -> None:
        """A line that is no data."""
        cells = " | ".join(str(cell) for cell in line.cells if cell is not None)[:LONGEST_EXCLUDED]
        self.add("excluded", line.number, line.reason or line.kind, cells, None if amount is None else str(amount))

    def add_many(self, number: int, column: Any, things: Any) -> None:
        """The things that one cell holds: texts, or (name, kind)."""
        for position, thing in enumerate(things):
            written, extra = thing if isinstance(thing, tuple) else (thing, "")
            self.add("lines", number, column.name, position, fold(written), written, extra)

    def copy_into(self, cursor: Any, table: str, part: str, columns: tuple[str, ...]) -> None:
        """Write what waits into its table."""
        file = self.files[part]
        file.seek(0)
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for line in file:
                values = json.loads(line)
                copy.write_row([json.dumps(value) if isinstance(value, dict) else value for value in values])


AMENDED = """
    WITH ranked AS (
        SELECT number, rank() OVER (PARTITION BY reference{programme} ORDER BY amendment DESC) AS place
        FROM {rows} WHERE reference IS NOT NULL AND amendment IS NOT NULL
    ), gone AS (
        DELETE FROM {rows} s USING ranked WHERE ranked.number = s.number AND ranked.place > 1
        RETURNING s.number, s.reference, s.amendment, s.amount
    ), settled AS (
        DELETE FROM {problems} WHERE number IN (SELECT number FROM ranked WHERE place > 1)
    )
    INSERT INTO {excluded} (number, reason, cells, amount)
    SELECT number, 'superseded', concat_ws(' | ', reference, amendment), amount FROM gone
"""


def keep_last_amendments(plan: Plan) -> None:
    """Of several states of one agreement the last stands; their amounts are never added up."""
    programme = "".join(f', "{reference.key}"' for reference in plan.references if reference.name == "programme")
    tables = plan.tables
    with connection.cursor() as cursor:
        amount = tables.rows if plan.has("amount") else None
        statement = AMENDED if amount else AMENDED.replace(", s.amount", ", NULL::numeric AS amount")
        cursor.execute(
            statement.format(rows=tables.rows, problems=tables.problems, excluded=tables.excluded, programme=programme)
        )


def index(plan: Plan) -> None:
    """Let the rows be found by their number, and the planner know them."""
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNIQUE INDEX ON {tables.rows} (number)")
        cursor.execute(f"CREATE INDEX ON {tables.problems} (number)")
        cursor.execute(f"CREATE INDEX ON {tables.flags} (number)")
        for table in (tables.rows, tables.problems, tables.lines):
            cursor.execute(f"ANALYZE {table}")


# Imports that somebody may still look at, apply, or have an error workbook made of.
KEPT_STATES = (ImportState.READING, ImportState.PREVIEW, ImportState.APPLYING)


def sweep() -> int:
    """Drop the staging tables of the imports that nobody waits for; how many imports were swept."""
    there = waiting()  # asked first: an import that begins meanwhile keeps its tables
    kept = set(Import.objects.filter(state__in=KEPT_STATES).values_list("pk", flat=True))
    sweep_spool()
    for import_id in there - kept:
        Tables(import_id).drop()
    return len(there - kept)
