"""The table of figures, as text and as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from otnregistry.local import BASE_DIR

from .measuring import Row

LIBRARIES = ["django", "psycopg", "django-import-export", "tablib", "python-calamine", "django-pghistory", "xlsxwriter"]
HEADER = ("what", "ours", "beside", "ratio", "floor", "")


def figure(value: float | None, unit: str = "") -> str:
    """A number as short as it may be: three digits that say something."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def line(row: Row) -> tuple[str, ...]:
    """The cells of a row."""
    floor = "" if row.floor is None else f"{'≤' if row.at_most else '≥'} {row.floor:g}"
    ratio = "" if row.ratio is None else f"{figure(row.ratio)}×" if row.baseline is not None else figure(row.ratio)
    return (row.name, figure(row.ours, row.unit), figure(row.baseline, row.unit), ratio, floor, row.verdict)


def as_text(rows: Iterable[Row]) -> str:
    """All rows in columns, what each was measured on below it."""
    rows = list(rows)
    lines = [HEADER, *map(line, rows)]
    widths = [max(len(cells[place]) for cells in lines) for place in range(len(HEADER))]
    written = []
    for place, cells in enumerate(lines):
        named, *figures = (
            cell.ljust(width) if at in (0, 5) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        written.append("  ".join([named, *figures]).rstrip())
        for words in (rows[place - 1].wrong, rows[place - 1].note) if place else ():
            written += [f"    {words}"] if words else []
    return "\n".join(written)


def circumstances(**more: Any) -> dict[str, Any]:
    """Where and on what the figures were made."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": git("rev-parse", "HEAD"),
        "uncommitted": bool(git("status", "--porcelain", "--untracked-files=no")),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "cpus": os.cpu_count(),
        "versions": {name: version(name) for name in LIBRARIES},
        **more,
    }


def git(*arguments: str) -> str:
    """What git says; "" outside a repository."""
    try:
        done = subprocess.run(["git", *arguments], cwd=BASE_DIR, capture_output=True, text=True, check=False)  # noqa: S607
    except OSError:
        return ""
    return done.stdout.strip()


def write_json(file: Path, rows: Iterable[Row], facts: dict[str, Any]) -> None:
    """Keep the figures with their circumstances."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {**facts, "rows": [row.as_json() for row in rows]}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")
