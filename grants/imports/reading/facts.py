"""What the reader says about a file, in plain values that go to JSON and back."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from ..errors import SheetError
from ..sheets import Value
from .words import DOUBTS

ROW, TOTAL, SECTION, HEADER, NOTE, DAMAGED = "row", "total", "section", "header", "note", "damaged"


@dataclass(frozen=True)
class Wishes:
    """What staff overrule; what is left out is found.

    `header_rows` are the sheet's own numbers. The styles are by title: `number_styles` "comma" or "point" (the
    decimal mark), `date_styles` one of ColumnFacts.date_style. `currency` is an ISO code.
    """

    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_rows: list[int] = field(default_factory=list)
    number_styles: dict[str, str] = field(default_factory=dict)
    date_styles: dict[str, str] = field(default_factory=dict)
    currency: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values; the keyword arguments that make it again."""
        return dataclasses.asdict(self)


@dataclass
class SheetFacts:
    """One sheet of a workbook. `rows` counts its filled rows.

    `why_not` says why it is not read: "" (it is), "hidden", "empty", "no_rows", "same_data", "not_first",
    "not_wished".
    """

    name: str
    rows: int = 0
    columns: int = 0
    hidden: bool = False
    chosen: bool = False
    why_not: str = ""


@dataclass
class ColumnFacts:
    """One column, as the rows that were looked at show it.

    `index` counts from 0 in the sheet, `letter` is its name there. `filled` and `distinct` are counts over the rows
    looked at (the whole of a small file, the head of a large one). `looks_like` is amount, date, number, identifier,
    text or blank; `number_style` comma, point or ""; `date_style` ymd, dmy, mdy, compact, serial, fiscal or "".
    `destroyed`: a spreadsheet has cut digits or zeros off these identifiers, they must not be used for matching.
    """

    index: int
    letter: str
    title: str
    filled: int = 0
    distinct: int = 0
    samples: list[str] = field(default_factory=list)
    looks_like: str = "text"
    number_style: str = ""
    date_style: str = ""
    currency: str = ""
    destroyed: bool = False


@dataclass
class Question:
    """Something that the file does not decide. `assumed`, one of `options`, is used until somebody answers.

    `code` is date_order, number_style, currency, sheet, header or repeated_title; `column` a title or "";
    `evidence` are values from the file.
    """

    code: str
    column: str = ""
    options: list[str] = field(default_factory=list)
    assumed: str = ""
    evidence: list[str] = field(default_factory=list)


@dataclass
class Doubt:
    """Something that does not prevent reading but that somebody should look at. `code` is a key of words.DOUBTS."""

    code: str
    column: str = ""
    row: int | None = None
    value: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def error(self, sheet: str = "", file: str = "") -> SheetError:
        """The same as a sentence in the reader's language."""
        return SheetError(
            DOUBTS[self.code],
            params=self.params,
            row=self.row,
            column=self.column or None,
            value=self.value or None,
            sheet=sheet or None,
            file=file or None,
        )


@dataclass
class Understanding:
    """What a file was taken for: enough to read it again the same way, and to show staff what was decided.

    `kind` is csv, xlsx, ods or xls; `encoding` and `delimiter` are "" in a workbook, `sheet` and `sheets` in a text.
    `header_row` is the last of `header_rows`. `titles` has one title per column kept, `columns` its facts in the
    same order. `currency` is the currency of the amounts where the whole file has one, `currency_column` the title
    of the column that says it row by row. `outer` is the delimiter of a file that was cut twice. `width` is the
    number of columns of the sheet. `shifted`: rows of the text have more cells than titles, read_lines puts them back;
    `overhang` blank cells then trail behind the titles.
    `head` are the first filled rows as [number, texts], for staff to say which one holds the titles.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[SheetFacts] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    header_row: int = 0
    titles: list[str] = field(default_factory=list)
    columns: list[ColumnFacts] = field(default_factory=list)
    currency: str = ""
    currency_column: str = ""
    outer: str = ""
    width: int = 0
    shifted: bool = False
    overhang: int = 0
    head: list[list[Any]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def column(self, title: str) -> ColumnFacts | None:
        """The facts of the column of that title."""
        return next((column for column in self.columns if column.title == title), None)

    def to_json(self) -> dict[str, Any]:
        """Plain values that json.dumps takes."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> "Understanding":
        """The understanding that `to_json` gave."""
        parts = {"sheets": SheetFacts, "columns": ColumnFacts, "questions": Question, "doubts": Doubt}
        made = {name: [part(**each) for each in facts.get(name, [])] for name, part in parts.items()}
        return cls(**(facts | made))


@dataclass(slots=True)
class SheetLine:
    """One line that is not blank. `number` is the sheet's own row number, `cells` has one value per title.

    `kind` is row (data), total, section, header, note or damaged; `reason` is a key of words.REASONS for all but
    plain rows. `repaired`: the cells had shifted and were put back. `fault` is there where the line is damaged.
    """

    number: int
    cells: list[Value]
    kind: str = ROW
    reason: str = ""
    repaired: bool = False
    fault: SheetError | None = None
