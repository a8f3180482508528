"""Writers that turn columns and rows into CSV, XLSX, ODS and JSON.

``rows`` are iterables of values in the order of the columns. CSV and JSON are given piece by piece, so that
a response can begin before the last row is read; XLSX and ODS come as open temporary files.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .cells import Column, Plain, digits, plain
from .escaping import safe_csv_text
from .ods import write_ods
from .xlsx import write_xlsx

__all__ = ["Column", "write_csv", "write_json", "write_ods", "write_xlsx"]

PIECE_CHARACTERS = 65_536


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with a byte-order mark (spreadsheets ask for it), commas, CRLF; dangerous text is escaped."""
    buffer = io.StringIO("\ufeff", newline="")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow([safe_csv_text(column.name) for column in columns])
    for row in rows:
        writer.writerow(_csv_cell(plain(value, column.kind)) for column, value in zip(columns, row, strict=True))
        if buffer.tell() > PIECE_CHARACTERS:
            yield _emptied(buffer)
    yield _emptied(buffer)


def write_json(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], meta: Mapping[str, Any] | None = None
) -> Iterator[bytes]:
    """``{"metadata": {…}, "records": [{…}, …]}``; amounts are JSON numbers with all their digits.

    The metadata names the columns, with their labels in the active language.
    """
    described = [{"name": column.name, "label": str(column.label), "kind": column.kind} for column in columns]
    metadata = {**(meta or {}), "columns": described}
    names = [json.dumps(column.name, ensure_ascii=False) for column in columns]
    piece = f'{{"metadata": {json.dumps(metadata, ensure_ascii=False, default=str)},\n"records": ['
    mark = "\n"
    for row in rows:
        cells = (_json_cell(plain(value, column.kind)) for column, value in zip(columns, row, strict=True))
        piece += mark + "{" + ", ".join(f"{n}: {c}" for n, c in zip(names, cells, strict=True)) + "}"
        mark = ",\n"
        if len(piece) > PIECE_CHARACTERS:
            yield piece.encode()
            piece = ""
    yield (piece + "\n]}\n").encode()


def _csv_cell(value: Plain) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return digits(value) if isinstance(value, Decimal | int) else safe_csv_text(value)


def _json_cell(value: Plain) -> str:
    """Decimals are written digit by digit: a float would lose cents, a string would lose the number."""
    return digits(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _emptied(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
