"""Rows from PostgreSQL to a file under way: one statement, one state of the registry, a few rows in memory at a time.

The statement runs in a read-only transaction of its own. Within one, a cursor on the server and COPY work behind any
connection pooler, so neither asks for Django's DISABLE_SERVER_SIDE_CURSORS. A reader who goes away closes the
generator: the statement is cancelled and the transaction ends.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from grants.models.one_state import one_state

ROWS_AT_ONCE = 1000
ROWS_FIRST = 50


def tuples(query: QuerySet) -> Iterator[tuple[Any, ...]]:
    """The rows of a `values_list()` as PostgreSQL gives them, without what Django's fields make of them."""
    try:
        sql, params = query.query.sql_with_params()
    except EmptyResultSet:
        return
    with one_state(query.db), connections[query.db].chunked_cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchmany(ROWS_FIRST)
        while rows:
            yield from rows
            rows = cursor.fetchmany(ROWS_AT_ONCE)


def csv_lines(query: QuerySet) -> Iterator[bytes]:
    """The rows of a `values_list()` as PostgreSQL's COPY writes them in CSV, each with its line end."""
    return _copied(query, "", "FORMAT csv, ENCODING 'UTF8'")


def json_lines(query: QuerySet, names: Sequence[str], *, sparse: bool = False) -> Iterator[bytes]:
    """The rows of a `values_list()` as JSON objects with these names, each with its line end.

    `sparse` leaves out, at any depth, the names that have no value.
    """
    quote = connections[query.db].ops.quote_name
    for line in _copied(query, ", ".join(map(quote, names)), "ENCODING 'UTF8'", sparse=sparse):
        # COPY doubles the backslashes of its text; JSON has no other character that it would escape.
        yield line.replace(b"\\\\", b"\\") if b"\\" in line else line


def _copied(query: QuerySet, names: str, options: str, *, sparse: bool = False) -> Iterator[bytes]:
    """What COPY gives for the query; with `names`, each row as one JSON object."""
    connection = connections[query.db]
    try:
        # Parameters cannot be sent beside a COPY: the driver writes them into the text, quoted.
        sql = connection.ops.compose_sql(*query.query.sql_with_params())
    except EmptyResultSet:
        return
    if names:
        row = "json_strip_nulls(row_to_json(named))" if sparse else "row_to_json(named)"
        sql = f"SELECT {row} FROM ({sql}) AS named ({names})"  # noqa: S608 (Django's SQL, quoted names)
    with one_state(query.db), connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT ({options})") as copy:
        yield from map(bytes, copy)
