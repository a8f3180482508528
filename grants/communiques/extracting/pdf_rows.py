"""Lines of a page that stand side by side made into the rows of tables."""

from itertools import pairwise

from .flow import raised
from .pdf_lines import Cell, Line

# Shares of a line's height.
SAME_LINE = 0.4
CLOSE = 1.6
CLOSE_START = 0.15
MOST_LINES_IN_A_CELL = 6


def rows_of(lines: list[Line]) -> list[Line]:
    """The lines of a page, with those that stand side by side made into rows."""
    made: list[Line] = []
    for line in lines:
        start = row_start(made, line)
        if made and touches(made[-1], line):
            go_on(made[-1].cells[-1], line)
        elif stands_beside(made, line):
            made[-1].cells += line.cells
        elif made and continues_cell(made[-1], line):
            add_below(made[-1].cells[-1], line)
        elif start is not None:
            first = made[start]
            for other in made[start + 1 :]:
                add_below(first.cells[0], other)
            first.cells += line.cells
            del made[start + 1 :]
        else:
            made.append(line)
    for place, line in enumerate(made):
        for other in (*made[max(0, place - 1) : place], *made[place + 1 : place + 2]):
            if other.is_row and not line.is_row and abs(other.low - line.high) < 3 * line.height:
                cut_as(line, other)
    fill_blanks(made)
    return made


def touches(before: Line, line: Line) -> bool:
    """Whether `line` is the rest of the line before it, set apart by its size only."""
    gap = line.left - before.right
    level = abs(before.cells[-1].low - line.high) < SAME_LINE * line.height
    return not line.is_row and level and -0.5 * line.height < gap < 0.3 * line.height


def go_on(cell: Cell, line: Line) -> None:
    """The rest of the same line."""
    rest = line.cells[0]
    small = rest.text.isdigit() and rest.high > cell.low + 0.1 * line.height
    blank = " " if rest.left - cell.right > 0.15 * line.height else ""
    cell.words += [(left, place + len(cell.text) + len(blank)) for left, place in rest.words[0 if blank else 1 :]]
    cell.text += blank + (raised(rest.text) if small else rest.text)
    cell.right = max(cell.right, rest.right)


def cut_as(line: Line, row: Line) -> None:
    """Make `line` a row if words of it begin where each cell of the row beside it begins."""
    cell = line.cells[0]
    places = [0]
    for column in row.cells[1:]:
        near = [place for left, place in cell.words if abs(left - column.left) < CLOSE_START * line.height]
        if len(near) != 1 or near[0] <= places[-1]:
            return
        places.append(near[0])
    lefts = {place: left for left, place in cell.words}
    ends = [*places[1:], len(cell.text)]
    line.cells = [
        Cell(cell.text[start:end].strip(), lefts[start], lefts.get(end, cell.right), cell.high, cell.low)
        for start, end in zip(places, ends, strict=True)
    ]


def add_below(cell: Cell, line: Line) -> None:
    """Another line of the same cell."""
    cell.text = f"{cell.text} {line.text}"
    cell.left, cell.right = min(cell.left, line.left), max(cell.right, line.right)
    cell.low = line.low


def stands_beside(made: list[Line], line: Line) -> bool:
    """Whether `line` begins the next cell of the row made last: further to the right, at its height.

    A cell that has more lines than those before it may begin higher up, but not as high as the row above.
    """
    if not made:
        return False
    before, above = made[-1], made[-2] if len(made) > 1 else None
    slack = SAME_LINE * line.height
    if line.left < before.right - slack / 2 or line.high < before.low - slack:
        return False
    reach = before.high + slack
    if above is None or above.page == line.page:
        higher = before.high + MOST_LINES_IN_A_CELL / 2 * line.height
        reach = max(reach, min(higher, above.low - slack) if above else higher)
    return line.high < reach


def continues_cell(row: Line, line: Line) -> bool:
    """Whether `line` is the next line of the last cell of the row."""
    if not row.is_row or line.is_row:
        return False
    last, other = row.cells[-1], row.cells[-2]
    below = last.low - line.high
    return 0 < below < CLOSE * line.height and other.right < line.left < last.right and line.right > last.left


def row_start(made: list[Line], line: Line) -> int | None:
    """Which of the lines made is the first of the cell to the left of `line`, when that goes back up beside them."""
    slack = SAME_LINE * line.height
    if not made or line.high < made[-1].high + slack:
        return None
    last = len(made) - 1
    for place in range(last, max(-1, last - MOST_LINES_IN_A_CELL), -1):
        other = made[place]
        if other.is_row or other.right > line.left:
            return None
        if other.high > line.high - slack:
            # In the middle of a cell: as many lines of it stand above as stand below.
            above = last - place if other.high - line.high < slack else last - place + 1
            while above and place and is_next(made[place - 1], made[place]) and made[place - 1].right < line.left:
                place, above = place - 1, above - 1
            return place
    return None


def is_next(line: Line, following: Line) -> bool:
    """Whether the two are lines of one block."""
    below = line.low - following.high
    return (
        not line.is_row
        and 0 < below < 1.35 * line.height
        and abs(line.left - following.left) < line.height
        and abs(line.height - following.height) < 0.12 * line.height
    )


def fill_blanks(made: list[Line]) -> None:
    """Give to rows that have fewer cells than their neighbours the blank ones that keep columns in their places."""
    run: list[Line] = []
    for line, following in pairwise([*made, None]):
        if line is not None and line.is_row:
            run.append(line)
        if run and (following is None or not following.is_row):
            fill_run(run)
            run = []


def fill_run(rows: list[Line]) -> None:
    """The same for rows that follow one another."""
    width = max(len(row.cells) for row in rows)
    whole = [row for row in rows if len(row.cells) == width]
    columns = [
        (min(row.cells[place].left for row in whole), max(row.cells[place].right for row in whole))
        for place in range(width)
    ]
    if any(one[1] > other[0] for one, other in pairwise(columns)):
        return
    for row in rows:
        places = [nearest(cell, columns) for cell in row.cells]
        if len(row.cells) < width and all(one < other for one, other in pairwise(places)):
            blank = row.cells[0]
            filled = [Cell("", left, left, blank.high, blank.low) for left, _right in columns]
            for place, cell in zip(places, row.cells, strict=True):
                filled[place] = cell
            row.cells = filled


def nearest(cell: Cell, columns: list[tuple[float, float]]) -> int:
    """The column that the cell shares most of its width with, else the nearest."""
    shared = [min(cell.right, right) - max(cell.left, left) for left, right in columns]
    return shared.index(max(shared))
