"""The rows of an import a page at a time, cell by cell: what each record is, and what it would become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, models

from grants.imports.problems import Problem
from grants.models import Import
from grants.values.folding import fold

from .differences import base
from .plan import ONE, Plan, plan_of
from .tables import Tables, as_dict

PAGE = 50


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
    plan = plan_of(batch)
    tables = plan.tables
    where = ["v.number > %(after)s"]
    params: dict[str, Any] = {"after": after, "limit": limit}
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
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT number, reason, cells, amount FROM {Tables(batch.pk).excluded}
            WHERE number > %s ORDER BY number LIMIT %s""",
            [after, limit],
        )
        return [ExcludedRow(*row) for row in cursor.fetchall()]
