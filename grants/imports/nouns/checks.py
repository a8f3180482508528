"""What one row alone shows to be wrong, once its cells are values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grants.imports.problems import Problem
from grants.models.codes import UNIT_OF
from grants.models.subjects import SUBJECTS

Check = Callable[[list[Any], int, list[Problem]], None]


def checks_of(caster: Any) -> list[Check]:
    """The checks that the columns of a sheet allow."""
    places: dict[str, int] = caster.places
    checks: list[Check] = []
    if {"agreement_start", "agreement_end"} <= places.keys():
        checks.append(not_before(places["agreement_start"], places["agreement_end"]))
    for name in ("amount", "value"):
        if name in places and "negative_reason" in caster.sheet.by_name:
            reason = places.get("negative_reason", -1)
            checks.append(negative(name, places[name], reason, caster.mapping.negative_reason))
    if "total_project_cost" in places:
        checks.append(not_negative(places["total_project_cost"], "total_project_cost", "negative_cost"))
    if caster.sheet.noun in ("figure", "citation"):
        checks.append(one_subject([places[name] for name in SUBJECTS if name in places]))
    if {"measure", "unit"} <= places.keys():
        checks.append(unit_fits(places["measure"], places["unit"]))
    return checks


def not_before(start: int, end: int) -> Check:
    """An agreement ends after it starts, compared as well as both dates are known."""

    def check(values: list[Any], row: int, problems: list[Problem]) -> None:
        first, last = values[start], values[end]
        if first and last and last < first and last[: len(first)] < first[: len(last)]:
            problems.append(Problem(row, "agreement_end", last, "ends_before_it_starts"))

    return check


def negative(name: str, amount: int, reason: int, default: str) -> Check:
    """A negative amount has a reason: its own, or the one of the profile."""

    def check(values: list[Any], row: int, problems: list[Problem]) -> None:
        value = values[amount]
        if value is None or value >= 0 or (reason >= 0 and values[reason]):
            return
        if default and reason >= 0:
            values[reason] = default
        else:
            problems.append(Problem(row, name, format(value, "f"), "negative_without_reason"))

    return check


def not_negative(place: int, name: str, code: str) -> Check:
    """A cost is not negative."""

    def check(values: list[Any], row: int, problems: list[Problem]) -> None:
        if values[place] is not None and values[place] < 0:
            problems.append(Problem(row, name, format(values[place], "f"), code))

    return check


def one_subject(places: list[int]) -> Check:
    """A figure or citation is about exactly one record."""

    def check(values: list[Any], row: int, problems: list[Problem]) -> None:
        if sum(values[place] is not None for place in places) != 1:
            problems.append(Problem(row, "", "", "not_one_record"))

    return check


def unit_fits(measure: int, unit: int) -> Check:
    """A measure is counted in its own unit, which need not be said."""

    def check(values: list[Any], row: int, problems: list[Problem]) -> None:
        if values[measure] and values[unit] is None:
            values[unit] = UNIT_OF.get(values[measure])
        elif values[measure] and values[unit] and UNIT_OF.get(values[measure]) != values[unit]:
            problems.append(Problem(row, "unit", values[unit], "another_unit"))

    return check
