"""The search index keeps itself: triggers rewrite the entries of the records that a statement touched.

Each noun has a function that makes the entries of given ids; the triggers call it with the ids that need it. A
grant is found by its own words, its recipient's names and its projects, so that changes of these three reach it.
Of natural persons, and of grants to them, no word is indexed. A grant is not found by the words of a project that
the public may not see.
"""

from django.db import migrations

# noun: (SQL giving id, French text, English text; the ids wanted are in the array `wanted`)
DOCUMENTS = {
    "programme": """
        SELECT id, concat_ws(' ', name_fr, acronym, objective_fr, public_id),
            concat_ws(' ', name_en, acronym, objective_en)
        FROM grants_programme WHERE id = ANY (wanted)""",
    "announcement": """
        SELECT id, concat_ws(' ', title_fr, place, summary_fr), concat_ws(' ', title_en, place, summary_en)
        FROM grants_announcement WHERE id = ANY (wanted)""",
    "source": """
        SELECT id, concat_ws(' ', title, publisher), concat_ws(' ', title, publisher)
        FROM grants_source WHERE id = ANY (wanted)""",
    "project": """
        SELECT id, concat_ws(' ', title_fr, description_fr, sectors_fr),
            concat_ws(' ', title_en, description_en, sectors_en)
        FROM grants_project WHERE id = ANY (wanted)""",
    "organisation": """
        SELECT o.id, concat_ws(' ', o.name_fr, n.names, o.neq, o.city, o.description_fr, o.territory_fr),
            concat_ws(' ', o.name_en, n.names, o.city, o.description_en, o.territory_en)
        FROM grants_organisation o
        LEFT JOIN LATERAL (
            SELECT string_agg(name, ' ') AS names FROM grants_organisationname WHERE organisation_id = o.id
        ) n ON true
        WHERE o.id = ANY (wanted) AND NOT o.is_natural_person""",
    "grant": """
        SELECT g.id,
            CASE WHEN o.is_natural_person THEN g.public_id ELSE concat_ws(
                ' ', g.public_id, g.reference, g.title_fr, g.description_fr, g.benefit_place,
                o.name_fr, n.names, p.french
            ) END,
            CASE WHEN o.is_natural_person THEN '' ELSE concat_ws(
                ' ', g.title_en, g.description_en, g.benefit_place, o.name_en, n.names, p.english
            ) END
        FROM grants_grant g
        JOIN grants_organisation o ON o.id = g.recipient_id
        LEFT JOIN LATERAL (
            SELECT string_agg(name, ' ') AS names FROM grants_organisationname WHERE organisation_id = o.id
        ) n ON true
        LEFT JOIN LATERAL (
            SELECT string_agg(concat_ws(' ', pr.title_fr, pr.description_fr, pr.sectors_fr), ' ') AS french,
                string_agg(concat_ws(' ', pr.title_en, pr.description_en, pr.sectors_en), ' ') AS english
            FROM grants_grantproject gp JOIN grants_project pr ON pr.id = gp.project_id
            LEFT JOIN grants_organisation po ON po.id = pr.organisation_id
            WHERE gp.grant_id = g.id AND pr.publication = 'published' AND po.is_natural_person IS NOT TRUE
        ) p ON true
        WHERE g.id = ANY (wanted)""",
}

# A question asks for the words that its own dictionary made (see grants_search_vector). Folded words hold no quotation
# mark, so that the text of a question is easily written with their weights.
WEIGHTED = r"""
CREATE FUNCTION grants_weighted(question tsquery, weight text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(question::text, '''([^'']+)''', '''\1'':' || weight, 'g')::tsquery
$$
"""

# A question: words that must all be there, "words that follow one another", OR, and -words that must not. Each word
# counts in French, in English or as it stands; a refused word is refused in all three.
QUESTION = r"""
CREATE FUNCTION grants_question(words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    part text[];
    folded text;
    asked tsquery;
    together tsquery := '';
    question tsquery := '';
BEGIN
    FOR part IN
        SELECT regexp_matches(words, '(-?)(?:["«“]([^"»”]*)["»”]|([^[:space:]"«»“”]+))', 'g')
    LOOP
        IF part[3] IN ('OR', 'OU') THEN
            question := question || together;
            together := '';
            CONTINUE;
        END IF;
        folded := grants_fold(coalesce(part[2], part[3]));
        asked := grants_weighted(phraseto_tsquery('pg_catalog.french', folded), 'A')
            || grants_weighted(phraseto_tsquery('pg_catalog.english', folded), 'B')
            || grants_weighted(phraseto_tsquery('pg_catalog.simple', folded), 'C');
        CONTINUE WHEN numnode(asked) = 0;
        together := together && CASE WHEN part[1] = '-' THEN !!asked ELSE asked END;
    END LOOP;
    RETURN question || together;
END
$$
"""

