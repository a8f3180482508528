"""The whole road of an import, on sheets made on the spot: kept, read, applied, taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection

from grants.imports.jobs import Quiet
from grants.imports.steps.deciding import decide
from grants.imports.steps.files import store_file
from grants.imports.steps.preview import rows
from grants.imports.steps.running import run_applying, run_reading, run_undoing
from grants.imports.steps.tables import Tables
from grants.models import Import
from tests.factories import ImportFactory

HEAD = "référence;bénéficiaire;montant;date;titre"


def sheet(*lines: str, head: str = HEAD) -> str:
    """A sheet of these lines."""
    return "\n".join([head, *lines]) + "\n"


def read(text: str | bytes, noun: str = "grant", **more: Any) -> Import:
    """The import of this sheet, to be looked at."""
    batch = ImportFactory(state="reading", noun=noun, **more)
    store_file(batch, [text.encode() if isinstance(text, str) else text])
    return read_again(batch)


def read_again(batch: Import) -> Import:
    """The same, read once more."""
    Import.objects.filter(pk=batch.pk).update(state="reading")
    run_reading(batch.pk, Quiet())
    batch.refresh_from_db()
    return batch


def apply(batch: Import) -> Import:
    """Write what was read."""
    assert batch.state == "preview", batch.report.get("refusal")
    Import.objects.filter(pk=batch.pk).update(state="applying")
    run_applying(batch.pk, Quiet())
    batch.refresh_from_db()
    return batch


def bring(text: str | bytes, noun: str = "grant", **more: Any) -> Import:
    """Read and write a sheet."""
    return apply(read(text, noun, **more))


def undo(batch: Import) -> dict[str, Any]:
    """Take an import back; what was kept."""
    Import.objects.filter(pk=batch.pk).update(state="undoing")
    run_undoing(batch.pk, Quiet())
    batch.refresh_from_db()
    return batch.report["kept"]


def counts(batch: Import) -> tuple[int, int, int, int]:
    """Rows new, changed, unchanged, refused."""
    return batch.rows_new, batch.rows_changed, batch.rows_unchanged, batch.rows_refused


def problems(batch: Import) -> list[tuple[int, str, str]]:
    """(row, column, code) of everything that refuses a row."""
    found = [(row.number, problem.column, problem.code) for row in rows(batch) for problem in row.problems]
    return sorted(set(found))


def codes(batch: Import) -> set[str]:
    """The codes of the problems."""
    return {code for _row, _column, code in problems(batch)}


def names(batch: Import, noun: str = "organisation") -> dict[str, str]:
    """How each name was recognised."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, how FROM {Tables(batch.pk).names} WHERE noun = %s", [noun])
        return dict(cursor.fetchall())


def choose(batch: Import, name: str, choice: object, noun: str = "organisation") -> Import:
    """Decide of a name (folded), and judge the rows again."""
    decide(batch, {(noun, name): str(choice)})
    return read_again(batch)


TABLES = (
    *("grants_grant", "grants_organisation", "grants_organisationname", "grants_grantproject", "grants_programme"),
    *("grants_project", "grants_announcement", "grants_source", "grants_citation", "grants_figure", "grants_region"),
)


def registry() -> dict[str, Any]:
    """Everything that the records say, their versions and times apart."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"""SELECT coalesce(json_agg(to_jsonb(t) - 'version' - 'modified_at' ORDER BY id)::text, '')
                FROM {table} t"""
            )
            found[table] = cursor.fetchone()[0]
    return found


def unindexed() -> list[tuple[str, int]]:
    """The records whose entry in the search is missing, too much or out of date."""
    found: list[tuple[str, int]] = []
    with connection.cursor() as cursor:
        for noun in ("programme", "announcement", "source", "project", "organisation", "grant"):
            cursor.execute(
                f"""SELECT '{noun}', coalesce(w.id, e.record_id) FROM grants_words_of_{noun} w
                FULL JOIN (SELECT * FROM grants_searchentry WHERE kind = '{noun}') e ON e.record_id = w.id
                WHERE e.vector IS DISTINCT FROM grants_search_vector(w.french, w.english)"""
            )
            found += cursor.fetchall()
    return found


@contextmanager
def by_staff() -> Iterator[None]:
    """What somebody does after an import: another transaction, another context of the history."""
    with pghistory.context(by="staff"):
        yield
