"""A PDF to its text, by PDFium: the letters with their places, then lines, rows and paragraphs."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .found import MOST_CHARACTERS, Found, Unreadable
from .page_facts import web_address
from .pdf_lines import Letter, Line, line_of
from .pdf_paragraphs import Paragraphs, drop_edges
from .pdf_rows import rows_of

MOST_PAGES = 1_000
FEWEST_LETTERS = 8
MOST_LOST = 0.2
PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
BREAKS = (10, 13)
# So PDFium marks a hyphen at the end of a line, and goes on without a break.
CUT_WORDS = (2, 0xFFFE)
LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
# Titles that programs put in by themselves.
NO_TITLE = re.compile(
    r"microsoft|\.(?:docx?|pdf|indd|odt|html?|pptx?)\b|^(?:untitled|sans titre|document|about:)|://", re.I
)


def read_pdf(content: bytes) -> Found:
    """The text of this PDF. Raises Unreadable."""
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("password" if error.err_code in PASSWORD_ERRORS else "damaged") from None
    if not count:
        raise Unreadable("damaged")
    pages: list[list[Line]] = []
    widths: list[float] = []
    heights: list[float] = []
    mute, notes = 0, set()
    letters = 0
    for number in range(min(count, MOST_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            notes.add("page_damaged")
            continue
        lines = list(lines_of(page, len(pages)))
        read = sum(len(cell.text) for line in lines for cell in line.cells)
        mute += not read and pdfium.FPDFPage_CountObjects(page.raw) > 0
        letters += read
        pages.append(rows_of(lines))
        width, height = page.get_size()
        widths.append(width)
        heights.append(height)
        page.close()
        if letters > 1.2 * MOST_CHARACTERS:
            break
    if len(pages) < count and "page_damaged" not in notes:
        notes.add("cut")
    return put_together(document, pages, widths, heights, letters, mute, notes)


def put_together(
    document: Any,
    pages: list[list[Line]],
    widths: list[float],
    heights: list[float],
    letters: int,
    mute: int,
    notes: set[str],
) -> Found:
    """The text of the pages read. `mute`: how many show something and hold no text. Raises Unreadable."""
    if letters < FEWEST_LETTERS:
        raise Unreadable("scanned" if mute else "no_text")
    sample = "".join(cell.text for page in pages for line in page for cell in line.cells)
    lost = sum(1 for character in sample if character == "\ufffd" or "\ue000" <= character <= "\uf8ff")
    if lost > MOST_LOST * len(sample):
        raise Unreadable("letters")
    if mute:
        notes.add("mute_pages")
    address = drop_edges(pages, heights)
    text = Paragraphs(pages, widths).text()
    title = " ".join(document.get_metadata_value("Title").replace("\x00", "").split())
    return Found(text, "" if NO_TITLE.search(title) else title[:500], web_address(address), notes=sorted(notes))


def lines_of(page: Any, number: int) -> Iterator[Line]:
    """The lines of a page in the order in which they are written."""
    text_page = page.get_textpage()
    place = upright(page.get_rotation(), *page.get_cropbox())
    letters: list[Letter] = []
    box = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFText_CountChars(text_page.raw), 2 * MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
        if code not in BREAKS and pdfium.FPDFText_GetLooseCharBox(text_page.raw, index, ctypes.byref(box)):
            letters.append(Letter(letter(code), *place(box.left, box.bottom, box.right, box.top)))
        if code in BREAKS or code in CUT_WORDS:
            line = line_of(letters, number)
            letters = []
            if line:
                yield line
    line = line_of(letters, number)
    text_page.close()
    if line:
        yield line


def letter(code: int) -> str:
    """The character of that code; ligatures are taken apart."""
    if code in CUT_WORDS:
        return "-"
    if code < 32 or 0xD800 <= code < 0xE000:
        return "\ufffd" if code > 32 else " "
    character = chr(code)
    return LIGATURES.get(character, character)


def upright(rotation: int, left: float, bottom: float, right: float, top: float) -> Any:
    """How boxes of that page stand once it is turned as it is shown."""
    turned = {
        90: lambda x0, y0, x1, y1: (y0 - bottom, right - x1, y1 - bottom, right - x0),
        180: lambda x0, y0, x1, y1: (right - x1, top - y1, right - x0, top - y0),
        270: lambda x0, y0, x1, y1: (top - y1, x0 - left, top - y0, x1 - left),
    }
    return turned.get(rotation, lambda x0, y0, x1, y1: (x0 - left, y0 - bottom, x1 - left, y1 - bottom))
