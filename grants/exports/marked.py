"""XLSX sheets whose cells are marked with a colour and a comment, written piece by piece like the others.

A comment needs a shape of its own in a drawing that programs read whole, so there are COMMENTS at most; the cells
beyond keep their colour.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from . import xlsx_parts
from .archives import Archive
from .cells import Column
from .escaping import without_controls
from .xlsx import ROWS_AT_ONCE, WIDTHS, sheet_name, sheets_of
from .xlsx_cells import Writer, header_cell, letters, writer_of

COMMENTS = 5_000
COMMENT_CHARACTERS = 1_000
_SHAPES_PER_BLOCK = 1_024
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument"

# Each layout of xlsx_parts once more, on a coloured ground.
_LAYOUTS = 5
_MARKED_LAYOUTS = "".join(
    f'<xf numFmtId="{format_}" fontId="0" fillId="2" borderId="0" xfId="0"{more} applyFill="1" applyNumberFormat="1"/>'
    for format_, more in ((0, ""), (0, ""), (4, ""), (49, ""), (49, ' quotePrefix="1"'))
)
_GROUND = '<fill><patternFill patternType="solid"><fgColor rgb="FFFFD9D9"/><bgColor indexed="64"/></patternFill></fill>'
STYLES = (
    xlsx_parts.STYLES.replace('<fills count="2">', '<fills count="3">')
    .replace("</fills>", f"{_GROUND}</fills>")
    .replace(f'<cellXfs count="{_LAYOUTS}">', f'<cellXfs count="{2 * _LAYOUTS}">')
    .replace("</cellXfs>", f"{_MARKED_LAYOUTS}</cellXfs>")
)
_opening = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?').match


class MarkedRow(NamedTuple):
    """One row; `marks` gives the comment of each marked cell by its position, "" for a colour alone."""

    values: Sequence[Any]
    marks: Mapping[int, str] = {}


@dataclass
class MarkedSheet:
    """One sheet. `rows` are read once, after those of the sheets before it."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[MarkedRow]


@dataclass
class _Comments:
    """The comments of one sheet, until its rows are written; `left` is how many more the workbook may have."""

    left: int
    found: list[tuple[str, int, int, str]] = field(default_factory=list)

    def add(self, place: str, row: int, column: int, text: str) -> None:
        if text and self.left > 0:
            self.left -= 1
            self.found.append((place, row, column, without_controls(text)[:COMMENT_CHARACTERS]))


def stream_marked_xlsx(sheets: Iterable[MarkedSheet], *, title: str = "", language: str = "fr") -> Iterator[bytes]:
    """The bytes of a workbook of these sheets; one that exceeds a sheet's rows goes on in « … (2) »."""
    archive = Archive()
    yield archive.small("_rels/.rels", xlsx_parts.RELATIONS)
    yield archive.small("docProps/core.xml", xlsx_parts.properties(title, language))
    yield archive.small("xl/styles.xml", STYLES)
    names: list[str] = []
    commented: list[int] = []
    left = COMMENTS
    for sheet in sheets:
        for part, found in enumerate(sheets_of(sheet.rows), 1):
            rows: Iterator[Any] = found
            names.append(sheet_name(sheet.title, part))
            comments = _Comments(left)
            yield from archive.streamed(f"xl/worksheets/sheet{len(names)}.xml", _sheet(sheet.columns, rows, comments))
            left = comments.left
            if comments.found:
                commented.append(len(names))
                for member, content in _comment_parts(len(names), comments.found):
                    yield archive.small(member, content)
    yield archive.small("xl/workbook.xml", xlsx_parts.workbook([(name, 0, 0) for name in names]))
    yield archive.small("xl/_rels/workbook.xml.rels", xlsx_parts.workbook_relations(len(names)))
    yield archive.small("[Content_Types].xml", _content_types(len(names), commented))
    yield archive.end()


