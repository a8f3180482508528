"""The sheets that the measurements read: made once for their arguments, kept for the next time."""

from __future__ import annotations

import contextlib
import hashlib
import io
from pathlib import Path

from . import make_grants

GENERATOR = Path(make_grants.__file__)


def sheet(folder: Path, rows: int, *, ending: str = "csv", seed: str = "1", revision: int = 0) -> Path:
    """The path of a sheet of invented grants, the same for the same arguments."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = hashlib.sha256(GENERATOR.read_bytes()).hexdigest()[:8]
    file = folder / f"grants-{rows}-seed{seed}-revision{revision}-{generator}.{ending}"
    if not file.exists():
        half = file.with_suffix(f".half.{ending}")
        with contextlib.redirect_stdout(io.StringIO()):
            make_grants.main([str(rows), str(half), "--seed", seed, "--revision", str(revision)])
        half.rename(file)
    return file
