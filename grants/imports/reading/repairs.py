"""Rows that were cut where they should not have been, put back where only one way of joining their cells fits.

A decimal comma in a file cut by commas makes two cells of « 100 000,00 », an address makes two of « Laval, QC ». What
each column looks like is learnt from the file itself: rows that can be put back in one way teach how to put back
the next. A row that can be put back in two ways, or in none, is left damaged.
"""

import re
from collections import Counter
from collections.abc import Iterable

from ..styles import is_nothing
from . import hints, looks

ROWS_LEARNT = 1_500
MOST_JOINS = 14
MOST_WAYS = 200
FEW_VALUES, FEW_SHAPES = 12, 4
_WHOLE = re.compile(r"[-−]?[$€£]?\s?\d[\d\s\u00a0\u202f\u2009'’]*")
_CENTS = re.compile(r"\d{1,2}(?:\s?(?:[$€£]|euros?|CAD|EUR))?", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{3}(?:\.\d{1,2})?(?:\s?(?:[$€£]|CAD|EUR))?", re.IGNORECASE)
# « 00 » or « 05 » is the end of some amount, not one.
_CUT_OFF = re.compile(r"\s*0\d")

Cells = list[str | None]


class Column:
    """What one column may hold: `free` text, an `amount`, or values of few kinds."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.hint = hints.hint(title)
        self.values: Counter[str] = Counter()
        self.shapes: Counter[str] = Counter()
        self.rows = self.values_seen = 0

    @property
    def is_amount(self) -> bool:
        return self.hint == hints.AMOUNT

    def learn(self, cell: str | None) -> None:
        """Count one cell known to stand in this column."""
        self.rows += 1
        self.values_seen += looks.look(cell) in (looks.NUMBER, looks.DATE)
        if len(self.values) < 5_000:
            self.values[cell or ""] += 1
        if len(self.shapes) < 5_000:
            self.shapes[shape(cell)] += 1

    def settle(self) -> None:
        """Decide, once enough was counted, whether the column is of few values or of few shapes."""
        common = sum(count for _value, count in self.values.most_common(FEW_VALUES))
        shapes = sum(count for _shape, count in self.shapes.most_common(FEW_SHAPES))
        enough = self.rows >= 5
        self.is_closed = enough and not self.is_amount and common >= 0.97 * self.rows and self.rows >= 15
        self.known_shapes = {each for each, _count in self.shapes.most_common(FEW_SHAPES)}
        worded = self.is_amount or self.hint in (hints.NAME, hints.TEXT)
        worded = worded or any(each and "9" not in each for each in self.known_shapes)
        self.is_shaped = enough and not worded and not self.is_closed and shapes >= 0.95 * self.rows
        self.longest = 2 + max(map(len, self.values), default=0)
        self.known = {value for value, _count in self.values.most_common(FEW_VALUES)}

    @property
    def is_free(self) -> bool:
        """Whether any text may stand here, one with delimiters in it too."""
        return not (self.is_amount or self.is_closed or self.is_shaped or self.hint in (hints.DATE, hints.PERCENT))

    def takes(self, cell: str | None) -> bool:
        """Whether a single cell may stand here."""
        if self.is_amount:
            number = cell is not None and looks.look(cell) == looks.NUMBER and not _CUT_OFF.match(cell)
            return number or is_nothing(cell)
        if self.is_closed:
            return (cell or "") in self.known or (shape(cell) in self.known_shapes and shape(cell) not in ("", "a"))
        if self.is_shaped:
            return shape(cell) in self.known_shapes or self._is_like_others(cell)
        if self.hint == hints.PERCENT:
            return cell is None or looks.look(cell) == looks.NUMBER
        if self.hint == hints.DATE:
            return cell is None or looks.look(cell) == looks.DATE or _has_year(cell) or is_nothing(cell)
        # A bare number or day in a column of words belongs to a neighbour.
        return (
            cell is None
            or self.values_seen > max(1, 0.02 * self.rows)
            or looks.look(cell) not in (looks.NUMBER, looks.DATE)
        )

    def looks_known(self, cell: str | None) -> bool:
        """Whether a cell is blank, or has digits where others of its column have, and none where none has."""
        digits = any(char.isdigit() for char in cell or "")
        return not cell or any(digits == any(char.isdigit() for char in value) for value in self.known)

    def _is_like_others(self, cell: str | None) -> bool:
        """Whether a reference is written with digits and no longer than the others, if otherwise."""
        if self.hint != hints.IDENTIFIER or not cell:
            return False
        return len(cell) <= self.longest and any(char.isdigit() for char in cell)

    def takes_joined(self, parts: Cells) -> bool:
        """Whether several neighbouring cells may be one here."""
        if self.is_amount:
            return _is_amount(parts)
        return self.is_free and all(part is not None for part in parts[:1])


def _has_year(cell: str) -> bool:
    return re.search(r"(?:19|20)\d\d", cell) is not None


def _is_amount(parts: Cells) -> bool:
    """« 100 000 » and « 00 », or « $1 » and « 234.50 »; a comma alone does not say which of the two."""
    first, *rest = parts
    if first is None or not _WHOLE.fullmatch(first) or any(part is None for part in rest):
        return False
    if len(rest) == 1 and _CENTS.fullmatch(rest[0] or ""):
        return True
    bare = re.sub(r"\D", "", first)
    return len(bare) <= 3 and all(_THOUSANDS.fullmatch(part or "") for part in rest)


class Repairer:
    """Puts shifted rows back under their titles."""

    def __init__(self, titles: list[str], delimiter: str) -> None:
        self.columns = [Column(title) for title in titles]
        self.delimiter = delimiter
        self.spaced = 0.0
        self.cut_amounts = 1.0
        self.taught = False
        for column in self.columns:
            column.settle()

    def learn(self, rows: Iterable[Cells]) -> None:
        """Learn the columns from rows as they were cut, shifted ones too."""
        kept = [row for row, _number in zip(rows, range(ROWS_LEARNT), strict=False) if len(row) > 1]
        width = len(self.columns)
        intact = [row for row in kept if len(row) == width]
        if intact and len(intact) >= 0.3 * len(kept):
            self._learn_aligned(intact)
            self.taught = len(intact) >= 0.5 * len(kept)
        else:
            self._learn_edges(kept)
        for _round in range(3):
            solved = self._solved(kept)
            if len(solved) < max(3, 0.1 * len(kept)):
                break
            self.taught = self.taught or len(solved) >= 0.3 * len(kept)
            self._learn_aligned([self._joined(row, spans) for row, spans in solved])
            self.cut_amounts = sum(self._cuts_amounts(spans) for _row, spans in solved) / len(solved)
        self._learn_spacing(kept)

    def _solved(self, rows: list[Cells]) -> list[tuple[Cells, list[int]]]:
        found = ((row, self._likely(self._ways(row))) for row in rows)
        return [(row, ways[0]) for row, ways in found if len(ways) == 1]

    def _cuts_amounts(self, spans: list[int]) -> bool:
        return all(span > 1 for column, span in zip(self.columns, spans, strict=True) if column.is_amount)

    def _likely(self, ways: list[list[int]]) -> list[list[int]]:
        """Where all amounts of the file are cut, the ways that take them to be cut here too, if there are any."""
        if len(ways) < 2 or self.cut_amounts < 0.95:
            return ways
        return [spans for spans in ways if self._cuts_amounts(spans)] or ways

    def _learn_aligned(self, rows: list[Cells]) -> None:
        for index, column in enumerate(self.columns):
            fresh = Column(column.title)
            for row in rows:
                fresh.learn(row[index])
            fresh.settle()
            self.columns[index] = fresh

    def _learn_edges(self, rows: list[Cells]) -> None:
        """Where no row is intact, the columns before the first shift and those after the last one still line up."""
        width = len(self.columns)
        from_left = range(width)
        from_right = range(-1, -width - 1, -1)
        for indexes in (from_left, from_right):
            for index in indexes:
                fresh = Column(self.columns[index].title)
                for row in rows:
                    if len(row) >= width:
                        fresh.learn(row[index])
                fresh.settle()
                if not (fresh.is_closed or fresh.is_shaped):
                    break
                self.columns[index] = fresh

    def _learn_spacing(self, rows: list[Cells]) -> None:
        """The share of joins in texts, among rows put back in one way, where the right part starts with a space."""
        joins = spaced = 0
        for row, spans in self._solved(rows):
            position = 0
            for column, span in zip(self.columns, spans, strict=True):
                if span > 1 and not column.is_amount:
                    parts = row[position + 1 : position + span]
                    joins += len(parts)
                    spaced += sum(_starts_spaced(part) for part in parts)
                position += span
        self.spaced = spaced / joins if joins else 1.0

    def repair(self, row: Cells) -> Cells | None:
        """The row's cells under their titles, None where no way of joining them, or more than one, fits.

        Cells must come with their leading spaces: where commas inside texts are followed by a space, as they should
        be, that tells them from those between cells.
        """
        ways = self._likely(self._ways(row))
        if len(ways) > 1 and self.spaced >= 0.9:
            ways = [spans for spans in ways if self._is_spaced(row, spans)]
        if len(ways) != 1 or not self.taught:
            return None
        return [cell.strip() or None if cell else None for cell in self._joined(row, ways[0])]

    def fits(self, row: Cells) -> bool:
        """Whether a row may stand as it is; values not met before may, where they look like the others."""
        return self.taught and all(
            column.takes(_bare(cell)) or (column.is_closed and column.looks_known(cell))
            for column, cell in zip(self.columns, row, strict=False)
        )

    def _is_spaced(self, row: Cells, spans: list[int]) -> bool:
        """Whether all joins of texts, and no cut between texts, have a space behind them."""
        position = 0
        for index, (column, span) in enumerate(zip(self.columns, spans, strict=True)):
            joined = row[position + 1 : position + span]
            if not column.is_amount and not all(_starts_spaced(part) for part in joined):
                return False
            if index and column.is_free and self.columns[index - 1].is_free and _starts_spaced(row[position]):
                return False
            position += span
        return True

    def _joined(self, row: Cells, spans: list[int]) -> Cells:
        cells: Cells = []
        position = 0
        for span in spans:
            parts = row[position : position + span]
            cells.append(parts[0] if span == 1 else self.delimiter.join(part or "" for part in parts))
            position += span
        return cells

    def _ways(self, row: Cells) -> list[list[int]]:
        """Every way of joining neighbours that gives one fitting cell per column, as spans; MOST_WAYS at most."""
        joins = len(row) - len(self.columns)
        if joins < 0 or joins > MOST_JOINS:
            return []
        bare = [_bare(cell) for cell in row]
        dead: set[tuple[int, int]] = set()
        found: list[list[int]] = []

        def walk(index: int, position: int, spans: list[int]) -> bool:
            if index == len(self.columns):
                found.append(spans)
                return True
            if (index, position) in dead or len(found) >= MOST_WAYS:
                return False
            column = self.columns[index]
            left = joins - (position - index)
            any_way = False
            for span in range(1, left + 2):
                parts = bare[position : position + span]
                if column.takes(parts[0]) if span == 1 else column.takes_joined(parts):
                    any_way |= walk(index + 1, position + span, [*spans, span])
            if not any_way and len(found) < MOST_WAYS:
                dead.add((index, position))
            return any_way

        walk(0, 0, [])
        # Spans must use up the whole row.
        return [spans for spans in found if sum(spans) == len(row)]


def shape(cell: str | None) -> str:
    """The outline of a cell: « 2018-04-01 » gives 9-9-9, « I-A 4 » a-a 9."""
    if not cell:
        return ""
    bare = _bare(cell[:80]) or ""
    return re.sub(r"\s+(?=\W|_)|(?<=[\W_])\s+", "", re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", bare)))


def _bare(cell: str | None) -> str | None:
    return (cell.strip() or None) if cell else None


def _starts_spaced(cell: str | None) -> bool:
    return bool(cell) and cell[:1].isspace()  # type: ignore[index]
