"""What a selection of grants answers, in plain SQL over the registry's tables: the truth that others are held to.

A question is a dictionary of the address's parameters: ``{"region": ["06", "null"], "kind_not": ["company"]}``. Nothing
here comes from `grants.search`, so that a fault there is not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from psycopg import sql

Question = Mapping[str, Sequence[str]]
# A facet's values, each with its count and the sum of its known amounts in Canadian dollars.
Counts = dict[str, dict[str, tuple[int, Decimal | None]]]

MONTH = "substr(g.date, 6, 2)"
YEAR = "left(g.date, 4)::integer"
FACETS = {
    "programme": "p.public_id",
    "announcement": "a.public_id",
    "year": "left(g.date, 4)",
    "fiscal": f"CASE WHEN {MONTH} >= '04' THEN {YEAR} || '-' || {YEAR} + 1 "
    f"WHEN {MONTH} >= '01' THEN {YEAR} - 1 || '-' || {YEAR} END",
    "region": "coalesce(b.code, CASE WHEN NOT o.is_natural_person THEN r.code END)",
    "kind": "CASE WHEN NOT o.is_natural_person THEN nullif(o.kind, '') END",
    "instrument": "nullif(g.instrument, '')",
    "status": "nullif(g.status, 'unknown')",
    "band": """CASE WHEN g.amount IS NULL THEN NULL WHEN g.currency <> 'CAD' THEN 'foreign'
        WHEN g.amount < 10000 THEN 'lt10k' WHEN g.amount < 50000 THEN '10k-50k'
        WHEN g.amount < 100000 THEN '50k-100k' WHEN g.amount < 500000 THEN '100k-500k'
        WHEN g.amount < 1000000 THEN '500k-1m' WHEN g.amount < 10000000 THEN '1m-10m' ELSE 'gte10m' END""",
}
FOUR = ("year", "region", "kind", "status")
NINE = tuple(FACETS)

COLUMNS = ", ".join(f"coalesce({expression}, 'null') AS {name}" for name, expression in FACETS.items())
GRANTS = f"""SELECT g.id, g.public_id, g.date, g.amount, g.currency, o.public_id AS recipient, {COLUMNS}
    FROM grants_grant g
    JOIN grants_organisation o ON o.id = g.recipient_id
    LEFT JOIN grants_programme p ON p.id = g.programme_id
    LEFT JOIN grants_announcement a ON a.id = g.announcement_id
    LEFT JOIN grants_region b ON b.id = g.benefit_region_id
    LEFT JOIN grants_region r ON r.id = o.region_id
    WHERE g.publication = 'published'"""
FOUND = "id IN (SELECT record_id FROM grants_searchentry WHERE kind = 'grant' AND vector @@ grants_question({}))"
TOTAL = "sum(amount) FILTER (WHERE currency = 'CAD')"


def quoted(value: str) -> str:
    return sql.Literal(value).as_string()


def condition(question: Question, leave_out: str = "") -> str:
    """SQL: what the question asks of a row of GRANTS, but for one facet's own filter."""
    parts = ["true"]
    for name, values in question.items():
        facet = name.removesuffix("_not")
        if facet in FACETS:
            if facet != leave_out:
                among = ", ".join(map(quoted, values))
                parts.append(f"{facet} {'NOT IN' if name.endswith('_not') else 'IN'} ({among})")
        else:
            parts.append(ranged(name, values[0]))
    return " AND ".join(parts)


def ranged(name: str, value: str) -> str:
    """SQL of a parameter that is no facet. Raises KeyError for one that is not known."""
    written = quoted(value)
    return {
        "q": FOUND.format(written),
        "recipient": f"recipient = {written}",
        # Dates are ISO text of one precision or another; a year asked for as the end means its last day.
        "date_from": f"date >= {written}",
        "date_to": f"date <= {quoted(f'{value}-12-31')}",
        "amount_min": f"amount >= {written}::numeric",
        "amount_max": f"amount <= {written}::numeric",
    }[name]


def grouped(question: Question, names: Sequence[str], leave_out: str = "") -> str:
    """SQL: every facet named and the whole, in one pass; `place` tells which, as `groups` reads it."""
    listed = ", ".join(names)
    sets = ", ".join(f"({name})" for name in names)
    return f"""SELECT grouping({listed}), coalesce({listed}), count(*), {TOTAL}
        FROM ({GRANTS}) AS grants WHERE {condition(question, leave_out)}
        GROUP BY GROUPING SETS ({sets}, ())"""


def groups(names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Counts:
    """The answer of `grouped`, by facet; "" is the whole."""
    every = (1 << len(names)) - 1
    places = {every ^ (1 << (len(names) - 1 - at)): name for at, name in enumerate(names)} | {every: ""}
    found: Counts = {name: {} for name in (*names, "")}
    for place, value, count, total in rows:
        found[places[place]][value or ""] = (count, total)
    return found


def facets(cursor: Any, question: Question, names: Sequence[str] = NINE) -> Counts:
    """The counts and sums of the facets, each following the filters of the others, and of the whole."""
    cursor.execute(grouped(question, names))
    found = groups(names, cursor.fetchall())
    for name in names:
        if name in question or f"{name}_not" in question:
            cursor.execute(grouped(question, [name], leave_out=name))
            found[name] = groups([name], cursor.fetchall())[name]
    return found


def counts(cursor: Any, questions: Sequence[Question]) -> list[int]:
    """How many grants each question finds, all in one pass."""
    if not questions:
        return []
    each = ", ".join(f"count(*) FILTER (WHERE {condition(question)})" for question in questions)
    cursor.execute(f"SELECT {each} FROM ({GRANTS}) AS grants")
    return list(cursor.fetchone())


def differences(truth: Counts, told: Mapping[str, Mapping[str, Any]], *, sums: bool = True) -> list[str]:
    """What an answer says otherwise, in words; at most one for each facet. Without `sums` only counts are compared."""
    found = []
    for name, values in told.items():
        expected = {value: one if sums else one[0] for value, one in truth[name].items() if one[0]}
        given = {value: one for value, one in values.items() if (one[0] if sums else one)}
        for value in sorted({*expected, *given}):
            if expected.get(value) != given.get(value):
                shown = f"{name or 'all'}={value}" if value else name or "all"
                found.append(f"{shown} is {given.get(value)}, and should be {expected.get(value)}")
                break
    return found
