"""XLSX files, written piece by piece: typed cells, a header row that stays in sight, a title and a language.

The format is plain XML in an archive. Texts stand in their cells ("inline strings") rather than in a common table,
which would have to be kept until the end.
"""

import re
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any

from . import xlsx_parts
from .archives import Archive
from .cells import Annexes, Column, no_annexes
from .xlsx_cells import Writer, header_cell, letters, writer_of

ROWS_PER_SHEET = 1_048_576
ROWS_AT_ONCE = 100
WIDTHS = {"text": 32, "identifier": 20, "money": 18, "integer": 12, "date": 14, "boolean": 10, "any": 20}


def stream_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    language: str = "fr",
    annexes: Annexes = no_annexes,
) -> Iterator[bytes]:
    """The bytes of a workbook whose sheet is named after ``title``; more rows than a sheet holds go on in « … (2) ».

    Text is never a formula nor a link; what exceeds a cell's 32 767 characters is cut and ends with « … ».
    ``annexes`` gives the sheets that follow.
    """
    archive = Archive()
    # Programs tell the kind of the file from its first members, so the small ones that are known go first.
    yield archive.small("_rels/.rels", xlsx_parts.RELATIONS)
    yield archive.small("docProps/core.xml", xlsx_parts.properties(title, language))
    yield archive.small("xl/styles.xml", xlsx_parts.STYLES)
    sheets: list[tuple[str, int, int]] = []  # the name, how many columns, the last row
    for sheet in sheets_of(rows):
        last = yield from _member(archive, len(sheets), columns, sheet)
        sheets.append((sheet_name(title, len(sheets) + 1), len(columns), last))
    for annex in annexes(sum(last - 1 for _name, _columns, last in sheets)):
        last = yield from _member(archive, len(sheets), annex.columns, annex.rows)
        sheets.append((sheet_name(annex.title), len(annex.columns), last))
    yield archive.small("xl/workbook.xml", xlsx_parts.workbook(sheets))
    yield archive.small("xl/_rels/workbook.xml.rels", xlsx_parts.workbook_relations(len(sheets)))
    yield archive.small("[Content_Types].xml", xlsx_parts.content_types(len(sheets)))
    yield archive.end()


def write_xlsx(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str = "", language: str = "fr"
) -> IO[bytes]:
    """Such a workbook as an open temporary file, at its start."""
    return as_file(stream_xlsx(columns, rows, title=title, language=language))


def as_file(pieces: Iterable[bytes]) -> IO[bytes]:
    """An open temporary file that holds the pieces, at its start."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    file.writelines(pieces)
    file.seek(0)
    return file


def sheets_of(rows: Iterable[Sequence[Any]]) -> Iterator[Iterator[Sequence[Any]]]:
    """The rows cut into sheets, at least one; each must be used up before the next is asked for."""
    rows = iter(rows)
    first = list(islice(rows, 1))
    yield chain(first, islice(rows, ROWS_PER_SHEET - 2))
    while first := list(islice(rows, 1)):
        yield chain(first, islice(rows, ROWS_PER_SHEET - 2))


def sheet_name(title: str, number: int = 1) -> str:
    """The title as a sheet may be called: 31 characters, none of those that spreadsheets refuse."""
    ending = "" if number == 1 else f" ({number})"
    longest = 31 - len(ending)
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")[:longest].strip(" '")
    # « History » is taken: spreadsheets keep that name for themselves.
    return (name if name and name.casefold() != "history" else "Registre") + ending


def _member(
    archive: Archive, number: int, columns: Sequence[Column], rows: Iterable[Sequence[Any]]
) -> Generator[bytes, None, int]:
    """One more sheet of the archive; the number of its last row."""
    last_row = [1]
    yield from archive.streamed(f"xl/worksheets/sheet{number + 1}.xml", _sheet(columns, rows, last_row))
    return last_row[0]


def _sheet(columns: Sequence[Column], rows: Iterable[Sequence[Any]], last_row: list[int]) -> Iterator[str]:
    """The XML of a sheet; the number of its last row is put in ``last_row``."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{WIDTHS[column.kind]}" customWidth="1"/>'
        for number, column in enumerate(columns, 1)
    )
    yield xlsx_parts.SHEET_START + (f"<cols>{widths}</cols>" if widths else "") + "<sheetData>"
    titles = "".join(header_cell(column.name, number) for number, column in enumerate(columns, 1))
    yield f'<row r="1">{titles}</row>'
    writers = [writer_of(column.kind, number) for number, column in enumerate(columns, 1)]
    last = 1
    rows = iter(rows)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield "".join([_row(str(number), row, writers) for number, row in enumerate(batch, last + 1)])
        last += len(batch)
    last_row[0] = last
    area = f'<autoFilter ref="A1:{letters(len(columns))}{last}"/>' if columns else ""
    yield f"</sheetData>{area}</worksheet>"


def _row(number: str, row: Sequence[Any], writers: list[Writer]) -> str:
    cells = [write(value, number) for write, value in zip(writers, row, strict=True) if value is not None]
    return f'<row r="{number}">{"".join(cells)}</row>'
