"""Lines of text to records of cells, whatever has become of the quotation marks."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache

from .decoding import TextLines

# Why a record could not be cut as the rules of CSV want it.
QUOTE, LONG = "quote", "long"
LONGEST_SPLIT = 1_000_000


class Records:
    """The records of a delimited text: `(number, cells, trouble)`, blank ones included.

    A quotation mark that breaks the rules costs its own line, never those after it: `trouble` is then "quote", and
    the cells are cut where a mark next to a delimiter lets them be. `width` is the number of titles, 0 while unknown.
    `several` tells whether the last one had several lines. `number` counts records, as a spreadsheet numbers rows.
    """

    def __init__(self, lines: TextLines, delimiter: str, *, outer: str = "", width: int = 0) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.outer = outer
        self.width = width
        self.several = False

    def __iter__(self) -> Iterator[tuple[int, list[str], str]]:
        return self._outer_records() if self.outer else self._records(self.delimiter)

    def _records(self, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
        lines, taken, number = self.lines, self.lines.taken, 0
        self._skip_announcement()
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            trouble = ""
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                trouble = LONG if "larger than" in str(error) else QUOTE
            if trouble or (len(taken) > 1 and self._has_swallowed(cells, delimiter)):
                if not taken:
                    return
                cells, trouble = self._cut(lines.give_back(), delimiter)
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
            self.several = len(taken) > 1
            taken.clear()
            number += 1
            yield number, cells, trouble

    def _skip_announcement(self) -> None:
        """Spreadsheets may write ``sep=;`` as a first line, which they do not count as a row."""
        for line in self.lines:
            if re.fullmatch(r'"?sep=.?"?\s*', line, re.IGNORECASE):
                self.lines.taken.clear()
            else:
                self.lines.push(line)
            return

    def _has_swallowed(self, cells: list[str], delimiter: str) -> bool:
        """Whether a record of several lines holds lines that are rows of their own."""
        if self.width < 3:
            return len(self.lines.taken) > 200
        first, *others = (len(split(line, delimiter)) == self.width for line in self.lines.taken)
        return any(others) and (first or len(cells) != self.width)

    def _cut(self, line: str, delimiter: str) -> tuple[list[str], str]:
        """One line that breaks the rules, cut as well as can be."""
        cells = split(line, delimiter)
        too_long = max(map(len, cells), default=0) > csv.field_size_limit()
        return ([], LONG) if too_long else (cells, QUOTE)

    def _outer_records(self) -> Iterator[tuple[int, list[str], str]]:
        """A file that was cut by `outer` after it had been written with `delimiter`: that cut is undone first."""
        for number, cells, trouble in self._records(self.outer):
            line = self.outer.join(cells).rstrip(self.outer + " ")
            yield number, split(line, self.delimiter), trouble if trouble == LONG else ""


@lru_cache(maxsize=8)
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A cell between quotation marks, and one without. A single mark inside a quoted cell is text."""
    mark = re.escape(delimiter)
    closed = rf"(?={mark}|\s{{0,8}}$)"
    quoted = rf'"((?:[^"]|""|"(?!")(?!{closed}))*)"{closed}'
    return re.compile(quoted, re.DOTALL), re.compile(rf"[^{mark}]*", re.DOTALL)


def split(line: str, delimiter: str) -> list[str]:
    """The cells of one line: a quotation mark opens at a cell's start and closes before a delimiter, or is text."""
    line = line.rstrip("\r\n")
    if '"' not in line or len(line) > LONGEST_SPLIT:
        return line.split(delimiter)
    quoted, bare = _patterns(delimiter)
    cells, position, closes = [], 0, True
    while True:
        found = quoted.match(line, position) if closes and line.startswith('"', position) else None
        if found:
            cells.append(found[1].replace('""', '"'))
        else:
            # Where one mark is never closed, none after it is: looking again would cost the square of the length.
            closes = closes and not line.startswith('"', position)
            found = bare.match(line, position)
            assert found  # noqa: S101 (it matches nothing at all, too)
            cells.append(found[0])
        position = found.end()
        if line[position : position + 1] != delimiter:
            return cells
        position += 1
