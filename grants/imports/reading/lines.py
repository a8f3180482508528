"""`read_lines`: the lines of a file one by one, each with its kind."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import SheetError
from ..sheets import LARGE
from . import records
from .decoding import STRANGE
from .facts import DAMAGED, ROW, SheetLine, Understanding
from .grid import letters
from .judging import Judge
from .records import Records
from .repairs import ROWS_LEARNT, Repairer
from .sources import overhang_cut, text_records, unwrapped
from .words import FAULTS
from .workbooks import LongCell, workbook_rows

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c]")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def read_lines(path: Path, understanding: Understanding) -> Iterator[SheetLine]:
    """Every line below the titles that is not blank, in the file's order, also those that are no data.

    Lines come one by one, in constant memory for a text. Raises SheetError where the file cannot be read further.
    """
    if understanding.kind == "csv":
        return TextReader(Path(path), understanding).lines()
    return BookReader(Path(path), understanding).lines()


class Reader:
    """What reading a text and a workbook share."""

    def __init__(self, path: Path, understanding: Understanding) -> None:
        self.path = path
        self.facts = understanding
        self.judge = Judge(understanding)
        self.width = understanding.width
        indexes = [column.index for column in understanding.columns]
        self.picked = None if indexes == list(range(self.width)) else indexes
        self.unpicked = sorted(set(range(self.width)) - set(indexes))
        self.titles = {column.index: column.title for column in understanding.columns}

    def pick(self, cells: list[Any]) -> list[Any]:
        """One cell per title, from cells of the whole width."""
        return cells if self.picked is None else [cells[index] for index in self.picked]

    def padded(self, cells: list[Any]) -> list[Any]:
        """The cells over the whole width, neither more nor fewer."""
        return (cells + [None] * (self.width - len(cells)))[: self.width]

    def damaged(
        self, number: int, cells: list[Any], code: str, index: int | None = None, /, **params: Any
    ) -> SheetLine:
        """A line that must not be used, and why."""
        column = None if index is None else self.titles.get(index, letters(index))
        value = None if index is None or index >= len(cells) else cells[index]
        fault = SheetError(
            FAULTS[code],
            params=params,
            row=number,
            column=column,
            value=value,
            sheet=self.facts.sheet or None,
        )
        return SheetLine(number, self.pick(self.padded(cells)), DAMAGED, code, False, fault)

    def judged(self, number: int, cells: list[Any], reason: str = "") -> SheetLine | None:
        """What the line is, once its cells are sound; `reason` says what had to be done for that."""
        stray = next((index for index in self.unpicked if cells[index] is not None), None)
        if stray is not None:
            return self.damaged(number, cells, "beyond", stray, letter=letters(stray))
        line = self.judge.line(number, self.pick(cells))
        if line and line.kind == ROW and reason:
            line.reason = reason
            line.repaired = reason in ("shifted", "quote")
        return line

    def checked(self, number: int, cells: list[Any], reason: str = "") -> SheetLine | None:
        """The same for cells that may hold strange characters: most make the line damaged, invisible ones go."""
        sound = []
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and STRANGE.search(cell):
                cell = LINE_BREAKS.sub("\n", cell)
                control = CONTROL.search(cell)
                if control:
                    place = {"code": f"U+{ord(control[0]):04X}", "position": control.start() + 1}
                    return self.damaged(number, cells, "control", index, **place)
                if "\ufffd" in cell:
                    return self.damaged(number, cells, "lost", index)
                if INVISIBLE.search(cell):
                    cell, reason = INVISIBLE.sub("", cell).strip() or None, reason or "invisible"
            if isinstance(cell, LongCell) or (isinstance(cell, str) and len(cell) > LARGE.characters):
                found = cell.length if isinstance(cell, LongCell) else len(cell)
                shown = [str(each)[:200] if isinstance(each, LongCell | str) else each for each in cells]
                return self.damaged(number, shown, "characters", index, found=found, most=LARGE.characters)
            sound.append(cell)
        return self.judged(number, sound, reason)


class BookReader(Reader):
    """The lines of one sheet of a workbook."""

    def lines(self) -> Iterator[SheetLine]:
        """The lines below the titles."""
        header_row, width = self.facts.header_row, self.width
        for number, cells in workbook_rows(self.path, self.facts.sheet):
            if number <= header_row:
                if number in self.facts.header_rows:
                    self.judge.see_header(self.pick(self.padded(cells)))
                continue
            beyond = next((index for index in range(width, len(cells)) if cells[index] is not None), None)
            texts = [cell for cell in cells if cell.__class__ is str or cell.__class__ is LongCell]
            if beyond is not None:
                line: SheetLine | None = self.damaged(number, cells, "beyond", beyond, letter=letters(beyond))
            elif STRANGE.search("".join(map(str, texts))) or any(cell.__class__ is LongCell for cell in texts):
                line = self.checked(number, self.padded(cells))
            else:
                line = self.judged(number, cells if len(cells) == width else self.padded(cells))
            if line:
                yield line


class TextReader(Reader):
    """The lines of a delimited text."""

    def __init__(self, path: Path, understanding: Understanding) -> None:
        super().__init__(path, understanding)
        self.delimiter = understanding.delimiter
        self.repairer = self._learnt() if understanding.shifted else None

    def lines(self) -> Iterator[SheetLine]:
        """The lines below the titles."""
        width, header_row = self.width, self.facts.header_row
        found = self._records()
        plain, judge = self.picked is None, self.judge
        usual = self.repairer is None
        for number, raw, trouble in found:
            if number <= header_row:
                if number in self.facts.header_rows:
                    judge.see_header(self.pick(self.padded([cell.strip() or None for cell in raw])))
                continue
            if len(raw) == width and usual and not trouble and not found.lines.dirty:
                cells: list[Any] = [cell.strip() or None for cell in raw]
                if found.several:
                    cells = [LINE_BREAKS.sub("\n", cell) if cell else None for cell in cells]
                line = judge.line(number, cells) if plain else self.judged(number, cells)
            else:
                line = self._unusual(number, raw, trouble)
            if line:
                yield line

    def _records(self) -> Records:
        facts = self.facts
        return text_records(self.path, facts.encoding, facts.delimiter, facts.outer, facts.width)

    def _unusual(self, number: int, raw: list[str], trouble: str) -> SheetLine | None:
        """A row that is not of the right width, or that something else is the matter with."""
        raw = self._trimmed(unwrapped(raw, self.delimiter))
        bare: list[Any] = [LINE_BREAKS.sub("\n", cell).strip() or None for cell in raw]
        if trouble == records.LONG:
            return self.damaged(number, [cell[:200] if cell else None for cell in bare], "long")
        filled = [index for index, cell in enumerate(bare) if cell is not None]
        if not filled:
            return None
        if len(filled) == 1 and filled[0] < self.width:
            return self.checked(number, self.padded(bare))
        if len(bare) > self.width:
            mended = self._mender().repair([cell or None for cell in raw])
            if mended is None:
                shown = "⇥" if self.delimiter == "\t" else self.delimiter
                code = "quote" if trouble else "more"
                return self.damaged(number, bare, code, cells=len(bare), titles=self.width, delimiter=shown)
            return self.checked(number, mended, "shifted")
        if len(bare) < self.width or trouble or self.facts.shifted:
            return self._doubtful(number, bare, trouble)
        return self.checked(number, bare)

    def _doubtful(self, number: int, bare: list[Any], trouble: str) -> SheetLine | None:
        """A row that may have shifted although it is not too long: it stands only if its cells fit their titles."""
        cells = self.padded(bare)
        line = self.checked(number, cells, "quote" if trouble else "")
        if line is None or line.kind != ROW or self._mender().fits(cells):
            return line
        code = "quote" if trouble else "fewer" if len(bare) < self.width else "misfit"
        return self.damaged(number, bare, code, cells=len(bare), titles=self.width)

    def _trimmed(self, raw: list[str]) -> list[str]:
        """The row without the blank cells at its end; in a shifted file, as many as trail behind the titles."""
        return overhang_cut(raw, self.width, self.facts.overhang if self.facts.shifted else None)

    def _mender(self) -> Repairer:
        if self.repairer is None:
            self.repairer = self._learnt()
        return self.repairer

    def _learnt(self) -> Repairer:
        """What puts rows back, taught by the first rows of the file."""
        titles = [self.titles.get(index, "") for index in range(self.width)]
        repairer = Repairer(titles, self.delimiter)
        found = self._records()
        body = (raw for number, raw, trouble in found if number > self.facts.header_row and not trouble)
        rows = (self._trimmed(unwrapped(raw, self.delimiter)) for raw in body)
        cells: Iterator[list[str | None]] = ([cell or None for cell in row] for row in rows)
        if not self.facts.shifted:
            # Short rows lack their last cells, as a rule.
            cells = (row if len(row) > self.width else self.padded(row) for row in cells)
        repairer.learn(islice(cells, ROWS_LEARNT))
        return repairer
