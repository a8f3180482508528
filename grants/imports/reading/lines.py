"""`read_lines`: the lines of a file one by one, each with its kind."""

from collections.abc import Iterator
from pathlib import Path

from ..sheets import LARGE
from .facts import SheetLine, Understanding
from .small import read_sheet


def read_lines(path: Path, understanding: Understanding) -> Iterator[SheetLine]:
    """Every line below the titles that is not blank, in the file's order, also those that are no data.

    Raises SheetError where the file cannot be read further.
    """
    sheet = read_sheet(
        Path(path).read_bytes(),
        "",
        sheet=understanding.sheet,
        encoding=understanding.encoding.partition(" ")[0] or None,
        delimiter=understanding.delimiter or None,
        limits=LARGE,
    )
    for row in sheet.rows:
        yield SheetLine(row.number, row.values)
