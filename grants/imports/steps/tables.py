"""The tables in which a sheet waits between being read and becoming records: one set per import, unlogged.

They are cheap to fill and to drop. A crash of PostgreSQL empties them, which costs nothing but reading again: the file
itself is kept with the import. `rows` has one row per row of data with one typed column per column of the sheet;
`problems`, `excluded`, `lines` (cells of several things) and `flags` go with it; `names` are the records that cells
name; `targets` the records that rows speak of; `verdicts` what becomes of each row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, connection, transaction

SCHEMA = "staging"
PARTS = ("rows", "problems", "excluded", "lines", "names", "hits", "targets", "flags", "verdicts", "words")

FIXED = {
    "problems": "number integer NOT NULL, column_name text NOT NULL, value text, code text NOT NULL, params jsonb, "
    "of_set boolean NOT NULL DEFAULT false",
    "excluded": "number integer NOT NULL, reason text NOT NULL, cells text NOT NULL, amount numeric",
    "lines": "number integer NOT NULL, column_name text NOT NULL, position integer NOT NULL, key text, written text, "
    "extra text",
    # `noun` is that of the records named; `how` they were recognised; `suggestions` the nearest of those that were not.
    "names": "noun text NOT NULL, key text NOT NULL, name text NOT NULL, written text NOT NULL, number text, "
    "rows bigint NOT NULL, total numeric, helpers jsonb, how text NOT NULL DEFAULT '', record_id bigint, "
    "decided boolean NOT NULL DEFAULT false, suggestions jsonb, creates boolean NOT NULL DEFAULT false, "
    "PRIMARY KEY (noun, key)",
    "hits": "noun text NOT NULL, key text NOT NULL, record_id bigint NOT NULL, rank smallint NOT NULL",
    "flags": "number integer NOT NULL, code text NOT NULL, params jsonb",
}


class Tables:
    """The staging tables of one import; each part's full name is an attribute (`tables.rows`)."""

    rows: str
    problems: str
    excluded: str
    lines: str
    names: str
    hits: str
    targets: str
    flags: str
    verdicts: str
    words: str

    def __init__(self, import_id: int) -> None:
        self.import_id = int(import_id)
        for part in PARTS:
            setattr(self, part, f"{SCHEMA}.import_{self.import_id}_{part}")

    def create(self, columns: Iterable[tuple[str, str]]) -> None:
        """Make the tables anew; `columns` are the names and SQL types of `rows`."""
        self.drop()
        typed = "".join(f', "{name}" {sql_type}' for name, sql_type in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE UNLOGGED TABLE {self.rows} (number integer NOT NULL, repaired boolean NOT NULL{typed})"
            )
            for part, body in FIXED.items():
                cursor.execute(f"CREATE UNLOGGED TABLE {getattr(self, part)} ({body})")

    def drop(self, *parts: str) -> None:
        """Drop these tables, all of them where none is named."""
        names = ", ".join(getattr(self, part) for part in parts or PARTS)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {names}")

    def exist(self, part: str = "verdicts") -> bool:
        """Whether this part is there: the last one to be made, unless another is asked for."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [getattr(self, part)])
            return bool(cursor.fetchone()[0])

    def are_filled(self) -> bool:
        """Whether the rows are still there: a crash of PostgreSQL empties unlogged tables but keeps them."""
        if not self.exist():
            return False
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {self.rows}) OR EXISTS (SELECT FROM {self.excluded})")
            return bool(cursor.fetchone()[0])


def as_dict(params: Any) -> dict[str, Any]:
    """JSON of a cursor, decoded or not."""
    if isinstance(params, str):
        params = json.loads(params)
    return params or {}


def waiting() -> set[int]:
    """The imports that have staging tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
        return {int(name.split("_")[1]) for (name,) in cursor.fetchall() if name.startswith("import_")}


# A million rows sorted or hashed in PostgreSQL's four ordinary megabytes go to disk several times over.
MEMORY = "64MB"


@contextmanager
def room_to_work() -> Iterator[None]:
    """Let the statements of this block sort and join in more memory than those of a page may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, false)", [MEMORY])
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("RESET work_mem")


def tell_planner(table: str) -> None:
    """Let PostgreSQL know how much was written: the next pages and imports are planned over what is there.

    Without this, it goes on planning for tables as empty as they were, until its own housekeeping comes by.
    """
    written = dict.fromkeys([table, "grants_grant", "grants_organisation", "grants_programme"])
    names = [name for table in written for name in (table, f"{table}event")]
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(names)}, grants_searchentry")
