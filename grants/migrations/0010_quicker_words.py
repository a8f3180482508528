"""Searches that need no second look at a row, and the words of names apart.

The weights of 0001 told the dictionaries apart, and made PostgreSQL read the whole vector of each row that an index
found. Here the words that stand as they are begin with « 0q » instead; French and English stems share the rest. The
vectors leave the table for its annex (TOAST), so that the rows found by words stand on few pages.

A record's names are kept a second time by themselves: for suggestions while typing, and for the nearest word.
"""

from importlib import import_module

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

first = import_module("grants.migrations.0003_search_index")
by_need = import_module("grants.migrations.0006_words_by_need")

# Words that nobody searches for: left out of a question unless quoted. The same as search/terms.py has them (a test
# compares). Some that are words of both languages or names of places stay in: est, son, or, don, an, it.
LITTLE_WORDS = (
    "a and are as at au aux avec be by c ce ces cette d dans de des du elle en et for from ils in is its j l la le les "
    "leur leurs m n ne nos notre nous of on ou our par pour qu que qui s sa se ses sur t that the their these this to "
    "un une vos votre vous was we were which with y your"
)
LITTLE = f"'{{{','.join(LITTLE_WORDS.split())}}}'::text[]"

# A word of letters and digits after « 0q » is one token to PostgreSQL's parser, in any locale; no text begins so.
AS_IT_STANDS = """
CREATE FUNCTION grants_as_it_stands(folded text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN folded = '' THEN '' ELSE '0q' || replace(folded, ' ', ' 0q') END
$$
"""

SEARCH_VECTOR = """
CREATE OR REPLACE FUNCTION grants_search_vector(french text, english text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 5000 AS $$
DECLARE
    folded_french text := grants_fold(french);
    folded_english text := grants_fold(english);
BEGIN
    IF folded_english = '' THEN
        RETURN to_tsvector('pg_catalog.french'::regconfig, folded_french)
            || to_tsvector('pg_catalog.simple'::regconfig, grants_as_it_stands(folded_french));
    END IF;
    RETURN to_tsvector('pg_catalog.french'::regconfig, folded_french)
        || to_tsvector('pg_catalog.english'::regconfig, folded_english)
        || to_tsvector(
            'pg_catalog.simple'::regconfig, grants_as_it_stands(ltrim(folded_french || ' ' || folded_english))
        );
END
$$
"""

# One word, or several that follow one another. Where both stemmings know a word, they find it wherever it stands as it
# is: the third reading is for what either leaves out, and for stems that are a little word (« ÉTS » gives « et »).
ASKED = f"""
CREATE FUNCTION grants_asked(folded text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    french tsquery := phraseto_tsquery('pg_catalog.french'::regconfig, folded);
    english tsquery := phraseto_tsquery('pg_catalog.english'::regconfig, folded);
    standing tsquery;
BEGIN
    IF numnode(french) = 1 AND btrim(french::text, '''') = ANY ({LITTLE}) THEN
        french := NULL;
    END IF;
    IF numnode(english) = 1 AND btrim(english::text, '''') = ANY ({LITTLE}) THEN
        english := NULL;
    END IF;
    IF numnode(french) > 0 AND numnode(english) > 0 THEN
        RETURN CASE WHEN french = english THEN french ELSE french || english END;
    END IF;
    standing := phraseto_tsquery('pg_catalog.simple'::regconfig, grants_as_it_stands(folded));
    -- Of signs that are no words, the marker alone is left.
    RETURN CASE
        WHEN numnode(standing) = 0 OR standing::text = '''0q''' THEN NULL
        WHEN numnode(french) > 0 THEN french || standing
        WHEN numnode(english) > 0 THEN english || standing
        ELSE standing
    END;
END
$$
"""

