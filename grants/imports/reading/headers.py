"""Which rows of a sheet are its titles, and what the titles are."""

from dataclasses import dataclass, field
from itertools import pairwise

from grants.values.folding import fold

from ..sheets import Value
from .hints import is_known
from .looks import is_value

Row = tuple[int, list[Value]]

CANDIDATES = 60
BODY_ROWS = 60
MOST_TITLE = 200


@dataclass
class Header:
    """`rows` are the sheet's own numbers, `start` the position of the first row below them among the rows seen.

    `titles` has one title, or "", per column of the sheet. `rivals` are other rows that might be the titles.
    """

    rows: list[int]
    start: int
    titles: list[str]
    rivals: list[int] = field(default_factory=list)


def find_header(rows: list[Row], wished: list[int] | None = None) -> Header | None:
    """The titles among the first filled rows of a sheet; None where no row can be them."""
    if wished:
        return _wished_header(rows, wished)
    scores = {position: _score(rows, position) for position in range(min(CANDIDATES, len(rows)))}
    able = [position for position, score in scores.items() if score > 0]
    if not able:
        return None
    best = max(able, key=lambda position: (scores[position] - position / 50, -position))
    first, last = _block(rows, best)
    titles = _composed([rows[position][1] for position in range(first, last + 1)])
    rivals = [
        rows[position][0]
        for position in able
        if not first <= position <= last
        and scores[position] > scores[best] - 0.5
        and _folded(rows[position][1]) != _folded(rows[best][1])
    ]
    return Header([rows[position][0] for position in range(first, last + 1)], last + 1, titles, rivals[:3])


def _wished_header(rows: list[Row], wished: list[int]) -> Header | None:
    positions = [position for position, (number, _cells) in enumerate(rows) if number in wished]
    if not positions:
        return None
    titles = _composed([rows[position][1] for position in positions])
    return Header([rows[position][0] for position in positions], positions[-1] + 1, titles)


def _score(rows: list[Row], position: int) -> float:
    """How much a row looks like titles of the rows below it; 0 where it cannot be them."""
    cells = rows[position][1]
    filled = {index for index, cell in enumerate(cells) if cell is not None}
    body = [row for _number, row in rows[position + 1 : position + 1 + BODY_ROWS]]
    used, typed = _body_columns(body)
    texts = {index for index in filled if not is_value(cells[index]) and len(str(cells[index])) <= MOST_TITLE}
    known = sum(is_known(str(cells[index])) for index in texts)
    values = len(filled) - len(texts)
    if not texts or values > 0.25 * len(filled) or (values and not known):
        return 0
    if len(texts) == 1 and (len(used) > 1 or not (known or body)):
        return 0
    coverage = len(texts & used) / len(used) if used else 1.0
    contrast = len(texts & typed) / len(typed) if typed else 0.0
    narrow = coverage < 0.5 and known < max(2, 0.8 * len(texts))
    if narrow or (typed and not contrast and not known) or _reappears(cells, texts, body):
        return 0
    vocabulary = min(1.0, known / max(2, 0.3 * len(texts)))
    if not body and vocabulary < 1:
        return 0
    distinct = len({fold(str(cells[index])) for index in texts}) / len(texts)
    return 3 * coverage + 2 * contrast + 2 * vocabulary + distinct - 2 * values / len(filled)


def _body_columns(body: list[list[Value]]) -> tuple[set[int], set[int]]:
    """The columns that the rows use, and those that mostly hold numbers and days.

    Rows that fill one cell only (sections, notes) tell nothing of columns as long as there are others.
    """
    wide = [row for row in body if len(row) - row.count(None) > 1] or body
    filled: dict[int, int] = {}
    values: dict[int, int] = {}
    for row in wide:
        for index, cell in enumerate(row):
            if cell is not None:
                filled[index] = filled.get(index, 0) + 1
                values[index] = values.get(index, 0) + is_value(cell)
    used = {index for index, count in filled.items() if count >= 0.1 * len(wide)}
    return used, {index for index in used if values[index] >= 0.6 * filled[index]}


