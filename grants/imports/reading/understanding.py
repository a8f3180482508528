"""`understand`: what a file is taken for, before anything of it is believed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.values.folding import fold

from ..errors import SheetError
from ..sheets import LARGE, Limits
from . import looks
from .choosing import choose
from .decoding import EncodingFacts, find_encoding, text_blocks
from .facts import ROW, ColumnFacts, Doubt, Question, Understanding, Wishes
from .grid import check_width, letters, too_many_rows
from .headers import Header, Row, find_header
from .judging import Judge
from .kinds import check_kind
from .lines import CONTROL, INVISIBLE
from .profiles import profile
from .questions import column_doubts, settle_styles
from .sniffing import Cutting, sniff
from .sources import cleaned, settle_width, text_head, text_records
from .text_sheets import refuse_binary
from .words import FAULTS
from .workbooks import survey_workbook, workbook_rows

# Of the head of the sheet, what is kept to be shown.
SHOWN_ROWS, SHOWN_CELLS, SHOWN_CHARACTERS = 12, 12, 60
WIDTH_ROWS = 20
NO_TITLES = _(
    "No row of titles was found: the first rows of this sheet look like data or notes. "
    "Put one title above each column, or say which row holds them."
)


def understand(path: Path, name: str, wishes: Wishes | None = None, limits: Limits = LARGE) -> Understanding:
    """Look at the file at `path`, called `name` by its owner, and say how it will be read.

    `wishes` overrule what is found. Raises SheetError for a file that cannot be read, never anything else.
    """
    path, wishes = Path(path), wishes or Wishes()
    try:
        with path.open("rb") as file:
            start = file.read(8192)
            if not start.strip():
                raise SheetError(_("This file is empty."))
            kind = check_kind(file, name, None)
        if kind == "csv":
            return _understand_text(path, start, wishes, limits)
        return _understand_workbook(path, kind, wishes, limits)
    except SheetError as error:
        for each in (error, *error.others):
            each.file = each.file or name or None
        raise


def _understand_workbook(path: Path, kind: str, wishes: Wishes, limits: Limits) -> Understanding:
    choice = choose(survey_workbook(path), wishes)
    told, facts = choice.chosen.told, choice.chosen.facts
    check_width(facts.columns, limits, facts.name)
    if facts.rows > limits.rows:
        raise too_many_rows(limits, facts.name)
    understanding = Understanding(kind, sheet=facts.name, sheets=choice.sheets)
    understanding.doubts, understanding.questions = choice.doubts, choice.questions
    rows: list[Row] = [(number, cells) for number, cells in told["head"]]
    header = find_header(rows, wishes.header_rows)
    whole = facts.rows <= len(rows)
    return _understand_table(path, understanding, rows, header, wishes, whole)


def _understand_text(path: Path, start: bytes, wishes: Wishes, limits: Limits) -> Understanding:
    refuse_binary(start)
    encoding = EncodingFacts(wishes.encoding) if wishes.encoding else find_encoding(path)
    if encoding.lines > 2 * limits.rows:
        raise too_many_rows(limits)
    cutting = sniff(next(text_blocks(path, encoding.name), ""))
    if wishes.delimiter:
        cutting = Cutting(wishes.delimiter[:1])
    understanding = Understanding("csv", encoding.name, cutting.delimiter, outer=cutting.outer)
    if encoding.odd_lines:
        doubt = Doubt("encodings", row=encoding.first_odd, params={"count": encoding.odd_lines})
        understanding.doubts.append(doubt)
    if cutting.outer:
        understanding.doubts.append(Doubt("quotes"))
    head, whole = text_head(text_records(path, encoding.name, cutting.delimiter, cutting.outer))
    rows: list[Row] = [(number, cleaned(raw)) for number, raw in head]
    # Before anything is scored cell by cell: thousands of columns would keep the reader busy for minutes.
    check_width(max((filled_width(cells) for _number, cells in rows[:WIDTH_ROWS]), default=1), limits)
    header = find_header(rows, wishes.header_rows)
    if header:
        rows = settle_width(understanding, header, rows, head)
        check_width(max(understanding.width, 1), limits)
    return _understand_table(path, understanding, rows, header, wishes, whole)


def filled_width(cells: list[Any]) -> int:
    """How many cells a row has up to the last one that is filled."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1] is not None), 1)