# A question: words that must all be there, "words that follow one another", beginnings*, OR, and -words that must not.
# Null where nothing is asked for: no words, little words only, excluded words only.
QUESTION = rf"""
CREATE OR REPLACE FUNCTION grants_question(words text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    part text[];
    folded text;
    asked tsquery;
    wanted tsquery;
    refused tsquery;
    question tsquery;
BEGIN
    FOR part IN
        SELECT matched FROM regexp_matches(
            translate(words, U&'\00a0\202f', '  '), '(-?)(?:["«“]([^"»”]*)["»”]|([^[:space:]"«»“”]+))', 'g'
        ) AS matched
        UNION ALL SELECT ARRAY['', NULL, 'OR']
    LOOP
        IF part[3] IN ('OR', 'OU') THEN
            IF wanted IS NOT NULL THEN
                wanted := coalesce(wanted && refused, wanted);
                question := coalesce(question || wanted, wanted);
            END IF;
            wanted := NULL;
            refused := NULL;
            CONTINUE;
        END IF;
        folded := grants_fold(coalesce(part[2], part[3]));
        IF part[2] IS NULL THEN
            WHILE strpos(folded, ' ') > 0 AND split_part(folded, ' ', 1) = ANY ({LITTLE}) LOOP
                folded := substr(folded, strpos(folded, ' ') + 1);
            END LOOP;
        END IF;
        IF part[3] ~ '[^*]\*+$' AND folded ~ '[^ ]{{2}}$' THEN
            asked := ('''' || replace(grants_as_it_stands(folded), ' ', ''' <-> ''') || ''':*')::tsquery;
        ELSE
            CONTINUE WHEN folded = '' OR (part[2] IS NULL AND folded = ANY ({LITTLE}));
            asked := grants_asked(folded);
        END IF;
        IF part[1] = '-' THEN
            refused := coalesce(refused && !!asked, !!asked, refused);
        ELSE
            wanted := coalesce(wanted && asked, asked, wanted);
        END IF;
    END LOOP;
    RETURN question;
END
$$
"""

# The keys of the records that answer, eight bytes each, or one by one. Never by reading the whole table: its planner
# does not know that a vector in the annex costs as much to read as a hundred rows.
HITS = """
CREATE FUNCTION grants_hits(noun text, words text) RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN (
        SELECT string_agg(int8send(record_id), ''::bytea) FROM grants_searchentry
        WHERE kind = noun AND vector @@ grants_question(words)
    );
END
$$
"""
FOUND = """
CREATE FUNCTION grants_found(noun text, words text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 1000 SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY SELECT record_id FROM grants_searchentry WHERE kind = noun AND vector @@ grants_question(words);
END
$$
"""

# Some of the records that answer, of all nouns; and some of those whose names hold words.
SOME_FOUND = """
CREATE FUNCTION grants_some_found(words text, most integer) RETURNS TABLE (noun text, id bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 100 SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY SELECT kind::text, record_id FROM grants_searchentry WHERE vector @@ grants_question(words) LIMIT most;
END
$$
"""
SOME_NAMED = """
CREATE FUNCTION grants_some_named(noun text, asked tsquery, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000 ROWS 100 SET enable_seqscan = off SET jit = off AS $$
BEGIN
    RETURN QUERY SELECT record_id FROM grants_searchentry
        WHERE names IS NOT NULL AND names @@ asked AND kind = noun LIMIT most;
END
$$
"""
LOOKING = {
    "grants_hits(text, text)": HITS,
    "grants_found(text, text)": FOUND,
    "grants_some_found(text, integer)": SOME_FOUND,
    "grants_some_named(text, tsquery, integer)": SOME_NAMED,
}

# noun: the columns of its names
NAMES = {
    "programme": "name_fr, name_en, acronym",
    "announcement": "title_fr, title_en",
    "project": "title_fr, title_en",
    "organisation": "o.name_fr, o.name_en, n.names",
}

INDEX_NAMED = """
CREATE OR REPLACE FUNCTION grants_index_{noun}(wanted bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(wanted) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO grants_searchentry (kind, record_id, vector, names)
    SELECT '{noun}', document.id, grants_search_vector(document.french, document.english),
        to_tsvector('pg_catalog.simple'::regconfig, grants_fold(document.names))
    FROM grants_words_of_{noun} AS document WHERE document.id = ANY (wanted)
    ON CONFLICT (kind, record_id) DO UPDATE SET vector = excluded.vector, names = excluded.names
        WHERE (grants_searchentry.vector, grants_searchentry.names) IS DISTINCT FROM (excluded.vector, excluded.names);
END
$$
"""

