"""The least that bringing a sheet in can cost: the same rows into copies of the same tables, in plain SQL.

The copies have the columns, keys, foreign keys and B-trees of the registry's tables, and the same words with the same
GIN index; they have no triggers, no checks, no history. Everything is made in the cheapest order known: an unlogged
staging table, the distinct recipients and programmes, the grants, the vectors on several processors, and the indexes
last. A sheet seen before is compared first, and only what differs is written.

    python -m benchmarks.floor fill FILE     into empty tables, made anew
    python -m benchmarks.floor again FILE    into tables that `fill` left
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import psycopg

from otnregistry import environment as env

from .measuring import Stopwatch, child_result

TABLES = ("grants_programme", "grants_organisation", "grants_grant")
# Any session may have these; without them the sorts of a million rows go to disk.
SESSION = "SET work_mem = '64MB'; SET maintenance_work_mem = '256MB'; SET search_path = floor, public"

STAGING = """
DROP TABLE IF EXISTS staging;
CREATE UNLOGGED TABLE staging (
    award_id text, programme text, announcement_date text, recipient_name text, recipient_city text, region text,
    recipient_type text, project_title text, description text, amount numeric(16, 2), start_date text, end_date text,
    source_url text
)
"""
COPY = "COPY staging FROM STDIN (FORMAT csv, HEADER)"

# What every publishable record has, filled in as cheaply as can be.
COMMON = "version, public_id, publication, four_eyes_waiver, withdrawal_notice_fr, withdrawal_notice_en"
NEXT = "first.number + row_number() OVER ()"
COMMON_VALUES = f"1, '{{letter}}' || ({NEXT}), 'draft', '', '', ''"

PROGRAMMES = f"""
INSERT INTO grants_programme (id, {COMMON}, name_fr, name_en, acronym, objective_fr, objective_en)
SELECT {NEXT}, {COMMON_VALUES.format(letter="p")},
    name, '', '', '', ''
FROM (SELECT DISTINCT programme AS name FROM {{rows}}) found,
    (SELECT coalesce(max(id), 0) AS number FROM grants_programme) first
{{where}}
"""
ORGANISATIONS = f"""
INSERT INTO grants_organisation (id, {COMMON}, name_fr, name_en, kind, is_natural_person, neq, description_fr,
    description_en, website, city, territory_fr, territory_en, region_id)
SELECT {NEXT}, {COMMON_VALUES.format(letter="o")},
    found.name, '', '', found.type = 'Particulier ou entreprise individuelle', '', '', '', '', found.city, '', '',
    region.id
FROM (SELECT recipient_name AS name, min(recipient_city) AS city, min(region) AS region, min(recipient_type) AS type
    FROM {{rows}} GROUP BY recipient_name) found
JOIN grants_region region ON region.name_fr = found.region,
    (SELECT coalesce(max(id), 0) AS number FROM grants_organisation) first
{{where}}
"""
GRANTS = f"""
INSERT INTO grants_grant (id, {COMMON}, reference, amount, currency, negative_reason, instrument, title_fr, title_en,
    description_fr, description_en, benefit_place, date, agreement_start, agreement_end, status, recipient_id,
    programme_id)
SELECT {NEXT}, {COMMON_VALUES.format(letter="g")},
    award_id, amount, 'CAD', '', '', project_title, '', description, '', '', announcement_date, start_date, end_date,
    'announced', recipient.id, programme.id
FROM {{rows}} s
JOIN grants_organisation recipient ON recipient.name_fr = s.recipient_name
JOIN grants_programme programme ON programme.name_fr = s.programme,
    (SELECT coalesce(max(id), 0) AS number FROM grants_grant) first
{{where}}
"""
# A vector's own key: that of its record, each noun apart.
VECTORS = """
SELECT g.id AS id, 'grant'::varchar(12) AS kind, g.id AS record_id, grants_search_vector(
    CASE WHEN o.is_natural_person THEN g.public_id
        ELSE concat_ws(' ', g.public_id, g.reference, g.title_fr, g.description_fr, o.name_fr) END, '') AS vector,
    NULL::tsvector AS names
FROM grants_grant g JOIN grants_organisation o ON o.id = g.recipient_id WHERE g.id > {grants}
UNION ALL
SELECT 1000000000 + id, 'organisation', id, grants_search_vector(concat_ws(' ', name_fr, city), city),
    to_tsvector('simple', grants_fold(name_fr))
FROM grants_organisation WHERE NOT is_natural_person AND id > {organisations}
UNION ALL
SELECT 2000000000 + id, 'programme', id, grants_search_vector(concat_ws(' ', name_fr, public_id), ''),
    to_tsvector('simple', grants_fold(name_fr))
FROM grants_programme WHERE id > {programmes}
"""

DIFFERENT = """
CREATE TEMP TABLE different ON COMMIT DROP AS
SELECT s.*, g.id AS grant_id FROM staging s
LEFT JOIN grants_grant g ON g.reference = s.award_id
LEFT JOIN grants_organisation o ON o.id = g.recipient_id
LEFT JOIN grants_programme p ON p.id = g.programme_id
WHERE (g.amount, g.title_fr, g.description_fr, g.date, g.agreement_start, g.agreement_end, o.name_fr, o.city, p.name_fr)
    IS DISTINCT FROM (s.amount, s.project_title, s.description, s.announcement_date, s.start_date, s.end_date,
        s.recipient_name, s.recipient_city, s.programme)
