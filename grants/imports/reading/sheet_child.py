"""Reads one workbook in a process of its own and writes JSON lines to standard output.

A crafted file can make the reader abort or ask for terabytes; here only this process pays for it.

`sheet` and `rows`: the first line describes the sheet, each of the next holds many ``[row number, cells]``, the last
is ``{"end": rows}``; `rows` does without the search for cells that only look blank. `survey`: one line per sheet with
its first rows, then ``{"end": sheets}``. An output without its last line was cut. An error is one line
``{"error": code}``.

Usage: python -P sheet_child.py (sheet|rows|survey) PATH [name of the sheet]
This module imports nothing of ours and nothing of Django's, so that it starts quickly.
"""

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

# What a workbook may cost grows with its size: a million rows of fourteen cells (60 MB packed) take 1.6 GB.
MEMORY_BYTES, MOST_MEMORY_BYTES = 1 << 30, 2 << 30
CPU_SECONDS, MOST_CPU_SECONDS = 60, 300
LARGE_FILE_BYTES = 16 << 20
# Spreadsheets keep fifteen significant digits; what floats hold beyond them is noise of binary arithmetic.
SIGNIFICANT = 15
DOUBTS_TOLD = 20
LINE_CHARACTERS = 100_000
LONGEST_CELL = 32_767
HEAD_ROWS, HEAD_CELLS, HEAD_CHARACTERS = 4_000, 60_000, 500
ALL_HEADS_CELLS = 240_000
COMPARED_ROWS = 20_000
SHEETS_SURVEYED = 60
COLUMNS_SHOWN = 2_000