VIEW_NAMED = "CREATE VIEW grants_words_of_{noun} (id, french, english, names) AS {document}"

# PostgreSQL moves values out of a row only where the row is longer than 2 kB, whatever its target: two thousand blanks,
# pressed to some thirty bytes, make every row long enough. A page then holds 70 rows rather than 8. The vectors go as
# they are: pressing makes them no smaller.
NARROW = [
    "ALTER TABLE grants_searchentry ADD COLUMN padding text NOT NULL DEFAULT repeat(' ', 2048)",
    "ALTER TABLE grants_searchentry ALTER vector SET STORAGE EXTERNAL, ALTER names SET STORAGE MAIN",
    "ALTER TABLE grants_searchentry SET (toast_tuple_target = 128)",
]
WIDE = [
    "ALTER TABLE grants_searchentry DROP COLUMN padding, ALTER vector SET STORAGE EXTENDED",
    "ALTER TABLE grants_searchentry RESET (toast_tuple_target)",
]

# Filled at once, the index made afterwards: a third of the time of writing into it.
INDEX_GONE = "DROP INDEX search_entry_words"
INDEX_BACK = "CREATE INDEX search_entry_words ON grants_searchentry USING gin (vector)"
REFILL = """
INSERT INTO grants_searchentry (kind, record_id, vector)
SELECT '{noun}', id, grants_search_vector(french, english) FROM grants_words_of_{noun}
"""
REFILL_NAMED = """
INSERT INTO grants_searchentry (kind, record_id, vector, names)
SELECT '{noun}', id, grants_search_vector(french, english),
    to_tsvector('pg_catalog.simple'::regconfig, grants_fold(names)) FROM grants_words_of_{noun}
"""


def document(noun: str) -> str:
    """The words of all records of a noun, as 0006 has them."""
    every = first.DOCUMENTS[noun].replace("WHERE id = ANY (wanted)", "").replace("WHERE g.id = ANY (wanted)", "")
    return every.replace("WHERE o.id = ANY (wanted) AND", "WHERE")


def document_named(noun: str) -> str:
    """The same with the names by themselves."""
    alias = " o" if noun == "organisation" else ""
    table = f"FROM grants_{noun}{alias}"
    head, found, tail = document(noun).partition(table)
    return f"{head.rstrip()}, concat_ws(' ', {NAMES[noun]}) {found}{tail}"


def statements() -> list[str]:
    made = [AS_IT_STANDS, SEARCH_VECTOR, ASKED, QUESTION, *LOOKING.values()]
    made.append("DROP FUNCTION grants_weighted(tsquery, text)")
    for noun in NAMES:
        made += [f"DROP VIEW grants_words_of_{noun}", VIEW_NAMED.format(noun=noun, document=document_named(noun))]
        made.append(INDEX_NAMED.format(noun=noun))
    made += ["TRUNCATE grants_searchentry", INDEX_GONE]
    made += NARROW
    made += [(REFILL_NAMED if noun in NAMES else REFILL).format(noun=noun) for noun in first.DOCUMENTS]
    return [*made, INDEX_BACK, "ANALYZE grants_searchentry"]


def undo() -> list[str]:
    made = [first.WEIGHTED, first.QUESTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")]
    made += [by_need.SEARCH_VECTOR, "ALTER FUNCTION grants_search_vector(text, text) COST 5000"]
    made += ["DROP FUNCTION grants_asked(text)", "DROP FUNCTION grants_as_it_stands(text)"]
    made += [f"DROP FUNCTION {name}" for name in LOOKING]
    for noun in NAMES:
        made.append(f"DROP VIEW grants_words_of_{noun}")
        made.append(by_need.VIEW.format(noun=noun, document=document(noun)))
        made.append(by_need.INDEX.format(noun=noun))
    made += ["TRUNCATE grants_searchentry", INDEX_GONE]
    made += WIDE
    made += [REFILL.format(noun=noun) for noun in first.DOCUMENTS]
    return [*made, INDEX_BACK]


class Migration(migrations.Migration):
    dependencies = [("grants", "0009_registry_version")]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="names",
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.RunSQL(statements(), undo()),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("names__isnull", False)), fields=["names"], name="search_entry_names"
            ),
        ),
    ]
