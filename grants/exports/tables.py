"""Records and the columns chosen of them, ready to become a file: rows as tuples, or lines as PostgreSQL writes them.

PostgreSQL can write a row of CSV or JSON faster than Python can read its values. What it does not know, our rules
against formulas and control characters, is looked for in many lines at once; the few that need it are written again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Expression, F, QuerySet

from . import expressions, lines, reading
from .cells import TEXTUAL, Column

LINES_AT_ONCE = 200


@dataclass(frozen=True)
class Field:
    """A column, its value in PostgreSQL, and its key in JSON where that is not the column's name."""

    column: Column
    value: Expression | F
    key: str = ""


class Table:
    """The records as rows of these fields, in the records' order."""

    def __init__(self, records: QuerySet, fields: Sequence[Field]) -> None:
        self.records = records
        self.fields = fields
        self.columns = [field.column for field in fields]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The values: text, numbers, truths and None."""
        return reading.tuples(self.records.values_list(*(field.value for field in self.fields)))

    def csv(self) -> Iterator[bytes]:
        """The rows in CSV, many at a time, dangerous text escaped, lines ended by CRLF."""
        values = (expressions.spelled(one.value) if one.column.kind == "boolean" else one.value for one in self.fields)
        written = reading.csv_lines(self.records.values_list(*values))
        textual = [column.kind in TEXTUAL for column in self.columns]
        while batch := list(islice(written, LINES_AT_ONCE)):
            yield lines.safe_csv(batch, textual)

    def json(self) -> Iterator[list[bytes]]:
        """The rows as JSON objects without line ends, many at a time."""
        values = self.records.values_list(*(field.value for field in self.fields))
        written = reading.json_lines(values, [field.key or field.column.name for field in self.fields])
        while batch := list(islice(written, LINES_AT_ONCE)):
            yield lines.clean_json(batch)
