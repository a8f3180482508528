"""Published registries of invented grants, made once and kept for the next run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from psycopg import sql

from otnregistry import environment as env
from otnregistry.local import BASE_DIR

from . import loading
from .databases import TEMPLATE, Server
from .files import GENERATOR, sheet
from .loading import laps_in_words
from .measuring import in_child

SEED = "1"
# Whatever the records and their words are made of.
MADE_OF = (GENERATOR, Path(loading.__file__), BASE_DIR / "grants/imports/steps/indexing.py")


def fingerprint() -> str:
    """Eight letters that are others where the tables, the sheet or the loader are others."""
    digest = hashlib.sha256(SEED.encode())
    for file in (*MADE_OF, *sorted((BASE_DIR / "grants/migrations").glob("0*.py"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def loaded(server: Server, size: int, tell: Callable[[str], None]) -> str:
    """The name of a database with `size` published grants; RELOAD=on makes it again."""
    family = f"bench_reading_{size}_"
    name = family + fingerprint()
    there = server.names(family)
    if name in there and not env.switch("RELOAD", default=False):
        return name
    server.execute(*(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(one)) for one in there))
    for known in (server.folder / "reading", server.folder / "datasette"):
        for file in known.glob(f"{family}*"):
            file.unlink()
    tell(f"{size:,} grants are brought in and published, for this run and the next ones…")
    server.make_template()
    half = f"{family}half"
    with server.database(half, TEMPLATE):
        file = sheet(server.folder / "files", size, seed=SEED)
        environment = server.environment(half)
        result = in_child("benchmarks.loading", file, environment=environment, server_cpu=server.cpu_seconds)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name))
        server.execute(rename)
    tell(f"  {result['wall']:.0f} s: {laps_in_words(result['laps'])}")
    return name


def remembered(file: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a file says, made where it is not there: it belongs to one registry, as its name tells."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(make(), ensure_ascii=False, indent=1)
        file.write_text(content + "\n")
    return dict(json.loads(file.read_text()))
