"""Rows and the columns chosen of them, ready to become a file: as tuples, or as lines of CSV and JSON.

PostgreSQL can write a row of CSV or JSON faster than Python can read its values. What it does not know, our rules
against formulas and control characters, is looked for in many lines at once; the few that need it are written again.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from django.db.models import Expression, F, QuerySet

from grants.models.one_state import one_state

from . import expressions, lines, reading
from .cells import TEXTUAL, Column
from .writers import csv_rows

LINES_AT_ONCE = 200


@dataclass(frozen=True)
class Field:
    """A column, its value in PostgreSQL, and its key in JSON where that is not the column's name."""

    column: Column
    value: Expression | F
    key: str = ""


class Rows(Protocol):
    """What a file is made of."""

    columns: list[Column]

    def one_state(self) -> AbstractContextManager[None]:
        """All that is asked of the rows inside is of one state of the registry."""

    def count(self) -> int:
        """How many rows."""

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The values: text, numbers, truths and None."""

    def csv(self) -> Iterator[bytes]:
        """The rows in CSV, many at a time, dangerous text escaped, lines ended by CRLF."""

    def json(self) -> Iterator[list[bytes]]:
        """The rows as JSON objects without line ends, many at a time."""


class Table:
    """The records as rows of these fields, in the records' order. `sparse`: JSON leaves out what has no value."""

    def __init__(self, records: QuerySet, fields: Sequence[Field], *, sparse: bool = False) -> None:
        self.records = records
        self.fields = fields
        self.columns = [field.column for field in fields]
        self.sparse = sparse

    def one_state(self) -> AbstractContextManager[None]:
        return one_state(self.records.db)

    def count(self) -> int:
        return self.records.order_by().count()

    def rows(self) -> Iterator[tuple[Any, ...]]:
        return reading.tuples(self.records.values_list(*(field.value for field in self.fields)))

    def csv(self) -> Iterator[bytes]:
        values = (expressions.spelled(one.value) if one.column.kind == "boolean" else one.value for one in self.fields)
        written = reading.csv_lines(self.records.values_list(*values))
        textual = [column.kind in TEXTUAL for column in self.columns]
        while batch := list(islice(written, LINES_AT_ONCE)):
            yield lines.safe_csv(batch, textual)

    def json(self) -> Iterator[list[bytes]]:
        values = self.records.values_list(*(field.value for field in self.fields))
        names = [field.key or field.column.name for field in self.fields]
        written = reading.json_lines(values, names, sparse=self.sparse)
        while batch := list(islice(written, LINES_AT_ONCE)):
            yield lines.clean_json(batch)


class GivenTable:
    """Rows that something else than a query gives, once; `size` is how many."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], size: int) -> None:
        self.columns = list(columns)
        self.given = rows
        self.size = size

    def one_state(self) -> AbstractContextManager[None]:
        return nullcontext()

    def count(self) -> int:
        return self.size

    def rows(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.given)

    def csv(self) -> Iterator[bytes]:
        return csv_rows(self.columns, self.given)

    def json(self) -> Iterator[list[bytes]]:
        names = [column.name for column in self.columns]
        rows = iter(self.given)
        while batch := list(islice(rows, LINES_AT_ONCE)):
            yield [lines.json_object(zip(names, row, strict=True)) for row in batch]
