"""What taking records out costs: each format of the public list of grants, beside what others would use.

The rows are made by SQL in a transaction that is never committed. Each format is read to its end and thrown away.
Run alone: `python -m benchmarks.exports [SIZE]`, with the environment of a registry whose account is a superuser.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psutil

from .measuring import Row, divide

RECIPIENTS = 2000
ENOUGH_BYTES = 1 << 20
# Ratios to the rows a second of the baseline; milliseconds and megabytes are at most.
FLOORS = {"csv": 0.5, "jsonl": 0.3, "xlsx": 3.0}
FIRST_BYTE_MS = 200
MEGABYTES = 30

# What tells the copies of a row apart, in SQL, from the number of the copy.
RECIPIENT = {
    "public_id": "'bench-r-' || i",
    "name_fr": "'Coopérative numéro ' || i || ' de l’Est'",
    "neq": "(1100000000 + i)::text",
    "is_natural_person": "i % 50 = 0",
}
GRANT = {
    "public_id": "'bench-g-' || i",
    "recipient_id": "{first} + i % {recipients}",
    "reference": "lpad(i::text, 8, '0')",
    "amount": "CASE WHEN i % 20 = 0 THEN NULL WHEN i % 500 = 1 THEN -i ELSE i * 17.25 END",
    "negative_reason": "CASE WHEN i % 500 = 1 THEN 'Correction' ELSE '' END",
    "title_fr": "'Transformation numérique, phase ' || i % 7 || CASE WHEN i % 90 = 0 THEN '; - suite' ELSE '' END",
    "description_fr": "repeat('Appuyer l’adoption d’outils numériques en région. ', 1 + i % 5)",
    "date": "(2015 + i % 10) || '-' || lpad((1 + i % 12)::text, 2, '0')",
    "benefit_place": "'Val-d’Or'",
}


@dataclass
class Measured:
    """Rows a second on the wall, the first byte, the memory above the start, the size of the file."""

    rate: float
    first_ms: float
    megabytes: float
    size: int


def run(size: int) -> list[Row]:
    """The table's rows for that many published grants."""
    from django.db import transaction

    with transaction.atomic():
        make_grants(size)
        rows = list(measurements(size))
        transaction.set_rollback(True)
    return rows


def make_grants(size: int) -> None:
    """That many published grants to RECIPIENTS recipients, not committed."""
    from django.db import connection
    from django.utils import timezone

    from grants.models import Grant, Organisation, Programme

    with connection.cursor() as cursor:
        # Exports read neither the history nor the index of words: no trigger need fill them.
        cursor.execute("SET LOCAL session_replication_role = replica")
        public = {"publication": "published", "ready_at": timezone.now(), "published_at": timezone.now()}
        recipient = Organisation.objects.create(public_id="bench-recipient", name_fr="Modèle", **public)
        programme = Programme.objects.create(public_id="bench-programme", name_fr="Programme d’essai", **public)
        grant = Grant.objects.create(recipient=recipient, programme=programme, funder=recipient, **public)
        copy_row(recipient, RECIPIENT, RECIPIENTS)
        first = Organisation.objects.get(public_id="bench-r-1").pk
        changes = {name: sql.format(first=first, recipients=RECIPIENTS) for name, sql in GRANT.items()}
        copy_row(grant, changes, size - 1)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE grants_grant, grants_organisation")


def copy_row(record: Any, changes: dict[str, str], times: int) -> None:
    """The record's row again and again, its columns in `changes` as they say; `i` counts the copies."""
    from django.db import connection

    columns = [field.column for field in record._meta.concrete_fields if not field.primary_key]
    values = ", ".join(changes.get(column, f'one."{column}"') for column in columns)
    table, names = record._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    statement = f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" one, generate_series(1, {times}) AS i'
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE one.id = {record.pk}")


def measurements(size: int) -> Iterator[Row]:
    """Each format, with what it stands against."""
    from grants.exports import reading
    from grants.exports.columns import SHEETS
    from grants.exports.downloads import pieces
    from grants.models import Grant

    records = Grant.objects.published().order_by("-pk")
    table = SHEETS[Grant].table(records, "fr")
    values = records.values_list(*(field.value for field in table.fields))

    def export(ending: str) -> Iterator[bytes]:
        return pieces(table, ending, title="Aides", language="fr")

    measure(lambda: export("csv"), size)  # warms the pages of the database
    copied = measure(lambda: reading.csv_lines(values), size)
    written = measure(lambda: xlsxwriter(table.columns, table.rows()), size)
    for ending in ("csv", "jsonl", "xlsx", "ods"):
        found = measure(lambda ending=ending: export(ending), size)  # type: ignore[misc]
        beside, what = (written, "XlsxWriter") if ending in ("xlsx", "ods") else (copied, "COPY TO STDOUT")
        note = f"{found.size / 1e6:.0f} MB; beside it {what}, {beside.size / 1e6:.0f} MB"
        ratio = divide(found.rate, beside.rate)
        yield Row(f"{ending}: rows", found.rate, "/s", beside.rate, ratio, FLOORS.get(ending), note=note)
        yield Row(
            f"{ending}: first byte", found.first_ms, "ms", ratio=found.first_ms, floor=FIRST_BYTE_MS, at_most=True
        )
        yield Row(f"{ending}: memory", found.megabytes, "MB", ratio=found.megabytes, floor=MEGABYTES, at_most=True)


def measure(export: Callable[[], Iterable[bytes]], size: int) -> Measured:
    """Read an export to its end."""
    process = psutil.Process(os.getpid())
    before = most = process.memory_info().rss
    total = unseen = 0
    first = 0.0
    start = time.perf_counter()
    for piece in export():
        first = first or time.perf_counter() - start
        total += len(piece)
        unseen += len(piece)
        if unseen > ENOUGH_BYTES:
            most, unseen = max(most, process.memory_info().rss), 0
    seconds = time.perf_counter() - start
    return Measured(size / seconds, 1000 * first, (most - before) / 1e6, total)


def xlsxwriter(columns: list[Any], rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """The same workbook by XlsxWriter, as lean as it can be."""
    import tempfile

    from xlsxwriter import Workbook

    with tempfile.TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        sheet, money, text = (
            book.add_worksheet(),
            book.add_format({"num_format": 4}),
            book.add_format({"num_format": 49}),
        )
        layouts = [{"money": money, "identifier": text, "date": text}.get(column.kind) for column in columns]
        for index, column in enumerate(columns):
            sheet.write_string(0, index, column.name)
        for number, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                if isinstance(value, Decimal | int):
                    sheet.write_number(number, index, value, layouts[index])
                elif value is not None:
                    sheet.write_string(number, index, value, layouts[index])
        book.close()
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece


if __name__ == "__main__":
    import django

    from otnregistry import local

    from .table import as_text

    os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
    local.prepare_environment()
    django.setup()
    print(as_text(run(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)))
