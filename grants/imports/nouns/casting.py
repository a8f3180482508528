"""Rows of cells to rows of values, in the order of the staging columns, with what is wrong in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from grants.imports.problems import Problem
from grants.imports.reading.facts import ColumnFacts, Understanding
from grants.imports.sheets import Value
from grants.models import Region
from grants.values.folding import fold

from .cells import as_shown, caster_for
from .checks import checks_of
from .mapping import Mapping
from .sheet_columns import NounSheet, SheetColumn
from .texts import Bad, Cast, Told, person_caster, split_caster

REMEMBERED = 8192  # distinct cells per column
NOTES = 500
UNREMEMBERED = frozenset(["text", "prose"])  # mostly distinct, and quick
REPEATED = frozenset(["currency", "recipient_city", "recipient_name", "funder_name"])  # but these
SPECIAL = frozenset([Bad, Told])


class Caster:
    """Casts the rows of one sheet. `columns` are the staging columns, in order: those that titles say, and those that
    other cells tell of (a currency beside an amount, a whole description behind a long title).

    `notes` counts what was left out of lenient columns: (column, code, value) → rows.
    """

    def __init__(self, sheet: NounSheet, understanding: Understanding, mapping: Mapping) -> None:
        self.sheet, self.mapping = sheet, mapping
        self.notes: Counter[tuple[str, str, str]] = Counter()
        self._regions: dict[str, str] | None = None
        said = {name: title for title, name in mapping.columns.items() if title in understanding.titles}
        told = self._told(said)
        present = said.keys() | told | mapping.constants.keys()
        self.columns = tuple(
            column if column.name in said else replace(column, keeps_when_blank=True)
            for column in sheet.columns
            if column.name in present
        )
        self.places = {column.name: place for place, column in enumerate(self.columns)}
        self._plan: list[tuple[int, int, Cast, SheetColumn]] = []
        for column in self.columns:
            if column.name in said:
                title = said[column.name]
                facts = understanding.column(title)
                self._plan.append(
                    (
                        self.places[column.name],
                        understanding.titles.index(title),
                        self._caster(column, facts, title in mapping.splits, said),
                        column,
                    )
                )
        self._constants = self._read_constants()
        self._own = frozenset(mapping.columns.values())
        self._currency = self.places.get("currency", -1)
        self._required = [
            (self.places[column.name], self.places.get(f"{column.name}_name", -1), column.name)
            for column in self.columns
            if column.required
        ]
        self._checks = checks_of(self)

    def _told(self, said: dict[str, str]) -> set[str]:
        """The columns that cells of other columns may tell of."""
        told = set()
        if "amount" in said and "currency" in self.sheet.by_name:
            told.add("currency")
        if "amount" in said and self.mapping.negative_reason:
            told.add("negative_reason")
        if "measure" in said:
            told.add("unit")
        if "recipient_kind" in said:
            told |= {"recipient_is_nonprofit", "recipient_is_person"}
        if "recipient_person" in said:
            told |= {"recipient", "recipient_is_person"}
        for name, title in said.items():
            column = self.sheet.column(name)
            if column.overflow and column.overflow not in said:
                told.add(column.overflow)
            if title in self.mapping.splits and name.startswith("recipient") and name != "recipient_city":
                told.add("recipient_name_en")
        return told & self.sheet.by_name.keys()

    def _caster(self, column: SheetColumn, facts: ColumnFacts | None, is_split: bool, said: dict[str, str]) -> Cast:
        if is_split:
            english = "recipient_name_en" if column.name in ("recipient", "recipient_name") else ""
            return lru_cache(REMEMBERED)(split_caster(column, english))
        if column.name == "recipient_person":
            return lru_cache(REMEMBERED)(person_caster(column))
        if column.kind == "identifier" and facts is not None and facts.destroyed:
            return lambda _cell: None  # a spreadsheet has cut its digits: it names nobody
        if column.overflow in said:
            column = replace(column, overflow="")  # both have their own cell
        cast = caster_for(
            column,
            number_style=facts.number_style if facts else "",
            date_style=facts.date_style if facts else "",
            regions=self.regions,
        )
        distinct = column.kind in UNREMEMBERED and column.name not in REPEATED
        return cast if distinct else lru_cache(REMEMBERED)(cast)

    def regions(self) -> dict[str, str]:
        """Codes of the administrative regions by folded code and name."""
        if self._regions is None:
            self._regions = {}
            for code, french, english in Region.objects.values_list("code", "name_fr", "name_en"):
                self._regions |= {fold(name): code for name in (code, french, english, f"{code} {french}") if name}
            self._regions |= {word: code for word, code in MORE_REGIONS.items() if code in self._regions.values()}
        return self._regions

    def _read_constants(self) -> list[Any]:
        """A row of blanks, with the constants in their places."""
        row: list[Any] = [None] * len(self.columns)
        for name, text in self.mapping.constants.items():
            cast = self._caster(self.sheet.column(name), None, False, {})
            value = None if text is None or text == "" else cast(text)
            row[self.places[name]] = (
                None if value.__class__ is Bad else value.value if value.__class__ is Told else value
            )
        return row

    def cast(self, cells: Sequence[Value], row: int = 0) -> tuple[list[Any], list[Problem]]:
        """The values of one row, and its problems; `row` is the sheet's own number, for these."""
        values = self._constants.copy()
        problems: list[Problem] = []
        told: list[tuple[str, Any]] | None = None
        for place, index, cast, column in self._plan:
            cell = cells[index]
            if cell is None:
                continue
            value = cast(cell)
            if value.__class__ in SPECIAL:
                if value.__class__ is Bad:
                    self._bad(row, column, cell, value, problems)
                    continue
                told = [*(told or ()), *value.more]
                value = value.value
            if value is not None:
                values[place] = value
        if told:
            self._tell(told, values, row, problems)
        if self._currency >= 0 and values[self._currency] is None and self.mapping.currency:
            values[self._currency] = self.mapping.currency
        for place, companion, name in self._required:
            blank = values[place] is None and (companion < 0 or values[companion] is None)
            if blank and not any(problem.column == name for problem in problems):
                problems.append(Problem(row, name, "", "empty"))
        for check in self._checks:
            check(values, row, problems)
        return values, problems

    def _bad(self, row: int, column: SheetColumn, cell: Value, bad: Bad, problems: list[Problem]) -> None:
        if column.lenient:
            if len(self.notes) < NOTES:
                self.notes[column.name, bad.code, as_shown(cell)[:80]] += 1
        else:
            problems.append(Problem(row, column.name, as_shown(cell), bad.code, bad.params))

    def _tell(self, told: list[tuple[str, Any]], values: list[Any], row: int, problems: list[Problem]) -> None:
        """Put what cells say of other columns where these say nothing themselves."""
        for name, value in told:
            place = self.places.get(name, -1)
            if place < 0:
                continue
            if name == "currency" and name in self._own and values[place] not in (None, value):
                if value != "CAD":  # a lone $ may be any dollar
                    problems.append(Problem(row, "currency", values[place], "two_currencies", {"other": value}))
            elif name not in self._own or values[place] is None:
                values[place] = value


MORE_REGIONS = {
    "ensemble du quebec": "QC",
    "province": "QC",
    "tout le quebec": "QC",
    "toutes les regions": "QC",
    "toutes": "QC",
    "provincial": "QC",
    "hors quebec": "HQ",
    "hors du quebec": "HQ",
    "outside quebec": "HQ",
    "non precise": "HQ",
    "monteregie est": "16",
    "saguenay lac st jean": "02",
    "saguenay": "02",
    "capitale nationale quebec": "03",
    "gaspesie": "11",
    "iles de la madeleine": "11",
    "gaspesie iles": "11",
}
