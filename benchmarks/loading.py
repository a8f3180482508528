"""python -m benchmarks.loading FILE: a published registry made of an invented sheet, in statements over whole tables.

The sheet goes to a staging table by COPY, and from there into the registry's own tables: every trigger, check, history
and index is there. Words are left for the end and made as an import makes them, the index of words after them. What
the sheet does not say is spread by hashes of the row's number, a little of everything unknown: announcements, regions
that benefit, instruments, statuses, dates less precise, amounts unknown or in other currencies. A hundredth more are
drafts, which nobody may see. The same sheet gives the same records, but for the public ids that PostgreSQL deals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

from .measuring import Stopwatch, child_result

STAGING = """
CREATE UNLOGGED TABLE bench_rows (
    number bigint GENERATED ALWAYS AS IDENTITY, award_id text, programme text, announcement_date text,
    recipient_name text, recipient_city text, region text, recipient_type text, project_title text, description text,
    amount numeric(16, 2), start_date text, end_date text, source_url text
)
"""
COLUMNS = (
    "award_id, programme, announcement_date, recipient_name, recipient_city, region, recipient_type, project_title, "
    "description, amount, start_date, end_date, source_url"
)
AT_A_TIME = 50_000
MEMORY = "SET LOCAL work_mem = '64MB'; SET LOCAL maintenance_work_mem = '512MB'"

# Natural persons: of the sheet's individuals, those that are called « Roy, Côté (Matane) ».
PERSON = "(recipient_type = 'Particulier ou entreprise individuelle' AND recipient_name ~ '^[^ ]+, [^ ]+ [(]')"
KIND = f"""CASE
    WHEN {PERSON} THEN ''
    WHEN recipient_type = 'Entreprise à but lucratif' THEN 'company'
    WHEN recipient_type = 'Organisme à but non lucratif' THEN
        CASE WHEN recipient_name ~ '^Corporation' THEN 'accelerator' ELSE 'association' END
    WHEN recipient_type ~ '^Municipalité' THEN 'municipal'
    WHEN recipient_name ~ '^Université' THEN 'university'
    WHEN recipient_name ~ '^Cégep' THEN 'college'
    WHEN recipient_name ~ '^(Centre de services|École)' THEN 'public'
    WHEN recipient_type ~ '^Établissement' THEN 'research'
    WHEN recipient_type = 'Coopérative' THEN 'other'
    WHEN recipient_type ~ 'autochtone' THEN 'indigenous'
    WHEN recipient_type ~ 'international' THEN 'international'
    ELSE '' END"""


def chance(salt: int, key: str = "s.number") -> str:
    """SQL: a number from 0 to 9999, the same for the same key, another for another salt."""
    return f"((hashint8extended({key}::bigint, {salt}) & 9223372036854775807) % 10000)"


def drawn(salt: int, *weights: tuple[int, str]) -> str:
    """SQL: one of these expressions, so often in ten thousand; the last one for all the rest."""
    cases, upto = "", 0
    for often, expression in weights[:-1]:
        upto += often
        cases += f" WHEN {chance(salt)} < {upto} THEN {expression}"
    return f"CASE{cases} ELSE {weights[-1][1]} END"


def coded(salt: int, **often: int) -> str:
    """The same for codes; a trailing underscore tells one from Python's own words, `_` alone is the empty code."""
    return drawn(salt, *((share, f"'{code.rstrip('_')}'") for code, share in often.items()))


PUBLIC = {"publication": "'published'", "ready_at": "now()", "published_at": "now()"}

PROGRAMME = {
    "name_fr": "s.name",
    "acronym": "CASE WHEN s.number % 4 = 0 THEN 'P' || s.number ELSE '' END",
    "name_en": "CASE WHEN s.number % 10 = 0 THEN 'Programme ' || s.number ELSE '' END",
    "launched": "s.launched",
}
PROGRAMMES = """(SELECT row_number() OVER (ORDER BY count(*) DESC, programme) AS number, programme AS name,
    min(left(announcement_date, 7)) AS launched FROM bench_rows GROUP BY programme) s"""

FUNDERS = 90
FUNDER = {"name_fr": "'Ministère numéro ' || lpad(s.number::text, 3, '0')", "kind": "'public'", "region_id": "NULL"}

