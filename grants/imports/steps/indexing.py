"""The words of what an import wrote, made over all its records at once and on several processors."""

from __future__ import annotations

from django.db import connection, models

from grants.models import Grant, Organisation, Programme, SearchKind

from .plan import Plan

# Below this, the triggers' own functions are as quick.
AT_ONCE = 5_000


def index_words(plan: Plan) -> None:
    """Index what the import wrote; the triggers left it to us (`grants.index_later`)."""
    tables = plan.tables
    with connection.cursor() as cursor:
        for model in (Programme, Organisation):
            if model in plan.referenced and model is not plan.model:
                refresh(
                    plan,
                    model,
                    f"SELECT record_id FROM {tables.names} WHERE noun = '{model._meta.model_name}' AND how IN ('new', 'similar', 'chosen')",
                )
        cursor.execute(f"SELECT count(*) FROM {tables.verdicts} WHERE verdict IN ('new', 'changed')")
        many = cursor.fetchone()[0] > AT_ONCE
        if plan.model is Grant and many:
            refresh_in_parallel(plan)
        elif plan.model._meta.model_name in SearchKind.values:
            refresh(plan, plan.model, written(plan))
        if plan.model._meta.model_name in ("organisation", "project"):
            column = "recipient_id" if plan.model is Organisation else "id"
            grants = (
                f"SELECT id FROM grants_grant WHERE {column} IN ({written(plan)})"
                if plan.model is Organisation
                else f"SELECT grant_id FROM grants_grantproject WHERE project_id IN ({written(plan)})"
            )
            refresh(plan, Grant, grants)
        chosen = f"SELECT record_id FROM {tables.names} WHERE noun = 'organisation' AND how = 'chosen'"
        if plan.model is Grant:
            # A new other name is a word of all the grants of its organisation.
            refresh(plan, Grant, f"SELECT id FROM grants_grant WHERE recipient_id IN ({chosen})")


def written(plan: Plan) -> str:
    """SQL: the ids of the records that the import wrote."""
    if plan.model is Grant:
        return f"SELECT id FROM grants_grant WHERE import_batch_id = {plan.batch.pk}"
    if plan.many:
        return f"SELECT record_id FROM {plan.tables.verdicts} WHERE verdict IN ('new', 'changed')"
    # Records made in this very transaction, and those that it changed.
    return f"SELECT id FROM {plan.table} WHERE modified_at = now()"


def refresh(plan: Plan, model: type[models.Model], ids: str) -> None:
    """Let the index's own function write the entries of these records."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT grants_index_{model._meta.model_name}(ARRAY({ids}))")


def refresh_in_parallel(plan: Plan) -> None:
    """The same for many grants: PostgreSQL makes the words in parallel, then files them."""
    tables = plan.tables
    tables.drop("words")
    with connection.cursor() as cursor:
        # The planner must know what was just written to share the work well.
        for table in ("grants_grant", "grants_organisation", "grants_organisationname"):
            cursor.execute(f"ANALYZE {table}")
        cursor.execute(
            f"""CREATE UNLOGGED TABLE {tables.words} AS
            SELECT document.id, grants_search_vector(document.french, document.english) AS vector
            FROM grants_words_of_grant document WHERE document.id IN ({written(plan)})"""
        )
        cursor.execute(
            f"""INSERT INTO grants_searchentry (kind, record_id, vector) SELECT 'grant', id, vector FROM {tables.words}
            ON CONFLICT (kind, record_id) DO UPDATE SET vector = excluded.vector
                WHERE grants_searchentry.vector IS DISTINCT FROM excluded.vector"""
        )
    tables.drop("words")
