"""Counting and adding up by several facets at once.

Facets that belong together share one column of joint codes: three passes over the rows give all nine facets. A pass
over more than half of the rows is made over the others, and taken off what all rows give.
"""

from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from grants.search.answers import NOTHING, Sums

KNOWN, UNKNOWN_AMOUNT, FOREIGN_AMOUNT = range(3)
STATES = 3  # of an amount: known in dollars, not known, in another currency
EXACT = float(2**52)  # whole numbers up to twice this are exact in floating point


@dataclass(frozen=True)
class Cells:
    """Per cell: grants by the state of their amount (cells × 3), and hundredths of dollars (whole numbers)."""

    counts: np.ndarray
    cents: np.ndarray

    def __sub__(self, other: "Cells") -> "Cells":
        return Cells(self.counts - other.counts, self.cents - other.cents)

    def part(self, wanted: slice | np.ndarray) -> "Cells":
        """Some of the cells."""
        return Cells(self.counts[wanted], self.cents[wanted])

    def as_sums(self) -> list[Sums]:
        """Of each cell, how many grants and how much."""
        return [_sums(counts, cents) for counts, cents in zip(self.counts.tolist(), self.cents.tolist(), strict=True)]

    def folded(self, places: np.ndarray, size: int) -> "Cells":
        """Cells put together: `places` says for each which of `size` it belongs to."""
        counts = np.zeros((size, STATES), dtype=np.int64)
        np.add.at(counts, places, self.counts)
        cents = np.zeros(size, dtype=np.int64)
        np.add.at(cents, places, self.cents)
        return Cells(counts, cents)


def _sums(counts: list[int], cents: int) -> Sums:
    if not any(counts):
        return NOTHING
    total = Decimal(cents).scaleb(-2) if counts[KNOWN] else None
    return Sums(sum(counts), total, counts[UNKNOWN_AMOUNT], counts[FOREIGN_AMOUNT])


@dataclass(frozen=True)
class Measures:
    """Of each row: the state of its amount, and its hundredths of dollars (0 where there are none)."""

    state: np.ndarray
    cents: np.ndarray
    is_exact: bool = field(init=False)

    def __post_init__(self) -> None:
        """Whether sums may be made in floating point, which is quicker, without losing a cent."""
        object.__setattr__(self, "is_exact", float(np.abs(self.cents.astype(np.float64)).sum()) < EXACT)

    def cells(self, codes: np.ndarray, size: int, rows: np.ndarray | None) -> Cells:
        """Count and add up the rows (all of them for None) by their codes below `size`."""
        state, cents = self.state, self.cents
        if rows is not None:
            codes, state, cents = codes[rows], state[rows], cents[rows]
        # 8-byte joint codes: bincount would make them itself otherwise, once a call.
        counts = np.bincount(codes.astype(np.intp) * STATES + state, minlength=size * STATES).reshape(size, STATES)
        if self.is_exact:
            total = np.bincount(codes, weights=cents, minlength=size).astype(np.int64)
        else:
            total = np.zeros(size, dtype=np.int64)
            np.add.at(total, codes, cents)
        return Cells(counts.astype(np.int64), total)


@dataclass
class Cube:
    """A column of joint codes. `folds` gives for each facet in it the place of every cell, and how many there are."""

    codes: np.ndarray
    size: int
    folds: dict[str, tuple[np.ndarray, int]]
    _everything: Cells | None = None

    def everything(self, measures: Measures) -> Cells:
        """All rows, counted once."""
        if self._everything is None:
            self._everything = measures.cells(self.codes, self.size, None)
        return self._everything

    def counted(self, measures: Measures, rows: np.ndarray | None) -> Cells:
        """The rows (positions, ascending; all of them for None)."""
        if rows is None:
            return self.everything(measures)
        if 2 * len(rows) <= len(self.codes):
            return measures.cells(self.codes, self.size, rows)
        others = np.ones(len(self.codes), dtype=bool)
        others[rows] = False
        return self.everything(measures) - measures.cells(self.codes, self.size, np.flatnonzero(others))


def product(columns: dict[str, tuple[np.ndarray, int]]) -> Cube:
    """The cube of facets that go well together: a cell for each combination there could be."""
    joint: np.ndarray | int = 0
    size = 1
    for codes, values in columns.values():
        joint = joint * values + codes
        size *= values
    shape = [values for _codes, values in columns.values()]
    each = np.unravel_index(np.arange(size), shape)
    folds = {name: (places, values) for (name, (_codes, values)), places in zip(columns.items(), each, strict=True)}
    return Cube(np.asarray(joint, dtype=np.int32), size, folds)


def met(columns: dict[str, tuple[np.ndarray, int]]) -> Cube:
    """The cube of facets with many values: a cell only for the combinations that there are."""
    joint: np.ndarray | int = 0
    for codes, values in columns.values():
        joint = joint * values + codes.astype(np.int64)
    there, codes = np.unique(joint, return_inverse=True)
    shape = [values for _codes, values in columns.values()]
    each = np.unravel_index(there, shape)
    folds = {name: (places, values) for (name, (_codes, values)), places in zip(columns.items(), each, strict=True)}
    return Cube(codes.astype(np.int32), len(there), folds)
