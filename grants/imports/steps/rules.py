"""The registry's own rules, asked of the records as they would be: what writing would be refused for is told before.

Constraints and triggers stay what decides; here they are only foreseen, so that one row does not stop all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models.sql import Query

from grants.models import Organisation, Programme
from grants.models.fields import PublicIdField

from .differences import base
from .plan import Plan, column_of

Check = tuple[str, str, str, str, str]  # column name, SQL of the value, code, SQL of the params, FROM and WHERE
NOTHING = "'{}'::jsonb"


def rules(plan: Plan) -> Iterator[Check]:
    """What the constraints of the model would refuse."""
    yield from conditions(plan)
    yield from values_that_must_be_alone(plan)
    if plan.has("public_id") and plan.model is Programme:
        yield from chosen_ids(plan)


def as_they_would_be(plan: Plan, columns: Iterable[str]) -> str:
    """SQL: number, target_id and these columns of the records, as the rows would make them."""
    merged = ", ".join(f"{merged_value(plan, column)} AS {column}" for column in sorted(columns))
    return f"SELECT s.number, g.target_id, {merged} FROM {base(plan)}"


def merged_value(plan: Plan, column: str) -> str:
    """SQL: a column of the record as it would be, with its own type."""
    kind = next(field for field in plan.model._meta.concrete_fields if field.column == column).db_type(connection)
    if column in plan.fields:
        return f"({plan.compared[column]})::{kind}"
    return f"coalesce(t.{column}, {plan.defaults.get(column, 'NULL')})::{kind}"


def not_told(plan: Plan, columns: Iterable[str]) -> str:
    """SQL: nothing wrong is known yet of the cells that say these columns, nor of the whole row."""
    cells = "', '".join(["", *columns_of_sheet(plan, set(columns))])
    return f"""NOT EXISTS (SELECT FROM {plan.tables.problems} p
        WHERE p.number = s.number AND p.column_name IN ('{cells}'))"""


def violated(name: str) -> str:
    """SQL: the params of a problem that a constraint's own words tell."""
    return f"jsonb_build_object('constraint', '{name}')"


# ── Conditions ───────────────────────────────────────────────────────────────────────────────────────────


def conditions(plan: Plan) -> Iterator[Check]:
    """The check constraints that the sheet's columns could violate. Codes are known by the time they are cast."""
    for constraint in plan.model._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint) or constraint.name.endswith("_codes_known"):
            continue
        columns = columns_asked(plan.model, constraint.condition)
        if not columns or not plan.writes(*columns):
            continue
        with connection.schema_editor(collect_sql=True) as editor:
            asked = constraint._get_check_sql(plan.model, editor)
        source = f"({as_they_would_be(plan, columns)}) s WHERE ({asked}) IS FALSE AND {not_told(plan, columns)}"
        yield first_column(plan, columns), "NULL", "constraint", violated(constraint.name), source


def columns_asked(model: type[models.Model], condition: Any) -> set[str]:
    """The columns that a condition speaks of; none where it cannot be asked of columns alone."""
    try:
        where = Query(model, alias_cols=False).build_where(condition)
    except FieldError:
        return set()
    found: set[str] = set()

    def walk(node: Any) -> None:
        if hasattr(node, "target"):
            found.add(node.target.column)
        for source in getattr(node, "children", None) or node.get_source_expressions():
            if source is not None and hasattr(source, "get_source_expressions"):
                walk(source)

    walk(where)
    return found


def first_column(plan: Plan, columns: Iterable[str]) -> str:
    """The sheet's column to which the problem is shown."""
    return next(iter(columns_of_sheet(plan, set(columns))), next(iter(plan.present), ""))


def columns_of_sheet(plan: Plan, columns: set[str]) -> list[str]:
    """The sheet's columns that say something of these columns of the record."""
    return [
        name
        for name, column in plan.present.items()
        if column.field and not column.many and column_of(plan.model, column.field) in columns
    ]


# ── Values that one record only may have ─────────────────────────────────────────────────────────────────