def _reappears(cells: list[Value], texts: set[int], body: list[list[Value]]) -> bool:
    """Whether the row's texts come back below, one here and one there; titles do so together or not at all."""
    again = dict.fromkeys(texts, False)
    for row in body:
        same = {index for index in texts if index < len(row) and row[index] == cells[index]}
        if len(same) < 0.8 * len(texts):
            again |= dict.fromkeys(same, True)
    return sum(again.values()) > 0.34 * len(texts)


def _block(rows: list[Row], best: int) -> tuple[int, int]:
    """The first and last position of the titles around the best row: groups above it, parts of titles below."""
    first = last = best
    while last + 1 < len(rows) and last - best < 2 and _continues(rows, first, last + 1):
        last += 1
    while first > 0 and best - first < 3 and _belongs_above(rows, first - 1, first):
        first -= 1
    return first, last


def _continues(rows: list[Row], first: int, position: int) -> bool:
    """Whether the row under the titles is still titles: texts where the rows below hold numbers or days."""
    cells = rows[position][1]
    body = [row for _number, row in rows[position + 1 : position + 1 + BODY_ROWS]]
    _used, typed = _body_columns(body)
    filled = [index for index, cell in enumerate(cells) if cell is not None]
    if not typed or len(filled) < 2 or any(is_value(cells[index]) for index in filled):
        return False
    if rows[position][0] != rows[position - 1][0] + 1 or _folded(cells) == _folded(rows[first][1]):
        return False
    in_typed = [index for index in filled if index in typed]
    if not in_typed or any(len(str(cells[index])) > MOST_TITLE for index in filled):
        return False
    told = sum(is_known(str(cells[index])) or _is_unit(cells[index]) for index in filled)
    blank_above = [index for index in filled if _at(rows[position - 1][1], index) is None]
    return len(in_typed) >= 0.5 * len(typed) and (told >= 0.5 * len(filled) or len(blank_above) > 0)


def _belongs_above(rows: list[Row], position: int, below: int) -> bool:
    """Whether the row above the titles groups or completes them."""
    cells = rows[position][1]
    filled = [index for index, cell in enumerate(cells) if cell is not None]
    if len(filled) < 2 or rows[position][0] != rows[below][0] - 1:
        return False
    if any(is_value(cells[index]) or len(str(cells[index])) > MOST_TITLE for index in filled):
        return False
    under = [index for index, cell in enumerate(rows[below][1]) if cell is not None]
    completes = any(index not in under for index in filled)
    groups = len(filled) < len(under) and max(filled) <= max(under)
    # « Programme : » and its value, side by side above the table, are no groups.
    spread = any(after - before > 1 for before, after in pairwise(filled))
    return (completes and len(filled) >= 3) or (groups and spread) or (groups and len(filled) > 2)


def _composed(rows: list[list[Value]]) -> list[str]:
    """One title per column: the lowest words, with those above where they are needed to tell columns apart."""
    width = max(map(len, rows))
    levels = [[_clean(_at(row, index)) for index in range(width)] for row in rows]
    groups = ["" for _index in range(width)]
    for level in levels[:-1]:
        current = ""
        for index in range(width):
            current = level[index] or current
            groups[index] = current or groups[index]
    titles = []
    for index in range(width):
        words = [level[index] for level in levels if level[index]]
        title = words[-1] if words else ""
        if len(words) > 1 and _is_unit(title):
            title = f"{words[-2]} {title}"
        titles.append(title)
    folded = [fold(title) for title in titles]
    return [
        f"{groups[index]} – {title}"
        if title and groups[index] and groups[index] != title and folded.count(folded[index]) > 1
        else title
        for index, title in enumerate(titles)
    ]


def _is_unit(cell: Value) -> bool:
    text = str(cell or "")
    return text.lower() in ("$", "€", "£", "%", "k$", "m$", "k€", "m€") or (text[:1] == "(" and text[-1:] == ")")


def _clean(cell: Value) -> str:
    return "" if cell is None else " ".join(str(cell).split())[:MOST_TITLE]


def _at(cells: list[Value], index: int) -> Value:
    return cells[index] if index < len(cells) else None


def _folded(cells: list[Value]) -> list[str]:
    return [fold(_clean(cell)) for cell in cells if cell is not None]
