"""What becomes of each row: new, changed, unchanged or refused. Rows that say nothing new are never touched."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from grants.models import Grant

from .differences import base, lines_there, says_otherwise
from .plan import Plan


@dataclass(frozen=True)
class Tally:
    """Rows by verdict, and the sum of the amounts accepted (dollars, None where the sheet has no amounts)."""

    new: int
    changed: int
    unchanged: int
    refused: int
    excluded: int
    amount_sum: Decimal | None

    @property
    def read(self) -> int:
        """The rows of data."""
        return self.new + self.changed + self.unchanged + self.refused


def judge(plan: Plan) -> Tally:
    """Give every row its verdict (table `verdicts`) and count them."""
    tables = plan.tables
    tables.drop("verdicts")
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE UNLOGGED TABLE {tables.verdicts} AS
            SELECT s.number, g.target_id, t.version AS target_version, {lines_there(plan)} AS target_lines, CASE
                WHEN p.number IS NOT NULL THEN 'refused'
                WHEN t.id IS NULL THEN 'new'
                WHEN {says_otherwise(plan)} THEN 'changed' ELSE 'unchanged'
            END AS verdict
            FROM {base(plan)} LEFT JOIN (SELECT DISTINCT number FROM {tables.problems}) p ON p.number = s.number"""
        )
        cursor.execute(f"CREATE UNIQUE INDEX ON {tables.verdicts} (number)")
        cursor.execute(f"CREATE INDEX ON {tables.verdicts} (verdict, number)")
        cursor.execute(f"ANALYZE {tables.verdicts}")
    if plan.model is Grant:
        flag(plan)
    return tally(plan)


def tally(plan: Plan) -> Tally:
    """Count the verdicts."""
    amount = "sum(s.amount) FILTER (WHERE v.verdict <> 'refused')" if plan.has("amount") else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {", ".join(f"count(*) FILTER (WHERE v.verdict = '{verdict}')" for verdict in VERDICTS)}, {amount}
            FROM {plan.tables.verdicts} v JOIN {plan.tables.rows} s USING (number)"""
        )
        new, changed, unchanged, refused, total = cursor.fetchone()
        cursor.execute(f"SELECT count(*) FROM {plan.tables.excluded}")
        (excluded,) = cursor.fetchone()
    return Tally(new, changed, unchanged, refused, excluded, total)


VERDICTS = ("new", "changed", "unchanged", "refused")


def flag(plan: Plan) -> None:
    """Say which rows look alike, in the sheet or in the registry: they may be two grants, or one entered twice."""
    recipient = plan.reference("recipient")
    if recipient is None or not plan.has("amount"):
        return
    day = "s.date" if plan.has("date") else "NULL::text"
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {tables.flags} (number, code, params)
            SELECT s.number, 'repeated', jsonb_build_object('row', alike.first) FROM {tables.rows} s JOIN (
                SELECT s."{recipient.key}" AS key, s.amount, {day} AS day, min(s.number) AS first FROM {tables.rows} s
                WHERE s.amount IS NOT NULL AND s."{recipient.key}" IS NOT NULL GROUP BY 1, 2, 3 HAVING count(*) > 1
            ) alike ON alike.key = s."{recipient.key}" AND alike.amount = s.amount
                AND alike.day IS NOT DISTINCT FROM {day}"""
        )
        same_day = "AND o.date IS NOT DISTINCT FROM s.date" if plan.has("date") else ""
        cursor.execute(
            f"""INSERT INTO {tables.flags} (number, code, params)
            SELECT v.number, 'alike', jsonb_build_object('ids', string_agg(o.public_id, ', '))
            FROM {tables.verdicts} v JOIN {tables.rows} s USING (number)
            JOIN {tables.names} n ON n.noun = 'organisation' AND n.key = s."{recipient.key}"
            JOIN grants_grant o ON o.recipient_id = n.record_id AND o.amount = s.amount {same_day}
            WHERE v.verdict = 'new' GROUP BY v.number"""
        )


def as_facts(counted: Tally) -> dict[str, Any]:
    """The tally as fields of an Import."""
    return {
        "rows_read": counted.read,
        "rows_new": counted.new,
        "rows_changed": counted.changed,
        "rows_unchanged": counted.unchanged,
        "rows_refused": counted.refused,
        "rows_excluded": counted.excluded,
        "amount_sum": counted.amount_sum,
    }
