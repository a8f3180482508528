"""What became of each row, as django-import-export wants it told, from the tables in which the rows were judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.results import RowResult

from grants.bilingual import current_language
from grants.imports.errors import SheetError
from grants.imports.results import Cell, SheetResult, SheetRowResult
from grants.imports.steps.plan import Plan
from grants.imports.steps.preview import CellChange, PreviewRow, shown
from grants.values.wording import money

ROWS_AT_ONCE = 1_000
TYPES = {
    "new": RowResult.IMPORT_TYPE_NEW,
    "changed": RowResult.IMPORT_TYPE_UPDATE,
    "unchanged": RowResult.IMPORT_TYPE_SKIP,
    "refused": RowResult.IMPORT_TYPE_INVALID,
}
FLAGS = {
    "alike": _("The same recipient already has the same amount on the same date: %(ids)s."),
    "repeated": _("Row %(row)s has the same recipient, amount and date."),
}


def fill(result: SheetResult, plan: Plan, doubts: Iterable[SheetError] = ()) -> None:
    """Add every row to the result, in the order of the sheet."""
    doubted: dict[int | None, list[SheetError]] = {}
    for doubt in doubts:
        doubted.setdefault(doubt.row, []).append(doubt)
    for position, row in enumerate(judged_rows(plan), 1):
        told = row_result(plan, row)
        told.doubts += doubted.get(row.number, [])
        result.append_row_result(told)
        result.increment_row_result_total(told)
        if told.validation_error is not None:
            result.append_invalid_row(position, {}, told.validation_error)
    result.total_rows = len(result.rows)


def judged_rows(plan: Plan) -> Iterator[PreviewRow]:
    """All the rows with their cells, a thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {plan.tables.verdicts} ORDER BY number")  # noqa: S608
        numbers = [number for (number,) in cursor.fetchall()]
    for start in range(0, len(numbers), ROWS_AT_ONCE):
        yield from shown(plan, numbers[start : start + ROWS_AT_ONCE])


def row_result(plan: Plan, row: PreviewRow) -> SheetRowResult:
    """One row: its fate, its cells, its record."""
    told = SheetRowResult()
    told.number, told.import_type = row.number, TYPES[row.verdict]
    told.object_id, told.object_repr = row.pk, row.title
    told.diff = [] if row.verdict == "unchanged" else [cell_of(plan, cell) for cell in row.cells]
    told.doubts = [SheetError(FLAGS[code], params=params, row=row.number) for code, params in row.flags]
    problems: dict[str, list[str]] = {}
    for problem in row.problems:
        column = plan.sheet.by_name.get(problem.column)
        told.problems.append(problem.error(column))
        problems.setdefault(problem.column or NON_FIELD_ERRORS, []).append(problem.message(column))
    if problems:
        told.validation_error = ValidationError(problems)
    return told


def cell_of(plan: Plan, cell: CellChange) -> Cell:
    """A cell as people read it."""
    column = plan.sheet.by_name.get(cell.column)
    return Cell(cell.label, in_words(column, cell.before), in_words(column, cell.after))


def in_words(column: Any, text: str) -> str:
    """What a cell says, as the lists of the registry say it: amounts grouped, codes by their label."""
    if not text or column is None:
        return text
    if column.kind in ("amount", "number"):
        try:
            return money(Decimal(text), current_language()).strip("$\u00a0")
        except ArithmeticError:
            return text  # what cannot be read is shown as it is
    if column.kind == "code":
        return str(dict(column.choices).get(text, text))
    if column.kind == "yesno":
        return {"true": gettext("yes"), "false": gettext("no")}.get(text, text)
    return text
