"""What is read of each published grant, as PostgreSQL gives it: numbers and codes, no words.

One aggregate a column brings a million rows as a handful of byte strings, which numpy takes as they are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from grants.search.facets import FACETS, UNKNOWN

NO_AMOUNT = np.iinfo(np.int64).min
NO_DATE = -1
NO_CODE = -1
REGIONS = tuple([f"{number:02}" for number in range(1, 18)] + ["HQ", "QC"])
CODES: dict[str, tuple[str, ...]] = {
    "region": REGIONS,
    **{name: tuple(one for one in FACETS[name].values if one != UNKNOWN) for name in ("kind", "instrument", "status")},
}


@dataclass(frozen=True)
class Raw:
    """One row a published grant, in the order of their keys. `recipient` is 0 for every natural person.

    `date` is year, month, day as one number, parts that are not known 0; `cents` the amount in hundredths of its
    currency; the codes are places in CODES.
    """

    key: np.ndarray
    recipient: np.ndarray
    programme: np.ndarray
    announcement: np.ndarray
    date: np.ndarray
    cents: np.ndarray
    is_dollars: np.ndarray
    region: np.ndarray
    kind: np.ndarray
    instrument: np.ndarray
    status: np.ndarray

    def replaced(self, gone: "np.ndarray", come: "Raw") -> "Raw":
        """The same without the rows marked in `gone`, with those of `come`."""
        kept = ~gone
        keys = np.concatenate([self.key[kept], come.key])
        order = np.argsort(keys, kind="stable")
        return Raw(
            *(np.concatenate([getattr(self, one.name)[kept], getattr(come, one.name)])[order] for one in fields(Raw))
        )


@dataclass(frozen=True)
class _Column:
    """How PostgreSQL sends a value, how numpy reads it, and as what it is kept."""

    sql: str
    sent: str
    read: str
    kept: type


def place_of_code(codes: Sequence[str], value: str) -> str:
    """SQL: the place of a code in its list, from 0; NO_CODE where it is none of them."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return f"coalesce(array_position(ARRAY[{listed}], {value}::text) - 1, {NO_CODE})::int2"


def _place(name: str, value: str) -> str:
    return place_of_code(CODES[name], value)


COLUMNS = {
    "key": _Column("g.id", "int8send", ">i8", np.int64),
    "recipient": _Column("CASE WHEN o.is_natural_person THEN 0 ELSE o.id END", "int8send", ">i8", np.int64),
    "programme": _Column("coalesce(g.programme_id, 0)", "int8send", ">i8", np.int64),
    "announcement": _Column("coalesce(g.announcement_id, 0)", "int8send", ">i8", np.int64),
    "date": _Column(f"coalesce(rpad(replace(g.date, '-', ''), 8, '0')::int4, {NO_DATE})", "int4send", ">i4", np.int32),
    "cents": _Column(f"coalesce((g.amount * 100)::int8, {NO_AMOUNT})", "int8send", ">i8", np.int64),
    "is_dollars": _Column("(g.currency = 'CAD')::int::int2", "int2send", ">i2", np.bool_),
    # The region of `places.with_region`, the kind of `places.with_kind`.
    "region": _Column(
        _place("region", "coalesce(b.code, CASE WHEN NOT o.is_natural_person THEN r.code END)"),
        "int2send",
        ">i2",
        np.int8,
    ),
    "kind": _Column(_place("kind", "CASE WHEN NOT o.is_natural_person THEN o.kind END"), "int2send", ">i2", np.int8),
    "instrument": _Column(_place("instrument", "g.instrument"), "int2send", ">i2", np.int8),
    "status": _Column(_place("status", "g.status"), "int2send", ">i2", np.int8),
}

_READ = """
    SELECT {sent} FROM (
        SELECT {columns}
        FROM grants_grant g JOIN grants_organisation o ON o.id = g.recipient_id
            LEFT JOIN grants_region b ON b.id = g.benefit_region_id
            LEFT JOIN grants_region r ON r.id = o.region_id
        WHERE g.publication = 'published' {which}
    ) AS one
"""


def read_all() -> Raw:
    """Every published grant."""
    return _read("")


def read_some(grants: Collection[int], organisations: Collection[int]) -> Raw:
    """The published grants of these keys, and those that these organisations receive."""
    listed = [f"ARRAY[{', '.join(str(int(key)) for key in keys)}]::int8[]" for keys in (grants, organisations)]
    return _read(f"AND (g.id = ANY ({listed[0]}) OR g.recipient_id = ANY ({listed[1]}))")


def _read(which: str) -> Raw:
    sql = _READ.format(
        sent=", ".join(f"string_agg({column.sent}({name}), ''::bytea)" for name, column in COLUMNS.items()),
        columns=", ".join(f"{column.sql} AS {name}" for name, column in COLUMNS.items()),
        which=which,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found = cursor.fetchone()
    read: dict[str, np.ndarray] = {
        name: np.frombuffer(value or b"", dtype=column.read).astype(column.kept)
        for (name, column), value in zip(COLUMNS.items(), found, strict=True)
    }
    order = np.argsort(read["key"], kind="stable")
    return Raw(**{name: values[order] for name, values in read.items()})


def keys_of(query: QuerySet) -> np.ndarray:
    """The keys that a query of one column gives. One query."""
    try:
        sql, parameters = query.query.sql_with_params()
    except EmptyResultSet:
        return np.array([], dtype=np.int64)
    return read_keys(f"SELECT string_agg(int8send(key), ''::bytea) FROM ({sql}) AS found (key)", parameters)  # noqa: S608


def read_keys(sql: str, parameters: tuple[Any, ...] = ()) -> np.ndarray:
    """The keys that a query gives as one string of bytes, `string_agg(int8send(…), ''::bytea)`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        (value,) = cursor.fetchone()
    return np.frombuffer(value or b"", dtype=">i8").astype(np.int64)
