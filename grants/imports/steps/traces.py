"""What an import left behind, asked of the history: the records that it made, those that it changed, and how.

In this SQL `t` is a record as it is, `e` as the import left it, `b` as it was before; `context` names the import's
events.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from grants.models import GrantProject, OrganisationName, Publishable
from grants.models.leaning import LEANINGS

from .plan import column_of
from .rules import condition_sql, equals, uniques

# Set by PostgreSQL or by the way to publication: never given back.
OF_THE_REGISTRY = frozenset(
    [
        *("id", "version", "created_at", "modified_at", "public_id", "publication", "ready_by_id", "ready_at"),
        *("published_by_id", "published_at", "four_eyes_waiver", "withdrawn_by_id", "withdrawn_at"),
        *("withdrawal_notice_fr", "withdrawal_notice_en", "merged_into_id"),
    ]
)
# A line and the column of the record that it is part of.
OWNERS: dict[type[models.Model], str] = {GrantProject: "grant", OrganisationName: "organisation"}
COUNTERS = frozenset(["version", "modified_at"])


def table_of(model: type[models.Model]) -> str:
    """The table of a model."""
    return str(model._meta.db_table)


def events(model: type[models.Model]) -> str:
    """The table of a model's events."""
    return f"{model._meta.db_table}event"


def columns_of(model: type[models.Model], but: frozenset[str]) -> list[str]:
    """The columns of a model, some left out."""
    return [field.column for field in model._meta.concrete_fields if field.column not in but]


# ── What it made ─────────────────────────────────────────────────────────────────────────────────────────


def made(model: type[models.Model]) -> str:
    """SQL (FROM and WHERE): the records that the import made and that are still there."""
    return f"""{table_of(model)} t JOIN {events(model)} e ON e.pgh_obj_id = t.id
        WHERE e.pgh_label = 'insert' AND e.pgh_context_id = %(context)s"""


def is_as_made(model: type[models.Model], record: str = "t") -> str:
    """SQL: nobody has changed the record since, or it is again what it was."""
    columns = columns_of(model, COUNTERS)
    now, then = (", ".join(f"{row}.{column}" for column in columns) for row in (record, "e"))
    return f"ROW({now}) IS NOT DISTINCT FROM ROW({then})"


def fate(model: type[models.Model], decided: list[type[models.Model]]) -> str:
    """SQL: id and why of each record that the import made: '' (it goes), published, changed, used, or owned (a line
    that stays with its record).

    `decided` are the models whose fates are known.
    """
    public = "WHEN t.published_at IS NOT NULL THEN 'published'" if issubclass(model, Publishable) else ""
    if model in OWNERS:
        owner = model._meta.get_field(OWNERS[model])
        last = f"WHEN {stays(owner)} THEN 'owned'"
    else:
        last = f"WHEN {used_elsewhere(model, decided)} THEN 'used'"
    return f"""SELECT t.id, CASE {public} WHEN NOT {is_as_made(model)} THEN 'changed' {last} ELSE '' END AS why
        FROM {made(model)}"""


def stays(owner: Any) -> str:
    """SQL: the record that the line `t` is part of was made by the import too, and stays."""
    return f"EXISTS (SELECT FROM {fates(owner.related_model)} o WHERE o.id = t.{owner.column} AND o.why <> '')"


def fates(model: type[models.Model]) -> str:
    """The table, of this transaction alone, with the fates of a model's records."""
    return f"pg_temp.fates_of_{model._meta.model_name}"


def back(model: type[models.Model]) -> str:
    """The table, of this transaction alone, of the records to be given back, as they will be."""
    return f"pg_temp.back_{model._meta.model_name}"


def used_elsewhere(model: type[models.Model], decided: list[type[models.Model]]) -> str:
    """SQL: something that does not go with it leans on the record `t`."""
    parts = []
    for relation in model._meta.related_objects:
        other, column = relation.related_model, str(relation.field.column)
        if relation.many_to_many or relation.on_delete is models.DO_NOTHING:
            continue  # history keeps what was
        goes = ["false"]
        if OWNERS.get(other) == relation.field.name:
            goes.append(
                f"""EXISTS (SELECT FROM {events(other)} e WHERE e.pgh_obj_id = o.id AND e.pgh_label = 'insert'
                AND e.pgh_context_id = %(context)s AND {is_as_made(other, "o")})"""
            )
        elif other in decided:
            goes.append(f"EXISTS (SELECT FROM {fates(other)} f WHERE f.id = o.id AND f.why = '')")
            goes.append(returns(other, column))
        parts.append(f"EXISTS (SELECT FROM {table_of(other)} o WHERE o.{column} = t.id AND NOT ({' OR '.join(goes)}))")
    return f"({' OR '.join(parts)})" if parts else "false"


