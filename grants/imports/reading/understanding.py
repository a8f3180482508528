"""`understand`: what a file is taken for, before anything of it is believed."""

from pathlib import Path

from ..sheets import LARGE, Limits
from .facts import ColumnFacts, SheetFacts, Understanding, Wishes
from .grid import letters
from .kinds import check_kind
from .small import read_sheet


def understand(path: Path, name: str, wishes: Wishes | None = None, limits: Limits = LARGE) -> Understanding:
    """Look at the file at `path`, called `name` by its owner, and say how it will be read.

    `wishes` overrule what is found. Raises SheetError for a file that cannot be read, never anything else.
    """
    wishes = wishes or Wishes()
    content = Path(path).read_bytes()
    sheet = read_sheet(
        content,
        name,
        sheet=wishes.sheet,
        encoding=wishes.encoding or None,
        delimiter=wishes.delimiter or None,
        limits=limits,
    )
    columns = [ColumnFacts(index, letters(index), title) for index, title in enumerate(sheet.headers)]
    sheets = [SheetFacts(sheet.sheet, len(sheet.rows), len(columns), chosen=True)] if sheet.sheet else []
    return Understanding(
        check_kind(content, name, None),
        sheet.encoding,
        sheet.delimiter,
        sheet.sheet,
        sheets,
        [sheet.header_row],
        sheet.header_row,
        sheet.headers,
        columns,
        width=len(columns),
    )
