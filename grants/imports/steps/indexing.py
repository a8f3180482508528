"""The words of what an import wrote, made over all its records at once and on several processors."""

from __future__ import annotations

from django.db import connection, models

from grants.models import Grant, Organisation, Programme, Project, SearchKind

from .plan import Plan

# Below this, the triggers' own functions are as quick.
AT_ONCE = 5_000


def index_words(plan: Plan) -> None:
    """Index what the import wrote; the triggers left it to us (`grants.index_later`)."""
    many = wrote_many(plan)
    if many:
        tell_planner_of_what_was_written(plan)
    for model in (Programme, Organisation):
        if model in plan.referenced and model is not plan.model:
            refresh(model, named(plan, model, "'new', 'similar', 'chosen'"))
    if Organisation in plan.referenced:
        # A new other name is a word of all the grants of its organisation.
        refresh(Grant, GRANTS_OF_RECIPIENTS.format(ids=named(plan, Organisation, "'chosen'")))
    if plan.model is Grant and many:
        refresh_in_parallel(plan)
    elif plan.model._meta.model_name in SearchKind.values:
        refresh(plan.model, written(plan))
    if plan.model is Organisation:
        forget_persons(plan)
        refresh(Grant, GRANTS_OF_RECIPIENTS.format(ids=written(plan)))
        owned = f"SELECT id FROM grants_project WHERE organisation_id IN ({written(plan)})"
        refresh(Grant, GRANTS_OF_PROJECTS.format(ids=owned))
    elif plan.model is Project:
        refresh(Grant, GRANTS_OF_PROJECTS.format(ids=written(plan)))


GRANTS_OF_RECIPIENTS = "SELECT id FROM grants_grant WHERE recipient_id IN ({ids})"
GRANTS_OF_PROJECTS = "SELECT grant_id FROM grants_grantproject WHERE project_id IN ({ids})"


def wrote_many(plan: Plan) -> bool:
    """Whether so much was written that it is worth sharing out."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {plan.tables.verdicts} WHERE verdict IN ('new', 'changed')")
        return bool(cursor.fetchone()[0] > AT_ONCE)


def tell_planner_of_what_was_written(plan: Plan) -> None:
    """Else PostgreSQL plans for tables as empty as they were, and takes each grant beside each name."""
    with connection.cursor() as cursor:
        for table in dict.fromkeys(
            [plan.table, "grants_grant", "grants_organisation", "grants_organisationname", plan.tables.verdicts]
        ):
            cursor.execute(f"ANALYZE {table}")


def forget_persons(plan: Plan) -> None:
    """Of those that were found to be natural persons, no word is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DELETE FROM grants_searchentry WHERE kind = 'organisation' AND record_id IN (
                SELECT id FROM grants_organisation WHERE is_natural_person AND id IN ({written(plan)}))"""
        )


def named(plan: Plan, model: type[models.Model], how: str) -> str:
    """SQL: the ids of the records that cells name, by how they were recognised."""
    return f"""SELECT record_id FROM {plan.tables.names}
        WHERE noun = '{model._meta.model_name}' AND how IN ({how})"""


def written(plan: Plan) -> str:
    """SQL: the ids of the records that the import wrote."""
    if plan.model is Grant:
        return f"SELECT id FROM grants_grant WHERE import_batch_id = {plan.batch.pk}"
    return f"SELECT record_id FROM {plan.tables.verdicts} WHERE verdict IN ('new', 'changed')"


def refresh(model: type[models.Model], ids: str) -> None:
    """Let the index's own function write the entries of these records."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT grants_index_{model._meta.model_name}(ARRAY({ids}))")


# The words of the view grants_words_of_grant, joined rather than looked up grant by grant: only so does PostgreSQL
# share the work among processors. A test compares the two.
WORDS_OF_GRANTS = """
    SELECT g.id, grants_search_vector(
        CASE WHEN o.is_natural_person THEN g.public_id ELSE concat_ws(
            ' ', g.public_id, g.reference, g.title_fr, g.description_fr, g.benefit_place, o.name_fr, n.names, p.french
        ) END,
        CASE WHEN o.is_natural_person THEN '' ELSE concat_ws(
            ' ', g.title_en, g.description_en, g.benefit_place, o.name_en, n.names, p.english
        ) END
    ) AS vector
    FROM grants_grant g
    JOIN grants_organisation o ON o.id = g.recipient_id
    LEFT JOIN (
        SELECT organisation_id, string_agg(name, ' ') AS names FROM grants_organisationname GROUP BY 1
    ) n ON n.organisation_id = o.id
    LEFT JOIN (
        SELECT gp.grant_id,
            string_agg(concat_ws(' ', pr.title_fr, pr.description_fr, pr.sectors_fr), ' ') AS french,
            string_agg(concat_ws(' ', pr.title_en, pr.description_en, pr.sectors_en), ' ') AS english
        FROM grants_grantproject gp JOIN grants_project pr ON pr.id = gp.project_id
        LEFT JOIN grants_organisation po ON po.id = pr.organisation_id
        WHERE pr.publication = 'published' AND po.is_natural_person IS NOT TRUE GROUP BY 1
    ) p ON p.grant_id = g.id
    WHERE {where}
"""


def refresh_in_parallel(plan: Plan) -> None:
    """The same for many grants: PostgreSQL makes the words in parallel, then files them."""
    tables = plan.tables
    tables.drop("words")
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE UNLOGGED TABLE {tables.words} AS "
            + WORDS_OF_GRANTS.format(where=f"g.import_batch_id = {plan.batch.pk}")
        )
        cursor.execute(
            f"""INSERT INTO grants_searchentry (kind, record_id, vector) SELECT 'grant', id, vector FROM {tables.words}
            ON CONFLICT (kind, record_id) DO UPDATE SET vector = excluded.vector
                WHERE grants_searchentry.vector IS DISTINCT FROM excluded.vector"""
        )
    tables.drop("words")