def _sheet(columns: Sequence[Column], rows: Iterable[MarkedRow], comments: _Comments) -> Iterator[str]:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{WIDTHS[column.kind]}" customWidth="1"/>'
        for number, column in enumerate(columns, 1)
    )
    yield xlsx_parts.SHEET_START + (f"<cols>{widths}</cols>" if widths else "") + "<sheetData>"
    titles = "".join(header_cell(str(column.label or column.name), number) for number, column in enumerate(columns, 1))
    yield f'<row r="1">{titles}</row>'
    writers = [writer_of(column.kind, number) for number, column in enumerate(columns, 1)]
    last = 1
    rows = iter(rows)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield "".join([_row(number, row, writers, comments) for number, row in enumerate(batch, last + 1)])
        last += len(batch)
    link = f'<legacyDrawing xmlns:r="{_OFFICE}" r:id="rId1"/>' if comments.found else ""
    yield f"</sheetData>{link}</worksheet>"


def _row(number: int, row: MarkedRow, writers: list[Writer], comments: _Comments) -> str:
    text = str(number)
    cells = [write(value, text) for write, value in zip(writers, row.values, strict=True)]
    for position, comment in row.marks.items():
        place = f"{letters(position + 1)}{number}"
        cells[position] = _marked(cells[position], place)
        comments.add(place, number, position, comment)
    return f'<row r="{number}">{"".join(cells)}</row>'


def _marked(cell: str, place: str) -> str:
    """The same cell on a coloured ground; one without a value too."""
    found = _opening(cell)
    if found is None:
        return f'<c r="{place}" s="{_LAYOUTS}"/>'
    return f'<c r="{place}" s="{_LAYOUTS + int(found[2] or 0)}"{cell[found.end() :]}'


def _comment_parts(sheet: int, comments: list[tuple[str, int, int, str]]) -> Iterator[tuple[str, str]]:
    """The members that hold the comments of a sheet, their shapes, and the links to both."""
    listed = "".join(
        f'<comment ref="{place}" authorId="0"><text><r><t xml:space="preserve">{escape(text)}</t></r></text></comment>'
        for place, _, _, text in comments
    )
    yield (
        f"xl/comments{sheet}.xml",
        f'{_DECLARATION}<comments xmlns="{_MAIN}"><authors><author></author></authors>'
        f"<commentList>{listed}</commentList></comments>",
    )
    yield f"xl/drawings/vmlDrawing{sheet}.vml", _drawing(sheet, comments)
    yield (
        f"xl/worksheets/_rels/sheet{sheet}.xml.rels",
        f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/vmlDrawing" Target="../drawings/vmlDrawing{sheet}.vml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/comments" Target="../comments{sheet}.xml"/></Relationships>',
    )


def _drawing(sheet: int, comments: list[tuple[str, int, int, str]]) -> str:
    """The shapes of the comments, hidden until somebody points at their cells."""
    blocks = len(comments) // (_SHAPES_PER_BLOCK - 1) + 1
    first = (sheet - 1) * (COMMENTS // _SHAPES_PER_BLOCK + 2) + 1
    data = ",".join(str(first + block) for block in range(blocks))
    shapes = "".join(
        f'<v:shape id="_x0000_s{first * _SHAPES_PER_BLOCK + number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 15, {row - 1}, 2, {column + 3}, 60, {row + 5}, 2</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
        for number, (_, row, column, _) in enumerate(comments, 1)
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        f'<o:idmap v:ext="edit" data="{data}"/></o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
        '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{shapes}</xml>"
    )


def _content_types(sheets: int, commented: Sequence[int]) -> str:
    more = f'<Default Extension="vml" ContentType="{_TYPES}.vmlDrawing"/>' if commented else ""
    listed = "".join(
        f'<Override PartName="/xl/comments{number}.xml" ContentType="{_TYPES}.spreadsheetml.comments+xml"/>'
        for number in commented
    )
    plain = xlsx_parts.content_types(sheets)
    return plain.replace(
        '<Override PartName="/xl/workbook.xml"', f'{more}<Override PartName="/xl/workbook.xml"'
    ).replace("</Types>", f"{listed}</Types>")
