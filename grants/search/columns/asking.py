"""A question put to the columns: which rows answer, how many they are, in what order they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grants.search.answers import Sums

from .cubes import KNOWN, Cells, Cube, Picked
from .raw import NO_AMOUNT, NO_DATE
from .table import Columns

BLOCK = 65_536


@dataclass(frozen=True)
class Chosen:
    """Rows that have (or with `exclude` do not have) one of these values of a facet."""

    facet: str
    values: tuple[str, ...]
    exclude: bool = False

    def test(self, columns: Columns) -> np.ndarray:
        places = columns.places(self.facet)
        wanted = np.full(len(places), self.exclude)
        wanted[[places[value] for value in self.values if value in places]] = not self.exclude
        return wanted[columns.codes[self.facet]]


@dataclass(frozen=True)
class Between:
    """Rows whose number lies in a range, its ends included; those without one do not."""

    column: str  # of Raw: date or cents
    least: int | None = None
    most: int | None = None
    facet = ""

    def test(self, columns: Columns) -> np.ndarray:
        values = getattr(columns.raw, self.column)
        found: np.ndarray = values != (NO_AMOUNT if self.column == "cents" else NO_DATE)
        if self.least is not None:
            found &= values >= self.least
        if self.most is not None:
            found &= values <= self.most
        return found


@dataclass(frozen=True)
class WithAmount:
    """Rows with, or without, an amount."""

    known: bool
    facet = ""

    def test(self, columns: Columns) -> np.ndarray:
        found: np.ndarray = (columns.raw.cents != NO_AMOUNT) == self.known
        return found


@dataclass(frozen=True)
class Received:
    """Rows of one recipient, by its key; natural persons have none of their own."""

    organisation: int
    facet = ""

    def test(self, columns: Columns) -> np.ndarray:
        found: np.ndarray = columns.raw.recipient == self.organisation
        return found


Condition = Chosen | Between | WithAmount | Received


@dataclass
class Asking:
    """The rows that hold all conditions, among those of `keys` where there are such lists of grants."""

    columns: Columns
    conditions: Sequence[Condition] = ()
    keys: Sequence[np.ndarray] = ()

    @cached_property
    def _tests(self) -> list[tuple[str, np.ndarray]]:
        """The facet that asks (or none), and which rows hold."""
        found = [(one.facet, one.test(self.columns)) for one in self.conditions]
        for keys in self.keys:
            there = np.zeros(self.columns.size, dtype=bool)
            there[self.columns.rows_of(keys)] = True
            found.append(("", there))
        return found

    def picked_without(self, facet: str) -> Picked:
        """The rows that hold all conditions but those of one facet."""
        tests = [test for asks, test in self._tests if not facet or asks != facet]
        if not tests:
            return Picked(None, self.columns.size)
        return Picked(tests[0] if len(tests) == 1 else np.logical_and.reduce(tests), self.columns.size)

    @cached_property
    def picked(self) -> Picked:
        """The rows that answer."""
        return self.picked_without("")

    @property
    def count(self) -> int:
        return self.picked.count

    # ── Counting ─────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _cells(self) -> dict[int, Cells]:
        return {}

    def _cells_of(self, cube: Cube) -> Cells:
        """Those of a cube over the rows that answer. The facets in it ask once."""
        if id(cube) not in self._cells:
            self._cells[id(cube)] = cube.counted(self.columns.measures, self.picked)
        return self._cells[id(cube)]

    def by(self, facet: str) -> Cells:
        """The rows that answer, by the values of a facet, in their order."""
        cube = self.columns.cube_of(facet)
        return cube.fold[facet](self._cells_of(cube))

    def by_without_own(self, facet: str) -> Cells:
        """The same, but as if the facet itself asked for nothing: what each of its values would give."""
        if not any(one.facet == facet for one in self.conditions):
            return self.by(facet)
        cube = self.columns.cube_of(facet)
        return cube.fold[facet](cube.counted(self.columns.measures, self.picked_without(facet)))

    @cached_property
    def sums(self) -> Sums:
        """All rows that answer."""
        cells = self._cells_of(self.columns.cube_of("band"))
        return Cells(cells.counts.sum(axis=0, keepdims=True), cells.cents.sum(keepdims=True)).as_sums()[0]

    @cached_property
    def _received(self) -> tuple[np.ndarray, Cells]:
        """Those who receive anything (0: all natural persons): their keys and what they receive."""
        cells = self._cells_of(self.columns.recipient_cube)
        there = np.flatnonzero(cells.counts.any(axis=1))
        return self.columns.recipients[there], cells.part(there)

    @property
    def recipient_count(self) -> int:
        return len(self._received[0])

    def recipients(self, start: int, end: int) -> tuple[np.ndarray, Cells]:
        """From the `start`-th largest to before the `end`-th; those of whom no amount is known come last."""
        keys, cells = self._received
        worth = np.where(cells.counts[:, KNOWN] > 0, cells.cents, NO_AMOUNT)
        if end < len(keys):
            # Only those who may come so far are put in order.
            least = np.partition(worth, len(worth) - end)[len(worth) - end]
            there = np.flatnonzero(worth >= least)
            keys, cells, worth = keys[there], cells.part(there), worth[there]
        order = np.lexsort((keys, -cells.counts.sum(axis=1), ~worth))[start:end]
        return keys[order], cells.part(order)

    # ── Order ────────────────────────────────────────────────────────────────────────────────────────────

    def slice(self, sort: str, start: int, size: int) -> np.ndarray:
        """The keys of `size` rows from `start` on, as sorted (`-` before the order: descending)."""
        order = self.columns.order(sort.lstrip("-"))
        ordered = order.descending if sort.startswith("-") else order.rows
        return self.columns.raw.key[self._picked(ordered, start, start + size)]

    def _picked(self, ordered: np.ndarray, start: int, end: int) -> np.ndarray:
        """The rows that answer, from the `start`-th to before the `end`-th, in this order of all rows."""
        answers = self.picked.mask
        if answers is None:
            return ordered[start:end]
        if start >= self.count:
            return ordered[:0]
        found: list[np.ndarray] = []
        passed = 0
        for at in range(0, len(ordered), BLOCK):
            block = ordered[at : at + BLOCK]
            picked = block[answers[block]]
            if passed + len(picked) > start:
                found.append(picked[max(start - passed, 0) : end - passed])
            passed += len(picked)
            if passed >= end:
                break
        return np.concatenate(found) if found else ordered[:0]

    def place_after(self, sort: str, value: int | None, key: int) -> int:
        """How many rows that answer come before the place of (`value`, `key`) in this order, that place included.

        `value` is as the order's values are (None: nothing to sort by). It may be of a row that is gone.
        """
        order = self.columns.order(sort.lstrip("-"))
        descending = sort.startswith("-")
        values, keys, unknown = order.values, self.columns.raw.key, len(order.rows) - order.unknown
        is_known = np.ones(self.columns.size, dtype=bool)
        is_known[order.rows[unknown:]] = False
        if value is None:
            same = ~is_known
            before = is_known.copy()
        else:
            same = is_known & (values == value)
            before = is_known & (values > value if descending else values < value)
        before |= same & ((keys >= key) if descending else (keys <= key))
        return int(np.count_nonzero(before if self.picked.mask is None else before & self.picked.mask))
