"""The rows of a text as they stand, and how many cells each should have."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from . import hints, looks
from .decoding import TextLines
from .facts import Doubt, Understanding
from .headers import Header, Row
from .records import Records, split
from .repairs import Cells, Repairer

HEAD_ROWS = 3_000
HEAD_CHARACTERS = 4_000_000
# Below this share of too long rows a file is no shifted one: those rows are dealt with when they come.
SHIFTED_SHARE = 0.01


def text_records(path: Path, encoding: str, delimiter: str, outer: str = "", width: int = 0) -> Records:
    """The records of a text file."""
    return Records(TextLines(Path(path), encoding), delimiter, outer=outer, width=width)


def unwrapped(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a row that stands wholly between quotation marks, else the row as it is."""
    if len(cells) == 1 and delimiter in cells[0]:
        return split(cells[0], delimiter)
    return cells


def cleaned(cells: list[str]) -> list[str | None]:  # type: ignore[type-arg]
    """The cells without outer spaces, None where blank, none trailing."""
    return trimmed([cell.strip() or None for cell in cells])


def trimmed(cells: list[str | None]) -> list[str | None]:
    """The cells up to the last that is filled."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def text_head(records: Records) -> tuple[list[tuple[int, list[str]]], bool]:
    """The first filled rows as they stand, and whether they are all there are."""
    head: list[tuple[int, list[str]]] = []
    room = HEAD_CHARACTERS
    for number, cells, _trouble in records:
        raw = unwrapped(cells, records.delimiter)
        length = sum(map(len, raw))
        if length and any(not cell.isspace() for cell in raw if cell):
            head.append((number, raw))
            room -= length
            if len(head) >= HEAD_ROWS or room < 0:
                return head, False
    return head, True


def settle_width(
    understanding: Understanding, header: Header, rows: list[Row], head: list[tuple[int, list[str]]]
) -> list[Row]:
    """Set the width of the sheet, and whether its rows have shifted; return the rows put back where they can be.

    Rows longer than the titles have either shifted or a column without a title: they have shifted if joining their
    cells makes them fit.
    """
    titled = max((index + 1 for index, title in enumerate(header.titles) if title), default=1)
    body = [(number, raw) for number, raw in head if number > header.rows[-1]]
    lengths = {number: len(cells) for number, cells in rows}
    wide = [(number, raw) for number, raw in body if lengths[number] > 1]
    long = [raw for number, raw in wide if lengths[number] > titled]
    usual = Counter(len(raw) for _number, raw in wide).most_common(1)
    if not long:
        # Delimiters may trail behind every row.
        understanding.width = max(titled, usual[0][0] if usual else 0)
        return rows
    everywhere = len(long) >= 0.5 * len(wide)
    untitled = _has_untitled(header, [cells for number, cells in rows if number in dict(wide)], titled)
    if untitled and everywhere:
        return _widened(understanding, rows, wide, lengths)
    understanding.overhang = max(0, len(dict(head)[header.rows[-1]]) - titled)
    repairer = Repairer([*header.titles, *[""] * titled][:titled], understanding.delimiter)
    cut = {number: overhang_cut(raw, titled, understanding.overhang) for number, raw in wide}
    shortened: dict[int, Cells] = {number: [cell or None for cell in raw] for number, raw in cut.items()}
    repairer.learn(shortened.values())
    mended = {number: repairer.repair(raw) for number, raw in shortened.items() if len(raw) > titled}
    if untitled and sum(cells is not None for cells in mended.values()) * 2 < len(mended):
        return _widened(understanding, rows, wide, lengths)
    understanding.width = titled
    understanding.shifted = len(long) >= SHIFTED_SHARE * len(wide)
    if understanding.shifted:
        understanding.doubts.append(Doubt("shifted", row=next(iter(mended), None)))
    kept = [(number, cells) for number, cells in rows if number not in mended or mended[number] is not None]
    return [(number, mended.get(number) or cells) for number, cells in kept]


def _widened(
    understanding: Understanding, rows: list[Row], wide: list[tuple[int, list[str]]], lengths: dict[int, int]
) -> list[Row]:
    """The sheet has columns beyond its titles."""
    understanding.width = max(lengths[number] for number, _raw in wide)
    return rows


def _has_untitled(header: Header, rows: list[list[Any]], titled: int) -> bool:
    """Whether the rows have columns beyond the titles: all of one length, and what the titles promise stands there."""
    lengths = Counter(len(cells) for cells in rows)
    if sum(count for length, count in lengths.items() if length > titled) < 0.5 * len(rows):
        # A note beside a row now and then is no shift either, where the row itself is as promised.
        rows = [cells for cells in rows if len(cells) > titled]
    elif max(lengths.values()) < 0.9 * len(rows):
        return False
    promised = {index: hints.hint(title) for index, title in enumerate(header.titles[:titled])}
    typed = [index for index, kind in promised.items() if kind in (hints.AMOUNT, hints.DATE)]
    kept = [all(_keeps(promised[index], cells[index]) for index in typed) for cells in rows]
    return bool(typed) and sum(kept) >= 0.9 * len(kept)


def _keeps(kind: str, cell: Any) -> bool:
    """Whether a cell is what its title promises, whole: « 00 » is but the end of some amount."""
    if cell is None:
        return True
    seen = looks.look(cell)
    if kind == hints.DATE:
        return seen == looks.DATE
    return seen == looks.NUMBER and bool(re.search(r"[.,]\d\d(?!\d)|[$€£a-z]", str(cell)))


def overhang_cut(raw: list[str], width: int, most: int | None = None) -> list[str]:
    """The row without the blank cells beyond `width` at its end, `most` of them at most."""
    while len(raw) > width and not raw[-1].strip() and (most is None or most > 0):
        raw = raw[:-1]
        most = None if most is None else most - 1
    return raw
