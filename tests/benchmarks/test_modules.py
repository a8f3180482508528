"""The benchmark's parts still work. What they measure is measured by `make bench` alone."""

import csv
import hashlib
from pathlib import Path

import pytest
import tablib
from django.core.management import call_command
from django.db import connection

from benchmarks import floor, imports, measuring, table
from benchmarks.files import sheet
from benchmarks.stock.resources import StockResource, TunedResource
from grants.models import Grant, Organisation

ROWS = 200
# Of the first 200 rows of seed 1. Other bytes would be other figures.
FINGERPRINT = "182795c17b4c78e0db744902c1a98897f1022523359d305078b197866a7540ba"


@pytest.fixture
def regions(db: None) -> None:
    call_command("loaddata", "regions", verbosity=0)


def fill(file: Path, verb: str = "fill") -> dict[str, int]:
    with connection.cursor() as cursor:
        return getattr(floor, verb)(cursor, file, measuring.Stopwatch())


def test_the_generator_gives_the_same_bytes(tmp_path: Path) -> None:
    assert hashlib.sha256(sheet(tmp_path, ROWS).read_bytes()).hexdigest() == FINGERPRINT


def test_a_sheet_is_made_once(tmp_path: Path) -> None:
    made = sheet(tmp_path, 20).stat().st_mtime_ns
    assert sheet(tmp_path, 20).stat().st_mtime_ns == made


def test_the_floor_has_each_row_its_words_and_its_keys(regions: None, tmp_path: Path) -> None:
    fill(sheet(tmp_path, ROWS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT recipient_id) FROM floor.grants_grant")
        grants, recipients = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM floor.grants_searchentry WHERE kind = 'grant'")
        indexed = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM floor.grants_organisation")
        assert (grants, indexed, recipients) == (ROWS, ROWS, cursor.fetchone()[0])


def test_the_floor_has_the_indexes_of_the_registry(regions: None, tmp_path: Path) -> None:
    fill(sheet(tmp_path, ROWS))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, count(*) FROM pg_indexes WHERE tablename = ANY (%s) GROUP BY schemaname",
            [[*floor.TABLES, "grants_searchentry"]],
        )
        counts = dict(cursor.fetchall())
    assert counts["floor"] == counts["public"]


def test_the_floor_writes_only_what_differs(regions: None, tmp_path: Path) -> None:
    fill(sheet(tmp_path, ROWS))
    assert fill(sheet(tmp_path, ROWS), "again") == {"rows": ROWS, "new": 0, "changed": 0}
    revised = fill(sheet(tmp_path, ROWS, revision=1), "again")
    assert revised["new"] == 2
    assert 0 < revised["changed"] < ROWS // 10
    assert fill(sheet(tmp_path, ROWS, revision=1), "again")["changed"] == 0


@pytest.mark.parametrize("resource", [StockResource, TunedResource])
def test_the_stock_resources_bring_every_row_in(regions: None, tmp_path: Path, resource: type) -> None:
    file = sheet(tmp_path, 20)
    with file.open(encoding="utf-8", newline="") as opened:
        titles, *lines = csv.reader(opened)
    result = resource().import_data(tablib.Dataset(*lines, headers=titles))
    assert not result.has_errors()
    assert Grant.objects.count() == 20
    assert Organisation.objects.count() == len({line[titles.index("recipient_name")] for line in lines})


def test_a_floor_is_held_or_not() -> None:
    assert measuring.Row("fast", 100, ratio=12, floor=10).verdict == "PASS"
    assert measuring.Row("slow", 100, ratio=8, floor=10).verdict == "FAIL"
    assert measuring.Row("small", 1, ratio=2, floor=2, at_most=True).verdict == "PASS"
    assert measuring.Row("large", 1, ratio=2.1, floor=2, at_most=True).verdict == "FAIL"
    assert measuring.Row("told only", 1).verdict == ""


def test_a_percentile_is_one_of_the_values() -> None:
    assert measuring.percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert measuring.percentile(range(1, 101), 0.95) == 95


def test_rows_that_are_not_the_same_hold_no_floor() -> None:
    ours = {"wall": 1.0, "cpu_own": 0, "cpu_server": 0, "new": 5, "changed": 0, "refused": 0, "amount_sum": "10.00"}
    assert imports.beside("same", [ours], [ours], 2).verdict == "PASS"
    other = imports.beside("other sum", [ours], [{**ours, "amount_sum": "11.00"}], 2)
    assert other.verdict == "FAIL"
    assert other.wrong == "amount_sum is 10.00, and should be 11.00"


def test_the_table_says_each_figure_its_floor_and_verdict() -> None:
    written = table.as_text([measuring.Row("into an empty registry", 12.34, "s", 6.0, 2.06, 2, True, note="two runs")])
    assert written.splitlines()[1].split("  ")[0] == "into an empty registry"
    assert "12.3 s" in written
    assert "2.06×" in written
    assert "≤ 2" in written
    assert written.splitlines()[1].endswith("FAIL")
    assert written.splitlines()[2].strip() == "two runs"
