"""What a sheet is once it has been read, and how large it may be."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .errors import SheetError

Value = str | int | Decimal | bool | date | None


@dataclass(frozen=True)
class Limits:
    """How large a sheet may be; ``characters`` is for one cell."""

    rows: int = 20_000
    columns: int = 200
    characters: int = 32_767


ORDINARY = Limits()
LARGE = Limits(rows=2_000_000, columns=400)


@dataclass(frozen=True)
class SheetRow:
    """One row: the number the spreadsheet shows beside it, and one value per title."""

    number: int
    values: list[Value]


@dataclass
class Sheet:
    """A sheet that has been read: titles, rows, and what the reader noticed on the way.

    ``sheet`` is the sheet's title, "" in a text file. ``encoding`` and ``delimiter`` are "" in a workbook.
    ``doubts`` are SheetErrors that do not prevent reading but that somebody should look at.
    """

    sheet: str
    headers: list[str]
    rows: list[SheetRow]
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1
    doubts: list[SheetError] = field(default_factory=list)
