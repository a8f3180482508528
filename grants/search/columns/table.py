"""The columns at one version of the registry, and what is worked out of them once: codes, cubes, orders."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from django.db import connection

from . import legends
from .cubes import FOREIGN_AMOUNT, KNOWN, UNKNOWN_AMOUNT, Cells, Cube, Measures, distinct, met, product
from .legends import Legend
from .raw import CODES, NO_AMOUNT, NO_DATE, Raw, read_keys

MOST = np.iinfo(np.int64).max
NAME_RANK = """
SELECT count(named.id), bool_or(one.publication = 'published' AND NOT one.is_natural_person)
FROM grants_organisation AS one LEFT JOIN grants_organisation AS named
    ON named.publication = 'published' AND NOT named.is_natural_person
    AND (grants_fold(named.name_fr), named.id) <= (grants_fold(one.name_fr), one.id)
WHERE one.id = %s
"""


@dataclass
class Order:
    """The rows in ascending order; the last `unknown` of them hold nothing to sort by. `values` are what they hold."""

    rows: np.ndarray
    unknown: int
    values: np.ndarray

    @cached_property
    def descending(self) -> np.ndarray:
        """From the greatest to the least, and from the last key to the first; what is not known still comes last."""
        return turned(self.rows, self.unknown)

    def is_unknown(self, row: int) -> bool:
        """Whether a row holds nothing to sort by."""
        return bool(self._unknown_rows[row])

    @cached_property
    def _unknown_rows(self) -> np.ndarray:
        found = np.zeros(len(self.rows), dtype=bool)
        found[self.rows[len(self.rows) - self.unknown :]] = True
        return found


class Columns:
    """Every published grant; `version` is the registry's when it was read."""

    def __init__(self, version: int, raw: Raw) -> None:
        self.version = version
        self.raw = raw
        self.size = len(raw.key)
        self._orders: dict[str, Order] = {}
        self.legends: dict[str, Legend] = {}
        self.codes: dict[str, np.ndarray] = {}
        self._cubes: list[Cube] = []
        state = np.where(raw.cents == NO_AMOUNT, UNKNOWN_AMOUNT, np.where(raw.is_dollars, KNOWN, FOREIGN_AMOUNT))
        self.measures = Measures(state.astype(np.int8), np.where(state == KNOWN, raw.cents, 0))
        self._read_codes()
        self._make_cubes()

    def _read_codes(self) -> None:
        raw = self.raw
        of_rows = {
            "programme": legends.recorded("programme", raw.programme),
            "announcement": legends.recorded("announcement", raw.announcement),
            "region": legends.regions(raw.region),
            "kind": legends.coded("kind", raw.kind),
            "instrument": legends.coded("instrument", raw.instrument),
            "status": legends.coded("status", raw.status),
            "band": legends.bands(raw),
        }
        for name, (legend, codes) in of_rows.items():
            self.legends[name], self.codes[name] = legend, codes.astype(_small(len(legend.values)))

    def _make_cubes(self) -> None:
        """Three joint columns for nine facets. Years are told of months, of which there are few."""
        found, month = legends.months(self.raw.date)
        place = product({name: self._sized(name) for name in ("region", "kind", "instrument", "status")})
        act = met({name: self._sized(name) for name in ("programme", "announcement")})
        when = product({"month": (month, len(found)), "band": self._sized("band")})
        by_month = when.fold.pop("month")
        for name, (legend, codes) in (("year", legends.years(found)), ("fiscal", legends.fiscal_years(found))):
            self.legends[name] = legend
            self.codes[name] = codes[month].astype(_small(len(legend.values)))
            when.fold[name] = partial(_years_of_months, by_month, codes, len(legend.values))
        self._cubes = [place, act, when]

    def _sized(self, name: str) -> tuple[np.ndarray, int]:
        return self.codes[name].astype(np.int32), len(self.legends[name].values)

    def cube_of(self, name: str) -> Cube:
        """The cube that a facet is in."""
        return next(cube for cube in self._cubes if name in cube.fold)

    # ── Recipients ───────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def recipients(self) -> np.ndarray:
        """The keys of those who receive, ascending; 0, where there are any, is all natural persons."""
        return self._recipients_and_codes[0]

    @cached_property
    def _recipients_and_codes(self) -> tuple[np.ndarray, np.ndarray]:
        return distinct(self.raw.recipient, int(self.raw.recipient.max(initial=0)) + 1)

    @cached_property
    def recipient_cube(self) -> Cube:
        """A cell for each of `recipients`."""
        return Cube(self._recipients_and_codes[1], len(self.recipients), {})

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────────────────

    def rows_of(self, keys: np.ndarray) -> np.ndarray:
        """The rows of these grants, in their order; those that are not published have none."""
        if not self.size:
            return np.array([], dtype=np.intp)
        found = np.minimum(np.searchsorted(self.raw.key, keys), self.size - 1)
        return found[self.raw.key[found] == keys]

    def order(self, name: str) -> Order:
        """The rows by date, amount, recipient, region or status; then by key."""
        if name not in self._orders:
            values, unknown = self._sorted_by(name)
            self._orders[name] = Order(_sorted(values, unknown), int(unknown.sum()), values)
        return self._orders[name]

    def _sorted_by(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """What rows are sorted by, and where there is no such thing."""
        raw = self.raw
        never = np.zeros(self.size, dtype=bool)
        if name == "date":
            return raw.date.astype(np.int64), raw.date == NO_DATE
        if name == "amount":
            return raw.cents, raw.cents == NO_AMOUNT
        if name == "region":
            return raw.region.astype(np.int64), raw.region < 0
        if name == "status":
            spelt = np.argsort(np.argsort(np.array(self._statuses())))
            return spelt[raw.status].astype(np.int64), never
        return self._name_ranks[self._recipients_and_codes[1]], never

    @staticmethod
    def _statuses() -> tuple[str, ...]:
        """As `Raw` counts them; a row whose status is not known has the last place (-1)."""
        return (*CODES["status"], "unknown")

    @cached_property
    def _name_ranks(self) -> np.ndarray:
        """The place of each recipient's name among all names, persons before all. From the index of folded names."""
        keys = read_keys(
            "SELECT string_agg(int8send(id), ''::bytea) FROM "
            "(SELECT id FROM grants_organisation WHERE publication = 'published' AND NOT is_natural_person "
            "ORDER BY grants_fold(name_fr), id) AS named"
        )
        ranks = np.zeros(int(max(keys.max(initial=0), self.recipients.max(initial=0))) + 1, dtype=np.int64)
        ranks[keys] = np.arange(1, len(keys) + 1)
        ranks[0] = 0
        return ranks[self.recipients]

    @staticmethod
    def name_rank(recipient: int) -> tuple[int, bool] | None:
        """The place of a recipient's name among all names, as `_name_ranks` has it, whatever it receives now.

        False beside it: it is no longer among them, and the place is that of the name before. None: nobody has that
        key. One query, none for the natural persons (0).
        """
        if not recipient:
            return 0, True
        with connection.cursor() as cursor:
            cursor.execute(NAME_RANK, [recipient])
            rank, is_there = cursor.fetchone()
        return None if is_there is None else (rank, is_there)

    def label(self, name: str, value: str) -> str:
        """A facet's value in the reader's words."""
        return self.legends[name].label(value)

    def places(self, name: str) -> Mapping[str, int]:
        """Where each value of a facet stands."""
        return self.legends[name].places


def turned(rows: np.ndarray, unknown: int) -> np.ndarray:
    """An ascending order the other way round, the `unknown` last of it still last."""
    known = len(rows) - unknown
    return np.concatenate([rows[:known][::-1], rows[known:][::-1]])


def in_order(values: np.ndarray, unknown: np.ndarray, *, descending: bool) -> np.ndarray:
    """The places of the values as sorted, equals as they stand (descending: the other way round), unknown ones last."""
    rows = _sorted(values, unknown)
    return turned(rows, int(unknown.sum())) if descending else rows


def _years_of_months(by_month: Callable[[Cells], Cells], codes: np.ndarray, size: int, cells: Cells) -> Cells:
    return by_month(cells).folded(codes, size)


def _sorted(values: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """The rows by their values, then by their place; those that have none last."""
    size = len(values)
    bits = size.bit_length()
    least, most = (int(end(initial=0)) for end in (values[~unknown].min, values[~unknown].max))
    if (most - least + 2).bit_length() + bits > 62:
        return np.argsort(np.where(unknown, MOST, values), kind="stable").astype(np.int32)
    # Value and place in one number: sorting numbers is several times quicker than sorting places by them.
    joint = (np.where(unknown, most + 1, values) - least << bits) + np.arange(size)
    joint.sort()
    return (joint & ((1 << bits) - 1)).astype(np.int32)


def _small(size: int) -> type:
    """The smallest kind of number that counts so far."""
    return np.uint8 if size <= 256 else np.uint16 if size <= 65_536 else np.int32
