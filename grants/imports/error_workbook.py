"""The rows that an import refused, as the sheet they came in: bad cells coloured, what was expected beside them.

The file corrected goes back through the import as it is: the same titles, and two columns more that the import leaves
out. Cells that were understood are written as they were understood, so that a shorter sheet is not read otherwise.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from grants.bilingual import current_language
from grants.exports.cells import Column, Kind, digits
from grants.exports.marked import MarkedRow, MarkedSheet, stream_marked_xlsx
from grants.models import Import
from grants.values.amounts import BadAmount
from grants.values.partial_dates import BadDate

from .errors import SheetError
from .reading import ColumnFacts, SheetLine, Understanding, read_lines
from .refused_rows import Fault, are_told, faults_of
from .sheets import Value
from .steps.files import file_is_kept, opened_file
from .styles import cell_amount, cell_date

ORIGINAL_ROW = _("Row in the sheet received")
TO_CORRECT = _("To correct")
# What the import leaves out when the sheet comes back.
MESSAGES_PER_ROW = 20
ROWS_PER_CELL = 2_000
# Text columns stay text when somebody types into them: a spreadsheet takes no zero off.
KINDS: dict[str, Kind] = {"amount": "any", "number": "any", "date": "date", "blank": "any"}


def can_be_made(batch: Import) -> bool:
    """Whether what was wrong with the rows and the file itself are still kept."""
    return bool(batch.rows_refused and batch.understanding) and are_told(batch) and file_is_kept(batch)


def write(batch: Import) -> Iterator[bytes]:
    """The workbook piece by piece, in the language active now.

    Raises SheetError where the file cannot be read again.
    """
    understanding = Understanding.from_json(batch.understanding)
    with override(get_language() or "fr"), opened_file(batch) as path:
        lines = read_lines(path, understanding)
        yield from workbook_of(lines, faults_of(batch), understanding, batch.file_name)


def workbook_of(
    lines: Iterable[SheetLine], faults: Iterable[Fault], understanding: Understanding, name: str = ""
) -> Iterator[bytes]:
    """The workbook of the lines that have a fault. `faults` come by row; those of the file have the row 0."""
    groups = Groups()
    columns = [
        Column(title, title, KINDS.get(facts.looks_like, "identifier"))
        for title, facts in zip(understanding.titles, understanding.columns, strict=True)
    ]
    sheets = [
        MarkedSheet(
            understanding.sheet or str(_("Rows to correct")),
            [*columns, Column("row", ORIGINAL_ROW, "integer"), Column("to_correct", TO_CORRECT)],
            marked_rows(lines, faults, understanding, groups),
        ),
        MarkedSheet(str(_("Errors")), GROUP_COLUMNS, groups.rows()),
    ]
    yield from stream_marked_xlsx(sheets, title=name, language=current_language())


def marked_rows(
    lines: Iterable[SheetLine], faults: Iterable[Fault], understanding: Understanding, groups: "Groups"
) -> Iterator[MarkedRow]:
    """The lines that have faults, each with its comments; `groups` counts them."""
    positions: dict[str, int] = {title: position for position, title in enumerate(understanding.titles)}
    readings = [as_understood(facts) for facts in understanding.columns]
    by_row = groupby(faults, key=attrgetter("row"))
    number, found = next(by_row, (None, None))
    for line in lines:
        while number is not None and number < line.number:  # of the file, or of a line that is no longer there
            groups.add_all(found)
            number, found = next(by_row, (None, None))
        here: list[Fault] = []
        if number == line.number:
            here = list(found or [])
            number, found = next(by_row, (None, None))
        elif line.fault is not None:
            here = [Fault(line.number, "", "", "", "damaged", line.fault.words)]
        if not here:
            continue
        groups.add_all(here)
        cells = [read(cell) for read, cell in zip(readings, line.cells, strict=True)]
        yield MarkedRow([*cells, line.number, in_words(here)], comments_of(here, positions))


def in_words(faults: list[Fault]) -> str:
    """Everything wrong with a row, one fault a line."""
    shown = [str(SheetError(fault.words, column=fault.title or None)) for fault in faults[:MESSAGES_PER_ROW]]
    return "\n".join(shown)


def comments_of(faults: list[Fault], positions: dict[str, int]) -> dict[int, str]:
    """The comment of each bad cell by its position; what is wrong with a row as a whole goes to its first cell."""
    comments: dict[int, str] = {}
    for fault in faults:
        position = positions.get(fault.title, 0)
        comments[position] = f"{comments[position]}\n{fault.words}" if position in comments else fault.words
    return comments


def as_understood(facts: ColumnFacts) -> Callable[[Value], Value]:
    """What makes the cells of a column plain wherever their style had to be found out."""

    def amount(cell: Value) -> Value:
        if not isinstance(cell, str) or not ("," in cell or "." in cell):
            return cell
        try:
            value, currency = cell_amount(cell, facts.number_style)
        except (BadAmount, ValueError):
            return cell
        return f"{digits(value)} {currency}" if currency else value

    def date(cell: Value) -> Value:
        try:
            return cell_date(cell, facts.date_style).iso
        except (BadDate, ValueError):
            return cell

    if facts.number_style:
        return amount
    return date if facts.date_style in ("dmy", "mdy", "compact", "serial") else lambda cell: cell


@dataclass
class Groups:
    """The faults by kind and column: how many, an example, and in which rows."""

    found: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def add_all(self, faults: Iterable[Fault] | None) -> None:
        for fault in faults or ():
            group = self.found.setdefault((fault.code, fault.title), [fault.words, 0, RowNumbers()])
            group[1] += 1
            group[2].add(fault.row)

    def rows(self) -> Iterator[MarkedRow]:
        """The list of the groups, the largest first; many row numbers go on in the next rows."""
        for (_code, title), (words, count, numbers) in sorted(self.found.items(), key=lambda item: -item[1][1]):
            pieces = numbers.pieces()
            yield MarkedRow([words, title, count, next(pieces, "")])
            for piece in pieces:
                yield MarkedRow([None, None, None, piece])


@dataclass
class RowNumbers:
    """Row numbers as ranges: 100 000 of them in a row weigh nothing."""

    ranges: list[list[int]] = field(default_factory=list)

    def add(self, number: int) -> None:
        """Numbers come in their order."""
        if self.ranges and number <= self.ranges[-1][1] + 1:
            self.ranges[-1][1] = max(number, self.ranges[-1][1])
        else:
            self.ranges.append([number, number])

    def pieces(self) -> Iterator[str]:
        """« 2, 5–9 » in pieces that a cell holds."""
        for start in range(0, len(self.ranges), ROWS_PER_CELL):
            shown = self.ranges[start : start + ROWS_PER_CELL]
            yield ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in shown if last)


GROUP_COLUMNS = [
    Column("error", _("What is wrong (first case)")),
    Column("column", _("column")),
    Column("count", _("Rows affected"), "integer"),
    Column("rows", _("Row numbers in the sheet received")),
]
