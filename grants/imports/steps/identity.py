"""How a row finds the record it speaks of: by the registry's own key, else by what tells its noun apart.

A grant is told apart by its reference (within its programme) where the sheet's references are unique; elsewhere by
what the row says: the n-th row of some words is the n-th grant of those words. Two grants alike are two grants.
"""

from __future__ import annotations

from django.db import connection

from grants.models import Citation, Grant, Organisation, Source
from grants.models.subjects import SUBJECTS

from .plan import Plan

# What makes a grant without a unique reference the grant that it is.
CONTENT = (
    *("recipient_id", "funder_id", "programme_id", "announcement_id", "reference", "amount", "currency", "date"),
    *("title_fr", "title_en", "description_fr", "description_en", "agreement_start", "agreement_end", "instrument"),
)


def find_targets(plan: Plan) -> None:
    """Tie rows to the records that they speak of, in the table `targets` (number, target_id)."""
    tables = plan.tables
    tables.drop("targets")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE UNLOGGED TABLE {tables.targets} (number integer NOT NULL, target_id bigint NOT NULL)")
        for statement in ways(plan):
            cursor.execute(f"INSERT INTO {tables.targets} (number, target_id) {statement}")
        cursor.execute(f"ANALYZE {tables.targets}")


def ways(plan: Plan) -> list[str]:
    """SQL for each way in which rows of this noun find their records; a row with a key is found by nothing else."""
    found = [by_key(plan)] if plan.sheet.key and plan.has(plan.sheet.key) else []
    without_key = f's."{plan.sheet.key}" IS NULL' if found else "true"
    if plan.model is Grant:
        found += of_grants(plan, without_key)
    elif plan.model is Organisation and plan.has("neq"):
        found.append(by_column(plan, "neq", f"{without_key} AND t.merged_into_id IS NULL"))
    elif plan.model is Source and plan.has("url"):
        found.append(by_column(plan, "url", without_key))
    elif plan.model is Citation:
        found.append(by_subject(plan))
    return [statement for statement in found if statement]


def by_key(plan: Plan) -> str:
    """By public id, or by the code of a region (spreadsheets turn 01 into 1)."""
    key = plan.sheet.key
    said = (
        f"lower(btrim(s.{key}))"
        if key == "public_id"
        else f"CASE WHEN s.{key} ~ '^[0-9]$' THEN '0' || s.{key} ELSE s.{key} END"
    )
    return f"SELECT s.number, t.id FROM {plan.tables.rows} s JOIN {plan.table} t ON t.{key} = {said}"


def by_column(plan: Plan, column: str, condition: str) -> str:
    """By a column that no two records share."""
    return f"""SELECT s.number, t.id FROM {plan.tables.rows} s JOIN {plan.table} t ON t.{column} = s.{column}
        WHERE s.{column} <> '' AND {condition}"""


def of_grants(plan: Plan, without_key: str) -> list[str]:
    """By reference where it names one grant each; the rows that have none, by what they say."""
    if plan.identity != "reference" or not plan.has("reference"):
        return [by_content(plan, without_key)]
    return [by_reference(plan, without_key), by_content(plan, f"{without_key} AND s.reference IS NULL")]


def by_reference(plan: Plan, without_key: str) -> str:
    """A grant by its reference, within its programme and its funder; a row without programme means a grant without one.

    Every town numbers its decisions from 1: a reference that neither programme nor funder goes with is only that of the
    same recipient's grant.
    """
    programme = plan.compared.get("programme_id") or (str(plan.batch.programme_id) if plan.batch.programme_id else "")
    programme = unfound(programme, "programme_id", "bigint")
    same = [f"coalesce(t.programme_id, 0) = coalesce({programme or 'NULL'}, 0)"]
    if "funder_id" in plan.compared:
        same.append(f"coalesce(t.funder_id, 0) = coalesce({plan.compared['funder_id']}, 0)")
    elif not programme and plan.reference("recipient"):
        same.append(f"t.recipient_id = {plan.compared['recipient_id']}")
    return f"""SELECT s.number, t.id FROM {plan.tables.rows} s {plan.joins}
        JOIN grants_grant t ON t.reference = s.reference AND {" AND ".join(same)}
        WHERE s.reference IS NOT NULL AND {without_key}"""


def by_content(plan: Plan, without_key: str) -> str:
    """A grant by all that the row says of it, the n-th of a kind being the n-th of that kind."""
    if not plan.reference("recipient"):
        return ""
    said = {column: sql for column, sql in plan.compared.items() if column in CONTENT}
    if plan.batch.programme_id:
        said.setdefault("programme_id", str(plan.batch.programme_id))
    types = {field.column: str(field.db_type(connection)) for field in plan.model._meta.concrete_fields}
    row = ", ".join(f"({unfound(sql, column, types[column])})::{types[column]}::text" for column, sql in said.items())
    there = ", ".join(f"t.{column}::text" for column in said)
    return f"""
        WITH said AS (
            SELECT s.number, md5(ROW({row})::text) AS words FROM {plan.tables.rows} s {plan.joins}
            WHERE n_recipient.record_id IS NOT NULL AND {without_key}
        ), counted AS (
            SELECT number, words, row_number() OVER (PARTITION BY words ORDER BY number) AS nth FROM said
        ), there AS (
            SELECT t.id, md5(ROW({there})::text) AS words FROM grants_grant t
            WHERE t.recipient_id IN (SELECT record_id FROM {plan.tables.names} WHERE noun = 'organisation')
        ), kept AS (SELECT id, words, row_number() OVER (PARTITION BY words ORDER BY id) AS nth FROM there)
        SELECT counted.number, kept.id FROM counted JOIN kept USING (words, nth)
    """


def unfound(sql: str, column: str, kind: str) -> str:
    """The SQL of a field for a row whose record is not found yet: what it keeps when the cell is blank is unknown."""
    return sql.replace(f"t.{column}", f"NULL::{kind}")


def by_subject(plan: Plan) -> str:
    """A citation by its source and what it supports."""
    if not plan.reference("source"):
        return ""
    named = [reference for reference in plan.references if reference.name in SUBJECTS]
    same = " ".join(
        f"AND t.{subject}_id IS NOT DISTINCT FROM "
        + (f"n_{subject}.record_id" if any(reference.name == subject for reference in named) else "NULL")
        for subject in SUBJECTS
    )
    return f"""SELECT s.number, t.id FROM {plan.tables.rows} s {plan.joins}
        JOIN grants_citation t ON t.source_id = n_source.record_id {same}"""
