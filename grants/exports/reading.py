"""Rows from PostgreSQL to a file under way: one statement, one state of the registry, a few rows in memory at a time.

The statement runs in a read-only transaction of its own. Within one, a cursor on the server and COPY work behind any
connection pooler, so neither asks for Django's DISABLE_SERVER_SIDE_CURSORS. A reader who goes away closes the
generator: the statement is cancelled and the transaction ends.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, transaction
from django.db.models import QuerySet

ROWS_AT_ONCE = 1000
ROWS_FIRST = 50


@contextmanager
def one_state(database: str) -> Iterator[None]:
    """All statements inside see the registry as it is at the first of them, and cannot change it.

    Inside a transaction of somebody else's, that transaction decides what is seen.
    """
    connection = connections[database]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=database):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


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


def json_lines(query: QuerySet, names: Sequence[str]) -> Iterator[bytes]:
    """The rows of a `values_list()` as JSON objects with these names, each with its line end."""
    quote = connections[query.db].ops.quote_name
    for line in _copied(query, ", ".join(map(quote, names)), "ENCODING 'UTF8'"):
        # COPY doubles the backslashes of its text; JSON has no other character that it would escape.
        yield line.replace(b"\\\\", b"\\") if b"\\" in line else line


def _copied(query: QuerySet, names: str, options: str) -> Iterator[bytes]:
    """What COPY gives for the query; with `names`, each row as one JSON object."""
    connection = connections[query.db]
    try:
        # Parameters cannot be sent beside a COPY: the driver writes them into the text, quoted.
        sql = connection.ops.compose_sql(*query.query.sql_with_params())
    except EmptyResultSet:
        return
    if names:
        sql = f"SELECT row_to_json(named) FROM ({sql}) AS named ({names})"  # noqa: S608 (Django's SQL, quoted names)
    with one_state(query.db), connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT ({options})") as copy:
        yield from map(bytes, copy)
