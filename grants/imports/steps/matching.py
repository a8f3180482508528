"""Which records the sheet speaks of: names recognised, rows tied to the records they change.

A name is looked for by public id, by number (NEQ), as the organisation's own name, then among its other names, with
case, accents, articles and legal suffixes put aside. What staff decided stays decided. A name that meets several
records is ambiguous; one that meets none becomes a new record where its column allows it, and is unknown elsewhere.
"""

from __future__ import annotations

import json

from django.db import connection, models

from grants.imports.lookups import NAMES
from grants.models import Organisation

from .plan import NUMBERS, Plan, Reference
from .suggesting import suggest

BY_ID, BY_NUMBER, BY_NAME, BY_ALIAS = 1, 2, 3, 4
# The ids that the registry deals (see grants_new_public_id).
DEALT = "^[1-9][0-9a-hjkmnp-tv-z]{5,12}$"


def folding_of(model: type[models.Model]) -> str:
    """The SQL function that folds the names of a model, as `key_of` does in Python."""
    return "grants_organisation_key" if model is Organisation else "grants_fold"


def gather_names(plan: Plan) -> None:
    """List each record that cells name, once, with how many rows name it and the sum of their amounts (dollars)."""
    with connection.cursor() as cursor:
        for reference in plan.references:
            cursor.execute(gathering(plan, reference))
        for column in plan.many:
            if column.kind == "references":
                cursor.execute(
                    f"""INSERT INTO {plan.tables.names} (noun, key, name, written, rows)
                    SELECT %s, key, min(written), min(written), count(*) FROM {plan.tables.lines}
                    WHERE column_name = %s AND key <> '' GROUP BY key ON CONFLICT (noun, key) DO NOTHING""",
                    [column.model._meta.model_name, column.name],
                )
        cursor.execute(f"ANALYZE {plan.tables.names}")


def gathering(plan: Plan, reference: Reference) -> str:
    """SQL: the names of one column. Of several spellings the commonest stands; what else its rows say follows it."""
    total = "sum(s.amount)" if plan.has("amount") else "NULL::numeric"
    helpers = plan.helpers(reference)
    number = f"max(s.{NUMBERS[reference.name]})" if NUMBERS.get(reference.name) in helpers else "NULL::text"
    pairs = ", ".join(f"'{name}', max(s.{name}::text)" for name in helpers)
    return f"""
        INSERT INTO {plan.tables.names} AS kept (noun, key, name, written, number, rows, total, helpers, creates)
        SELECT '{reference.noun}', key, (array_agg(name ORDER BY rows DESC, first))[1],
            coalesce((array_agg(written ORDER BY rows DESC, first))[1], ''), max(number), sum(rows), sum(total),
            (array_agg(helpers ORDER BY rows DESC, first))[1], {str(reference.creates).lower()}
        FROM (
            SELECT s."{reference.key}" AS key, {reference.said} AS name, max({reference.written}) AS written,
                {number} AS number, count(*) AS rows, {total} AS total, min(s.number) AS first,
                jsonb_strip_nulls(jsonb_build_object({pairs})) AS helpers
            FROM {plan.tables.rows} s WHERE s."{reference.key}" <> '' GROUP BY 1, 2
        ) spelt GROUP BY key
        ON CONFLICT (noun, key) DO UPDATE SET rows = kept.rows + excluded.rows,
            creates = kept.creates OR excluded.creates
    """


