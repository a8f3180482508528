"""``read_sheet``: from the bytes of a small, clean sheet to its titles and rows."""

import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError, gathered
from ..sheets import ORDINARY, Limits, Sheet, SheetRow
from . import kinds
from .doubts import month_doubts, number_doubts, workbook_doubts
from .grid import Grid, check_width, too_many_rows
from .text_sheets import open_text
from .workbooks import open_workbook

__all__ = ["ORDINARY", "Limits", "Sheet", "SheetError", "SheetRow", "read_sheet"]

MOST_ERRORS = 50


def read_sheet(
    content: bytes,
    name: str,
    *,
    kind: str | None = None,
    sheet: str = "",
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = ORDINARY,
) -> Sheet:
    """Read a CSV, TSV, XLSX, ODS or XLS file.

    ``kind`` ("csv", "xlsx", "ods", "xls") is what a form says the file is; else its name says it.
    ``sheet``, ``encoding`` and ``delimiter`` overrule what would be found.
    The titles are the first filled row; blank rows are left out; text is stripped of outer spaces.
    Whole numbers come as int, others as Decimal, never as float; a day comes as date.
    Raises SheetError for everything that can be wrong with the file, never anything else.
    """
    try:
        if not content.strip():
            raise SheetError(_("This file is empty."))
        if kinds.check_kind(io.BytesIO(content), name, kind) == "csv":
            return _read_text(content, limits, encoding=encoding, delimiter=delimiter)
        return _read_workbook(content, limits, sheet=sheet)
    except SheetError as error:
        for each in (error, *error.others):
            each.file = each.file or name or None
        raise


def _read_text(content: bytes, limits: Limits, *, encoding: str | None, delimiter: str | None) -> Sheet:
    text = open_text(content, encoding=encoding, delimiter=delimiter)
    faults: list[SheetError] = []
    sheet = _assemble(text.rows(faults), limits, faults, delimiter=text.delimiter)
    sheet.encoding, sheet.delimiter = text.encoding, text.delimiter
    return sheet


def _read_workbook(content: bytes, limits: Limits, *, sheet: str) -> Sheet:
    book = open_workbook(content, sheet=sheet)
    check_width(book.width, limits, book.title)
    read = _assemble(book.rows(), limits, [], title=book.title)
    read.doubts = workbook_doubts(book) + read.doubts
    return read


def _assemble(
    rows: Iterable[tuple[int, list[Any]]],
    limits: Limits,
    errors: list[SheetError],
    *,
    title: str = "",
    delimiter: str = "",
) -> Sheet:
    """Titles and rows from raw rows; all errors of the rows are told together, up to MOST_ERRORS.

    ``errors`` is where the source of the rows puts those it could not give.
    """
    filled = ((number, values) for number, values in rows if any(value is not None for value in values))
    header_row, titles = next(filled, (0, []))
    if not header_row:
        raise gathered(errors) if errors else SheetError(_("This sheet is empty."), sheet=title or None)
    grid = Grid.under(titles, header_row, limits, title=title, delimiter=delimiter)
    kept: list[SheetRow] = []
    for number, values in filled:
        values = grid.unwrapped(values)
        errors += grid.errors(number, values)
        kept.append(SheetRow(number, grid.fitted(values)))
        if len(kept) > limits.rows:
            raise too_many_rows(limits, title)
        if len(errors) >= MOST_ERRORS:
            break
    if errors:
        raise gathered(errors)
    if not kept:
        raise SheetError(_("This sheet has titles but no row below them."), sheet=title or None)
    doubts = number_doubts(kept, grid.headers, title) + month_doubts(kept, grid.headers, title)
    return Sheet(title, grid.headers, kept, header_row=header_row, doubts=doubts)
