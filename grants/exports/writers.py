"""Writers that turn columns and rows into CSV, XLSX and ODS.

``rows`` are iterables of values in the order of the columns. All are given piece by piece, so that a response can
begin before the last row is read and no file is ever held whole; ``write_xlsx`` and ``write_ods`` give open temporary
files to those who must go back and forth in them. JSON comes from PostgreSQL (see ``tables``).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from .cells import Column, Plain, digits, plain
from .escaping import safe_csv_text
from .ods import stream_ods, write_ods
from .xlsx import stream_xlsx, write_xlsx

__all__ = ["Column", "stream_ods", "stream_xlsx", "write_csv", "write_ods", "write_xlsx"]

PIECE_CHARACTERS = 65_536


def stream_csv(columns: Sequence[Column], lines: Iterator[bytes]) -> Iterator[bytes]:
    """The titles, then lines that are CSV already. A generator, no `chain`: given up in the middle, it closes them."""
    yield from write_csv(columns, ())
    yield from lines


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a byte-order mark (spreadsheets ask for it), commas, CRLF; dangerous text is escaped."""
    titles = [Column(column.name) for column in columns]
    yield b"".join(["\ufeff".encode(), *csv_rows(titles, [[column.name for column in columns]])])
    yield from csv_rows(columns, rows)


def csv_rows(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The rows alone, many at a time."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(_csv_cell(plain(value, column.kind)) for column, value in zip(columns, row, strict=True))
        if buffer.tell() > PIECE_CHARACTERS:
            yield _emptied(buffer)
    if buffer.tell():
        yield _emptied(buffer)


def _csv_cell(value: Plain) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return digits(value) if isinstance(value, Decimal | int) else safe_csv_text(value)


def _emptied(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