def keep_decisions(plan: Plan) -> None:
    """Bring back what staff decided of names: the record that one is, or that it is a new one."""
    decided = [
        {"noun": noun, "key": key, "pk": None if choice == "new" else int(choice)}
        for noun, choices in plan.batch.wishes.get("names", {}).items()
        for key, choice in choices.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {plan.tables.names} SET decided = false WHERE decided")
        cursor.execute(
            f"""UPDATE {plan.tables.names} n SET decided = true, record_id = said.pk, suggestions = NULL,
                how = CASE WHEN said.pk IS NULL THEN 'new' ELSE 'chosen' END
            FROM jsonb_to_recordset(%s::jsonb) AS said (noun text, key text, pk bigint)
            WHERE n.noun = said.noun AND n.key = said.key""",
            [json.dumps(decided)],
        )
        for model in plan.referenced:
            cursor.execute(settling(plan, model))


def settling(plan: Plan, model: type[models.Model]) -> str:
    """SQL: a record chosen that was merged since is the kept one; of one that is gone nothing is decided."""
    kept = "coalesce(r.merged_into_id, r.id)" if model is Organisation else "r.id"
    return f"""UPDATE {plan.tables.names} n SET record_id = chosen.kept, decided = chosen.kept IS NOT NULL
        FROM (SELECT m.key, {kept} AS kept FROM {plan.tables.names} m LEFT JOIN {model._meta.db_table} r
            ON r.id = m.record_id WHERE m.noun = '{model._meta.model_name}' AND m.how = 'chosen' AND m.decided) chosen
        WHERE n.noun = '{model._meta.model_name}' AND n.key = chosen.key"""


def recognise(plan: Plan) -> None:
    """Say of each name which record it is, or why that is not known. What staff decided stays."""
    names = plan.tables.names
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {names} SET how = '', record_id = NULL, suggestions = NULL WHERE NOT decided")
        settle(plan, "n.how = ''")
        # What looks like an id of the registry is no name to make a record of.
        cursor.execute(
            f"""UPDATE {names} SET how = CASE WHEN creates AND written !~ '{DEALT}' THEN 'new' ELSE 'unknown' END
            WHERE how = '' AND NOT decided"""
        )
    suggest(plan)
    with connection.cursor() as cursor:
        # Else the planner thinks that no name was found, and takes each row beside each grant.
        cursor.execute(f"ANALYZE {names}")


def recognise_coming(plan: Plan) -> None:
    """The names that are to become records, once more: somebody may have made these meanwhile."""
    settle(plan, "n.how IN ('new', 'similar')")


def settle(plan: Plan, wanted: str) -> None:
    """Look for the records of the names `wanted` (SQL about `n`) of which nothing is decided."""
    tables, wanted = plan.tables, f"{wanted} AND NOT n.decided"
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables.hits}")
        for model in plan.referenced:
            for rank, statement in hits_of(plan, model, wanted):
                cursor.execute(
                    f"""INSERT INTO {tables.hits} (noun, key, record_id, rank)
                    SELECT found.*, {rank} FROM ({statement}) found"""
                )
        cursor.execute(SETTLE.format(names=tables.names, hits=tables.hits))


SETTLE = """
    UPDATE {names} named SET
        how = CASE WHEN best.many THEN 'ambiguous'
            ELSE (ARRAY['id', 'number', 'exact', 'alias'])[best.rank] END,
        record_id = CASE WHEN best.many THEN NULL ELSE best.record_id END
    FROM (
        SELECT noun, key, rank, count(DISTINCT record_id) > 1 AS many, min(record_id) AS record_id
        FROM (
            SELECT *, min(rank) OVER (PARTITION BY noun, key) AS nearest FROM {hits}
        ) ranked WHERE rank = nearest GROUP BY noun, key, rank
    ) best
    WHERE best.noun = named.noun AND best.key = named.key AND NOT named.decided
"""


def hits_of(plan: Plan, model: type[models.Model], wanted: str) -> list[tuple[int, str]]:
    """(rank, SQL giving noun, key, record_id) for each way of recognising a record of `model` in the names wanted."""
    table, noun = model._meta.db_table, model._meta.model_name
    names, fold = plan.tables.names, folding_of(model)
    here = f"FROM {names} n JOIN {table} r ON"
    where = f"WHERE n.noun = '{noun}' AND {wanted}"
    record = "coalesce(r.merged_into_id, r.id)" if model is Organisation else "r.id"
    key_field = "code" if not hasattr(model, "public_id") else "public_id"
    ways = [(BY_ID, f"SELECT n.noun, n.key, {record} {here} r.{key_field} = lower(n.written) {where}")]
    if model is Organisation:
        ways.append((BY_NUMBER, f"SELECT n.noun, n.key, {record} {here} r.neq = n.number {where} AND n.number <> ''"))
    for field in NAMES[model]:
        ways.append(
            (BY_NAME, f"SELECT n.noun, n.key, {record} {here} {fold}(r.{field}) = n.key {where} AND r.{field} <> ''")
        )
    if model is Organisation:
        ways.append(
            (
                BY_ALIAS,
                f"""SELECT n.noun, n.key, {record} FROM {names} n
                JOIN grants_organisationname a ON grants_organisation_key(a.name) = n.key
                JOIN {table} r ON r.id = a.organisation_id {where}""",
            )
        )
    return ways
