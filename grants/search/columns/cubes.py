"""Counting and adding up by several facets at once.

Facets that belong together share one column of joint codes: three passes over the rows give all nine facets. A pass
over more than half of the rows is made over the others, and taken off what all rows give.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from math import prod

import numpy as np

from grants.search.answers import NOTHING, Sums

KNOWN, UNKNOWN_AMOUNT, FOREIGN_AMOUNT = range(3)
STATES = 3  # of an amount: known in dollars, not known, in another currency
WIDE = 20_000_000  # a table of so many truths is quicker than sorting, and small enough
EXACT = float(2**52)  # whole numbers up to twice this are exact in floating point


@dataclass
class Picked:
    """Some of the rows, as a truth a row; None for all of them."""

    mask: np.ndarray | None
    size: int

    @property
    def is_everything(self) -> bool:
        return self.mask is None

    @cached_property
    def count(self) -> int:
        return self.size if self.mask is None else int(np.count_nonzero(self.mask))

    @cached_property
    def rows(self) -> np.ndarray:
        """The rows picked, ascending."""
        return np.arange(self.size) if self.mask is None else np.flatnonzero(self.mask)

    @cached_property
    def others(self) -> np.ndarray:
        """The rows not picked, ascending."""
        return np.array([], dtype=np.intp) if self.mask is None else np.flatnonzero(~self.mask)


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

    def along(self, shape: Sequence[int], axis: int) -> "Cells":
        """Cells of a product of facets put together along one of them."""
        others = tuple(at for at in range(len(shape)) if at != axis)
        return Cells(self.counts.reshape(*shape, STATES).sum(axis=others), self.cents.reshape(shape).sum(axis=others))


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


Folds = dict[str, Callable[[Cells], Cells]]


@dataclass
class Cube:
    """A column of joint codes, below `size`. `fold` puts the cells together by one of the facets in it."""

    codes: np.ndarray
    size: int
    fold: Folds
    _everything: Cells | None = None

    def everything(self, measures: Measures) -> Cells:
        """All rows, counted once."""
        if self._everything is None:
            self._everything = measures.cells(self.codes, self.size, None)
        return self._everything

    def counted(self, measures: Measures, picked: Picked) -> Cells:
        """The rows picked; where they are most of all, by those that are not."""
        if picked.is_everything:
            return self.everything(measures)
        if 2 * picked.count <= len(self.codes):
            return measures.cells(self.codes, self.size, picked.rows)
        return self.everything(measures) - measures.cells(self.codes, self.size, picked.others)


Sized = dict[str, tuple[np.ndarray, int]]  # the codes of some facets, and how many values each has


def product(columns: Sized) -> Cube:
    """The cube of facets that go well together: a cell for each combination there could be."""
    shape = [values for _codes, values in columns.values()]
    folds: Folds = {name: partial(Cells.along, shape=shape, axis=axis) for axis, name in enumerate(columns)}
    return Cube(_joint(columns).astype(np.int32), prod(shape), folds)


def met(columns: Sized) -> Cube:
    """The cube of facets with many values: a cell only for the combinations that there are."""
    shape = [values for _codes, values in columns.values()]
    there, codes = distinct(_joint(columns), prod(shape))
    each = np.unravel_index(there, shape)
    folds: Folds = {
        name: partial(Cells.folded, places=places, size=values)
        for (name, (_codes, values)), places in zip(columns.items(), each, strict=True)
    }
    return Cube(codes, len(there), folds)


def _joint(columns: Sized) -> np.ndarray:
    """One code for the values of all the columns, the last turning quickest."""
    joint: np.ndarray | int = 0
    for codes, values in columns.values():
        joint = joint * values + codes.astype(np.int64)
    return np.asarray(joint)


def distinct(values: np.ndarray, beyond: int) -> tuple[np.ndarray, np.ndarray]:
    """The distinct values (0 or more, less than `beyond`), ascending, and the place of each value among them."""
    if beyond > WIDE:
        found, places = np.unique(values, return_inverse=True)
        return found, places.astype(np.int32)
    there = np.zeros(beyond, dtype=bool)
    there[values] = True
    return np.flatnonzero(there), (np.cumsum(there, dtype=np.int32) - 1)[values]
