"""An import taken back, from the history that it left: what it made goes, what it changed returns to what it was.

What somebody changed since stays as they left it, cell by cell, and is listed. A record that was published since, or
that something else leans on by now, stays too: its address must go on answering.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models

from grants.imports.jobs.progress import Quiet
from grants.models import Grant, GrantProject, Import, Organisation, OrganisationName, Programme, Publishable

from .applying import WRITING_LOCK

KEPT_LISTED = 1_000
# Set by PostgreSQL or by the way to publication: never given back.
OF_THE_REGISTRY = frozenset(
    [
        "id",
        "version",
        "created_at",
        "modified_at",
        "public_id",
        "publication",
        "ready_by_id",
        "ready_at",
        "published_by_id",
        "published_at",
        "four_eyes_waiver",
        "withdrawn_by_id",
        "withdrawn_at",
        "withdrawal_notice_fr",
        "withdrawal_notice_en",
        "merged_into_id",
    ]
)
LINES: tuple[type[models.Model], ...] = (GrantProject, OrganisationName)


@dataclass
class Foreseen:
    """What an undo would do, by noun: records that go, records that return, records that stay and why."""

    removed: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    kept: list[dict[str, Any]] = field(default_factory=list)
    kept_count: int = 0


def models_of(batch: Import) -> list[type[models.Model]]:
    """The models whose records the import may have written: what leans on others first."""
    from grants.imports.nouns import noun_sheet

    own = noun_sheet(batch.noun).model
    return list(dict.fromkeys([GrantProject, own, Grant, OrganisationName, Organisation, Programme]))


def foresee(batch: Import) -> Foreseen:
    """What undoing this import would do, as things stand. Raises KeyError for one that was not applied."""
    context, seen = batch.report["context"], Foreseen()
    with connection.cursor() as cursor:
        for model in models_of(batch):
            noun = str(model._meta.model_name)
            for made, sql in ((seen.removed, untouched(model)), (seen.restored, restorable(model))):
                cursor.execute(f"SELECT count(*) FROM ({sql}) counted", {"context": context})
                if number := cursor.fetchone()[0]:
                    made[noun] = number
            collect(cursor, seen, model, context)
    return seen


def undo(batch: Import, progress: Quiet) -> dict[str, Any]:
    """Take the import back, inside the caller's transaction; what was done and what was kept, as JSON."""
    context, seen = batch.report["context"], Foreseen()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING_LOCK])
        progress.phase("undoing", total=batch.rows_new + batch.rows_changed)
        for model in models_of(batch):
            noun = str(model._meta.model_name)
            lock(cursor, model, context)
            collect(cursor, seen, model, context)
            cursor.execute(restoring(model), {"context": context})
            seen.restored[noun] = cursor.rowcount
            if model in LINES:
                cursor.execute(giving_back(model), {"context": context})
                seen.restored[noun] += cursor.rowcount
            cursor.execute(
                f"DELETE FROM {model._meta.db_table} WHERE id IN (SELECT id FROM ({untouched(model)}) gone)",
                {"context": context},
            )
            seen.removed[noun] = cursor.rowcount
            progress.advance(seen.restored[noun] + seen.removed[noun])
            progress.check()
    return {
        "removed": {noun: number for noun, number in seen.removed.items() if number},
        "restored": {noun: number for noun, number in seen.restored.items() if number},
        "records": seen.kept,
        "count": seen.kept_count,
    }


def lock(cursor: Any, model: type[models.Model], context: str) -> None:
    """Hold the records concerned, in one order, until the end."""
    cursor.execute(
        f"""SELECT 1 FROM (SELECT t.id FROM {model._meta.db_table} t WHERE t.id IN (
            SELECT pgh_obj_id FROM {events(model)} WHERE pgh_context_id = %(context)s) ORDER BY t.id FOR UPDATE) held LIMIT 1""",
        {"context": context},
    )


def events(model: type[models.Model]) -> str:
    """The table of a model's events."""
    return f"{model._meta.db_table}event"


# ── What it made ─────────────────────────────────────────────────────────────────────────────────────────


def made(model: type[models.Model]) -> str:
    """SQL: the records that the import made and that are still there, with the version they then had."""
    return f"""SELECT t.id, t.version, e.version AS made_version FROM {model._meta.db_table} t
        JOIN {events(model)} e ON e.pgh_obj_id = t.id AND e.pgh_label = 'insert' AND e.pgh_context_id = %(context)s"""


def untouched(model: type[models.Model]) -> str:
    """SQL: those of them that nobody changed, published or leaned on since."""
    public = "AND t.published_at IS NULL" if issubclass(model, Publishable) else ""
    return f"""SELECT t.id FROM ({made(model)}) made JOIN {model._meta.db_table} t USING (id)
        WHERE made.version = made.made_version {public} AND NOT {used_elsewhere(model)}"""


def used_elsewhere(model: type[models.Model]) -> str:
    """SQL: something that this import did not make leans on the record `t`."""
    parts = []
    for relation in model._meta.related_objects:
        other = relation.related_model
        if relation.many_to_many or (not hasattr(other, "pgh_event_model") and other._meta.app_label != "grants"):
            continue
        if hasattr(other, "pgh_tracked_model") or not relation.field.db_constraint:
            continue
        own = ""
        if other._meta.db_table in EVENTFUL:
            # Its own lines and records go with it, as long as they go themselves.
            own = f"""AND NOT EXISTS (SELECT FROM {events(other)} e WHERE e.pgh_obj_id = o.id
                AND e.pgh_label = 'insert' AND e.pgh_context_id = %(context)s AND e.version = o.version)"""
        parts.append(f"EXISTS (SELECT FROM {other._meta.db_table} o WHERE o.{relation.field.column} = t.id {own})")
    return f"({' OR '.join(parts)})" if parts else "false"


