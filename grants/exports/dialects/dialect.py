"""A neighbouring standard as a file: which grants it can hold, and what it says of each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.db.models.lookups import Exact
from django.utils.functional import Promise

from grants.exports.about import About
from grants.exports.tables import Table

Words = str | Promise


@dataclass(frozen=True)
class Need:
    """What the standard wants of every grant: `missing` says why the others are left out."""

    missing: Words
    met: Q


@dataclass(frozen=True)
class LeftOut:
    """How many grants a file holds, how many it does not, and why; a grant may lack several things."""

    held: int
    count: int
    why: Sequence[tuple[Words, int]]

    def as_metadata(self) -> dict[str, Any]:
        """For programs."""
        return {"count": self.count, "reasons": [{"reason": str(words), "count": count} for words, count in self.why]}


@dataclass(frozen=True)
class Dialect:
    """`ending` is that of its files; `notes` say what stands where the standard wants what nobody knows.

    `prepare` gives a selection the aliases that `needs` and `table` speak of. `least` is the number of grants below
    which the standard knows no file.
    """

    ending: str
    label: Words
    sentence: Words
    standard: str
    content_type: str
    notes: Sequence[Words]
    needs: Sequence[Need]
    table: Callable[[QuerySet, About], Table]
    write: Callable[[Table, About, LeftOut], Iterator[bytes]]
    prepare: Callable[[QuerySet], QuerySet] = lambda grants: grants
    least: int = 0

    def held(self, grants: QuerySet) -> QuerySet:
        """The grants that the standard can hold."""
        return self.prepare(grants).filter(reduce(and_, (need.met for need in self.needs)))


def left_out(dialects: Sequence[Dialect], grants: QuerySet) -> Mapping[str, LeftOut]:
    """What each of the dialects leaves out of a selection, by ending: one query."""
    asked: dict[str, Any] = {"all": Count("pk")}
    for number, dialect in enumerate(dialects):
        grants = dialect.prepare(grants)
        asked[f"held_{number}"] = Count("pk", filter=reduce(and_, (need.met for need in dialect.needs)))
        asked |= {f"why_{number}_{at}": Count("pk", filter=_unmet(need)) for at, need in enumerate(dialect.needs)}
    found = grants.order_by().aggregate(**asked)
    return {
        dialect.ending: LeftOut(
            held=found[f"held_{number}"],
            count=found["all"] - found[f"held_{number}"],
            why=[
                (need.missing, found[f"why_{number}_{at}"])
                for at, need in enumerate(dialect.needs)
                if found[f"why_{number}_{at}"]
            ],
        )
        for number, dialect in enumerate(dialects)
    }


def _unmet(need: Need) -> Q:
    """Where nothing is known, SQL's NOT would not count the row."""
    met = Case(When(need.met, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Q(Exact(met, Value(False)))