RECIPIENT = {
    "name_fr": "s.recipient_name",
    "city": "s.city",
    "kind": f"CASE WHEN {chance(11)} < 300 THEN '' ELSE s.kind END",
    "is_natural_person": "s.person",
    "region_id": f"CASE WHEN {chance(12)} < 200 THEN NULL ELSE r.id END",
}
RECIPIENTS = f"""(SELECT min(number) AS number, recipient_name, min(recipient_city) AS city, min(region) AS region,
        min({KIND}) AS kind, bool_or({PERSON}) AS person
    FROM bench_rows GROUP BY recipient_name) s JOIN grants_region r ON r.name_fr = s.region"""
OTHER_NAME = {
    "organisation_id": "o.id",
    "name": "CASE WHEN o.id % 2 = 0 THEN 'Groupe ' || o.city || ' ' || o.id ELSE 'ACR' || o.id END",
    "kind": "CASE WHEN o.id % 2 = 0 THEN 'former' ELSE 'acronym' END",
}
OTHER_NAMES = "grants_organisation o WHERE NOT o.is_natural_person AND o.id % 33 = 0"

# One for each programme and fiscal year.
FISCAL = "(left(announcement_date, 4)::integer - (substr(announcement_date, 6, 2) < '04')::integer)"
ANNOUNCEMENT = {
    "programme_id": "p.id",
    "date": "s.date",
    "title_fr": "left('Annonce ' || s.fiscal || '-' || s.fiscal + 1 || ' : ' || s.programme, 500)",
    "title_en": "CASE WHEN s.fiscal % 3 = 0 THEN 'Announcement ' || s.fiscal || '-' || s.fiscal + 1 ELSE '' END",
    "place": "s.city",
}
ANNOUNCEMENTS = f"""(SELECT programme, {FISCAL} AS fiscal, min(announcement_date) AS date,
        min(recipient_city) AS city FROM bench_rows GROUP BY 1, 2) s
    JOIN grants_programme p ON p.name_fr = s.programme ORDER BY s.fiscal, p.id"""

SOURCE = {
    "title": "left('Communiqué : ' || a.title_fr, 500)",
    "url": "'https://registre.example/communiques/' || a.id",
    "publisher": "'Ministère numéro ' || a.id % 90",
    "published": "a.date",
}
ENVELOPE = {
    "programme_id": "p.id",
    "measure": "'envelope'",
    "value": "10000000 * (1 + p.id % 40)",
    "source_id": "(SELECT min(id) FROM grants_source)",
}
AID = {
    "announcement_id": "a.id",
    "measure": "'aid'",
    "value": "250000 * (1 + a.id % 90)",
    "source_id": "x.id",
}
SOURCE_OF = "JOIN grants_source x ON x.url = 'https://registre.example/communiques/' || a.id"

DAY = "left(s.announcement_date"
NEGATIVE = f"{chance(4)} < 20 AND s.amount > 0"
GRANT = {
    "reference": "s.award_id",
    "recipient_id": "o.id",
    "funder_id": f"CASE WHEN {chance(1)} < 2000 THEN NULL ELSE f.id END",
    "programme_id": "p.id",
    "announcement_id": "a.id",
    "amount": f"CASE WHEN {chance(3)} < 300 THEN NULL WHEN {NEGATIVE} THEN -s.amount ELSE s.amount END",
    "negative_reason": f"CASE WHEN {NEGATIVE} THEN 'Correction d’un montant' ELSE '' END",
    "currency": f"CASE WHEN {chance(5)} < 50 THEN 'USD' ELSE 'CAD' END",
    "total_project_cost": f"CASE WHEN {chance(6)} < 2000 THEN s.amount * 2 END",
    "instrument": coded(7, grant=5400, contribution=2000, repayable=800, loan=600, guarantee=200, other=400, _=0),
    "status": coded(
        8, announced=3000, agreed=2000, in_progress=1500, completed=2500, amended=500, cancelled=200, unknown=0
    ),
    "title_fr": "s.project_title",
    "title_en": f"CASE WHEN {chance(9)} < 500 THEN 'Digital transformation, phase ' || s.number % 5 ELSE '' END",
    "description_fr": "s.description",
    "benefit_region_id": "b.id",
    "date": drawn(2, (150, "NULL"), (300, f"{DAY}, 4)"), (500, f"{DAY}, 7)"), (0, f"{DAY}, 10)")),
    "agreement_start": "s.start_date",
    "agreement_end": "s.end_date",
    "import_row": "s.number",
}
ONE_OF_17 = f"lpad((1 + {chance(14)} % 17)::text, 2, '0')"
REGION_THAT_BENEFITS = drawn(10, (100, "'QC'"), (60, "'HQ'"), (900, ONE_OF_17), (0, "NULL"))
GRANTS = f"""bench_rows s
    JOIN grants_organisation o ON o.name_fr = s.recipient_name
    LEFT JOIN grants_organisation f ON f.name_fr = 'Ministère numéro ' || left(s.award_id, 3)
    LEFT JOIN grants_programme p ON p.name_fr = s.programme AND {chance(15)} >= 300
    LEFT JOIN bench_announcements a ON a.programme_id = p.id AND a.fiscal = {FISCAL} AND {chance(16)} < 4500
    LEFT JOIN grants_region b ON b.code = {REGION_THAT_BENEFITS}"""
