"""Datasette over the same grants: SQLite with a B-tree on every facet and full-text search without accents.

It lives in a virtual environment of its own, made once. Its limits are raised until no question is cut short, and the
file is opened as one that never changes, with its counts known beforehand, which is its fastest.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import plain
from .asking import Visitor
from .serving import free_port, serving

RELEASE = "datasette==0.65.5"
PAGE = 50
SETTINGS = {
    "default_page_size": PAGE,
    "sql_time_limit_ms": 120_000,
    "facet_time_limit_ms": 120_000,
    "max_returned_rows": 100_000,
    "suggest_facets": "off",
    "default_cache_ttl": 0,
    "cache_size_kb": 0,
}
# As in the registry's own index: of a natural person's grant nothing but its id.
WORDS = """CASE WHEN o.is_natural_person THEN g.public_id ELSE concat_ws(' ', g.public_id, g.reference, g.title_fr,
    g.description_fr, g.benefit_place, g.title_en, g.description_en, o.name_fr, o.name_en, n.names, w.words) END"""
FACETS = ", ".join(f"x.{name}" for name in plain.FACETS)
ROWS = f"""COPY (SELECT x.id, x.public_id, x.date, x.amount, x.currency, x.recipient, {FACETS},
        CASE WHEN NOT o.is_natural_person THEN o.name_fr END, CASE WHEN NOT o.is_natural_person THEN g.title_fr END,
        {WORDS}
    FROM ({plain.GRANTS}) AS x JOIN grants_grant g ON g.id = x.id JOIN grants_organisation o ON o.id = g.recipient_id
    LEFT JOIN (
        SELECT organisation_id, string_agg(name, ' ') AS names FROM grants_organisationname GROUP BY 1
    ) n ON n.organisation_id = o.id
    LEFT JOIN (
        SELECT gp.grant_id, string_agg(concat_ws(' ', pr.title_fr, pr.sectors_fr), ' ') AS words
        FROM grants_grantproject gp JOIN grants_project pr ON pr.id = gp.project_id GROUP BY 1
    ) w ON w.grant_id = g.id
    ORDER BY x.id) TO STDOUT (FORMAT csv)"""
COLUMNS = ["id", "public_id", "date", "amount", "currency", "recipient", *plain.FACETS, "name", "title", "words"]


def program(folder: Path) -> Path:
    """Datasette's own command, installed if need be. Raises CalledProcessError where it cannot be."""
    home = folder / RELEASE.replace("==", "-")
    if not (home / "made").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        pip = [home / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet", "install", RELEASE]
        subprocess.run(pip, check=True)
        (home / "made").touch()
    return home / "bin" / "datasette"


def versions(folder: Path) -> dict[str, str]:
    """What was installed with it."""
    python = program(folder).with_name("python")
    listed = subprocess.run([python, "-m", "pip", "list", "--format=json"], capture_output=True, check=True).stdout
    return {one["name"]: one["version"] for one in json.loads(listed)}


def lines(cursor: Any) -> Iterator[list[str | None]]:
    """The published grants, known values only: nothing is NULL."""
    with cursor.copy(ROWS) as copy:
        rest = b""
        for block in copy:
            rest += bytes(block)
            if len(rest) > 1 << 20:
                whole, _end, rest = rest.rpartition(b"\n")
                yield from cells(whole)
        yield from cells(rest)


def cells(text: bytes) -> Iterator[list[str | None]]:
    for row in csv.reader(io.StringIO(text.decode(), newline="")):
        yield [None if cell in ("", "null") else cell for cell in row]


def make(file: Path, cursor: Any) -> None:
    """The SQLite file, where it is not there."""
    if file.exists():
        return
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    typed = ", ".join({"id": "id INTEGER PRIMARY KEY", "amount": "amount REAL"}.get(one, one) for one in COLUMNS)
    database = sqlite3.connect(half)
    database.executescript(f"PRAGMA journal_mode = off; PRAGMA synchronous = off; CREATE TABLE grants ({typed})")
    database.executemany(f"INSERT INTO grants VALUES ({', '.join('?' * len(COLUMNS))})", lines(cursor))
    for column in ("public_id", "date", "amount", "recipient", *plain.FACETS):
        database.execute(f"CREATE INDEX by_{column} ON grants ({column})")
    database.execute(
        "CREATE VIRTUAL TABLE grants_fts USING fts5 (words, content='grants', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO grants_fts (rowid, words) SELECT id, words FROM grants")
    database.execute("INSERT INTO grants_fts (grants_fts) VALUES ('optimize')")
    database.commit()
    database.execute("ANALYZE")
    database.close()
    half.rename(file)


@contextmanager
def running(file: Path, folder: Path) -> Iterator[int]:
    """Datasette over the file. Gives its port."""
    command, counts = program(folder), file.with_suffix(".json")
    subprocess.run([command, "inspect", file, "--inspect-file", counts], check=True, capture_output=True)
    port = free_port()
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    serve = [command, "serve", "-i", file, "--inspect-file", counts, "--port", str(port), *settings]
    with serving([list(map(str, serve))], port):
        yield port


def address(file: Path, question: plain.Question, facets: Sequence[str] = (), *, ending: str = "", **more: Any) -> str:
    """The same question as our list's address, asked of Datasette. Raises KeyError where it has no word for it."""
    pairs: list[tuple[str, Any]] = []
    for name, values in question.items():
        if name == "q":
            pairs.append(("_search", values[0]))
        elif values == ["null"]:
            pairs.append((f"{name}__isnull", 1))
        else:
            same = {"date_from": "date__gte", "amount_min": "amount__gte", "recipient": "recipient"}
            among = name in plain.FACETS and len(values) > 1
            pairs.append(
                (f"{name}__in", ",".join(values))
                if among
                else (name, values[0])
                if name in plain.FACETS
                else (same[name], values[0])
            )
    pairs += [("_facet", name) for name in facets]
    # The newest first, as our list.
    sort = [] if "q" in question else [("_sort_desc", "date")]
    return f"/{file.stem}/grants{ending}?{urlencode([*pairs, *sort, *more.items()])}"


def counts(port: int, file: Path, question: plain.Question, names: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """The facets that Datasette counts: the known values, all of them."""
    path = address(file, question, names, ending=".json", _facet_size="max", _shape="objects", _size=1)
    answer = json.loads(Visitor(port).ask(path).body)
    found = answer["facet_results"]
    return {name: {str(one["value"]): one["count"] for one in found[name]["results"]} for name in names}