EVENTFUL = frozenset(
    f"grants_{noun}"
    for noun in (
        "grant",
        "grantproject",
        "organisation",
        "organisationname",
        "programme",
        "figure",
        "citation",
        "announcement",
        "project",
        "source",
    )
)

# ── What it changed ──────────────────────────────────────────────────────────────────────────────────────


def changes(model: type[models.Model]) -> str:
    """SQL: each record that the import changed: `t` as it is, `e` as the import left it, `b` as it was before."""
    return f"""{events(model)} e
        JOIN {model._meta.db_table} t ON t.id = e.pgh_obj_id
        JOIN LATERAL (
            SELECT * FROM {events(model)} earlier WHERE earlier.pgh_obj_id = e.pgh_obj_id AND earlier.pgh_id < e.pgh_id
            ORDER BY earlier.pgh_id DESC LIMIT 1
        ) b ON true
        WHERE e.pgh_label = 'update' AND e.pgh_context_id = %(context)s"""


def given_columns(model: type[models.Model]) -> list[str]:
    """The columns that an import may change and an undo gives back."""
    return [field.column for field in model._meta.concrete_fields if field.column not in OF_THE_REGISTRY]


def restorable(model: type[models.Model]) -> str:
    """SQL: the changed records with at least one cell that is still as the import left it."""
    any_cell = " OR ".join(f"({still(column)})" for column in given_columns(model))
    return f"SELECT t.id FROM {changes(model)} AND ({any_cell})"


def still(column: str) -> str:
    """SQL: the import changed this cell, and nobody has since."""
    return f"e.{column} IS DISTINCT FROM b.{column} AND t.{column} IS NOT DISTINCT FROM e.{column}"


def restoring(model: type[models.Model]) -> str:
    """SQL: give back the cells that nobody changed since."""
    columns = given_columns(model)
    said = ", ".join(f"CASE WHEN {still(column)} THEN b.{column} ELSE t.{column} END AS {column}" for column in columns)
    sets = ", ".join(f"{column} = said.{column}" for column in columns)
    any_cell = " OR ".join(f"({still(column)})" for column in columns)
    return f"""UPDATE {model._meta.db_table} record SET {sets}
        FROM (SELECT t.id, {said} FROM {changes(model)} AND ({any_cell})) said WHERE record.id = said.id"""


def giving_back(model: type[models.Model]) -> str:
    """SQL: the lines that the import dropped, where their record is still there and has not got them again."""
    columns = ", ".join(field.column for field in model._meta.concrete_fields)
    parents = " AND ".join(
        f"EXISTS (SELECT FROM {field.related_model._meta.db_table} p WHERE p.id = e.{field.column})"
        for field in model._meta.concrete_fields
        if field.is_relation
    )
    values = ", ".join(f"e.{field.column}" for field in model._meta.concrete_fields)
    return f"""INSERT INTO {model._meta.db_table} ({columns}) SELECT {values} FROM {events(model)} e
        WHERE e.pgh_label = 'delete' AND e.pgh_context_id = %(context)s AND {parents} ON CONFLICT DO NOTHING"""


# ── What stays ───────────────────────────────────────────────────────────────────────────────────────────


def collect(cursor: Any, seen: Foreseen, model: type[models.Model], context: str) -> None:
    """Add the records that stay, and why: changed, published, or leaned on since."""
    name = "public_id" if issubclass(model, Publishable) else "id::text"
    published = "t.published_at IS NOT NULL" if issubclass(model, Publishable) else "false"
    reason = (
        f"CASE WHEN {published} THEN 'published' WHEN made.version <> made.made_version THEN 'changed' ELSE 'used' END"
    )
    cursor.execute(
        f"""SELECT t.{name}, t.id, {reason} FROM ({made(model)}) made JOIN {model._meta.db_table} t USING (id)
        WHERE made.version <> made.made_version OR {published} OR {used_elsewhere(model)} ORDER BY t.id""",
        {"context": context},
    )
    for public_id, pk, why in cursor:
        add_kept(seen, model, public_id, pk, why, [])
    columns = given_columns(model)
    touched = ", ".join(
        f"CASE WHEN e.{column} IS DISTINCT FROM b.{column} AND t.{column} IS DISTINCT FROM e.{column} THEN '{column}' END"
        for column in columns
    )
    cursor.execute(
        f"""SELECT name, id, columns FROM (
            SELECT t.{name} AS name, t.id, array_remove(ARRAY[{touched}], NULL) AS columns FROM {changes(model)}
        ) touched WHERE cardinality(columns) > 0 ORDER BY id""",
        {"context": context},
    )
    for public_id, pk, changed in cursor:
        add_kept(seen, model, public_id, pk, "changed", changed)


def add_kept(seen: Foreseen, model: type[models.Model], name: str, pk: int, why: str, columns: list[str]) -> None:
    """List one record that stays, up to KEPT_LISTED of them; count them all."""
    seen.kept_count += 1
    if len(seen.kept) < KEPT_LISTED:
        seen.kept.append({"noun": model._meta.model_name, "id": name, "pk": pk, "why": why, "columns": columns})
