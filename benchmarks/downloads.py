"""python -m benchmarks.downloads FACTS BASELINES: everything as CSV, JSON lines and XLSX, beside what they must cost.

The files come over HTTP. Beside CSV and JSON lines stands PostgreSQL's own COPY of the same columns in the same order,
read and thrown away; beside XLSX, XlsxWriter in its lean mode over the same rows, as many as it writes in a reasonable
time.
"""

from __future__ import annotations

import http.client
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from .asking import BLOCK, PATIENCE, since
from .exports import xlsxwriter
from .measuring import child_result
from .pages import facts_of, warmed
from .questions import Addresses
from .serving import Site, site

FORMATS = ("csv", "jsonl", "xlsx")
ROWS_OF_XLSXWRITER = 50_000
MB = 1_000_000


class Memory(threading.Thread):
    """The most that the processes of the web server hold together more than at the start, in bytes."""

    def __init__(self, place: Site) -> None:
        super().__init__(daemon=True)
        self.processes = place.web.children()
        self.before = self.most = self.held()
        self.ended = threading.Event()

    def held(self) -> int:
        return sum(process.memory_info().rss for process in self.processes)

    def run(self) -> None:
        while not self.ended.wait(0.2):
            self.most = max(self.most, self.held())


@contextmanager
def growth(place: Site) -> Iterator[Memory]:
    watching = Memory(place)
    watching.start()
    yield watching
    watching.ended.set()
    watching.join()


def fetch(place: Site, path: str) -> dict[str, Any]:
    """A file to its last byte: seconds, milliseconds until the first byte, megabytes that the server grew by."""
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=PATIENCE)
    lines = size = 0
    with growth(place) as memory:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read(1))
        first = since(began)
        while block := answer.read1(BLOCK):
            size += len(block)
            lines += block.count(b"\n")
        seconds = since(began) / 1000
    connection.close()
    grown = (memory.most - memory.before) / MB
    return {
        "status": answer.status,
        "seconds": seconds,
        "first_ms": first,
        "grown": grown,
        "bytes": size,
        "lines": lines,
    }


def same_rows() -> tuple[Any, Any]:
    """The table of the download and its rows as a query, in the list's order."""
    from django.db.models import F

    from grants.exports.columns import SHEETS
    from grants.models import Grant

    records = Grant.objects.published().order_by(F("date").desc(nulls_last=True), "-pk")
    table = SHEETS[Grant].table(records, "fr")
    return table, table.records.values_list(*(field.value for field in table.fields))


def copied() -> float:
    """Seconds of COPY … TO STDOUT of the same."""
    from django.db import connection

    _table, query = same_rows()
    statement = connection.ops.compose_sql(*query.query.sql_with_params())
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy:
        for _block in copy:
            pass
    return time.perf_counter() - began


def written(rows: int) -> tuple[int, float]:
    """How many rows XlsxWriter wrote, and in how many seconds."""
    from grants.exports import reading

    table, query = same_rows()
    rows = min(rows, ROWS_OF_XLSXWRITER)
    began = time.perf_counter()
    for _piece in xlsxwriter(table.columns, reading.tuples(query[:rows])):
        pass
    return rows, time.perf_counter() - began


def main(file: Path, baselines: bool) -> None:
    from grants.models import Grant

    with child_result(watch=False) as result, site(worker=False) as place:
        result["rows"] = Grant.objects.published().count()
        warmed(place, facts_of(file))
        result["copy"] = copied()
        for ending in FORMATS:
            result[ending] = fetch(place, Addresses("fr").of("grant-download", ending))
        if baselines:
            rows, seconds = written(result["rows"])
            result["xlsxwriter"] = {"rows": rows, "seconds": seconds}


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), sys.argv[2] == "True")
