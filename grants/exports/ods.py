"""ODS files, written piece by piece: the format is plain XML in an archive and needs no library."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from .archives import Archive
from .cells import Annexes, Column, Kind, Plain, digits, is_exact, no_annexes, plain
from .xlsx import ROWS_AT_ONCE, as_file, sheet_name, sheets_of
from .xlsx_cells import letters

EMPTY = "<table:table-cell/>"
# A text without any of these stands in XML as it is.
_special = re.compile("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]").search

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = (
    f'xmlns:office="{_OASIS}office:1.0" xmlns:table="{_OASIS}table:1.0" xmlns:text="{_OASIS}text:1.0" '
    f'xmlns:style="{_OASIS}style:1.0" xmlns:fo="{_OASIS}xsl-fo-compatible:1.0" '
    f'xmlns:number="{_OASIS}datastyle:1.0" xmlns:meta="{_OASIS}meta:1.0" xmlns:config="{_OASIS}config:1.0" '
    'xmlns:ooo="http://openoffice.org/2004/office" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_STYLES = (
    '<number:number-style style:name="amount"><number:number number:decimal-places="2" '
    'number:min-decimal-places="2" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
    '<number:text-style style:name="as-text"><number:text-content/></number:text-style>'
    '<style:style style:name="header" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="money" style:family="table-cell" style:data-style-name="amount"/>'
    '<style:style style:name="text" style:family="table-cell" style:data-style-name="as-text"/>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="4.5cm"/></style:style>'
)


class _Written(NamedTuple):
    """A sheet that is done: its name, how many columns, its last row."""

    name: str
    columns: int
    last: int


def stream_ods(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    title: str = "",
    language: str = "fr",
    annexes: Annexes = no_annexes,
) -> Iterator[bytes]:
    """The bytes of a workbook whose sheet is named after ``title``; more rows than a sheet holds go on in « … (2) ».

    ``annexes`` gives the sheets that follow.
    """
    archive = Archive()
    # The standard wants this member first and uncompressed, so that programs know the file by its start.
    yield archive.small("mimetype", MIMETYPE, packed=False)
    yield archive.small("META-INF/manifest.xml", _manifest())
    yield archive.small("meta.xml", _meta(title, language))
    yield archive.small("styles.xml", _default_styles(language))
    written: list[_Written] = []
    yield from archive.streamed("content.xml", _content(columns, rows, title, annexes, written))
    yield archive.small("settings.xml", _settings([sheet.name for sheet in written]))
    yield archive.end()


def write_ods(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str = "", language: str = "fr"
) -> IO[bytes]:
    """Such a workbook as an open temporary file, at its start."""
    return as_file(stream_ods(columns, rows, title=title, language=language))


def _content(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], title: str, annexes: Annexes, written: list[_Written]
) -> Iterator[str]:
    """The XML of all sheets, which are added to ``written``."""
    yield f"{_DECLARATION}<office:document-content {_NAMESPACES}>"
    yield f"<office:automatic-styles>{_STYLES}</office:automatic-styles><office:body><office:spreadsheet>"
    for number, sheet in enumerate(sheets_of(rows), 1):
        yield from _table(columns, sheet, sheet_name(title, number), written)
    for annex in annexes(sum(sheet.last - 1 for sheet in written)):
        yield from _table(annex.columns, annex.rows, sheet_name(annex.title), written)
    yield _filter_buttons(written)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _table(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], name: str, written: list[_Written]
) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(name)}>"
    yield f'<table:table-column table:style-name="wide" table:number-columns-repeated="{len(columns) or 1}"/>'
    titles = "".join(_text_cell(column.name, "header") for column in columns)
    yield f"<table:table-header-rows><table:table-row>{titles}</table:table-row></table:table-header-rows>"
    writers = [_writer_of(column.kind) for column in columns]
    last = 1
    rows = iter(rows)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield "".join([_row(row, writers) for row in batch])
        last += len(batch)
    written.append(_Written(name, len(columns), last))
    yield "</table:table>"


def _row(row: Sequence[Any], writers: list[Callable[[Any], str]]) -> str:
    cells = [EMPTY if value is None else write(value) for write, value in zip(writers, row, strict=True)]
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _writer_of(kind: Kind) -> Callable[[Any], str]:
    """What writes the cells of a column; the common ones take a short way."""
    style = "text" if kind in ("identifier", "date") else ""
    start = f'<table:table-cell{_styled(style)} office:value-type="string"><text:p>'

    def write(value: Any) -> str:
        if value is None or value == "":
            return EMPTY
        if type(value) is str:
            if value[0] == " " or value[-1] == " " or "  " in value or _special(value):
                return _cell(kind, plain(value, kind), style)
            return f"{start}{value}</text:p></table:table-cell>"
        return _cell(kind, plain(value, kind), style)

    return write


def _cell(kind: Kind, value: Plain, style: str) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        word = "true" if value else "false"
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}"/>'
    if isinstance(value, str):
        return _text_cell(value, style)
    written = digits(value)
    if not is_exact(value):
        return _text_cell(written, "text")
    is_money = kind == "money" or (kind == "any" and isinstance(value, Decimal))
    return (
        f'<table:table-cell{_styled("money" if is_money else "")} office:value-type="float" office:value="{written}">'
        f"<text:p>{written}</text:p></table:table-cell>"
    )


def _text_cell(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{_styled(style)} office:value-type="string">{lines}</table:table-cell>'


def _styled(style: str) -> str:
    return f' table:style-name="{style}"' if style else ""


def _line(text: str) -> str:
    """Runs of spaces have an element of their own, or readers would fold them into one.

    Tabs have one too, but not every reader knows it and words would stick together: a space it is.
    """
    text = escape(text.replace("\t", " "))
    return re.sub(r"^ +| +$| {2,}", lambda spaces: f'<text:s text:c="{len(spaces.group())}"/>', text)


def _filter_buttons(sheets: Sequence[_Written]) -> str:
    ranges = []
    for number, (name, columns, last) in enumerate(sheets, 1):
        if not columns:
            continue
        quoted = "'" + name.replace("'", "''") + "'"
        area = quoteattr(f"{quoted}.A1:{quoted}.{letters(columns)}{last}")
        ranges.append(
            f'<table:database-range table:name="records{"" if number == 1 else number}" '
            f'table:target-range-address={area} table:display-filter-buttons="true"/>'
        )
    return f"<table:database-ranges>{''.join(ranges)}</table:database-ranges>" if ranges else ""


def _manifest() -> str:
    namespace = f"{_OASIS}manifest:1.0"
    members = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "meta.xml", "styles.xml", "settings.xml")
    )
    return (
        f'{_DECLARATION}<manifest:manifest xmlns:manifest="{namespace}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
        f'manifest:media-type="{MIMETYPE}"/>'
        f"{members}</manifest:manifest>"
    )


def _meta(title: str, language: str) -> str:
    return (
        f"{_DECLARATION}<office:document-meta {_NAMESPACES}><office:meta><dc:title>{escape(title)}</dc:title>"
        f"<dc:language>{escape(language)}</dc:language></office:meta></office:document-meta>"
    )


def _default_styles(language: str) -> str:
    return (
        f"{_DECLARATION}<office:document-styles {_NAMESPACES}><office:styles>"
        '<style:default-style style:family="table-cell">'
        f'<style:text-properties fo:language={quoteattr(language)} fo:country="CA"/></style:default-style>'
        "</office:styles></office:document-styles>"
    )


def _settings(names: Sequence[str]) -> str:
    """Keeps the header row of every sheet in sight while the rows below it scroll."""
    frozen = {
        "HorizontalSplitMode": ("short", 0),
        "VerticalSplitMode": ("short", 2),
        "HorizontalSplitPosition": ("int", 0),
        "VerticalSplitPosition": ("int", 1),
        "ActiveSplitRange": ("short", 2),
        "PositionTop": ("int", 0),
        "PositionBottom": ("int", 1),
    }
    items = "".join(
        f'<config:config-item config:name="{key}" config:type="{kind}">{value}</config:config-item>'
        for key, (kind, value) in frozen.items()
    )
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{items}</config:config-item-map-entry>"
        for name in names
    )
    return (
        f"{_DECLARATION}<office:document-settings {_NAMESPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f'{tables}</config:config-item-map-named><config:config-item config:name="ActiveTable" config:type="string">'
        f"{escape(names[0])}</config:config-item></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
