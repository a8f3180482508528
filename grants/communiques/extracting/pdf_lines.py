"""The lines of a page of a PDF, as they stand on the paper; the cells of a row, told by the gaps between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from .flow import raised

# Shares of a line's height.
CELL_GAP = 1.25
SAME_LINE = 0.4
CLOSE = 1.6
CLOSE_START = 0.15
MOST_LINES_IN_A_CELL = 6
MARKER = re.compile(r"(?:[•●▪◦‣·*○■□►▶➢✓\uf000-\uf0ff–—-]|\(?\w{1,2}[.)]|o)$")
ITEM = re.compile(r"(?:[•●▪◦‣·*○■□►▶➢✓\uf000-\uf0ff–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s)")


@dataclass(frozen=True, slots=True)
class Letter:
    """One character and its box, in points from the lower left corner of the page as it is seen."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Cell:
    """A piece of a line. `high` and `low`: the bottoms of its first and last lines."""

    text: str
    left: float
    right: float
    high: float
    low: float
    first_word: float = 0.0  # how wide its first word is
    words: list[tuple[float, int]] = field(default_factory=list)  # where each begins, on paper and in the text


@dataclass(slots=True)
class Line:
    """One line of text, or one row of a table with its cells."""

    cells: list[Cell]
    height: float
    page: int = 0

    @property
    def text(self) -> str:
        return self.cells[0].text

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return self.cells[-1].right

    @property
    def high(self) -> float:
        return max(cell.high for cell in self.cells)

    @property
    def low(self) -> float:
        return min(cell.low for cell in self.cells)

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1


def line_of(letters: Sequence[Letter], page: int) -> Line | None:
    """The line that these letters make, in the order in which they are written; None where they are all blank."""
    seen = [letter for letter in letters if not letter.text.isspace()]
    if not seen:
        return None
    height = median(letter.top - letter.bottom for letter in seen) or 1.0
    bottom = median(letter.bottom for letter in seen)
    cells: list[list[Letter]] = [[]]
    last: Letter | None = None
    for letter in letters:
        if not letter.text.isspace():
            marker = MARKER.match("".join(one.text for one in cells[-1]).strip()) if len(cells[-1]) < 6 else None
            if last and letter.left - last.right > CELL_GAP * height and not (marker and len(cells) == 1):
                cells.append([])
            last = letter
        cells[-1].append(letter)
    return Line([cell_of(cell, bottom, height) for cell in cells], height, page)


def cell_of(letters: Sequence[Letter], bottom: float, height: float) -> Cell:
    """One cell of a line."""
    text = ""
    words: list[tuple[float, int]] = []
    for letter in letters:
        if letter.text.isspace() and letter.text not in "\u00a0\u202f\u2009":
            text += "" if text[-1:] in ("", " ") else " "
            continue
        if text[-1:] in ("", " "):
            words.append((letter.left, len(text)))
        small = letter.text.isdigit() and is_raised(letter, bottom, height)
        text += raised(letter.text) if small else letter.text
    seen = [letter for letter in letters if not letter.text.isspace()]
    start = letters.index(seen[0])
    blank = next((place for place in range(start, len(letters)) if letters[place].text.isspace()), len(letters))
    width = letters[blank - 1].right - seen[0].left
    return Cell(text.rstrip(), seen[0].left, max(letter.right for letter in seen), bottom, bottom, width, words)


def is_raised(letter: Letter, bottom: float, height: float) -> bool:
    """Whether it is small and stands above the line, as the marks of notes do."""
    return letter.top - letter.bottom < 0.8 * height and letter.bottom > bottom + 0.15 * height


def rows_of(lines: list[Line]) -> list[Line]:
    """The lines of a page, with those that stand side by side made into rows."""
    made: list[Line] = []
    for line in lines:
        before = made[-1] if made else None
        start = row_start(made, line)
        if before and stands_beside(before, line):
            before.cells += line.cells
        elif before and continues_cell(before, line):
            add_below(before.cells[-1], line)
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
    return made


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


def stands_beside(before: Line, line: Line) -> bool:
    """Whether `line` goes on to the right, at the height of what is before it."""
    slack = SAME_LINE * line.height
    return line.left > before.right - slack / 2 and before.low - slack < line.high < before.high + slack


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
    for place in range(len(made) - 1, max(-1, len(made) - 1 - MOST_LINES_IN_A_CELL), -1):
        other = made[place]
        if other.is_row or other.right > line.left:
            return None
        if other.high > line.high - slack:
            while other.high - line.high > slack and place and is_next(made[place - 1], made[place]):
                place -= 1
                other = made[place]
                if len(made) - place > MOST_LINES_IN_A_CELL:
                    return None
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
