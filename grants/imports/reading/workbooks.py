"""XLSX, ODS and XLS to rows of cells: the archive is checked here, then a child process reads it."""

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError

CHILD = Path(__file__).resolve().with_name("sheet_child.py")
TIMEOUT_SECONDS = 90
SURVEY_SECONDS = 300
FILE_BYTES = 150 * 1024 * 1024
ARCHIVE_MEMBERS = 2_000
# Unfolded, all members together: a large workbook may hold more, in proportion (spreadsheets pack 8 to 15 times).
ARCHIVE_BYTES, MOST_ARCHIVE_BYTES, USUAL_RATIO = 300 << 20, 2 << 30, 30
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
    _lines: Iterator[Any] = field(repr=False)

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Each filled row's own number and its cells from column A; SheetError if the reading was cut.

        A cell that is too long to be one comes as a LongCell.
        """
        try:
            for item in self._lines:
                if isinstance(item, dict):
                    return
                yield from item
        except SheetError as error:
            error.sheet = self.title
            raise


@dataclass(frozen=True)
class LongCell:
    """What is left of a cell longer than any spreadsheet lets one be."""

    length: int
    start: str

    def __str__(self) -> str:
        return self.start


def open_workbook(content: bytes, *, sheet: str = "") -> WorkbookSheet:
    """The sheet of that title, or the first visible one that is not empty.

    Raises SheetError for a workbook that is unsafe, protected, damaged, empty or too heavy.
    """
    with tempfile.NamedTemporaryFile() as source:
        source.write(content)
        source.flush()
        path = Path(source.name)
        check_workbook(path)
        # Small enough to be held: the file goes when this ends.
        lines = list(_child_items("sheet", path, sheet))
    return _opened(iter(lines))


def workbook_rows(path: Path, sheet: str) -> Iterator[tuple[int, list[Any]]]:
    """The rows of that sheet of the workbook at `path`, one by one; raises SheetError as open_workbook does."""
    yield from _opened(_child_items("rows", path, sheet, timeout=None)).rows()


def survey_workbook(path: Path) -> list[dict[str, Any]]:
    """What each sheet of the workbook is, with its first rows (`sheet_child.tell_sheets`); raises SheetError."""
    check_workbook(path)
    return [item for item in _child_items("survey", path, timeout=SURVEY_SECONDS) if "end" not in item]


def check_workbook(path: Path) -> None:
    """Raise SheetError for a workbook that is too large or an archive that is unsafe."""
    if path.stat().st_size > FILE_BYTES:
        raise SheetError(TOO_LARGE)
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            check_archive(file)


def _opened(items: Iterator[Any]) -> WorkbookSheet:
    facts = next(items)
    return WorkbookSheet(facts["sheet"], facts["others"], facts["width"], facts["doubts"], items)


def check_archive(file: BinaryIO) -> None:
    """Raise SheetError for an archive that would swell, hides behind a password or declares XML entities."""
    try:
        with zipfile.ZipFile(file) as archive:
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
    packed = sum(member.compress_size for member in members)
    most = min(MOST_ARCHIVE_BYTES, max(ARCHIVE_BYTES, USUAL_RATIO * packed))
    declared = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > RATIO_MATTERS_FROM and member.file_size > ARCHIVE_RATIO * member.compress_size
        for member in members
    )
    if len(members) > ARCHIVE_MEMBERS or declared > most or swollen:
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


def _child_items(mode: str, path: Path, sheet: str = "", *, timeout: float | None = -1) -> Iterator[Any]:
    """What the child says, line by line, its last line included. Raises SheetError where it ends in another way.

    Whoever takes the rows may be slow: they have no time limit here, only the child's own on what it computes.
    """
    if timeout is not None and timeout < 0:
        timeout = TIMEOUT_SECONDS
    # As a file and not as a module: the package around it would load all of ours, and Django.
    command = [sys.executable, "-P", str(CHILD), mode, str(Path(path).resolve()), sheet]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_child_environment(),
        encoding="utf-8",
        errors="replace",
    )
    watch = threading.Timer(timeout, process.kill) if timeout is not None else None
    if watch:
        watch.start()
    try:
        assert process.stdout  # noqa: S101 (it is a pipe)
        for line in process.stdout:
            # A child that was stopped leaves its last line unfinished, or no last line at all.
            item = _decode(line) if line.endswith("\n") else {"error": "large"}
            if isinstance(item, dict) and "error" in item:
                raise SheetError(CHILD_ERRORS[item["error"]])
            yield item
            if isinstance(item, dict) and "end" in item:
                return
        raise SheetError(TOO_LARGE)
    finally:
        if watch:
            watch.cancel()
        process.kill()
        process.stdout.close()
        process.wait()


def _child_environment() -> dict[str, str]:
    """The least that Python needs: the child reads hostile files and has no use for our passwords."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"PYTHONUTF8": "1"}


def _value(value: dict[str, Any]) -> Any:
    if "date" in value:
        return date.fromisoformat(value["date"])
    if "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    return LongCell(value["long"], value["text"]) if "long" in value and "text" in value else value


_decode = json.JSONDecoder(parse_float=Decimal, object_hook=_value).decode
