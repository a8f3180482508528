"""What an import would do, asked of its staging tables a page at a time: as quick for a million rows as for ten."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from grants.actions.permissions import allowed
from grants.imports.problems import Problem, message_of
from grants.models import Import
from grants.models.codes import ImportState
from grants.values.folding import fold

from .checking import base
from .plan import ONE, Plan

PAGE = 50
TOTALS_SHOWN = 200


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


@dataclass(frozen=True)
class CellChange:
    """One cell: what the record says, what it would say; `problem` where the cell cannot be taken."""

    column: str
    label: str
    before: str
    after: str
    problem: str = ""


@dataclass
class PreviewRow:
    """One row of the sheet and what becomes of it."""

    number: int
    verdict: str
    title: str
    pk: int | None
    cells: list[CellChange]
    problems: list[Problem]
    flags: list[tuple[str, dict[str, Any]]]
    repaired: bool = False


@dataclass(frozen=True)
class ExcludedRow:
    """A line that is no data: its words and why."""

    number: int
    reason: str
    cells: str
    amount: Decimal | None


@dataclass(frozen=True)
class Suggestion:
    """A record that a name may be. `score` of 100; `reason` is similar or same_name."""

    pk: int
    label: str
    score: int
    reason: str


@dataclass
class NameRow:
    """A record as the sheet names it: rows and sum (dollars) that hang on it, how it was recognised, as which one."""

    noun: str
    key: str
    name: str
    rows: int
    total: Decimal | None
    how: str
    record: int | None
    record_label: str
    suggestions: list[Suggestion]


# ── In figures ───────────────────────────────────────────────────────────────────────────────────────────


def summary(batch: Import) -> Summary:
    """The preview in figures, in a fixed number of queries."""
    from .running import plan_of

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


def as_dict(params: Any) -> dict[str, Any]:
    """JSON of a cursor, decoded or not."""
    if isinstance(params, str):
        params = json.loads(params)
    return params or {}


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
        f"ELSE {plan.fields[plan.model._meta.get_field(column.field).column]} END), 0)"
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
    from .running import plan_of

    reasons = []
    if batch.state != ImportState.PREVIEW:
        reasons.append(_("This import is not waiting to be applied."))
        return reasons
    model = plan_of(batch).model
    if not (allowed(user, "add", model) and allowed(user, "change", model)):
        reasons.append(_("Your account may not enter these records."))
    if any(not question["answer"] for question in questions(batch)):
        reasons.append(_("Some questions are not answered yet."))
    if not batch.rows_new + batch.rows_changed:
        reasons.append(_("There is nothing to bring in."))
    return reasons


# ── Row by row ───────────────────────────────────────────────────────────────────────────────────────────


def rows(
    batch: Import,
    *,
    verdict: str = "",
    problem: str = "",
    column: str = "",
    words: str = "",
    flagged: str = "",
    after: int = 0,
    limit: int = PAGE,
) -> list[PreviewRow]:
    """One page of rows after the row numbered `after`, narrowed by verdict, kind of problem, flag and words."""
    from .running import plan_of

    plan = plan_of(batch)
    tables = plan.tables
    where, params = ["v.number > %(after)s"], {"after": after, "limit": limit}
    if verdict:
        where.append("v.verdict = %(verdict)s")
        params["verdict"] = verdict
    if problem:
        named = "AND p.column_name = %(column)s" if column else ""
        where.append(
            f"EXISTS (SELECT FROM {tables.problems} p WHERE p.number = v.number AND p.code = %(problem)s {named})"
        )
        params |= {"problem": problem, "column": column}
    if flagged == "repaired":
        where.append(f"EXISTS (SELECT FROM {tables.rows} r WHERE r.number = v.number AND r.repaired)")
    elif flagged:
        where.append(f"EXISTS (SELECT FROM {tables.flags} f WHERE f.number = v.number AND f.code = %(flag)s)")
        params["flag"] = flagged
    if words:
        where.append(f"EXISTS (SELECT FROM {tables.rows} s WHERE s.number = v.number AND {contains(plan)})")
        said = words[:200]
        params |= {"words": said, "folded": fold(said), "loosely": loosely(said)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT v.number FROM {tables.verdicts} v WHERE {' AND '.join(where)} ORDER BY v.number LIMIT %(limit)s",
            params,
        )
        numbers = [number for (number,) in cursor.fetchall()]
    return shown(plan, numbers)


def contains(plan: Plan) -> str:
    """SQL: one of the row's texts holds the words, accents and case put aside."""
    texts = [f's."{name}"' for name, kind in plan.staged if kind == "text" and not name.endswith("_key")]
    said = f"concat_ws(' ', {', '.join(texts)})"
    # Folding a million rows takes a minute: a quick look leaves few to be folded. The names are folded already.
    found = f"{said} ILIKE %(loosely)s AND position(grants_fold(%(words)s) in grants_fold({said})) > 0"
    keys = [f's."{reference.key}"' for reference in plan.references]
    return f"({found} OR position(%(folded)s in concat_ws(' ', {', '.join(keys)})) > 0)" if keys else f"({found})"


def loosely(words: str) -> str:
    """A pattern of LIKE that finds at least the texts that hold the words, whatever their accents and punctuation."""
    folded = re.sub(r"oe|ae|ss|[^a-z0-9]+", "%", fold(words))
    return f"%{re.sub('[aceinosuyz]', '_', folded)}%"


