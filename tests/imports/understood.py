"""What a reader would say of a small sheet, made by hand."""

from typing import Any

from grants.imports.nouns import Caster, map_titles, noun_sheet
from grants.imports.problems import Problem
from grants.imports.reading import ColumnFacts, Understanding

Row = dict[str, Any]


def understood(titles: list[str], **facts: dict[str, Any]) -> Understanding:
    """A text file with these titles; `facts` says more of some columns, by title."""
    columns = [
        ColumnFacts(index, "", title, **({"filled": 1, "distinct": 1} | facts.get(title, {})))
        for index, title in enumerate(titles)
    ]
    return Understanding("csv", titles=list(titles), columns=columns)


def cast(row: Row, noun: str = "grant", wishes: Row | None = None, **facts: Any) -> tuple[Row, list[Problem]]:
    """The values of one row by column, and its problems."""
    caster = caster_of(list(row), noun, wishes, **facts)
    values, problems = caster.cast(list(row.values()), 7)
    return dict(zip([column.name for column in caster.columns], values, strict=True)), problems


def caster_of(titles: list[str], noun: str = "grant", wishes: Row | None = None, **facts: Any) -> Caster:
    """The caster of a sheet with these titles."""
    understanding = understood(titles, **facts)
    sheet = noun_sheet(noun)
    return Caster(sheet, understanding, map_titles(sheet, understanding, wishes=wishes))


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    """Column and code of each problem."""
    return [(problem.column, problem.code) for problem in problems]
