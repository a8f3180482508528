"""The sheet into the staging tables: read line by line, cast cell by cell, written by COPY, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from grants.imports.faults import faultpoint
from grants.imports.jobs.progress import Quiet
from grants.imports.nouns import Caster
from grants.imports.reading import SheetLine, Understanding, read_lines
from grants.models import Import
from grants.models.codes import ImportState

from .aside import Aside
from .copying import RowWriter
from .files import sweep_spool
from .plan import NUMBERS, Plan
from .tables import Tables, waiting


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
            for text in RowWriter(plan, caster, aside).texts(lines, progress):
                copy.write(text)
        for part, body in aside.parts.items():
            aside.copy_into(cursor, getattr(plan.tables, part), part, body)
    if plan.has("amendment", "reference"):
        keep_last_amendments(plan)
    tell_numbers_apart(plan)
    index(plan)
    faultpoint("after_staging")


AMENDED = """
    WITH ranked AS (
        SELECT number, rank() OVER (PARTITION BY reference{programme} ORDER BY coalesce(amendment, 0) DESC) AS place
        FROM {rows} WHERE reference IS NOT NULL
    ), gone AS (
        DELETE FROM {rows} s USING ranked WHERE ranked.number = s.number AND ranked.place > 1
        RETURNING s.number, s.reference, s.amendment, s.amount
    ), settled AS (
        DELETE FROM {problems} WHERE number IN (SELECT number FROM ranked WHERE place > 1)
    ), emptied AS (
        DELETE FROM {lines} WHERE number IN (SELECT number FROM ranked WHERE place > 1)
    )
    INSERT INTO {excluded} (number, reason, cells, amount)
    SELECT number, 'superseded', concat_ws(' | ', reference, amendment), amount FROM gone
"""


def keep_last_amendments(plan: Plan) -> None:
    """Of several states of one agreement the last stands; their amounts are never added up."""
    # Departments number their agreements each for itself.
    within = [reference.key for reference in plan.references if reference.name in ("programme", "funder")]
    programme = "".join(f', "{key}"' for key in within)
    tables = plan.tables
    with connection.cursor() as cursor:
        statement = AMENDED if plan.has("amount") else AMENDED.replace(", s.amount", ", NULL::numeric AS amount")
        parts = {part: getattr(tables, part) for part in ("rows", "problems", "lines", "excluded")}
        cursor.execute(statement.format(programme=programme, **parts))


def tell_numbers_apart(plan: Plan) -> None:
    """One name with several numbers is that of several organisations: each number has a key of its own then."""
    rows = plan.tables.rows
    with connection.cursor() as cursor:
        for reference in plan.references:
            number = NUMBERS.get(reference.name, "")
            if plan.has(number):
                cursor.execute(
                    f"""UPDATE {rows} SET {reference.key} = {reference.key} || ' #' || {number}
                    WHERE {number} IS NOT NULL AND {reference.key} IN (
                        SELECT {reference.key} FROM {rows} GROUP BY 1 HAVING count(DISTINCT {number}) > 1)"""
                )


def index(plan: Plan) -> None:
    """Let the rows be found by their number, and the planner know them."""
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNIQUE INDEX ON {tables.rows} (number)")
        cursor.execute(f"CREATE INDEX ON {tables.problems} (number)")
        cursor.execute(f"CREATE INDEX ON {tables.flags} (number)")
        # Only what rows are joined by: descriptions would be read for nothing.
        cursor.execute(f"ANALYZE {tables.rows} ({', '.join(joined_by(plan))})")
        for table in (tables.problems, tables.lines):
            cursor.execute(f"ANALYZE {table}")


def joined_by(plan: Plan) -> list[str]:
    """The staged columns by which rows are joined and counted."""
    there = {name for name, _type in plan.staged}
    useful = ["number", *(reference.key for reference in plan.references)]
    return useful + [name for name in (plan.sheet.key, "reference", "neq", "url", "amount", "date") if name in there]


# What somebody may still look at or apply stays, for a while; so do the rows refused of what was applied, so that they
# can be downloaded and mended. The file itself stays with its import: it can be read again.
AT_WORK = (ImportState.READING, ImportState.APPLYING)
ROWS_STAY = timedelta(days=30)


def sweep(now: datetime | None = None) -> int:
    """Drop the staging tables of the imports that nobody waits for; how many imports were swept."""
    there = waiting()  # asked first: an import that begins meanwhile keeps its tables
    since = (now or timezone.now()) - ROWS_STAY
    to_be_seen = Q(state=ImportState.PREVIEW, modified_at__gt=since)
    to_be_mended = Q(state=ImportState.APPLIED, rows_refused__gt=0, applied_at__gt=since)
    wanted = Import.objects.filter(Q(state__in=AT_WORK) | to_be_seen | to_be_mended)
    kept = set(wanted.values_list("pk", flat=True))
    sweep_spool()
    for import_id in there - kept:
        Tables(import_id).drop()
    return len(there - kept)