INDEX = """
CREATE FUNCTION grants_index_{noun}(wanted bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO grants_searchentry (kind, record_id, vector)
    SELECT '{noun}', document.id, grants_search_vector(document.french, document.english)
    FROM ({document}) AS document (id, french, english)
    ON CONFLICT (kind, record_id) DO UPDATE SET vector = excluded.vector
        WHERE grants_searchentry.vector IS DISTINCT FROM excluded.vector;
END
$$
"""

FORGET = """
CREATE FUNCTION grants_forget_{noun}() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM grants_searchentry WHERE kind = '{noun}' AND record_id IN (SELECT id FROM old_rows);
    RETURN NULL;
END
$$;
CREATE TRIGGER search_forget AFTER DELETE ON grants_{noun}
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION grants_forget_{noun}()
"""

# A person's record keeps no entry of its own, also when it becomes one.
FORGET_PERSONS = """
    DELETE FROM grants_searchentry WHERE kind = 'organisation'
        AND record_id IN (SELECT id FROM changed_rows WHERE is_natural_person);
"""

GRANTS_OF_RECIPIENTS = "SELECT id FROM grants_grant WHERE recipient_id IN ({ids})"
GRANTS_OF_PROJECTS = "SELECT grant_id FROM grants_grantproject WHERE project_id IN ({ids})"

GRANTS_OF_OWNERS = GRANTS_OF_PROJECTS.format(
    ids="SELECT id FROM grants_project WHERE organisation_id IN (SELECT id FROM changed_rows)"
)

# table: what its changed rows ask to be indexed again, as (noun, SQL giving ids)
REACH = {
    "grants_programme": [("programme", "SELECT id FROM changed_rows")],
    "grants_announcement": [("announcement", "SELECT id FROM changed_rows")],
    "grants_source": [("source", "SELECT id FROM changed_rows")],
    "grants_project": [
        ("project", "SELECT id FROM changed_rows"),
        ("grant", GRANTS_OF_PROJECTS.format(ids="SELECT id FROM changed_rows")),
    ],
    "grants_organisation": [
        ("organisation", "SELECT id FROM changed_rows"),
        ("grant", GRANTS_OF_RECIPIENTS.format(ids="SELECT id FROM changed_rows")),
        ("grant", GRANTS_OF_OWNERS),
    ],
    "grants_organisationname": [
        ("organisation", "SELECT organisation_id FROM changed_rows"),
        ("grant", GRANTS_OF_RECIPIENTS.format(ids="SELECT organisation_id FROM changed_rows")),
    ],
    "grants_grant": [("grant", "SELECT id FROM changed_rows")],
    "grants_grantproject": [("grant", "SELECT grant_id FROM changed_rows")],
}

REINDEX = """
CREATE FUNCTION {table}_reindex() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    {calls}
    RETURN NULL;
END
$$
"""

TRIGGER = """
CREATE TRIGGER search_{operation} AFTER {operation} ON {table}
    REFERENCING {rows} TABLE AS changed_rows FOR EACH STATEMENT EXECUTE FUNCTION {table}_reindex()
"""

# A line that leaves one record for another (a name moved by a merge) asks for both to be indexed again.
LINES = ("grants_organisationname", "grants_grantproject")


def statements() -> list[str]:
    made = [WEIGHTED, QUESTION]
    made += [INDEX.format(noun=noun, document=document) for noun, document in DOCUMENTS.items()]
    made += [FORGET.format(noun=noun) for noun in DOCUMENTS]
    for table, reach in REACH.items():
        calls = FORGET_PERSONS if table == "grants_organisation" else ""
        calls += "\n".join(f"PERFORM grants_index_{noun}(ARRAY({ids}));" for noun, ids in reach)
        made.append(REINDEX.format(table=table, calls=calls))
        made.append(TRIGGER.format(operation="insert", table=table, rows="NEW"))
        made.append(TRIGGER.format(operation="update", table=table, rows="NEW"))
        if table in LINES:
            made.append(TRIGGER.format(operation="delete", table=table, rows="OLD"))
            left = TRIGGER.format(operation="update", table=table, rows="OLD")
            made.append(left.replace("search_update", "search_update_left"))
    # What was written while the index was not kept (before, or between two migrations).
    return made + [f"SELECT grants_index_{noun}(ARRAY(SELECT id FROM grants_{noun}))" for noun in DOCUMENTS]


def undo() -> list[str]:
    made = ["DELETE FROM grants_searchentry", "DROP FUNCTION grants_question(text)", "DROP FUNCTION grants_weighted(tsquery, text)"]
    made += [f"DROP FUNCTION {table}_reindex() CASCADE" for table in REACH]
    return made + [
        f"DROP FUNCTION grants_{verb}_{noun}({arguments}) CASCADE"
        for noun in DOCUMENTS
        for verb, arguments in (("forget", ""), ("index", "bigint[]"))
    ]


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_first_records")]

    operations = [migrations.RunSQL(statements(), undo())]
