"""What is wrong with the rows of an import, and which lines are no rows: row by row, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection

from grants.models import Import

from .nouns import noun_sheet
from .outcome import Refusal
from .problems import message_of
from .reading.words import REASONS
from .steps.tables import Tables

ROWS_AT_ONCE = 2_000


class Fault(NamedTuple):
    """Something wrong with a row. `column` is a machine name and `title` the sheet's own; "" for the row as a whole."""

    row: int
    column: str
    title: str
    value: str
    code: str
    words: str


def are_told(batch: Import) -> bool:
    """Whether it is still known what is wrong with the rows refused."""
    return next(faults_of(batch), None) is not None


def faults_of(batch: Import) -> Iterator[Fault]:
    """All the faults of the import's rows, by row, in the language active now. None once its tables are gone."""
    tables = Tables(batch.pk)
    if not tables.exist("problems"):
        return
    titles = {name: title for title, name in reversed(batch.mapping.items())}
    columns = {column.name: column for column in noun_sheet(batch.noun).columns}
    query = f"SELECT number, column_name, coalesce(value, ''), code, params::text FROM {tables.problems}"  # noqa: S608
    for row, name, value, code, params in in_pieces(f"{query} ORDER BY number, column_name, code"):
        column = columns.get(name)
        title = titles.get(name) or (str(column.label) if column else name)
        words = words_of(code, value, json.loads(params) if params else {}, column)
        yield Fault(row, name, title, value, code, words)


def words_of(code: str, value: str, params: dict[str, Any], column: Any) -> str:
    """What was expected. The reader's own faults carry their words."""
    return message_of(code, {"value": value[:80], **params}, column)


def refusals_of(batch: Import) -> Iterator[Refusal]:
    """Each row refused, once: the first thing wrong with it, and all the others beside that."""
    for _row, faults in groupby(faults_of(batch), key=attrgetter("row")):
        first, *others = (Refusal(fault.row, fault.title, fault.value, fault.words) for fault in faults)
        yield first.beside(others)


def excluded_of(batch: Import) -> Iterator[dict[str, Any]]:
    """The lines that are no rows of data: totals, sections, repeated titles, with the reason in words."""
    tables = Tables(batch.pk)
    if tables.exist("excluded"):
        query = f"SELECT number, reason, cells FROM {tables.excluded} ORDER BY number"  # noqa: S608
        for number, reason, cells in in_pieces(query):
            yield {"row": number, "reason": str(REASONS.get(reason, reason)), "code": reason, "cells": cells}


def in_pieces(query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, a few thousand at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows
