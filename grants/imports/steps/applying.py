"""Rows become records: one transaction, one statement per kind of record, nothing written that did not change.

What somebody did to the registry since the rows were compared is not overwritten (see second_look).
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from grants.actions.permissions import allowed
from grants.imports.faults import faultpoint
from grants.imports.jobs.progress import Quiet
from grants.models import Grant, Organisation, OrganisationName, Programme

from .differences import through_of
from .indexing import index_words
from .plan import HELPERS, Plan, default_of, literal
from .second_look import hold_and_look, look_again

# One import after another writes; editors are not concerned.
WRITING_LOCK = 1_869_901_418
# The foreign keys alone: the registry's version is given just before the commit, or other editors would wait for it.
CHECK_KEYS = """
DO $$ BEGIN EXECUTE (
    SELECT 'SET CONSTRAINTS ' || string_agg(DISTINCT quote_ident(conname), ', ') || ' IMMEDIATE'
    FROM pg_constraint JOIN pg_class t ON t.oid = conrelid
    WHERE condeferred AND contype = 'f' AND left(t.relname, 7) = 'grants_' AND pg_table_is_visible(t.oid)
); END $$
"""
# Rows of the sheet written by one statement.
AT_A_TIME = 50_000


def apply(plan: Plan, progress: Quiet) -> None:
    """Write the rows judged new and changed. Call inside a transaction, its history context set.

    Raises IntegrityError where a rule of the registry was not foreseen: then nothing is written.
    """
    if not count(plan, "new") + count(plan, "changed"):
        return  # a sheet that says nothing new keeps nobody waiting
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING_LOCK])
        cursor.execute("SET LOCAL grants.index_later = 'on'")
    faultpoint("apply_started")
    progress.phase("organisations")
    look_again(plan)
    make_named_records(plan)
    remember_aliases(plan)
    faultpoint("after_organisations")
    progress.phase("grants", total=count(plan, "new") + count(plan, "changed"))
    insert_new(plan, progress)
    faultpoint("after_grants")
    progress.phase("search")
    index_words(plan)
    with connection.cursor() as cursor:
        # From here on the triggers keep the index, and what waits for the end is checked now: once records that people
        # may be editing are locked, nothing long is left to do.
        cursor.execute("SET LOCAL grants.index_later = 'off'")
        cursor.execute(CHECK_KEYS)
    hold_and_look(plan)
    update_changed(plan)
    progress.advance(count(plan, "changed"))
    write_lines(plan)
    faultpoint("after_search")


def count(plan: Plan, verdict: str) -> int:
    """How many rows have this verdict."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {plan.tables.verdicts} WHERE verdict = %s", [verdict])
        return int(cursor.fetchone()[0])


# ── Records named for the first time ─────────────────────────────────────────────────────────────────────


def make_named_records(plan: Plan) -> None:
    """Make the organisations and programmes that rows to be written name and the registry lacks, as drafts."""
    for model in plan.referenced:
        if model not in (Organisation, Programme):
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f"""UPDATE {plan.tables.names} n
                SET record_id = nextval(pg_get_serial_sequence('{model._meta.db_table}', 'id'))
                FROM (SELECT DISTINCT key FROM ({used(plan, model)}) written OFFSET 0) used
                WHERE used.key = n.key AND n.noun = %s AND n.record_id IS NULL AND n.how IN ('new', 'similar')""",
                [model._meta.model_name],
            )
            if cursor.rowcount:
                share_numbers(plan, model)
                # Else the planner still thinks that no name has a record, and that hardly any record is there: it
                # would take each grant beside each organisation.
                cursor.execute(f"ANALYZE {plan.tables.names}")
                cursor.execute(making(plan, model))
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def share_numbers(plan: Plan, model: type[models.Model]) -> None:
    """New names with one number are one record: the number is what tells it apart, here as when the sheet comes again.

    Unless staff decided that one of them is a record of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH coming AS (
                SELECT key, number, min(record_id) OVER (PARTITION BY number) AS record_id FROM {plan.tables.names}
                WHERE noun = %s AND how IN ('new', 'similar') AND record_id IS NOT NULL AND number <> '' AND NOT decided
            )
            UPDATE {plan.tables.names} n SET record_id = coming.record_id FROM coming
            WHERE n.noun = %s AND n.key = coming.key AND n.record_id <> coming.record_id""",
            [model._meta.model_name] * 2,
        )


def used(plan: Plan, model: type[models.Model]) -> str:
    """SQL: the names of `model` in the rows that will be written."""
    parts = [
        f'SELECT s."{reference.key}" AS key FROM {plan.tables.rows} s JOIN {plan.tables.verdicts} v USING (number) '
        "WHERE v.verdict IN ('new', 'changed')"
        for reference in plan.references
        if reference.model is model
    ]
    return " UNION ".join(parts)


def making(plan: Plan, model: type[models.Model]) -> str:
    """SQL: insert the named records that are not there, with what their rows say of them."""
    said = {"id": "n.record_id", "name_fr": f"left(n.name, {model._meta.get_field('name_fr').max_length})"}
    for reference in plan.references:
        if reference.model is model:
            said |= {
                column: helped(model, column, name)
                for name, column in HELPERS.get(reference.name, {}).items()
                if plan.has(name)
            }
    if model is Organisation and "neq" in said:
        # A number that another organisation has, or another of these names, is nobody's.
        said["neq"] = "CASE WHEN n.number ~ '^[0-9]{10}$' AND taken.neq IS NULL AND n.record_id = first.record_id"
        said["neq"] += " THEN n.number ELSE '' END"
    field: Any
    for field in model._meta.concrete_fields:
        if field.column not in said and field.db_default is models.NOT_PROVIDED and not field.null:
            said[field.column] = literal(default_of(field))
    return f"""INSERT INTO {model._meta.db_table} ({", ".join(said)})
        SELECT DISTINCT ON (n.record_id) {", ".join(said.values())} FROM {plan.tables.names} n
        LEFT JOIN (
            SELECT number, min(record_id) AS record_id FROM {plan.tables.names}
            WHERE noun = '{model._meta.model_name}' AND record_id IS NOT NULL GROUP BY number
        ) first ON first.number = n.number
        LEFT JOIN (
            SELECT neq FROM grants_organisation WHERE neq <> '' AND merged_into_id IS NULL
        ) taken ON taken.neq = n.number
        WHERE n.noun = '{model._meta.model_name}' AND n.how IN ('new', 'similar') AND n.record_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM {model._meta.db_table} o WHERE o.id = n.record_id)
        ORDER BY n.record_id, n.rows DESC, n.key"""


def helped(model: type[models.Model], column: str, name: str) -> str:
    """SQL: a column of a new record from what rows said of it."""
    said = f"n.helpers ->> '{name}'"
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    if column == "region_id":
        return f"(SELECT id FROM grants_region WHERE code = {said})"
    if isinstance(field, models.BooleanField):
        return f"({said})::boolean" if field.null else f"coalesce(({said})::boolean, {literal(default_of(field))})"
    return f"left(coalesce({said}, {literal(default_of(field) or '')}), {field.max_length})"


def remember_aliases(plan: Plan) -> None:
    """What staff decided of a name is remembered: it becomes another name of the organisation.

    A published organisation gains it only from those who may correct it.
    """
    may_correct = plan.user is None or allowed(plan.user, "publish", Organisation)
    public = "" if may_correct else "AND o.publication <> 'published'"
    names = OrganisationName._meta.get_field("name").max_length
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO grants_organisationname (organisation_id, name, kind, language, version)
            SELECT n.record_id, left(n.name, {names}), 'alias', '', 1 FROM {plan.tables.names} n
            JOIN grants_organisation o ON o.id = n.record_id {public}
            WHERE n.noun = 'organisation' AND n.how = 'chosen' AND n.name <> '' AND NOT o.is_natural_person
                AND grants_organisation_key(o.name_fr) <> split_part(n.key, ' #', 1)
                AND n.key IN ({used(plan, Organisation) or "NULL"})
            ON CONFLICT (organisation_id, name) DO NOTHING"""
        )


# ── The records themselves ───────────────────────────────────────────────────────────────────────────────


def insert_new(plan: Plan, progress: Quiet) -> None:
    """Write the new records, in the order of the sheet, so many at a time that their progress can be seen."""
    expressions = {column: sql.replace(f"t.{column}", "NULL") for column, sql in plan.fields.items()} | plan.defaults
    if plan.model is Grant:
        expressions |= {"import_batch_id": str(plan.batch.pk), "import_row": "s.number"}
    if plan.has("public_id"):
        # Programmes choose their ids; others have none yet.
        expressions["public_id"] = "coalesce(lower(s.public_id), grants_new_public_id())"
    if plan.sheet.key == "code":
        expressions["code"] = "CASE WHEN s.code ~ '^[0-9]$' THEN '0' || s.code ELSE s.code END"
    with connection.cursor() as cursor:
        if plan.many or plan.model is not Grant:
            cursor.execute(f"ALTER TABLE {plan.tables.verdicts} ADD COLUMN IF NOT EXISTS record_id bigint")
            cursor.execute(
                f"""UPDATE {plan.tables.verdicts} SET record_id = CASE verdict
                    WHEN 'new' THEN nextval(pg_get_serial_sequence('{plan.table}', 'id')) ELSE target_id END
                WHERE verdict IN ('new', 'changed')"""
            )
            expressions["id"] = "v.record_id"
        cursor.execute(f"SELECT coalesce(max(number), 0) FROM {plan.tables.verdicts}")
        (last,) = cursor.fetchone()
        for start in range(0, last + 1, AT_A_TIME):
            cursor.execute(
                f"""INSERT INTO {plan.table} ({", ".join(expressions)})
                SELECT {", ".join(expressions.values())}
                FROM {plan.tables.verdicts} v JOIN {plan.tables.rows} s USING (number) {plan.joins}
                WHERE v.verdict = 'new' AND v.number BETWEEN {start} AND {start + AT_A_TIME - 1} ORDER BY s.number"""
            )
            progress.advance(cursor.rowcount)
            progress.check()


def update_changed(plan: Plan) -> None:
    """Write the changed records: only those, only their columns that the sheet has."""
    if not plan.fields:
        return
    sets = dict(plan.fields)
    if plan.model is Grant:
        sets |= {"import_batch_id": str(plan.batch.pk), "import_row": "s.number"}
    # The record is joined once more under its own alias: what an UPDATE changes cannot be joined to.
    assignments = ", ".join(f"{column} = said.{column}" for column in sets)
    said = ", ".join(f"{sql} AS {column}" for column, sql in sets.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {plan.table} record SET {assignments} FROM (
                SELECT v.target_id, {said}
                FROM {plan.tables.verdicts} v JOIN {plan.tables.rows} s USING (number) {plan.joins}
                JOIN {plan.table} t ON t.id = v.target_id WHERE v.verdict = 'changed'
            ) said WHERE record.id = said.target_id"""
        )


def write_lines(plan: Plan) -> None:
    """Write what cells of several things say: projects funded, other names."""
    for column in plan.many:
        with connection.cursor() as cursor:
            for statement in lines_of(plan, column):
                cursor.execute(statement)


def lines_of(plan: Plan, column: Any) -> list[str]:
    """SQL: drop the lines that the sheet does not name any more, add those that are missing."""
    tables = plan.tables
    written = f"{tables.verdicts} v WHERE v.verdict IN ('new', 'changed')"
    if column.kind == "names":
        said = f"""SELECT v.record_id, l.written AS name, nullif(l.extra, '') AS kind FROM {tables.verdicts} v
            JOIN {tables.lines} l USING (number)
            WHERE l.column_name = '{column.name}' AND v.verdict IN ('new', 'changed')"""
        return [
            f"""DELETE FROM grants_organisationname o WHERE o.organisation_id IN (SELECT v.record_id FROM {written})
                AND NOT EXISTS (SELECT FROM ({said}) said
                    WHERE said.record_id = o.organisation_id AND said.name = o.name)""",
            f"""INSERT INTO grants_organisationname AS o (organisation_id, name, kind, language, version)
                SELECT record_id, name, coalesce(kind, 'alias'), '', 1 FROM ({said}) said
                ON CONFLICT (organisation_id, name) DO NOTHING""",
            f"""UPDATE grants_organisationname o SET kind = said.kind FROM ({said}) said
                WHERE o.organisation_id = said.record_id AND o.name = said.name AND said.kind <> o.kind""",
        ]
    through, own, other = through_of(plan, column)
    said = f"""SELECT v.record_id, n.record_id AS other FROM {tables.verdicts} v JOIN {tables.lines} l USING (number)
        JOIN {tables.names} n ON n.noun = '{column.model._meta.model_name}' AND n.key = l.key
        WHERE l.column_name = '{column.name}' AND v.verdict IN ('new', 'changed')"""
    return [
        f"""DELETE FROM {through} o WHERE o.{own} IN (SELECT v.record_id FROM {written})
            AND NOT EXISTS (SELECT FROM ({said}) said WHERE said.record_id = o.{own} AND said.other = o.{other})""",
        f"""INSERT INTO {through} ({own}, {other}, version)
            SELECT DISTINCT record_id, other, 1 FROM ({said}) said ON CONFLICT ({own}, {other}) DO NOTHING""",
    ]