def shown(plan: Plan, numbers: list[int]) -> list[PreviewRow]:
    """These rows, cell by cell."""
    if not numbers:
        return []
    columns = shown_columns(plan)
    pieces = ", ".join(f"{after}, {before}" for _name, _label, before, after in columns)
    tables = plan.tables
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.number, v.verdict, v.target_id, s.repaired{", " + pieces if pieces else ""}
            FROM {base(plan)} JOIN {tables.verdicts} v ON v.number = s.number
            WHERE s.number = ANY (%s) ORDER BY s.number""",
            [numbers],
        )
        found = cursor.fetchall()
        many = lines_shown(cursor, plan, numbers)
        cursor.execute(
            f"""SELECT number, column_name, value, code, params FROM {tables.problems}
            WHERE number = ANY (%s) ORDER BY number, of_set, column_name""",
            [numbers],
        )
        problems: dict[int, list[Problem]] = {}
        for number, name, value, code, params in cursor.fetchall():
            problems.setdefault(number, []).append(Problem(number, name, value or "", code, as_dict(params)))
        cursor.execute(f"SELECT number, code, params FROM {tables.flags} WHERE number = ANY (%s)", [numbers])
        flags: dict[int, list[tuple[str, dict[str, Any]]]] = {}
        for number, code, params in cursor.fetchall():
            flags.setdefault(number, []).append((code, as_dict(params)))
    titles = titles_of(plan, [target for _number, _verdict, target, *_rest in found if target])
    return [
        made_row(plan, columns, row, many, problems.get(row[0], []), flags.get(row[0], []), titles) for row in found
    ]


def shown_columns(plan: Plan) -> list[tuple[str, str, str, str]]:
    """(name, label, SQL of the cell before, SQL of the cell after) of each column, as text."""
    columns = []
    for name, column in plan.present.items():
        if column.many or column.readonly or (column.kind == ONE and column.field):
            continue
        before = "NULL::text"
        if column.field and column.kind == "region":
            target = plan.model._meta.get_field(column.field).column
            before = f"(SELECT code FROM grants_region WHERE id = t.{target})"
        elif column.field:
            before = f"t.{plan.model._meta.get_field(column.field).column}::text"
        columns.append((name, str(column.label), before, f's."{name}"::text'))
    for reference in plan.references:
        target = plan.model._meta.get_field(reference.name)
        name_field = next(
            f for f in ("name_fr", "title_fr", "title", "code", "reference") if hasattr(reference.model, f)
        )
        before = f"(SELECT r.{name_field} FROM {reference.model._meta.db_table} r WHERE r.id = t.{target.column})"
        known = (
            f"(SELECT r.{name_field} FROM {reference.model._meta.db_table} r WHERE r.id = {reference.alias}.record_id)"
        )
        label = str(plan.sheet.by_name[reference.name].label)
        columns.append((reference.name, label, before, f"coalesce({known}, {reference.said})"))
    order = {name: place for place, name in enumerate(plan.sheet.by_name)}
    return sorted(columns, key=lambda column: order[column[0]])


def lines_shown(cursor: Any, plan: Plan, numbers: list[int]) -> dict[int, dict[str, list[str]]]:
    """The cells of several things."""
    if not plan.many:
        return {}
    cursor.execute(
        f"""SELECT number, column_name, written FROM {plan.tables.lines}
        WHERE number = ANY (%s) ORDER BY number, column_name, position""",
        [numbers],
    )
    found: dict[int, dict[str, list[str]]] = {}
    for number, name, written in cursor.fetchall():
        found.setdefault(number, {}).setdefault(name, []).append(written)
    return found


def titles_of(plan: Plan, pks: list[int]) -> dict[int, str]:
    """The records concerned, in words."""
    related = [name for name in ("recipient", "source", "organisation", "programme") if hasattr(plan.model, name)]
    records = plan.model._default_manager.filter(pk__in=pks)
    one = [name for name in related if isinstance(plan.model._meta.get_field(name), models.ForeignKey)]
    return {record.pk: str(record) for record in records.select_related(*one)}


def made_row(
    plan: Plan,
    columns: list[tuple[str, str, str, str]],
    row: tuple[Any, ...],
    many: dict[int, dict[str, list[str]]],
    problems: list[Problem],
    flags: list[tuple[str, dict[str, Any]]],
    titles: dict[int, str],
) -> PreviewRow:
    """One row with its cells: all of a new one, those that change of a known one, and those that are wrong."""
    number, verdict, target, repaired, *values = row
    wrong = {problem.column: problem for problem in problems}
    cells = []
    for place, (name, label, _before, _after) in enumerate(columns):
        after, before = values[2 * place] or "", values[2 * place + 1] or ""
        problem = wrong.get(name) or wrong.get(f"{name}_name")
        after = after or (problem.value if problem else "")
        says = problem.message(plan.sheet.by_name.get(name)) if problem else ""
        keeps = not after and (plan.present[name].keeps_when_blank if name in plan.present else False)
        said = name in plan.present and not plan.present[name].field  # of the recipient, for when it is new
        differs = before != after and not keeps and not said if target else bool(after)
        if differs or says:
            cells.append(CellChange(name, label, before, after, says))
    for name, things in many.get(number, {}).items():
        if not target or verdict == "changed":
            cells.append(CellChange(name, str(plan.present[name].label), "", "; ".join(things)))
    title = titles.get(target, "") if target else ""
    return PreviewRow(number, verdict, title, target, cells, problems, flags, repaired)


def excluded(batch: Import, *, after: int = 0, limit: int = PAGE) -> list[ExcludedRow]:
    """The lines that are no data, after the row numbered `after`."""
    from .tables import Tables

    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT number, reason, cells, amount FROM {Tables(batch.pk).excluded}
            WHERE number > %s ORDER BY number LIMIT %s""",
            [after, limit],
        )
        return [ExcludedRow(*row) for row in cursor.fetchall()]
