"""What the columns of a table hold."""

import re

from .. import rules
from ..text import Text
from .units import Unit

TOTAL_ROW = re.compile(rules.words_of("total_row"))
LONGEST_TITLE = 120  # characters of a column's title or a field's label


def column_kind(text: Text, start: int, end: int) -> str:
    """What a title or label says that its column or value is; "" for other words."""
    if end - start > LONGEST_TITLE:
        return ""
    flat = re.sub(r"[ ]*(?:\(.*\)|\$|:)[ ]*$", "", text.flat[start:end].strip(" |*:"))
    for rule in rules.of("column"):
        if rule.pattern.fullmatch(flat):
            return rule.says
    return ""


def columns_of(text: Text, run: list[Unit]) -> list[str]:
    """The kinds of the columns that a row of titles gives."""
    for unit in run[:2]:
        kinds = [column_kind(text, start, end) for start, end in unit.block.cells]
        if sum(bool(kind) for kind in kinds) >= 2 or (len(kinds) == 2 and any(kinds) and not unit.amounts):
            return kinds
    return []


def by_sum(text: Text, units: list[Unit], run: list[Unit], columns: list[str]) -> list[str]:
    """Which column holds what was granted where no title says so: the one whose sum the text states."""
    inside = {id(unit) for unit in run}
    stated = {judged.mention.value for unit in units if id(unit) not in inside for judged in unit.amounts}
    for column in reversed(range(len(columns))):
        values = [
            judged.mention.value
            for unit in run
            if len(unit.block.cells) == len(columns) and not is_total_row(text, unit)
            for judged in unit.amounts
            if unit.block.cells[column][0] <= judged.mention.start < unit.block.cells[column][1]
        ]
        if len(values) > 1 and sum(values) in stated:
            return [*columns[:column], "amount", *columns[column + 1 :]]
    return columns


def is_total_row(text: Text, unit: Unit) -> bool:
    """Whether a row adds up the others."""
    return TOTAL_ROW.match(text.flat, unit.block.start, unit.block.end) is not None
