"""Every published organisation in memory, with what it receives: the list of recipients in any order, at any depth."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db import connection

from grants.models.codes import OrganisationKind
from grants.search.answers import NOTHING, Sums

from .cubes import KNOWN, Cells
from .raw import NO_AMOUNT, REGIONS, place_of_code
from .table import Columns, in_order

KINDS = tuple(sorted(OrganisationKind.values))  # as PostgreSQL sorts them: what is not provided comes first

# In the order of the names, which an index keeps.
_READ = f"""
    SELECT string_agg(int8send(id), ''::bytea), string_agg(int2send(kind), ''::bytea),
        string_agg(int2send(region), ''::bytea), string_agg(int2send(nonprofit), ''::bytea)
    FROM (
        SELECT o.id, {place_of_code(KINDS, "o.kind")} AS kind, {place_of_code(REGIONS, "r.code")} AS region,
            coalesce(o.is_nonprofit::int, -1)::int2 AS nonprofit
        FROM grants_organisation o LEFT JOIN grants_region r ON r.id = o.region_id
        WHERE o.publication = 'published' AND NOT o.is_natural_person
        ORDER BY grants_fold(o.name_fr), o.id
    ) AS named
"""  # noqa: S608 (codes of our own)


@dataclass
class Bodies:
    """One row an organisation, in the order of their keys; `name` is the place of its name among all.

    Codes are places in KINDS and REGIONS, -1 for none.
    """

    key: np.ndarray
    name: np.ndarray
    kind: np.ndarray
    region: np.ndarray
    nonprofit: np.ndarray
    received: Cells

    @classmethod
    def read(cls, columns: Columns) -> "Bodies":
        """One query. What they receive is worked out of the columns of grants."""
        with connection.cursor() as cursor:
            cursor.execute(_READ)
            found = cursor.fetchone()
        named, *codes = (
            np.frombuffer(value or b"", dtype=read)
            for value, read in zip(found, (">i8", ">i2", ">i2", ">i2"), strict=True)
        )
        order = np.argsort(named)
        key = named[order].astype(np.int64)
        kind, region, nonprofit = (code[order].astype(np.int8) for code in codes)
        return cls(key, order, kind, region, nonprofit, _received(columns, key))

    @cached_property
    def receives(self) -> np.ndarray:
        """Who receives at least one grant."""
        found: np.ndarray = self.received.counts.sum(axis=1) > 0
        return found

    def rows_of(self, keys: np.ndarray) -> np.ndarray:
        """The rows of these organisations; those that are not published have none."""
        if not len(self.key):
            return np.array([], dtype=np.intp)
        rows = np.minimum(np.searchsorted(self.key, keys), len(self.key) - 1)
        return rows[self.key[rows] == keys]

    def sums(self, keys: list[int]) -> dict[int, Sums]:
        """What these organisations receive, by key."""
        rows = self.rows_of(np.array(keys, dtype=np.int64))
        told = zip(self.key[rows].tolist(), self.received.part(rows).as_sums(), strict=True)
        return dict.fromkeys(keys, NOTHING) | dict(told)

    def slice(self, picked: np.ndarray, sort: str, start: int, size: int) -> list[int]:
        """The keys of `size` of the picked rows (truths) from the `start`-th on, in this order."""
        values, unknown = self._sorted_by(sort.lstrip("-"))
        rows = np.flatnonzero(picked)
        ordered = in_order(values[rows], unknown[rows], descending=sort.startswith("-"))
        return [int(key) for key in self.key[rows[ordered[start : start + size]]]]

    def _sorted_by(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        never = np.zeros(len(self.key), dtype=bool)
        if name == "granted":
            known = self.received.counts[:, KNOWN] > 0
            return np.where(known, self.received.cents, NO_AMOUNT), ~known
        if name == "region":
            return self.region.astype(np.int64), self.region < 0
        if name == "grants":
            return self.received.counts.sum(axis=1), never
        return (self.kind if name == "kind" else self.name).astype(np.int64), never


def _received(columns: Columns, keys: np.ndarray) -> Cells:
    """What each of these organisations receives, in their order."""
    cells = columns.recipient_cube.everything(columns.measures)
    recipients = columns.recipients
    counts = np.zeros((len(keys), cells.counts.shape[1]), dtype=np.int64)
    cents = np.zeros(len(keys), dtype=np.int64)
    if len(recipients):
        found = np.minimum(np.searchsorted(recipients, keys), len(recipients) - 1)
        there = recipients[found] == keys
        counts[there], cents[there] = cells.counts[found[there]], cells.cents[found[there]]
    return Cells(counts, cents)
