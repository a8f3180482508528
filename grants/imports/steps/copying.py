"""Lines of a sheet into PostgreSQL's COPY, a thousand rows at a time: cast column by column, written as one text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from grants.imports.faults import faultpoint
from grants.imports.jobs.progress import Quiet
from grants.imports.nouns import Caster
from grants.imports.nouns.columnwise import Columnwise
from grants.imports.reading import SheetLine
from grants.models import Organisation
from grants.values.folding import fold, organisation_key

from .aside import Aside
from .plan import Plan, Reference

AT_ONCE = 1_000  # rows cast together
NAMES_REMEMBERED = 50_000
LONGEST_VALUE = 200

NULL = r"\N"
SPECIAL = re.compile(r"[\\\n\r\t]")
ESCAPED = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


class RowWriter:
    """Turns lines into the text that COPY wants, in the order of `plan.staged`; what is no row goes `aside`."""

    def __init__(self, plan: Plan, caster: Caster, aside: Aside) -> None:
        self.plan, self.caster, self.aside = plan, caster, aside
        self.columnwise = Columnwise(caster)
        places = {column.name: place for place, column in enumerate(caster.columns)}
        self.plain = [places[column.name] for column in caster.columns if not column.many]
        self.many = [(column, places[column.name]) for column in caster.columns if column.many]
        self.keys = [key_maker(reference, places) for reference in plan.references]
        self.amount = places.get("amount")
        self.blank = "\t".join([NULL] * (len(self.plain) + len(self.keys)))

    def texts(self, lines: Iterator[SheetLine], progress: Quiet) -> Iterator[str]:
        """The rows as COPY's text, some at a time."""
        waiting: list[SheetLine] = []
        for line in lines:
            if line.fault is not None:
                self.aside.add_fault(line)
                yield f"{line.number}\tf\t{self.blank}\n" if self.blank else f"{line.number}\tf\n"
            elif line.kind != "row":
                self.exclude(line)
            else:
                waiting.append(line)
                if len(waiting) >= AT_ONCE:
                    yield self.rows(waiting)
                    waiting = []
                    progress.advance(AT_ONCE)
                    progress.check()
                    faultpoint("while_staging")
        if waiting:
            yield self.rows(waiting)
            progress.advance(len(waiting))

    def exclude(self, line: SheetLine) -> None:
        """Put a line that is no data aside, with its amount if it has one."""
        amount = self.caster.cast(line.cells)[0][self.amount] if self.amount is not None else None
        self.aside.add_excluded(line, amount)

    def rows(self, lines: list[SheetLine]) -> str:
        """These rows as COPY's text; their problems and their cells of several things are put aside."""
        columns, problems = self.cast(lines)
        for i, found in problems.items():
            for problem in found:
                value = problem.value[:LONGEST_VALUE]
                self.aside.add("problems", lines[i].number, problem.column, value, problem.code, problem.params)
        for column, place in self.many:
            for line, things in zip(lines, columns[place], strict=True):
                if things:
                    self.aside.add_many(line.number, column, things)
        texts = [
            [str(line.number) for line in lines],
            ["t" if line.repaired else "f" for line in lines],
            *[as_copy_text(columns[place]) for place in self.plain],
            *[as_copy_text(key(columns)) for key in self.keys],
        ]
        return "\n".join(map("\t".join, zip(*texts, strict=True))) + "\n"

    def cast(self, lines: list[SheetLine]) -> tuple[list[list[Any]], dict[int, list[Any]]]:
        """The values of these rows by column, and the problems of those that have some."""
        if self.columnwise.is_possible:
            return self.columnwise.cast([line.cells for line in lines], [line.number for line in lines])
        cast = [self.caster.cast(line.cells, line.number) for line in lines]
        columns = [list(column) for column in zip(*(values for values, _found in cast), strict=True)]
        return columns, {i: found for i, (_values, found) in enumerate(cast) if found}


def as_copy_text(values: list[Any]) -> list[str]:
    """Values as COPY's text format has them. https://www.postgresql.org/docs/current/sql-copy.html"""
    try:
        if not SPECIAL.search("".join([value for value in values if value is not None])):
            return [NULL if value is None else value for value in values]
    except TypeError:  # not only texts
        pass
    return [one_as_copy_text(value) for value in values]


def one_as_copy_text(value: Any) -> str:
    """One value as COPY's text format has it."""
    if value is None:
        return NULL
    if value is True or value is False:
        return "t" if value else "f"
    return SPECIAL.sub(lambda found: ESCAPED[found[0]], value if value.__class__ is str else str(value))


def key_maker(reference: Reference, places: dict[str, int]) -> Callable[[list[list[Any]]], list[str | None]]:
    """The folded names that rows give a reference: of its own cells, else of its companion's."""
    folded = organisation_key if reference.model is Organisation else fold
    own, companion = places.get(reference.name), places.get(f"{reference.name}_name")
    known: dict[str, str] = {}

    def keys(columns: list[list[Any]]) -> list[str | None]:
        first = columns[own] if own is not None else columns[companion]  # type: ignore[index]
        second = columns[companion] if companion is not None else first
        return [key_of(one or other) for one, other in zip(first, second, strict=True)]

    def key_of(written: str | None) -> str | None:
        if not written:
            return None
        found = known.get(written)
        if found is None:
            if len(known) >= NAMES_REMEMBERED:
                known.clear()
            found = known[written] = folded(written)
        return found

    return keys
