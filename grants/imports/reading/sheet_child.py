"""Reads one workbook from standard input in a process of its own and writes JSON lines.

A crafted file can make the reader abort or ask for terabytes; here only this process pays for it.
The first line describes the sheet, the next are ``[row number, cells]``, the last is ``{"end": rows}``:
an output without its last line was cut. An error is one line ``{"error": code}``.

Usage: python -m grants.imports.reading.sheet_child [name of the sheet] < workbook
This module imports nothing of ours and nothing of Django's, so that it starts quickly.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60
# Spreadsheets keep fifteen significant digits; what floats hold beyond them is noise of binary arithmetic.
SIGNIFICANT = 15
DOUBTS_TOLD = 20


def limit_resources() -> None:
    """Cap this process's memory and time where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def plain(value: Any) -> Any:
    """A cell as JSON can hold it; None when blank."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, datetime):
        return plain(value.date()) if value.time() == time() else {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip() or None
    return value


def plain_number(value: float) -> Any:
    """An int when it is whole, else its decimal digits; text for what is no number."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value.is_integer() and abs(value) < 1e300:
        return int(value)
    return {"number": f"{value:.{SIGNIFICANT}g}"}


def choose_sheet(workbook: Any, wanted: str) -> tuple[Any, list[str]]:
    """The wanted sheet, else the first visible one with cells; and the names of the others that have some."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    if wanted:
        return (workbook.get_sheet_by_name(wanted) if wanted in workbook.sheet_names else None), []
    filled: list[tuple[Any, str]] = []
    for index, facts in enumerate(workbook.sheets_metadata):
        if facts.visible == SheetVisibleEnum.Visible and facts.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(index)
            if sheet.start is not None:
                filled.append((sheet if not filled else None, facts.name))
    if not filled:
        return None, []
    return filled[0][0], [name for _sheet, name in filled[1:]]


def numbered_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row with a filled cell: its own number, counted from 1, and its cells from column A."""
    # iter_rows() gives the blank rows above the first filled one, but not the blank columns before it.
    _first_row, first_column = sheet.start
    margin = [None] * first_column
    for number, cells in enumerate(sheet.iter_rows(), 1):
        values = margin + [plain(value) for value in cells]
        if any(value is not None for value in values):
            yield number, values


def empty_errors(content: bytes, title: str) -> list[dict[str, str]]:
    """Cells of an XLSX sheet that the reader gives as blank although they are not.

    Those are error values (#DIV/0!) and formulas saved without their result.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = archive.read(sheet_path(archive, title))
    except (KeyError, StopIteration, zipfile.BadZipFile):
        return []
    doubts = []
    for cell in re.finditer(rb"<(?:\w+:)?c ([^>]*[^>/])>(.*?)</(?:\w+:)?c>", xml, re.DOTALL):
        attributes, inside = cell.groups()
        name = re.search(rb'\br="([A-Z]+\d+)"', attributes)
        is_error = b't="e"' in attributes
        # t="str" is text: a formula whose result is "" is honestly blank.
        unsaved = b't="str"' not in attributes and re.search(
            rb"^\s*<(?:\w+:)?f[ />](?!.*<(?:\w+:)?v>[^<])", inside, re.DOTALL
        )
        if name and (is_error or unsaved):
            doubts.append({"cell": name[1].decode(), "kind": "error" if is_error else "formula"})
            if len(doubts) == DOUBTS_TOLD:
                break
    return doubts


def sheet_path(archive: zipfile.ZipFile, title: str) -> str:
    """The member that holds the sheet of that title; raises KeyError or StopIteration when unclear."""
    from defusedxml import ElementTree

    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    number = next(e.get(relation) for e in book.iter() if e.tag.endswith("}sheet") and e.get("name") == title)
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(e.get("Target") or "" for e in links.iter() if e.get("Id") == number)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def tell(content: bytes, wanted: str, out: Any) -> None:
    """Write the sheet to ``out`` as described above."""
    import python_calamine

    def line(value: Any) -> None:
        out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet, others = choose_sheet(workbook, wanted)
        if sheet is None or sheet.start is None:
            return line({"error": "missing" if wanted else "empty"})
        doubts = empty_errors(content, sheet.name) if content.startswith(b"PK") else []
        line({"sheet": sheet.name, "others": others, "doubts": doubts, "width": sheet.total_width + 1})
        count = 0
        for number, values in numbered_rows(sheet):
            line([number, values])
            count += 1
        line({"end": count})
    except python_calamine.PasswordError:
        line({"error": "password"})
    except MemoryError:
        line({"error": "large"})
    except BaseException:
        # The reader's panics are not Exceptions; whatever it was, the sheet could not be read.
        line({"error": "damaged"})


def main() -> None:
    limit_resources()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    tell(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else "", out)
    out.flush()


if __name__ == "__main__":
    main()
