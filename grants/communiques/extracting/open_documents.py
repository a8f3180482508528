"""An ODT to its text: what is deleted is left out, so are comments, headers and footers."""

from typing import Any

from .archives import open_archive, parse_member
from .flow import Flow
from .found import Found, Unreadable

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
LEFT_OUT = {TEXT + "tracked-changes", TEXT + "note", OFFICE + "annotation", TEXT + "sequence-decls", OFFICE + "forms"}


def read_odt(content: bytes) -> Found:
    """The text of this ODT. Raises Unreadable."""
    with open_archive(content) as archive:
        tree, about = parse_member(archive, "content.xml"), parse_member(archive, "meta.xml")
    body = tree.find(f".//{OFFICE}text") if tree is not None else None
    if body is None:
        raise Unreadable("damaged")
    flow = Flow()
    blocks(body, flow)
    text = flow.text()
    if not text.strip():
        raise Unreadable("no_text")
    title = about.findtext(f".//{DC}title") if about is not None else ""
    return Found(text, " ".join((title or "").split()))


def blocks(parent: Any, flow: Flow) -> None:
    """Headings, paragraphs, lists and tables."""
    for child in parent:
        tag = child.tag
        if tag in (TEXT + "p", TEXT + "h"):
            if not flow.mark:
                flow.end_paragraph()
            inline(child, flow)
            flow.end_item()
        elif tag == TEXT + "list-item":
            flow.start_item()
            # A paragraph further down in the same item stands on a line of its own.
            blocks(child, flow)
            flow.end_item()
        elif tag == TABLE + "table":
            rows(child, flow)
        elif tag not in LEFT_OUT and isinstance(tag, str):
            blocks(child, flow)


def rows(table: Any, flow: Flow) -> None:
    """A line for each row of a table; its cells one after the other where it holds tables itself."""
    flow.end_paragraph()
    if table.find(f".//{TABLE}table") is not None:
        for cell in table.iterfind(f".//{TABLE}table-cell"):
            # Cells of inner tables are read with theirs.
            if next(cell.iterancestors(TABLE + "table")) is table:
                blocks(cell, flow)
    else:
        for row in table.iter(TABLE + "table-row"):
            flow.write_row([cell_of(cell) for cell in row.findall(TABLE + "table-cell")])
    flow.end_paragraph()


def cell_of(cell: Any) -> str:
    """A cell on one line."""
    flow = Flow()
    blocks(cell, flow)
    return flow.cell()


def inline(parent: Any, flow: Flow) -> None:
    """The text of a paragraph; frames in it are read as blocks of their own."""
    flow.write(parent.text)
    for child in parent:
        tag = child.tag
        if tag == TEXT + "line-break":
            flow.end_line()
        elif tag == TEXT + "s":
            flow.write(" ")
        elif tag == TEXT + "tab":
            flow.tab()
        elif tag in (TEXT + "p", TEXT + "list", TABLE + "table"):
            blocks([child], flow)
        elif tag not in LEFT_OUT and isinstance(tag, str):
            inline(child, flow)
        flow.write(child.tail)
