"""What a reader notices and cannot mend: values that a spreadsheet program has destroyed or hidden."""

import datetime
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError
from ..sheets import SheetRow
from .workbooks import WorkbookSheet

# How a spreadsheet shows a long number, once saved as text: 2,43E+13.
POWER_OF_TEN = re.compile(r"\d[.,]\d{1,6}E\+\d{1,3}", re.IGNORECASE)
EXACT_INTEGER = 10**15

TITLES_OF_DOUBTS = {
    "error": _("This cell holds an error value, which is read as blank."),
    "formula": _("This cell holds a formula saved without its result, which is read as blank."),
}


def workbook_doubts(book: WorkbookSheet) -> list[SheetError]:
    """Cells read as blank that are not, and the other sheets that are not read."""
    doubts = []
    if book.others:
        message = _("Only this sheet is read. Other sheets hold cells too: %(names)s.")
        doubts.append(SheetError(message, params={"names": ", ".join(book.others)}, sheet=book.title))
    for doubt in book.doubts:
        doubts.append(SheetError(TITLES_OF_DOUBTS[doubt["kind"]], column=doubt["cell"], sheet=book.title))
    return doubts


def number_doubts(rows: list[SheetRow], headers: list[str], title: str) -> list[SheetError]:
    """One doubt per column whose long numbers have lost digits: its first row and how many rows are hurt."""
    hurt: dict[int, list[tuple[int, Any]]] = {}
    for row in rows:
        for index, value in enumerate(row.values):
            if has_lost_digits(value):
                hurt.setdefault(index, []).append((row.number, value))
    message = _(
        "A spreadsheet program has shortened this number, so its last digits are lost "
        "(rows concerned: %(count)s). Format identifiers as text."
    )
    return [
        SheetError(
            message,
            params={"count": len(cells)},
            row=cells[0][0],
            column=headers[index],
            value=cells[0][1],
            sheet=title or None,
        )
        for index, cells in hurt.items()
    ]


def month_doubts(rows: list[SheetRow], headers: list[str], title: str) -> list[SheetError]:
    """One doubt per column of days that are all the first of a month: a spreadsheet turns « mars 2021 » into one."""
    days: dict[int, list[tuple[int, datetime.date]]] = {}
    for row in rows:
        for index, value in enumerate(row.values):
            if isinstance(value, datetime.date):
                days.setdefault(index, []).append((row.number, value))
    message = _(
        "Every date of this column is the first day of a month (rows concerned: %(count)s). "
        "If only the month is known, write it as text, such as 2021-03."
    )
    return [
        SheetError(
            message,
            params={"count": len(cells)},
            row=cells[0][0],
            column=headers[index],
            value=cells[0][1].isoformat(),
            sheet=title or None,
        )
        for index, cells in days.items()
        if all(day.day == 1 for _number, day in cells)
    ]


def has_lost_digits(value: Any) -> bool:
    """Whether a number is longer than the fifteen digits spreadsheets keep, or a text like « 2,43E+13 »."""
    if isinstance(value, str):
        return POWER_OF_TEN.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT_INTEGER
