"""A question put to the columns: which rows answer, how many they are, in what order they come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from grants.search.answers import Sums

from .cubes import KNOWN, Cells
from .raw import NO_AMOUNT, NO_DATE
from .table import Columns

BLOCK = 65_536


@dataclass(frozen=True)
class Chosen:
    """Rows that have (or with `exclude` do not have) one of these values of a facet."""

    facet: str
    values: Sequence[str]
    exclude: bool = False

    def test(self, columns: Columns, rows: np.ndarray | None) -> np.ndarray:
        places = columns.places(self.facet)
        wanted = np.full(len(places), self.exclude)
        wanted[[places[value] for value in self.values if value in places]] = not self.exclude
        return wanted[_of(columns.codes[self.facet], rows)]


@dataclass(frozen=True)
class Between:
    """Rows whose number lies in a range, its ends included; those without one do not."""

    column: str  # of Raw: date or cents
    least: int | None = None
    most: int | None = None
    facet = ""

    def test(self, columns: Columns, rows: np.ndarray | None) -> np.ndarray:
        values = _of(getattr(columns.raw, self.column), rows)
        found = values != (NO_AMOUNT if self.column == "cents" else NO_DATE)
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

    def test(self, columns: Columns, rows: np.ndarray | None) -> np.ndarray:
        found: np.ndarray = (_of(columns.raw.cents, rows) != NO_AMOUNT) == self.known
        return found


Condition = Chosen | Between | WithAmount


def _of(column: np.ndarray, rows: np.ndarray | None) -> np.ndarray:
    return column if rows is None else column[rows]


@dataclass
class Asking:
    """The rows that hold all conditions, among those of `keys` where there are such lists of grants."""

    columns: Columns
    conditions: Sequence[Condition] = ()
    keys: Iterable[np.ndarray] = ()
    _tests: dict[int, np.ndarray] = field(default_factory=dict)

    @cached_property
    def _among(self) -> np.ndarray | None:
        """The rows of the lists of keys, ascending; None where there is no such list."""
        found: np.ndarray | None = None
        for keys in self.keys:
            rows = self.columns.rows_of(keys)
            found = rows if found is None else np.intersect1d(found, rows, assume_unique=True)
        return found

    def _tested(self, place: int) -> np.ndarray:
        if place not in self._tests:
            self._tests[place] = self.conditions[place].test(self.columns, self._among)
        return self._tests[place]

    def rows_without(self, facet: str) -> np.ndarray | None:
        """The rows that hold all conditions but those of one facet, ascending; None for all rows there are."""
        tests = [self._tested(at) for at, one in enumerate(self.conditions) if not facet or one.facet != facet]
        if not tests:
            return self._among
        kept = np.flatnonzero(np.logical_and.reduce(tests) if len(tests) > 1 else tests[0])
        return kept if self._among is None else self._among[kept]

    @cached_property
    def rows(self) -> np.ndarray | None:
        """The rows that answer, ascending; None for all there are."""
        return self.rows_without("")

    @property
    def count(self) -> int:
        return self.columns.size if self.rows is None else len(self.rows)

    # ── Counting ─────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _cells(self) -> dict[int, Cells]:
        return {}

    def _cells_of(self, facet: str) -> Cells:
        """Those of the cube that the facet is in, over the rows that answer. Three facets ask once."""
        cube = self.columns.cube_of(facet)
        if id(cube) not in self._cells:
            self._cells[id(cube)] = cube.counted(self.columns.measures, self.rows)
        return self._cells[id(cube)]

    def by(self, facet: str) -> list[Sums]:
        """The rows that answer, by the values of a facet, in their order."""
        return self._cells_of(facet).folded(*self.columns.cube_of(facet).folds[facet]).as_sums()

    def by_without_own(self, facet: str) -> list[Sums]:
        """The same, but as if the facet itself asked for nothing: what each of its values would give."""
        if not any(one.facet == facet for one in self.conditions):
            return self.by(facet)
        cube = self.columns.cube_of(facet)
        cells = cube.counted(self.columns.measures, self.rows_without(facet))
        return cells.folded(*cube.folds[facet]).as_sums()

    @cached_property
    def sums(self) -> Sums:
        """All rows that answer."""
        cells = self._cells_of("band")
        return cells.folded(np.zeros(len(cells.cents), dtype=np.intp), 1).as_sums()[0]

    @cached_property
    def by_recipient(self) -> tuple[np.ndarray, Cells]:
        """Those who receive (0: all natural persons), the largest first: their keys and what they receive."""
        columns = self.columns
        cells = columns.measures.cells(columns.recipient_codes, len(columns.recipients), self.rows)
        there = np.flatnonzero(cells.counts.sum(axis=1))
        counts, cents = cells.counts[there], cells.cents[there]
        # Those of whom no amount is known come last.
        order = np.lexsort((columns.recipients[there], -counts.sum(axis=1), -cents, counts[:, KNOWN] == 0))
        return columns.recipients[there][order], Cells(counts, cents).part(order)

    # ── Order ────────────────────────────────────────────────────────────────────────────────────────────

    def slice(self, sort: str, start: int, size: int) -> np.ndarray:
        """The keys of `size` rows from `start` on, as sorted (`-` before the order: descending)."""
        order = self.columns.order(sort.lstrip("-"))
        ordered = order.descending if sort.startswith("-") else order.rows
        return self.columns.raw.key[self._picked(ordered, start, start + size)]

    def _picked(self, ordered: np.ndarray, start: int, end: int) -> np.ndarray:
        """The rows that answer, from the `start`-th to before the `end`-th, in this order of all rows."""
        if self.rows is None:
            return ordered[start:end]
        if start >= len(self.rows):
            return ordered[:0]
        answers = np.zeros(self.columns.size, dtype=bool)
        answers[self.rows] = True
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
        return int(before.sum() if self.rows is None else before[self.rows].sum())