def limit_resources(size: int) -> None:
    """Cap this process's memory and time where the system can (not on Windows); `size` is the file's, in bytes."""
    try:
        import resource
    except ImportError:
        return
    large = size > LARGE_FILE_BYTES
    memory = MOST_MEMORY_BYTES if large else MEMORY_BYTES
    seconds = MOST_CPU_SECONDS if large else CPU_SECONDS
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def plain(value: Any) -> Any:
    """A cell as JSON can hold it; None when blank. Numbers that are not whole keep fifteen digits."""
    kind = value.__class__
    if kind is str:
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        value = value.strip() or None
        if value and len(value) > LONGEST_CELL:
            return {"long": len(value), "text": value[:100]}
        return value
    if kind is float:
        return plain_number(value)
    if kind is datetime:
        return {"date": value.date().isoformat()} if value.time() == time() else {"datetime": value.isoformat()}
    if kind is date:
        return {"date": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def plain_number(value: float) -> Any:
    """An int when it is whole, else the number with its significant digits; text for what is no number."""
    if value.is_integer() and abs(value) < 1e300:
        return int(value)
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    return float(f"{value:.{SIGNIFICANT}g}")


def filled_sheets(workbook: Any) -> Iterator[tuple[Any, Any]]:
    """Each worksheet that has a cell, and its metadata."""
    from python_calamine import SheetTypeEnum

    for index, facts in enumerate(workbook.sheets_metadata):
        if facts.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(index)
            if sheet.start is not None:
                yield sheet, facts


def choose_sheet(workbook: Any, wanted: str) -> tuple[Any, list[str]]:
    """The wanted sheet, else the first visible one with cells; and the names of the others that have some."""
    from python_calamine import SheetVisibleEnum

    if wanted:
        return (workbook.get_sheet_by_name(wanted) if wanted in workbook.sheet_names else None), []
    chosen, others = None, []
    for sheet, facts in filled_sheets(workbook):
        if facts.visible == SheetVisibleEnum.Visible:
            if chosen is None:
                chosen = sheet
            else:
                others.append(facts.name)
    return chosen, others


def numbered_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row with a filled cell: its own number, counted from 1, and its cells from column A."""
    # iter_rows() gives the blank rows above the first filled one, but not the blank columns before it.
    _first_row, first_column = sheet.start
    margin = [None] * first_column
    for number, cells in enumerate(sheet.iter_rows(), 1):
        values = [plain(value) for value in cells]
        if values.count(None) < len(values):
            yield number, margin + values


def empty_errors(content: Any, title: str) -> list[dict[str, str]]:
    """Cells of an XLSX sheet that the reader gives as blank although they are not.

    Those are error values (#DIV/0!) and formulas saved without their result. `content` is an open file.
    """
    doubts: list[dict[str, str]] = []
    try:
        with zipfile.ZipFile(content) as archive, archive.open(sheet_path(archive, title)) as xml:
            rest = b""
            while len(doubts) < DOUBTS_TOLD and (more := xml.read(4 << 20)):
                part = rest + more
                end = part.rfind(b"<row") if more else len(part)
                rest = part[end:] if end > 0 and len(part) - end < 1 << 22 else b""
                if b't="e"' in part or b"<f" in part or b":f" in part:
                    doubts += errors_in(part[: end if rest else None])
    except (KeyError, StopIteration, zipfile.BadZipFile):
        return []
    return (doubts + errors_in(rest))[:DOUBTS_TOLD]


def errors_in(xml: bytes) -> list[dict[str, str]]:
    """The same in a part of the sheet."""
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


def tell_rows(workbook: Any, file: Any, mode: str, wanted: str, out: Any) -> None:
    """Write every filled row of the wanted sheet, many to a line."""
    sheet, others = choose_sheet(workbook, wanted)
    if sheet is None or sheet.start is None:
        write_line(out, {"error": "missing" if wanted else "empty"})
        return
    doubts = doubts_of(file, sheet.name) if mode == "sheet" else []
    width = sheet.total_width + 1
    write_line(out, {"sheet": sheet.name, "others": others, "doubts": doubts, "width": width})
    batch: list[str] = []
    count = length = 0
    for number, values in numbered_rows(sheet):
        batch.append(encode([number, values[:COLUMNS_SHOWN]]))
        count += 1
        length += len(batch[-1])
        if length > LINE_CHARACTERS:
            out.write(f"[{','.join(batch)}]\n")
            batch, length = [], 0
    out.write(f"[{','.join(batch)}]\n")
    write_line(out, {"end": count})


def tell_sheets(workbook: Any, file: Any, out: Any) -> None:
    """Write what each sheet is, with its first rows."""
    from python_calamine import SheetVisibleEnum

    hidden = {facts.name: facts.visible != SheetVisibleEnum.Visible for facts in workbook.sheets_metadata}
    seen: set[str] = set()
    contents: list[set[int]] = []
    room = ALL_HEADS_CELLS
    for sheet, facts in filled_sheets(workbook):
        seen.add(facts.name)
        told, content = survey(sheet, min(HEAD_CELLS, room) if len(contents) < SHEETS_SURVEYED else 0)
        room -= sum(len(values) for _number, values in told["head"])
        told["same_as"] = next((n for n, other in enumerate(contents) if is_same(content, other)), None)
        told["hidden"] = hidden[facts.name]
        told["doubts"] = doubts_of(file, facts.name) if len(contents) < SHEETS_SURVEYED else []
        contents.append(content)
        write_line(out, told)
    for name, is_hidden in hidden.items():
        if name not in seen:
            write_line(out, {"sheet": name, "rows": 0, "columns": 0, "head": [], "merged": [], "hidden": is_hidden})
    write_line(out, {"end": len(hidden)})


def survey(sheet: Any, room: int) -> tuple[dict[str, Any], set[int]]:
    """A sheet's size and its first rows, `room` cells at most; and marks of its rows by which a copy is known."""
    head: list[Any] = []
    content: set[int] = set()
    count = cells = 0
    for number, values in numbered_rows(sheet):
        count += 1
        if count <= HEAD_ROWS and cells < room:
            head.append([number, [shortened(value) for value in values[:COLUMNS_SHOWN]]])
            cells += len(values)
        if room and count <= COMPARED_ROWS:
            filled = [str(value).casefold() for value in values if value is not None]
            if len(filled) > 1:
                content.add(hash(tuple(filled)))
    width = sheet.total_width + 1
    try:
        merged = [each for each in sheet.merged_cell_ranges or [] if each[0][0] < 60][:500]
    except Exception:
        merged = []
    return {"sheet": sheet.name, "rows": count, "columns": width, "head": head, "merged": merged}, content


def shortened(value: Any) -> Any:
    """A cell as the first rows show it."""
    return value[:HEAD_CHARACTERS] if isinstance(value, str) else value


def is_same(one: set[int], other: set[int]) -> bool:
    """Whether four fifths of the smaller sheet's rows stand in the other too."""
    smaller = min(len(one), len(other))
    return smaller > 2 and len(one & other) >= 0.8 * smaller and smaller >= 0.6 * max(len(one), len(other))


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_line(out: Any, value: Any) -> None:
    """Write one line."""
    out.write(encode(value) + "\n")


def doubts_of(file: Any, title: str) -> list[dict[str, str]]:
    """The blank cells of a sheet that are not blank, where the format lets us see."""
    file.seek(0)
    return empty_errors(file, title) if file.read(2) == b"PK" else []


def tell(mode: str, path: str, wanted: str, out: Any) -> None:
    """Write what is asked for to `out`."""
    import python_calamine

    try:
        with open(path, "rb") as file:
            workbook = python_calamine.CalamineWorkbook.from_filelike(file)
            if mode == "survey":
                tell_sheets(workbook, file, out)
            else:
                tell_rows(workbook, file, mode, wanted, out)
    except python_calamine.PasswordError:
        write_line(out, {"error": "password"})
    except MemoryError:
        write_line(out, {"error": "large"})
    except BrokenPipeError:
        raise
    except BaseException:
        # The reader's panics are not Exceptions; whatever it was, the sheet could not be read.
        write_line(out, {"error": "damaged"})


def main() -> None:
    mode, path, wanted = (*sys.argv[1:], "")[:3]
    limit_resources(os.path.getsize(path))
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    try:
        tell(mode, path, wanted, out)
        out.flush()
    except BrokenPipeError:
        # Whoever listened has heard enough.
        os._exit(0)


if __name__ == "__main__":
    main()
