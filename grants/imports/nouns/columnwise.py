"""Many rows cast at once, column by column: what most sheets hold needs no look at each cell.

A thousand texts are proven clean by one look at them joined; a thousand plain numbers by one pattern. Rows in which
anything is out of the ordinary are left to `Caster.cast`, which says what: a test compares the two on every sheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from grants.imports.problems import Problem
from grants.imports.sheets import Value

from .casting import Caster
from .cells import NAMING
from .sheet_columns import SheetColumn
from .texts import LONGEST_NOTHING, Bad, Told

PLAIN_NUMBERS = re.compile(r"(?:[0-9]{1,13}(?:\.[0-9]{1,2})?\n)*")
HAS_DIGIT = re.compile(r"\d").search
# Rows of these nouns are only checked on their own.
ALONE = frozenset(["figure", "citation"])


class Columnwise:
    """Casts the rows of one sheet by the thousand. `caster` casts the rows that are out of the ordinary."""

    def __init__(self, caster: Caster) -> None:
        self.caster = caster
        self.is_possible = caster.sheet.noun not in ALONE
        said = {place for place, *_rest in caster._plan}
        self.constant = [
            (place, caster._constants[place])
            for place in range(len(caster.columns))
            if place not in said and caster._constants[place] is not None
        ]
        dates = ("agreement_start", "agreement_end")
        self.dates = [tuple(caster.places[name] for name in dates)] if caster.places.keys() >= set(dates) else []
        self.money = [
            caster.places[name] for name in ("amount", "value", "total_project_cost") if name in caster.places
        ]

    def cast(
        self, rows: Sequence[Sequence[Value]], numbers: Sequence[int]
    ) -> tuple[list[list[Any]], dict[int, list[Problem]]]:
        """The values of rows, column by column in staging order, and by place in `rows` the problems of those that
        have some. `numbers` are the sheet's own.
        """
        count = len(rows)
        columns: list[list[Any]] = [[None] * count for _column in self.caster.columns]
        odd: set[int] = set()
        for place, index, cast, column in self.caster._plan:
            cells = [row[index] for row in rows]
            columns[place] = self.column(cells, cast, column, columns, odd)
        for place, constant in self.constant:
            columns[place] = [constant if value is None else value for value in columns[place]]
        for place, index, _cast, _column in self.caster._plan:
            if self.caster._constants[place] is not None:
                odd.update(i for i, row in enumerate(rows) if row[index] is None)
        self.fill_currency(columns)
        self.look_at_rows(columns, odd)
        problems: dict[int, list[Problem]] = {}
        for i in sorted(odd):
            values, found = self.caster.cast(rows[i], numbers[i])
            for column_values, value in zip(columns, values, strict=True):
                column_values[i] = value
            if found:
                problems[i] = found
        return columns, problems

    def column(
        self, cells: list[Any], cast: Any, column: SheetColumn, columns: list[list[Any]], odd: set[int]
    ) -> list[Any]:
        """The values of one column; the places of what is out of the ordinary are added to `odd`."""
        if column.kind in ("text", "prose") and not hasattr(cast, "cache_info"):
            if is_clean(cells, column.longest) and (column.name not in NAMING or are_names(cells)):
                return cells
        elif column.kind == "amount" and are_plain_numbers(cells):
            return cells
        values = [None if cell is None else cast(cell) for cell in cells]
        classes = {value.__class__ for value in values}
        if Bad in classes or Told in classes:
            for i, value in enumerate(values):
                if value.__class__ is Told and column.name == "recipient_kind":
                    self.tell(i, value, columns, odd)
                    values[i] = value.value
                elif value.__class__ is Bad or value.__class__ is Told:
                    odd.add(i)
                    values[i] = None
        return values

    def tell(self, i: int, told: Told, columns: list[list[Any]], odd: set[int]) -> None:
        """Put what a cell says of other columns there, unless they have titles of their own."""
        for name, value in told.more:
            place = self.caster.places.get(name, -1)
            if place < 0:
                continue
            if name in self.caster._own:
                odd.add(i)
            else:
                columns[place][i] = value

    def fill_currency(self, columns: list[list[Any]]) -> None:
        """The currency of the amounts that name none."""
        place, currency = self.caster._currency, self.caster.mapping.currency
        if place >= 0 and currency:
            columns[place] = [currency if value is None else value for value in columns[place]]

    def look_at_rows(self, columns: list[list[Any]], odd: set[int]) -> None:
        """Add the rows that lack what they need or contradict themselves."""
        for place, companion, _name in self.caster._required:
            if None in columns[place]:
                others = columns[companion] if companion >= 0 else columns[place]
                odd.update(
                    i for i, (own, other) in enumerate(zip(columns[place], others, strict=True)) if own is other is None
                )
        for start, end in self.dates:
            odd.update(
                i
                for i, (first, last) in enumerate(zip(columns[start], columns[end], strict=True))
                if first and last and last < first
            )
        for place in self.money:
            odd.update(
                i
                for i, value in enumerate(columns[place])
                if value is not None and value.__class__ is not str and value < 0
            )


def is_clean(cells: list[Any], longest: int) -> bool:
    """Whether all these texts are as they should be: composed, printable, short enough."""
    try:
        joined = " ".join([cell for cell in cells if cell is not None])
    except TypeError:  # a number among them
        return False
    if not joined.isprintable() or not (joined.isascii() or unicodedata.is_normalized("NFC", joined)):
        return False
    return len(joined) <= longest or max(len(cell) for cell in cells if cell is not None) <= (longest or 100_000)


def are_names(cells: list[Any]) -> bool:
    """Whether all these, clean as they are, name something as they stand: no double space, no word for nothing."""
    return all(
        cell is None or ("  " not in cell and "\xa0" not in cell and (len(cell) >= LONGEST_NOTHING or HAS_DIGIT(cell)))
        for cell in cells
    )


def are_plain_numbers(cells: list[Any]) -> bool:
    """Whether all these are dollars and cents as machines write them."""
    try:
        joined = "\n".join([cell for cell in cells if cell is not None])
    except TypeError:
        return False
    return PLAIN_NUMBERS.fullmatch(joined + "\n") is not None if joined else True