def uniques(model: type[models.Model]) -> Iterator[models.UniqueConstraint]:
    """What is unique among the records, the registry's own keys left out."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield constraint
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key and not isinstance(field, PublicIdField):
            yield models.UniqueConstraint(fields=[field.name], name=f"{model._meta.model_name}_{field.name}_once")


def values_that_must_be_alone(plan: Plan) -> Iterator[Check]:
    """Values (a NEQ, an address) that another record has already, or another row of the sheet."""
    for constraint in uniques(plan.model):
        columns = [column_of(plan.model, name) for name in constraint.fields]
        if not plan.writes(*columns) or constraint.fields == (plan.sheet.key,):
            continue
        asked = columns + sorted(columns_asked(plan.model, constraint.condition) if constraint.condition else [])
        condition = condition_sql(plan.model, constraint)
        wanted = f"SELECT * FROM ({as_they_would_be(plan, set(asked))}) s WHERE {condition}"
        same = " AND ".join(f"o.{column} {equals(constraint)} s.{column}" for column in columns)
        others = f"(SELECT * FROM {plan.table} WHERE {condition}) o ON {same} AND o.id IS DISTINCT FROM s.target_id"
        cell, params = first_column(plan, columns), violated(constraint.name)
        value = f"s.{columns[0]}"
        free = not_told(plan, columns)
        yield cell, value, "constraint", params, f"({wanted}) s JOIN {others} WHERE {free}"
        known = "true" if equals(constraint) != "=" else " AND ".join(f"{column} IS NOT NULL" for column in columns)
        first = (
            f"SELECT *, min(number) OVER (PARTITION BY {', '.join(columns)}) AS first FROM ({wanted}) s WHERE {known}"
        )
        yield cell, value, "constraint", params, f"({first}) s WHERE s.number > s.first AND {free}"


def equals(constraint: models.UniqueConstraint) -> str:
    """How two values are compared: blanks are alike only where the constraint says so."""
    return "IS NOT DISTINCT FROM" if constraint.nulls_distinct is False else "="


def condition_sql(model: type[models.Model], constraint: models.UniqueConstraint) -> str:
    """SQL: which records a unique constraint speaks of."""
    if constraint.condition is None:
        return "true"
    with connection.schema_editor(collect_sql=True) as editor:
        return str(constraint._get_condition_sql(model, editor))


# ── Ids that people choose ───────────────────────────────────────────────────────────────────────────────


def chosen_ids(plan: Plan) -> Iterator[Check]:
    """A programme's id has its shape, and is never that of one that is gone."""
    source = f"""{plan.tables.rows} s LEFT JOIN {plan.tables.targets} g ON g.number = s.number
        WHERE s.public_id ~ '^[A-Za-z]' AND g.number IS NULL"""
    gone = f"""(SELECT FROM {plan.table}event e WHERE e.pgh_label = 'delete' AND e.public_id = lower(s.public_id))"""
    yield (
        "public_id",
        "s.public_id",
        "not_an_id",
        NOTHING,
        f"{source} AND lower(s.public_id) !~ '{PublicIdField.shape}'",
    )
    yield "public_id", "s.public_id", "id_of_a_record_gone", NOTHING, f"{source} AND EXISTS {gone}"


# ── Circles ──────────────────────────────────────────────────────────────────────────────────────────────


def refuse_circles(plan: Plan) -> None:
    """Refuse the rows by which records would belong to one another in a circle.

    A row refused leaves its record where it is, which may close another circle: until none is left.
    """
    if plan.model not in (Organisation, Programme) or plan.reference("parent") is None:
        return
    with connection.cursor() as cursor:
        while True:
            cursor.execute(CIRCLES.format(table=plan.table, problems=plan.tables.problems, rows=good_parents(plan)))
            if not cursor.rowcount:
                return


def good_parents(plan: Plan) -> str:
    """SQL: the rows not refused, with the record and the parent that each would give it."""
    return f"""SELECT * FROM ({as_they_would_be(plan, ["parent_id"])}) s
        WHERE NOT EXISTS (SELECT FROM {plan.tables.problems} p WHERE p.number = s.number)"""


CIRCLES = """
    WITH RECURSIVE said AS ({rows}), edges AS (
        SELECT r.id, CASE WHEN said.number IS NULL THEN r.parent_id ELSE said.parent_id END AS parent_id
        FROM {table} r LEFT JOIN said ON said.target_id = r.id
    ), climb (number, start, at) AS (
        SELECT number, target_id, parent_id FROM said WHERE target_id IS NOT NULL AND parent_id IS NOT NULL
        UNION
        SELECT climb.number, climb.start, edges.parent_id FROM climb JOIN edges ON edges.id = climb.at
        WHERE edges.parent_id IS NOT NULL
    )
    INSERT INTO {problems} (number, column_name, value, code, params, of_set)
    SELECT climb.number, 'parent', o.name_fr, 'circle', '{{}}'::jsonb, true
    FROM climb JOIN said USING (number) JOIN {table} o ON o.id = said.parent_id WHERE climb.at = climb.start
"""
