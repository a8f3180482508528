"""The lines of a page of a PDF, as they stand on the paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .flow import raised

# Shares of a line's height.
CELL_GAP = 1.25
BETWEEN_WORDS = 0.12
ALIKE = 1.08
MARKER = re.compile(r"(?:[•●▪◦‣·*○■□►▶➢✓\uf000-\uf0ff–—-]|\(?\w{1,2}[.)]|o)$")
ITEM = re.compile(r"(?:[•●▪◦‣·*○■□►▶➢✓\uf000-\uf0ff–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s)")


class Letter(NamedTuple):
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
    wide = wide_gaps(seen, height)
    cells: list[list[Letter]] = [[]]
    for letter in letters:
        if id(letter) in wide and not (len(cells) == 1 and MARKER.match("".join(o.text for o in cells[0]).strip())):
            cells.append([])
        cells[-1].append(letter)
    return Line([cell_of(cell, bottom, height) for cell in cells], height, page)


def wide_gaps(seen: Sequence[Letter], height: float) -> set[int]:
    """The letters (by identity) that stand far to the right of the one before."""
    gaps = [after.left - before.right for before, after in pairwise(seen)]
    wide = [gap for gap in gaps if gap > CELL_GAP * height]
    between_words = [gap for gap in gaps if gap > BETWEEN_WORDS * height]
    # A justified line of few words has wide gaps too, but they are all alike.
    if not wide or (len(wide) > 1 and len(wide) == len(between_words) and max(wide) < ALIKE * min(wide)):
        return set()
    return {id(after) for after, gap in zip(seen[1:], gaps, strict=True) if gap > CELL_GAP * height}


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
    return letter.top - letter.bottom < 0.9 * height and letter.bottom > bottom + 0.1 * height
