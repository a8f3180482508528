"""What an import needs of PostgreSQL: the same words made in two thirds of the time, made again only where they
changed, and a schema for the tables in which sheets wait before they become records.

The documents of 0003 become views, so that the triggers and a set-based import write the very same entries. An
import sets `grants.index_later` and fills the index itself, over all its rows at once and on several processors.
"""

from importlib import import_module

from django.db import migrations

first = import_module("grants.migrations.0003_search_index")

# The same as in 0001, without the work that plain ASCII and text without « A.B. » do not need.
FOLD = r"""
CREATE OR REPLACE FUNCTION grants_fold(written text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    folded text := coalesce(written, '');
BEGIN
    IF octet_length(folded) <> length(folded) THEN
        folded := regexp_replace(
            normalize(
                replace(replace(replace(replace(replace(
                    translate(folded, 'ØøŁł', 'ooll'),
                    'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae'), 'ß', 'ss'),
                NFKD
            ),
            '[\u0300-\u036f]+', '', 'g'
        );
    END IF;
    folded := lower(folded);
    IF folded ~ '[a-z]\.[a-z]' THEN
        folded := regexp_replace(folded, '(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))', '\1', 'g');
    END IF;
    RETURN btrim(regexp_replace(
        folded,
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u303f]+',
        ' ', 'g'
    ));
END
$$
"""

# Each text is folded once; most records have no English text.
SEARCH_VECTOR = """
CREATE OR REPLACE FUNCTION grants_search_vector(french text, english text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    folded_french text := grants_fold(french);
    folded_english text := grants_fold(english);
BEGIN
    IF folded_english = '' THEN
        RETURN setweight(to_tsvector('pg_catalog.french'::regconfig, folded_french), 'A')
            || setweight(to_tsvector('pg_catalog.simple'::regconfig, folded_french), 'C');
    END IF;
    RETURN setweight(to_tsvector('pg_catalog.french'::regconfig, folded_french), 'A')
        || setweight(to_tsvector('pg_catalog.english'::regconfig, folded_english), 'B')
        || setweight(to_tsvector('pg_catalog.simple'::regconfig, concat_ws(' ', folded_french, folded_english)), 'C');
END
$$
"""

VIEW = "CREATE VIEW grants_words_of_{noun} (id, french, english) AS {document}"

INDEX = """
CREATE OR REPLACE FUNCTION grants_index_{noun}(wanted bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(wanted) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO grants_searchentry (kind, record_id, vector)
    SELECT '{noun}', document.id, grants_search_vector(document.french, document.english)
    FROM grants_words_of_{noun} AS document WHERE document.id = ANY (wanted)
    ON CONFLICT (kind, record_id) DO UPDATE SET vector = excluded.vector
        WHERE grants_searchentry.vector IS DISTINCT FROM excluded.vector;
END
$$
"""

NAMES = ("name_fr", "name_en")
WORDS = {
    "grants_programme": [("programme", (*NAMES, "acronym", "objective_fr", "objective_en"))],
    "grants_announcement": [("announcement", ("title_fr", "title_en", "place", "summary_fr", "summary_en"))],
    "grants_source": [("source", ("title", "publisher"))],
    "grants_project": [
        ("project", ("title_fr", "title_en", "description_fr", "description_en", "sectors_fr", "sectors_en")),
        (
            "grant_of_project",
            (
                *("title_fr", "title_en", "description_fr", "description_en", "sectors_fr", "sectors_en"),
                *("publication", "organisation_id"),
            ),
        ),
    ],
    "grants_organisation": [
        (
            "organisation",
            (
                *(*NAMES, "neq", "city", "description_fr", "description_en", "territory_fr", "territory_en"),
                "is_natural_person",
            ),
        ),
        ("grant_of_recipient", (*NAMES, "is_natural_person")),
        ("grant_of_owner", ("is_natural_person",)),
    ],
    "grants_organisationname": [
        ("organisation_named", ("name", "organisation_id")),
        ("grant_of_named", ("name", "organisation_id")),
    ],
    "grants_grant": [
        (
            "grant",
            (
                *("reference", "title_fr", "title_en", "description_fr", "description_en", "benefit_place"),
                "recipient_id",
            ),
        )
    ],
    "grants_grantproject": [("grant_of_line", ("grant_id", "project_id"))],
}