def _understand_table(
    path: Path, understanding: Understanding, rows: list[Row], header: Header | None, wishes: Wishes, whole: bool
) -> Understanding:
    """What the titles and the first rows say; `whole` where those are all rows."""
    if header is None:
        raise SheetError(NO_TITLES, row=rows[0][0] if rows else None, sheet=understanding.sheet or None)
    understanding.header_rows, understanding.header_row = header.rows, header.rows[-1]
    understanding.head = [[number, _shown(cells)] for number, cells in rows[:SHOWN_ROWS]]
    body = rows[header.start :]
    width = understanding.width or max(len(cells) for _number, cells in [*body, rows[header.start - 1]])
    understanding.width = width
    body = [(number, (cells + [None] * (width - len(cells)))[:width]) for number, cells in body]
    wide = [cells for _number, cells in body if width - cells.count(None) > 1] or [cells for _number, cells in body]
    columns = _columns(header, wide, width)
    seen = [profile(column, (cells[column.index] for cells in wide)) for column in columns]
    understanding.columns = columns
    indexes = [column.index for column in columns]
    judge = Judge(understanding)
    judged = (judge.line(number, [cells[index] for index in indexes]) for number, cells in body)
    data = [line.cells for line in judged if line and line.kind == ROW]
    if data and not len(data) == len(wide) == len(body):  # else they were just looked at
        seen = [profile(column, (cells[place] for cells in data)) for place, column in enumerate(columns)]
    elif not data:
        understanding.doubts.append(Doubt("no_rows"))
    _name_columns(understanding, data)
    settle_styles(understanding, seen, wishes)
    if not whole:
        _look_further(path, understanding)
    understanding.doubts += column_doubts(understanding, seen)
    if header.rivals and not wishes.header_rows:
        options = [str(number) for number in (understanding.header_row, *header.rivals)]
        understanding.questions.append(Question("header", options=options, assumed=options[0]))
    return understanding


def _shown(cells: list[Any]) -> list[str]:
    """The first cells of a row, short enough to be kept and shown."""
    texts = ["" if cell is None else CONTROL.sub("", str(cell)) for cell in cells[:SHOWN_CELLS]]
    return [text[:SHOWN_CHARACTERS] for text in texts]


def _columns(header: Header, rows: list[list[Any]], width: int) -> list[ColumnFacts]:
    """The columns that have a title or a value."""
    titles = [*header.titles, *[""] * width][:width]
    used = {index for cells in rows for index, cell in enumerate(cells) if cell is not None}
    for title in titles:
        control = CONTROL.search(title)
        if control:
            params = {"code": f"U+{ord(control[0]):04X}", "position": control.start() + 1}
            raise SheetError(FAULTS["control"], params=params, row=header.rows[-1], value=title)
    return [
        ColumnFacts(index, letters(index), INVISIBLE.sub("", title))
        for index, title in enumerate(titles)
        if title or index in used
    ]


def _name_columns(understanding: Understanding, data: list[list[Any]]) -> None:
    """Give each column a title of its own: of two that are the same, the first that holds values keeps it."""
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(understanding.columns):
        if not column.title:
            column.title = column.letter
            understanding.doubts.append(Doubt("untitled", column.letter, value=(column.samples or [""])[0]))
        groups.setdefault(fold(column.title) or column.title, []).append(place)
    for places in groups.values():
        if len(places) > 1:
            _tell_apart(understanding, places, data)
    understanding.titles = [column.title for column in understanding.columns]


def _tell_apart(understanding: Understanding, places: list[int], data: list[list[Any]]) -> None:
    columns = understanding.columns
    taken = {column.title for column in columns}
    filled = [place for place in places if columns[place].filled]
    keeper = (filled or places)[0]
    title = columns[keeper].title
    count = 1
    for place in places:
        if place != keeper:
            count += 1
            while f"{title} ({count})" in taken:
                count += 1
            columns[place].title = f"{title} ({count})"
    if len(filled) > 1 and any(cells[filled[0]] != cells[other] for cells in data for other in filled[1:]):
        options = [columns[place].title for place in filled]
        evidence = [sample for place in filled for sample in columns[place].samples[:1]]
        understanding.questions.append(Question("repeated_title", title, options, title, evidence))


def _look_further(path: Path, understanding: Understanding) -> None:
    """Where the first rows do not tell days from months, some later row may."""
    for question in [each for each in understanding.questions if each.code == "date_order"]:
        column = understanding.column(question.column)
        if column is None or {looks.date_style_of(text) for text in question.evidence} != {"day"}:
            continue
        order = next((style for style in _days_below(path, understanding, column.index) if style), "")
        if order:
            column.date_style = order
            understanding.questions.remove(question)


def _days_below(path: Path, understanding: Understanding, index: int) -> Iterator[str]:
    if understanding.kind == "csv":
        u = understanding
        found = text_records(path, u.encoding, u.delimiter, u.outer, u.width)
        rows: Iterator[Any] = ((number, cells) for number, cells, _trouble in found)
    else:
        rows = workbook_rows(path, understanding.sheet)
    for number, cells in rows:
        if number > understanding.header_row and len(cells) > index and isinstance(cells[index], str):
            triple = looks.TRIPLE.fullmatch(cells[index].strip())
            if triple:
                style = looks.date_style_of(triple[0])
                yield style if style in ("dmy", "mdy") else ""