def returns(model: type[models.Model], column: str) -> str:
    """SQL: the record `o` leans on `t` by the import's doing, and will lean elsewhere again."""
    return f"EXISTS (SELECT FROM {back(model)} k WHERE k.id = o.id AND k.{column} IS DISTINCT FROM t.id)"


# ── What it changed ──────────────────────────────────────────────────────────────────────────────────────


def changed(model: type[models.Model]) -> str:
    """SQL (FROM and WHERE): the records that the import changed."""
    return f"""{events(model)} e
        JOIN {table_of(model)} t ON t.id = e.pgh_obj_id
        JOIN LATERAL (
            SELECT * FROM {events(model)} earlier WHERE earlier.pgh_obj_id = e.pgh_obj_id AND earlier.pgh_id < e.pgh_id
            ORDER BY earlier.pgh_id DESC LIMIT 1
        ) b ON true
        WHERE e.pgh_label = 'update' AND e.pgh_context_id = %(context)s"""


def given_columns(model: type[models.Model]) -> list[str]:
    """The columns that an import may change and an undo gives back."""
    return columns_of(model, OF_THE_REGISTRY)


def still(column: str) -> str:
    """SQL: the import changed this cell, and nobody has since."""
    return f"(e.{column} IS DISTINCT FROM b.{column} AND t.{column} IS NOT DISTINCT FROM e.{column})"


def returning(model: type[models.Model]) -> str:
    """SQL: the changed records as they will be, where at least one cell is still as the import left it."""
    given = given_columns(model)
    kept = ", ".join(f"t.{column}" for column in columns_of(model, frozenset(given)))
    said = ", ".join(f"CASE WHEN {still(column)} THEN b.{column} ELSE t.{column} END AS {column}" for column in given)
    return f"SELECT {kept}, {said} FROM {changed(model)} AND ({' OR '.join(map(still, given))})"


def changed_again(model: type[models.Model], name: str) -> str:
    """SQL: name, id and columns of the records of which somebody has changed cells that the import had changed."""
    touched = ", ".join(
        f"""CASE WHEN e.{column} IS DISTINCT FROM b.{column} AND t.{column} IS DISTINCT FROM e.{column}
            THEN '{column}' END"""
        for column in given_columns(model)
    )
    return f"""SELECT name, id, columns FROM (
            SELECT {name} AS name, t.id, array_remove(ARRAY[{touched}], NULL) AS columns FROM {changed(model)}
        ) touched WHERE cardinality(columns) > 0 ORDER BY id"""


def impossible(model: type[models.Model], records: str) -> str:
    """SQL: the ids of those of `records` (as they would be) that the registry's rules refuse by now."""
    parts = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            with connection.schema_editor(collect_sql=True) as editor:
                parts.append(f"SELECT id FROM {records} WHERE ({constraint._get_check_sql(model, editor)}) IS FALSE")
    for unique in uniques(model):
        columns = [column_of(model, name) for name in unique.fields]
        same = " AND ".join(f"o.{column} {equals(unique)} s.{column}" for column in columns)
        asked = condition_sql(model, unique)
        parts.append(
            f"""SELECT s.id FROM (SELECT * FROM {records} WHERE {asked}) s
            JOIN (SELECT * FROM {table_of(model)} WHERE {asked}) o ON {same} AND o.id <> s.id"""
        )
    supports = LEANINGS.get(model, ()) if issubclass(model, Publishable) else ()
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.column in OF_THE_REGISTRY:
            continue
        public = "AND (s.publication <> 'published' OR p.publication = 'published')" if field.name in supports else ""
        parts.append(
            f"""SELECT s.id FROM {records} s WHERE s.{field.column} IS NOT NULL AND NOT EXISTS (
                SELECT FROM {field.remote_field.model._meta.db_table} p WHERE p.id = s.{field.column} {public})"""
        )
    return " UNION ".join(parts) or "SELECT NULL::bigint WHERE false"


def dropped_lines(model: type[models.Model]) -> str:
    """SQL: the lines that the import dropped, where all that they hang on is there and they are not there again."""
    columns = [field.column for field in model._meta.concrete_fields]
    parents = " AND ".join(
        f"EXISTS (SELECT FROM {field.related_model._meta.db_table} p WHERE p.id = e.{field.column})"
        for field in model._meta.concrete_fields
        if field.is_relation
    )
    return f"""SELECT {", ".join(f"e.{column}" for column in columns)} FROM {events(model)} e
        WHERE e.pgh_label = 'delete' AND e.pgh_context_id = %(context)s AND {parents}"""