# what a changed row asks to be indexed again: (noun, SQL giving ids, from the rows of `touched`)
REACH = {
    "grant_of_project": ("grant", first.GRANTS_OF_PROJECTS.format(ids="{touched}")),
    "grant_of_recipient": ("grant", first.GRANTS_OF_RECIPIENTS.format(ids="{touched}")),
    "grant_of_owner": (
        "grant",
        first.GRANTS_OF_PROJECTS.format(ids="SELECT id FROM grants_project WHERE organisation_id IN ({touched})"),
    ),
    "organisation_named": ("organisation", "{touched_organisation_id}"),
    "grant_of_named": ("grant", first.GRANTS_OF_RECIPIENTS.format(ids="{touched_organisation_id}")),
    "grant_of_line": ("grant", "{touched_grant_id}"),
}

REINDEX = """
CREATE OR REPLACE FUNCTION {table}_{name}() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('grants.index_later', true), '') = 'on' THEN
        RETURN NULL;
    END IF;
    {calls}
    RETURN NULL;
END
$$
"""

TRIGGER_ON_UPDATE = """
CREATE TRIGGER search_update AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS changed_rows
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_reindex_changed()
"""


def changed(column: str, columns: tuple[str, ...]) -> str:
    """SQL: this column of the rows whose watched columns changed, as it was and as it is."""
    was, now = (", ".join(f"{row}.{name}" for name in columns) for row in ("o", "n"))
    where = f"FROM changed_rows n JOIN old_rows o ON o.id = n.id WHERE ({now}) IS DISTINCT FROM ({was})"
    if column == "id":
        return f"SELECT n.id {where}"
    return f"SELECT n.{column} {where} UNION SELECT o.{column} {where}"


def calls_on_update(table: str) -> str:
    made = []
    for target, columns in WORDS[table]:
        noun, ids = REACH.get(target, (target, "{touched}"))
        filled = {f"touched_{column}": changed(column, columns) for column in ("organisation_id", "grant_id")}
        made.append(f"PERFORM grants_index_{noun}(ARRAY({ids.format(touched=changed('id', columns), **filled)}));")
    return "\n".join(made)


def statements() -> list[str]:
    made = ["CREATE SCHEMA IF NOT EXISTS staging", FOLD, SEARCH_VECTOR]
    for noun, document in first.DOCUMENTS.items():
        # The documents end with the ids wanted: the view is for all of them.
        everything = document.replace("WHERE id = ANY (wanted)", "").replace("WHERE g.id = ANY (wanted)", "")
        everything = everything.replace("WHERE o.id = ANY (wanted) AND", "WHERE")
        made += [VIEW.format(noun=noun, document=everything), INDEX.format(noun=noun)]
    for table, reach in first.REACH.items():
        persons = first.FORGET_PERSONS if table == "grants_organisation" else ""
        always = persons + "\n".join(f"PERFORM grants_index_{noun}(ARRAY({ids}));" for noun, ids in reach)
        made.append(REINDEX.format(table=table, name="reindex", calls=always))
        made.append(REINDEX.format(table=table, name="reindex_changed", calls=persons + calls_on_update(table)))
        made.append(f"DROP TRIGGER search_update ON {table}")
        if table in first.LINES:
            made.append(f"DROP TRIGGER search_update_left ON {table}")
        made.append(TRIGGER_ON_UPDATE.format(table=table))
    return made


def undo() -> list[str]:
    made = []
    for table, reach in first.REACH.items():
        calls = first.FORGET_PERSONS if table == "grants_organisation" else ""
        calls += "\n".join(f"PERFORM grants_index_{noun}(ARRAY({ids}));" for noun, ids in reach)
        made.append(f"DROP FUNCTION {table}_reindex_changed() CASCADE")
        made.append(first.REINDEX.format(table=table, calls=calls).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
        made.append(first.TRIGGER.format(operation="update", table=table, rows="NEW"))
        if table in first.LINES:
            left = first.TRIGGER.format(operation="update", table=table, rows="OLD")
            made.append(left.replace("search_update", "search_update_left"))
    for noun, document in first.DOCUMENTS.items():
        index = first.INDEX.format(noun=noun, document=document)
        made += [index.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"), f"DROP VIEW grants_words_of_{noun}"]
    # The functions of 0001 give the same: only slower.
    return [*made, "DROP SCHEMA staging CASCADE"]


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_imports_that_teach")]

    operations = [migrations.RunSQL(statements(), undo())]
