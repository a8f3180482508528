"""Delimited text to rows of cells: CSV and TSV as spreadsheets, ministries and old machines write them."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError
from .encodings import decode

DELIMITERS = (";", ",", "\t", "|")
SNIFFED_CHARACTERS = 262_144
SNIFFED_ROWS = 200
BINARY_SHARE = 0.02


@dataclass(frozen=True)
class TextSheet:
    """A delimited text, decoded; ``rows()`` reads it."""

    text: str
    encoding: str
    delimiter: str

    def rows(self, faults: list[SheetError]) -> Iterator[tuple[int, list[str | None]]]:
        """Each row's number as a spreadsheet would show it, and its cells; blank cells are None.

        Rows whose quotation marks make them unreadable are left out and told in ``faults``.
        """
        reader = _reader(self.text, self.delimiter, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                faults.append(SheetError(_meaning(error), row=number))
                continue
            yield number, [_cell(text) for text in cells]


def open_text(content: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> TextSheet:
    """The text of a CSV or TSV file, its encoding and delimiter found unless they are given.

    Raises SheetError for bytes that are no text.
    """
    refuse_binary(content)
    text, used = decode(content, encoding)
    text, announced = _announced_delimiter(text)
    return TextSheet(text, used, delimiter or announced or sniff_delimiter(text))


def refuse_binary(content: bytes) -> None:
    """Raise SheetError when the first bytes hold more control codes than any text would."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    start = content[:8192]
    # Zeros are left out here: UTF-16 is full of them, and a lone one is reported with its row.
    codes = sum(byte < 32 and byte not in b"\x00\t\n\r\f\x1b" for byte in start)
    if codes > max(1, len(start) * BINARY_SHARE):
        message = _("This file is not a text: it holds binary data. A CSV, XLSX or ODS file is expected.")
        raise SheetError(message)


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the rows most evenly, whatever ends the first row when there is one column."""
    head = text[:SNIFFED_CHARACTERS]
    scores = {delimiter: _evenness(head, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] > (0, 0):
        return best
    # One column, or none: the delimiter may still trail behind it.
    last = head.strip("\r\n ").split("\n")[0].rstrip("\r ")[-1:]
    return last if last and last in DELIMITERS else ","


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    """Share of rows as wide as the first one (in tenths), and its titles; (0, 0) where nothing is cut."""
    widths: list[int] = []
    titles = 0
    try:
        for cells in _reader(head, delimiter, strict=False):
            filled = sum(bool(cell.strip()) for cell in cells)
            if filled:
                # Delimiters that only trail behind the titles cut nothing.
                titles = titles or filled
                widths.append(len(cells))
            if len(widths) == SNIFFED_ROWS:
                break
    except csv.Error:
        pass
    if titles < 2:
        return 0, 0
    return round(widths.count(widths[0]) / len(widths), 1), titles


def _announced_delimiter(text: str) -> tuple[str, str | None]:
    """Spreadsheets may write ``sep=;`` as a first line, which they do not count as a row."""
    line, _newline, rest = text.partition("\n")
    line = line.strip().strip('"')
    if len(line) == 5 and line.lower().startswith("sep=") and line[4] in DELIMITERS:
        return rest, line[4]
    return text, None


def _reader(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict))


def _cell(text: str) -> str | None:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip() or None


def _meaning(error: csv.Error) -> object:
    """The csv module tells its errors apart by their English words only."""
    words = str(error)
    if "unexpected end of data" in words:
        return _('A quotation mark (") is opened in this row and never closed.')
    if "expected after" in words:
        return _('A quotation mark (") inside a cell must be doubled, and the whole cell put between quotation marks.')
    return _('This row cannot be read: a cell is too long, probably because a quotation mark (") is never closed.')
