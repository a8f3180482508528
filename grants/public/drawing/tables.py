"""The table behind a drawing: the same data, for those who read rather than look."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from .marks import Mark


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table behind a drawing: its words, and `number` for those set on the right."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells already in words (a cell may be safe markup); the first cell of each is its heading.

    `style` is `stack` for a table whose rows become cards on a small screen, `flat` for one that fits there.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    foot_row: Sequence[str] = ()
    style: str = "stack"

    @property
    def body(self) -> list[list[tuple[Column, str]]]:
        """Rows of (column, cell)."""
        return [self._cells(row) for row in self.rows]

    @property
    def foot(self) -> list[list[tuple[Column, str]]]:
        """The total's row, or none."""
        return [self._cells(self.foot_row)] if self.foot_row else []

    def _cells(self, row: Sequence[str]) -> list[tuple[Column, str]]:
        return list(itertools.zip_longest(self.columns, row[: len(self.columns)], fillvalue=""))  # type: ignore[arg-type]


def as_table(marks: Sequence[Mark], *, caption: str, head: Sequence[str], foot: Sequence[str] = ()) -> Table:
    """The rows behind a drawing: one per mark, its words and its value in words."""
    columns = [Column(head[0]), Column(head[1], "number")]
    return Table(caption, columns, [[mark.label, mark.text] for mark in marks], foot)
