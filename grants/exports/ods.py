"""ODS files, written piece by piece: the format is plain XML in an archive and needs no library."""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from .cells import Column, digits, plain
from .xlsx import EXACT_NUMBER, sheet_name

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


def write_ods(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str = "", language: str = "fr"
) -> IO[bytes]:
    """An open temporary file, at its start, that holds one sheet named after ``title``."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The standard wants this member first and uncompressed, so that programs know the file by its start.
        archive.writestr("mimetype", MIMETYPE, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _manifest())
        archive.writestr("meta.xml", _meta(title, language))
        archive.writestr("styles.xml", _default_styles(language))
        archive.writestr("settings.xml", _settings(sheet_name(title)))
        with archive.open("content.xml", "w") as content:
            for piece in _content(columns, rows, sheet_name(title)):
                content.write(piece.encode())
    file.seek(0)
    return file


def _content(columns: Sequence[Column], rows: Iterable[Sequence[Any]], name: str) -> Iterator[str]:
    yield f"{_DECLARATION}<office:document-content {_NAMESPACES}>"
    yield f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
    yield f"<office:body><office:spreadsheet><table:table table:name={quoteattr(name)}>"
    yield f'<table:table-column table:style-name="wide" table:number-columns-repeated="{len(columns) or 1}"/>'
    titles = "".join(_text_cell(column.name, "header") for column in columns)
    yield f"<table:table-header-rows><table:table-row>{titles}</table:table-row></table:table-header-rows>"
    written = 1
    for row in rows:
        cells = (_cell(column, value) for column, value in zip(columns, row, strict=True))
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"
        written += 1
    yield f"</table:table>{_filter_buttons(name, written, len(columns))}"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _cell(column: Column, value: Any) -> str:
    value = plain(value, column.kind)
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, bool):
        word = "true" if value else "false"
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}"/>'
    if isinstance(value, str):
        return _text_cell(value, "text" if column.kind in ("identifier", "date") else "")
    written = digits(value)
    if abs(value) >= EXACT_NUMBER:
        return _text_cell(written, "text")
    is_money = column.kind == "money" or (column.kind == "any" and isinstance(value, Decimal))
    style = ' table:style-name="money"' if is_money else ""
    return (
        f'<table:table-cell{style} office:value-type="float" office:value="{written}">'
        f"<text:p>{written}</text:p></table:table-cell>"
    )


def _text_cell(text: str, style: str) -> str:
    style = f' table:style-name="{style}"' if style else ""
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell{style} office:value-type="string">{lines}</table:table-cell>'


def _line(text: str) -> str:
    """Runs of spaces have an element of their own, or readers would fold them into one.

    Tabs have one too, but not every reader knows it and words would stick together: a space it is.
    """
    text = escape(text.replace("\t", " "))
    return re.sub(r"^ +| +$| {2,}", lambda spaces: f'<text:s text:c="{len(spaces.group())}"/>', text)


def _filter_buttons(name: str, rows: int, columns: int) -> str:
    if not columns:
        return ""
    quoted = "'" + name.replace("'", "''") + "'"
    area = f"{quoted}.A1:{quoted}.{_letters(columns)}{rows}"
    return (
        '<table:database-ranges><table:database-range table:name="records" '
        f'table:target-range-address={quoteattr(area)} table:display-filter-buttons="true"/>'
        "</table:database-ranges>"
    )


def _letters(count: int) -> str:
    name = ""
    while count:
        count, rest = divmod(count - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


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


def _settings(name: str) -> str:
    """Keeps the header row in sight while the rows below it scroll."""
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
    return (
        f"{_DECLARATION}<office:document-settings {_NAMESPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        '</config:config-item><config:config-item-map-named config:name="Tables">'
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{items}</config:config-item-map-entry>"
        '</config:config-item-map-named><config:config-item config:name="ActiveTable" config:type="string">'
        f"{escape(name)}</config:config-item></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )
