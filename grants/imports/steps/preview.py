"""What an import would do, in figures; its rows come from `row_pages`, its names from `deciding`."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from grants.actions.permissions import allowed
from grants.imports.problems import message_of
from grants.models import Import
from grants.models.codes import ImportState

from .plan import Plan, column_of, plan_of
from .row_pages import CellChange, ExcludedRow, PreviewRow, excluded, rows, shown
from .tables import as_dict

TOTALS_SHOWN = 200

__all__ = [
    "CellChange",
    "ExcludedRow",
    "PreviewRow",
    "Summary",
    "can_apply",
    "excluded",
    "questions",
    "rows",
    "shown",
    "summary",
]


@dataclass(frozen=True)
class ColumnSum:
    """The sum of a column of money over the records concerned, as they are and as they would be (dollars)."""

    label: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class TotalCheck:
    """A total that the sheet states in one of its rows, beside the sum of the rows read that it stands for."""

    row: int
    stated: Decimal
    read: Decimal

    @property
    def agrees(self) -> bool:
        """Whether they are the same to the cent."""
        return self.stated == self.read


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one kind in one column: how many, and what the first says."""

    code: str
    column: str
    label: str
    count: int
    message: str
    first_row: int


@dataclass
class Summary:
    """The whole preview in figures (rows; dollars)."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    excluded: int = 0
    repeated: int = 0
    alike: int = 0
    repaired: int = 0
    amount_sum: Decimal | None = None
    currency: str = ""
    sums: list[ColumnSum] = field(default_factory=list)
    totals: list[TotalCheck] = field(default_factory=list)
    problems: list[ProblemGroup] = field(default_factory=list)
    names: dict[str, dict[str, int]] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)


# ── In figures ───────────────────────────────────────────────────────────────────────────────────────────


def summary(batch: Import) -> Summary:
    """The preview in figures, in a fixed number of queries."""
    plan = plan_of(batch)
    seen = Summary(
        batch.rows_read,
        batch.rows_new,
        batch.rows_changed,
        batch.rows_unchanged,
        batch.rows_refused,
        batch.rows_excluded,
        amount_sum=batch.amount_sum,
        currency=batch.currency,
        problems=problem_groups(plan),
        questions=questions(batch),
    )
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(DISTINCT number) FILTER (WHERE code = 'repeated'),
                count(DISTINCT number) FILTER (WHERE code = 'alike'),
                (SELECT count(*) FROM {tables.rows} WHERE repaired) FROM {tables.flags}"""
        )
        seen.repeated, seen.alike, seen.repaired = cursor.fetchone()
        cursor.execute(f"SELECT noun, how, count(*) FROM {tables.names} GROUP BY 1, 2 ORDER BY 1, 2")
        for noun, how, number in cursor.fetchall():
            seen.names.setdefault(noun, {})[how] = number
    seen.sums = sums(plan)
    seen.totals = total_checks(plan)
    return seen


def problem_groups(plan: Plan) -> list[ProblemGroup]:
    """The problems by kind and column, the commonest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT code, column_name, count(*), min(number), (array_agg(value ORDER BY number))[1],
                (array_agg(params ORDER BY number))[1]
            FROM {plan.tables.problems} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"""
        )
        groups = cursor.fetchall()
    return [
        ProblemGroup(code, name, label_of(plan, name), count, words(plan, code, name, value, params), first)
        for code, name, count, first, value, params in groups
    ]


def words(plan: Plan, code: str, name: str, value: str | None, params: Any) -> str:
    """A problem in the reader's language."""
    return message_of(code, {"value": (value or "")[:80], **as_dict(params)}, plan.sheet.by_name.get(name))


def label_of(plan: Plan, name: str) -> str:
    """The title of a column as staff read it."""
    column = plan.sheet.by_name.get(name)
    return str(column.label) if column else ""


def sums(plan: Plan) -> list[ColumnSum]:
    """The columns of money, before and after, over the records that the sheet speaks of."""
    money = [column for column in plan.present.values() if column.kind == "amount" and column.field]
    if not money:
        return []
    parts = ", ".join(
        f"coalesce(sum(t.{column.field}), 0), coalesce(sum(CASE WHEN v.verdict = 'refused' THEN t.{column.field} "
        f"ELSE {plan.fields[column_of(plan.model, column.field)]} END), 0)"
        for column in money
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {parts} FROM {plan.tables.verdicts} v JOIN {plan.tables.rows} s USING (number)
            LEFT JOIN {plan.table} t ON t.id = v.target_id"""
        )
        found = cursor.fetchone()
    return [ColumnSum(str(column.label), found[2 * i], found[2 * i + 1]) for i, column in enumerate(money)]


def total_checks(plan: Plan) -> list[TotalCheck]:
    """Each total that the sheet states, beside what it stands for: the rows since the total before, or all."""
    if not plan.has("amount"):
        return []
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT number, stated, everything, everything - lag(everything, 1, 0) OVER (ORDER BY number) FROM (
                SELECT number, stated, coalesce(sum(amount) OVER (ORDER BY number), 0) AS everything FROM (
                    SELECT number, amount, NULL::numeric AS stated FROM {tables.rows}
                    UNION ALL SELECT number, NULL, amount FROM {tables.excluded}
                    WHERE amount IS NOT NULL AND reason IN ('total', 'sum')
                ) lines
            ) summed WHERE stated IS NOT NULL ORDER BY number DESC LIMIT {TOTALS_SHOWN}"""
        )
        return [
            TotalCheck(number, stated, everything if stated == everything else section)
            for number, stated, everything, section in reversed(cursor.fetchall())
        ]


def questions(batch: Import) -> list[dict[str, Any]]:
    """What the file does not decide, the reader's questions first; `answer` is what is taken for now."""
    asked = [*batch.understanding.get("questions", []), *batch.report.get("mapping", {}).get("questions", [])]
    answers = batch.wishes.get("answers", {})
    return [
        {
            **each,
            "key": (key := f"{each['code']}:{each.get('column') or ''}".rstrip(":")),
            "answer": answers.get(key, ""),
        }
        for each in asked
    ]


def can_apply(batch: Import, user: Any) -> list[str]:
    """What prevents this person from applying the import, in words; empty when nothing does."""
    reasons = []
    if batch.state != ImportState.PREVIEW:
        reasons.append(_("This import is not waiting to be applied."))
        return reasons
    model = plan_of(batch).model
    if not (allowed(user, "add", model) and allowed(user, "change", model)):
        reasons.append(_("Your account may not enter these records."))
    if batch.imported_by_id and user.pk != batch.imported_by_id:
        names = {"name": batch.imported_by}
        reasons.append(_("The rows were compared in the name of %(name)s: read the file again in yours.") % names)
    if any(not question["answer"] for question in questions(batch)):
        reasons.append(_("Some questions are not answered yet."))
    if not batch.rows_new + batch.rows_changed:
        reasons.append(_("There is nothing to bring in."))
    return reasons
