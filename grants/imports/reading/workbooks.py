"""XLSX, ODS and XLS to rows of cells: the archive is checked here, then a child process reads it."""

import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError

PROJECT_FOLDER = Path(__file__).resolve().parents[3]
TIMEOUT_SECONDS = 90
ARCHIVE_MEMBERS = 2_000
ARCHIVE_BYTES = 300 * 1024 * 1024
ARCHIVE_RATIO = 200
# Small members may be squeezed further than that without any harm.
RATIO_MATTERS_FROM = 5 * 1024 * 1024
PROLOGUE_BYTES = 65_536

DAMAGED = _("This workbook is damaged or is not what it seems: it cannot be read.")
TOO_LARGE = _("This workbook is too large to be read: it asks for too much memory or time.")
PASSWORD = _("This workbook is protected by a password. Save it without a password, then import it again.")
CHILD_ERRORS = {
    "damaged": DAMAGED,
    "large": TOO_LARGE,
    "password": PASSWORD,
    "empty": _("This workbook is empty."),
    "missing": _("This workbook has no sheet of that name."),
}


@dataclass
class WorkbookSheet:
    """One sheet of a workbook: its title, what is doubtful about it, and its rows, read once."""

    title: str
    others: list[str]
    width: int
    doubts: list[dict[str, str]]
    _lines: Iterator[str] = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Each filled row's own number and its cells from column A; SheetError if the reading was cut."""
        for line in self._lines:
            # A child that was stopped leaves its last line unfinished, or no last line at all.
            item = json.loads(line) if line.endswith("\n") else {"error": "large"}
            if isinstance(item, dict):
                if "error" in item:
                    raise SheetError(CHILD_ERRORS[item["error"]], sheet=self.title)
                return
            number, values = item
            yield number, [_value(value) for value in values]
        raise SheetError(TOO_LARGE, sheet=self.title)


def open_workbook(content: bytes, *, sheet: str = "") -> WorkbookSheet:
    """The sheet of that title, or the first visible one that is not empty.

    Raises SheetError for a workbook that is unsafe, protected, damaged, empty or too heavy.
    """
    if content.startswith(b"PK"):
        check_archive(content)
    lines = iter(_run_child(content, sheet))
    try:
        facts = json.loads(next(lines))
    except (StopIteration, ValueError):
        raise SheetError(TOO_LARGE) from None
    if "error" in facts:
        raise SheetError(CHILD_ERRORS[facts["error"]])
    return WorkbookSheet(facts["sheet"], facts["others"], facts["width"], facts["doubts"], lines)


def check_archive(content: bytes) -> None:
    """Raise SheetError for an archive that would swell, hides behind a password or declares XML entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            for member in members:
                _check_member(archive, member)
    except SheetError:
        raise
    except Exception:
        # Crafted archives make the library raise all sorts of things; they all mean the same to us.
        raise SheetError(DAMAGED) from None


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    declared = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > RATIO_MATTERS_FROM and member.file_size > ARCHIVE_RATIO * member.compress_size
        for member in members
    )
    if len(members) > ARCHIVE_MEMBERS or declared > ARCHIVE_BYTES or swollen:
        raise SheetError(_("This workbook is refused: once decompressed it would be unreasonably large."))


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 1:
        raise SheetError(PASSWORD)
    name = member.filename.lower()
    if name == "meta-inf/manifest.xml" and b"encryption-data" in archive.open(member).read(PROLOGUE_BYTES):
        raise SheetError(PASSWORD)
    if name.endswith((".xml", ".rels")) and not name.startswith("meta-inf/"):
        # Zeros are dropped so that UTF-16 hides nothing; declarations only stand before the first element.
        prologue = archive.open(member).read(PROLOGUE_BYTES).replace(b"\x00", b"")
        first_element = re.search(rb"<[A-Za-z_]", prologue)
        before = prologue[: first_element.start()] if first_element else prologue
        if b"<!DOCTYPE" in before.upper() or b"<!ENTITY" in before.upper():
            raise SheetError(
                _("This workbook is refused: it declares XML entities, which no spreadsheet program writes.")
            )
        if member.file_size and not first_element:
            raise SheetError(DAMAGED)


def _run_child(content: bytes, sheet: str) -> IO[str]:
    """What the child wrote, rewound; files rather than pipes, so that neither side waits for the other."""
    output = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 (read by the caller)
    command = [sys.executable, "-m", "grants.imports.reading.sheet_child", sheet]
    with tempfile.TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        try:
            subprocess.run(
                command,
                stdin=source,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT_FOLDER,
                env=_child_environment(),
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise SheetError(TOO_LARGE) from None
    output.seek(0)
    return output


def _child_environment() -> dict[str, str]:
    """The least that Python needs: the child reads hostile files and has no use for our passwords."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"PYTHONUTF8": "1"}


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "number" in value:
        return Decimal(value["number"])
    if "date" in value:
        return date.fromisoformat(value["date"])
    return datetime.fromisoformat(value["datetime"])
