"""Recipients and amounts in the rows of tables."""

from ..judging import Judged
from ..names.finding import name_from
from ..names.name import Name
from ..names.words import LINKS
from ..pairs.pair import Pair
from ..text import Text
from .columns import by_sum, column_kind, columns_of, is_total_row
from .units import Structured, Unit, runs

# What the amounts of a row of totals are, by the kind of their column.
REASON_OF_COLUMN = {"cost": "project_cost", "amount": "total", "": "total"}


def row_pairs(text: Text, units: list[Unit]) -> Structured:
    """The pairs of the rows of tables."""
    found = Structured()
    for run in runs(units, "row"):
        columns = columns_of(text, run) or [""] * max(len(unit.block.cells) for unit in run)
        if "amount" not in columns:
            columns = by_sum(text, units, run, columns)
        waiting: tuple[int, int] | None = None
        for unit in run:
            found.used.add(unit.block.start)
            pairs = _row(text, unit, columns, waiting)
            for pair in pairs:
                (found.pairs if pair.judged else found.unpaid).append(pair)
            waiting = _unfinished(text, unit) if not pairs else None
    return found


def _unfinished(text: Text, unit: Unit) -> tuple[int, int] | None:
    """Where the name stands in a row whose amounts come on the next line."""
    if unit.amounts or sum(bool(column_kind(text, *cell)) for cell in unit.block.cells) > 1:
        return None
    return next((cell for cell in unit.block.cells if (name := _cell_name(text, *cell)) and name.quality >= 0.8), None)


def _total_row(text: Text, unit: Unit, columns: list[str]) -> None:
    """The amounts of a row of totals: what was granted in all, what all the projects cost."""
    sub_total = text.flat.startswith(("sous", "sub"), unit.block.start)
    kinds = columns[-len(unit.block.cells) :]
    for judged in unit.amounts:
        at = next((n for n, cell in enumerate(unit.block.cells) if cell[0] <= judged.mention.start < cell[1]), 0)
        kind = kinds[at] if at < len(kinds) else ""
        judged.reason = "subtotal" if sub_total else REASON_OF_COLUMN.get(kind, kind)
        judged.of_all = True


def _row(text: Text, unit: Unit, columns: list[str], waiting: tuple[int, int] | None = None) -> list[Pair]:
    cells = unit.block.cells
    if columns and [column_kind(text, *cell) for cell in cells] == columns:
        return []
    if is_total_row(text, unit):
        _total_row(text, unit, columns)
        return []
    kinds = [""] * len(cells)
    if len(columns) == len(cells) or (len(columns) > len(cells) and waiting):
        kinds = columns[-len(cells) :]
    name = _row_name(text, unit, kinds, waiting)
    if name is None or name.quality < 0.5:
        return []
    amounts = [judged for judged in unit.amounts if judged.reason != "part"]
    if not amounts:
        return [Pair(None, name, "row", 0.8)] if "amount" in columns and len(cells) == len(columns) else []
    pairs = [Pair(judged, name, "row", strength) for judged, strength in _granted(amounts, cells, kinds)]
    for pair in pairs:
        pair.project = _cell_of("project", text, cells, kinds)
        pair.place = _cell_of("place", text, cells, kinds)
    return pairs


def _row_name(text: Text, unit: Unit, kinds: list[str], waiting: tuple[int, int] | None) -> Name | None:
    """The name of a row: that of its column, else the first one; `waiting`: where one began on the line above."""
    cells = unit.block.cells
    if waiting is not None and unit.amounts:
        cut = text.flat[waiting[0] : waiting[1]].split()[-1] in LINKS or text.plain[cells[0][0]].islower()
        return name_from(text, waiting[0], cells[0][1] if cut else waiting[1], cell=True)
    for cell, kind in zip(cells, kinds, strict=True):
        if kind == "name":
            return _cell_name(text, *cell)
    names = (_cell_name(text, *cell) for cell in cells if not _holds_money(unit, cell))
    return next(filter(None, names), None)


def _granted(amounts: list[Judged], cells: list[tuple[int, int]], kinds: list[str]) -> list[tuple[Judged, float]]:
    """The amounts of a row that were granted, each with how sure that is."""
    in_column = []
    for judged in amounts:
        for cell, kind in zip(cells, kinds, strict=True):
            if kind in ("amount", "cost") and cell[0] <= judged.mention.start < cell[1]:
                judged.reason = "" if kind == "amount" else "project_cost"
                in_column += [judged] if kind == "amount" else []
    if len(in_column) > 2:
        total = sum(judged.mention.value for judged in in_column)
        in_column = [judged for judged in in_column if total - judged.mention.value != judged.mention.value]
    if in_column:
        return [(judged, 0.96) for judged in in_column]
    free = [judged for judged in amounts if judged.reason in ("", "total")]
    return [(free[-1], 0.93 if len(free) == 1 else 0.5)] if free else []


def _cell_of(wanted: str, text: Text, cells: list[tuple[int, int]], kinds: list[str]) -> str:
    return next(
        (text.plain[cell[0] : cell[1]].strip() for cell, kind in zip(cells, kinds, strict=True) if kind == wanted), ""
    )


def _cell_name(text: Text, start: int, end: int) -> Name | None:
    """A whole cell as a name: what a comma or dash would end goes on here."""
    return name_from(text, start, end, cell=True)


def _holds_money(unit: Unit, cell: tuple[int, int]) -> bool:
    return any(cell[0] <= judged.mention.start < cell[1] for judged in unit.amounts)