DRAFT = GRANT | {"reference": "'brouillon-' || s.number", "title_fr": "'Brouillon : ' || s.project_title"}

# A grant in twenty-five has a project of its own, and one in a hundred joins another's.
PROJECT = {
    "title_fr": "'Projet ' || g.import_row || ' : ' || g.title_fr",
    "sectors_fr": "CASE WHEN g.import_row % 2 = 0 THEN 'numérique' ELSE 'manufacturier' END",
    "organisation_id": "g.recipient_id",
}
PROJECTS = """grants_grant g JOIN grants_organisation o ON o.id = g.recipient_id
    WHERE g.import_row % 25 = 0 AND g.publication = 'published' AND NOT o.is_natural_person ORDER BY g.import_row"""
LINE = {"grant_id": "g.id", "project_id": "pr.id"}
FUNDED = """CREATE TEMP TABLE bench_funded ON COMMIT DROP AS
    WITH own AS (SELECT id, substring(title_fr from '^Projet ([0-9]+)')::bigint AS number FROM grants_project)
    SELECT id, number FROM own UNION ALL SELECT id, number + 1 FROM own WHERE number % 100 = 0"""
LINES = """bench_funded pr JOIN grants_grant g ON g.import_row = pr.number AND g.publication = 'published'
    JOIN grants_organisation o ON o.id = g.recipient_id AND NOT o.is_natural_person"""


def insert(model: Any, values: dict[str, str], source: str) -> int:
    """Write rows of a model: `values` are SQL by column; what they leave out is as a new record has it."""
    from django.db import connection, models

    from grants.imports.steps.plan import default_of, literal

    said = dict(values)
    for field in model._meta.concrete_fields:
        if field.column in said or field.primary_key or field.null or field.db_default is not models.NOT_PROVIDED:
            continue
        said[field.column] = literal(default_of(field))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(said)}) SELECT {', '.join(said.values())} FROM {source}"
        )
        return int(cursor.rowcount)