"""
UPDATE = """
UPDATE grants_grant g SET version = g.version + 1, modified_at = now(), amount = s.amount, title_fr = s.project_title,
    description_fr = s.description, date = s.announcement_date, agreement_start = s.start_date,
    agreement_end = s.end_date, recipient_id = recipient.id, programme_id = programme.id
FROM different s
JOIN grants_organisation recipient ON recipient.name_fr = s.recipient_name
JOIN grants_programme programme ON programme.name_fr = s.programme
WHERE g.id = s.grant_id
"""
UNKNOWN = "WHERE NOT EXISTS (SELECT FROM {table} WHERE name_fr = found.name)"
LAST = "SELECT coalesce(max(id), 0) FROM {table}"


def make_tables(cursor: psycopg.Cursor[Any]) -> None:
    """Copies of the registry's tables, bare."""
    cursor.execute("DROP SCHEMA IF EXISTS floor CASCADE; CREATE SCHEMA floor")
    cursor.execute(SESSION)
    for table in TABLES:
        cursor.execute(f"CREATE TABLE floor.{table} (LIKE public.{table} INCLUDING DEFAULTS)")
        cursor.execute(f"ALTER TABLE floor.{table} ALTER public_id DROP DEFAULT")


def make_indexes(cursor: psycopg.Cursor[Any], table: str) -> None:
    """The indexes that the registry's table has, the primary key among them."""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s", [table])
    for (definition,) in cursor.fetchall():
        cursor.execute(definition.replace(f"ON public.{table}", f"ON floor.{table}"))
    cursor.execute(f"ALTER TABLE floor.{table} ADD PRIMARY KEY USING INDEX {table}_pkey")


def make_foreign_keys(cursor: psycopg.Cursor[Any], table: str) -> None:
    """The foreign keys of the registry's table; those to another copied table lead to the copy."""
    condition = "conrelid = %s::regclass AND contype = 'f'"
    cursor.execute(f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE {condition}", [f"public.{table}"])
    for (definition,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE floor.{table} ADD {definition.replace('REFERENCES public.', 'REFERENCES ')}")


def stage(cursor: psycopg.Cursor[Any], file: Path) -> int:
    """Give the file to the server as it is; how many rows it holds."""
    cursor.execute(STAGING)
    with file.open("rb") as opened, cursor.copy(COPY) as copy:
        while block := opened.read(1 << 20):
            copy.write(block)
    rows = cursor.rowcount
    cursor.execute("ANALYZE staging")
    return rows


def fill(cursor: psycopg.Cursor[Any], file: Path, watch: Stopwatch) -> dict[str, int]:
    """Bring the file into empty tables."""
    make_tables(cursor)
    rows = stage(cursor, file)
    watch.lap("copy")
    for statement in (PROGRAMMES, ORGANISATIONS, GRANTS):
        cursor.execute(statement.format(rows="staging", where=""))
        if statement is not GRANTS:
            cursor.execute("ANALYZE grants_organisation; ANALYZE grants_programme")
    watch.lap("rows")
    cursor.execute("ANALYZE grants_grant")
    every = VECTORS.format(grants=0, organisations=0, programmes=0)
    cursor.execute(f"CREATE TABLE floor.grants_searchentry AS {every}")
    watch.lap("vectors")
    for table in (*TABLES, "grants_searchentry"):
        make_indexes(cursor, table)
    for table in TABLES:
        make_foreign_keys(cursor, table)
    watch.lap("indexes")
    return {"rows": rows, "new": rows, "changed": 0}


def again(cursor: psycopg.Cursor[Any], file: Path, watch: Stopwatch) -> dict[str, int]:
    """Bring the file into tables that hold most of it."""
    cursor.execute(SESSION)
    rows = stage(cursor, file)
    watch.lap("copy")
    cursor.execute("DROP TABLE IF EXISTS different")
    cursor.execute(DIFFERENT)
    different = cursor.rowcount
    watch.lap("compare")
    if different:
        last = {}
        for table in TABLES:
            cursor.execute(LAST.format(table=table))
            last[table.removeprefix("grants_") + "s"] = cursor.fetchone()[0]
        cursor.execute("ANALYZE different")
        cursor.execute(PROGRAMMES.format(rows="different", where=UNKNOWN.format(table="grants_programme")))
        cursor.execute(ORGANISATIONS.format(rows="different", where=UNKNOWN.format(table="grants_organisation")))
        cursor.execute(UPDATE)
        cursor.execute(GRANTS.format(rows="different", where="WHERE s.grant_id IS NULL"))
        new = cursor.rowcount
        cursor.execute(f"INSERT INTO grants_searchentry (id, kind, record_id, vector, names) {VECTORS.format(**last)}")
        watch.lap("write")
    return {"rows": rows, "new": new if different else 0, "changed": different - new if different else 0}


def main(verb: str, file: Path) -> None:
    address = env.text("DATABASE_URL")
    with child_result() as result:
        watch = Stopwatch()
        with psycopg.connect(address) as connection, connection.cursor() as cursor:
            counts = (fill if verb == "fill" else again)(cursor, file, watch)
        watch.lap("commit")
        with psycopg.connect(address) as connection:
            total = connection.execute("SELECT sum(amount) FROM floor.grants_grant").fetchone()
        result.update(counts, wall=sum(watch.laps.values()), laps=watch.laps, amount_sum=str(total[0]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