def run(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def stage(file: Path) -> int:
    """The sheet as it is; how many rows it has."""
    from django.db import connection

    run(STAGING)
    copying = f"COPY bench_rows ({COLUMNS}) FROM STDIN (FORMAT csv, HEADER)"
    with connection.cursor() as cursor:
        with file.open("rb") as opened, cursor.copy(copying) as copy:
            while block := opened.read(1 << 20):
                copy.write(block)
        rows = int(cursor.rowcount)
    run("ANALYZE bench_rows")
    return rows


def write_grounds() -> None:
    """Everything that grants lean on."""
    from grants.models import Announcement, Figure, Organisation, OrganisationName, Programme, Source

    insert(Programme, PROGRAMME | PUBLIC, PROGRAMMES)
    insert(Organisation, FUNDER | PUBLIC, f"generate_series(1, {FUNDERS}) AS s(number)")
    insert(Organisation, RECIPIENT | PUBLIC, RECIPIENTS)
    insert(OrganisationName, OTHER_NAME, OTHER_NAMES)
    insert(Announcement, ANNOUNCEMENT | PUBLIC, ANNOUNCEMENTS)
    insert(Source, SOURCE | PUBLIC, "grants_announcement a")
    dollars = {"unit": "'CAD'", "qualifier": "'about'"}
    insert(Figure, ENVELOPE | dollars | PUBLIC, "grants_programme p WHERE p.id % 2 = 0")
    insert(Figure, AID | dollars | PUBLIC, f"grants_announcement a {SOURCE_OF} WHERE a.id % 3 = 0")
    fiscal = FISCAL.replace("announcement_date", "date")
    run(
        f"""CREATE TEMP TABLE bench_announcements ON COMMIT DROP AS
            SELECT id, programme_id, {fiscal} AS fiscal FROM grants_announcement""",
        "ANALYZE grants_programme, grants_organisation, grants_announcement, grants_source, bench_announcements",
    )


def write_grants(batch: Any, rows: int) -> int:
    """The grants, so many at a time as an import writes them, their drafts, projects and citations."""
    from grants.models import Citation, Grant, GrantProject, Project

    imported = {"import_batch_id": str(batch.pk)}
    made = 0
    for start in range(0, rows + 1, AT_A_TIME):
        these = f"{GRANTS} WHERE s.number BETWEEN {start} AND {start + AT_A_TIME - 1} ORDER BY s.number"
        made += insert(Grant, GRANT | PUBLIC | imported, these)
    insert(Grant, DRAFT | imported, f"{GRANTS} WHERE s.number % 100 = 7 ORDER BY s.number")
    run("ANALYZE grants_grant")
    insert(Project, PROJECT | PUBLIC, PROJECTS)
    run(FUNDED, "ANALYZE bench_funded")
    insert(GrantProject, LINE, LINES)
    announcement = {"source_id": "x.id", "announcement_id": "a.id"}
    insert(Citation, announcement, f"grants_announcement a {SOURCE_OF}")
    cited = f"""grants_grant g JOIN grants_announcement a ON a.id = g.announcement_id {SOURCE_OF}
        WHERE g.publication = 'published' AND g.import_row % 5 = 0"""
    insert(Citation, {"source_id": "x.id", "grant_id": "g.id"}, cited)
    return made


def index_words(batch: Any) -> None:
    """The words of everything, then their index."""
    from django.db import connection

    from grants.imports.steps import indexing
    from grants.imports.steps.tables import Tables

    run("ANALYZE grants_grant, grants_organisation, grants_organisationname, grants_project, grants_grantproject")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'grants_searchentry' AND indexdef ~ 'gin'"
        )
        indexes = cursor.fetchall()
    run(*(f"DROP INDEX {name}" for name, _definition in indexes))
    indexing.refresh_in_parallel(SimpleNamespace(tables=Tables(batch.pk), batch=batch))  # type: ignore[arg-type]
    for noun in ("programme", "announcement", "organisation", "project", "source"):
        run(f"SELECT grants_index_{noun}(ARRAY(SELECT id FROM grants_{noun}))")
    run(*(definition for _name, definition in indexes))


def fill(file: Path, watch: Stopwatch) -> dict[str, Any]:
    """The whole sheet into an empty registry, in one transaction."""
    from django.db import transaction

    from grants.models import Import

    with transaction.atomic():
        run(MEMORY, "SET LOCAL grants.index_later = 'on'")
        rows = stage(file)
        watch.lap("copy")
        batch = Import.objects.create(file_name=file.name, noun="grant", rows_read=rows, rows_new=rows)
        write_grounds()
        watch.lap("grounds")
        made = write_grants(batch, rows)
        watch.lap("grants")
        # What waits for the end is checked now: an index cannot be dropped over it.
        run("SET CONSTRAINTS ALL IMMEDIATE")
        index_words(batch)
        watch.lap("words")
        run("DROP TABLE bench_rows", "SET LOCAL grants.index_later = 'off'")
    watch.lap("commit")
    return {"rows": rows, "made": made}


def laps_in_words(laps: dict[str, float]) -> str:
    return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in laps.items())


def main(arguments: Iterable[str]) -> None:
    (file,) = arguments
    with child_result() as result:
        watch = Stopwatch()
        result.update(fill(Path(file), watch))
        run("VACUUM (ANALYZE)", "CHECKPOINT")
        watch.lap("vacuum")
        result.update(laps=watch.laps, wall=sum(watch.laps.values()))
        if result["made"] != result["rows"]:
            raise SystemExit(f"{result['rows']} rows became {result['made']} grants")


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
