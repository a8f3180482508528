"""What a programme's grants add up to until any date, read as sums by month: a million make a few thousand rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Expression, Func, Min, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Left
from django.db.models.lookups import In, IsNull

from grants.models import Grant, GrantProject, Project
from grants.values.partial_dates import PartialDate

from .sums import Sums, aggregates, sums_of

# Dates as text, filled up to the last day that they may mean: « 2021-03 » is over when March is. Sorts as dates do.
LAST_DAY = "-12-31"
NEVER = "9999"  # no date at all: surely before nothing


class Until(Func):
    """A partial date as the text of its last day."""

    template = "(%(expressions)s || right('-12-31', 10 - length(%(expressions)s)))"
    output_field = CharField()


def last_day(moment: PartialDate) -> str:
    """The same in Python."""
    return moment.iso + LAST_DAY[len(LAST_DAY) - 10 + len(moment.iso) :]


@dataclass
class Ledger:
    """Sums by date. Recipients and named projects stand at the date when they first appear."""

    days: dict[str, Sums] = field(default_factory=dict)

    def on(self, day: str | None) -> Sums:
        """The sums of one date (as `Until` writes it; None: without a date), made if need be."""
        return self.days.setdefault(day or NEVER, Sums())

    def until(self, moment: PartialDate | None) -> Sums:
        """All that was surely granted by the end of `moment`; everything where there is no moment."""
        total = Sums()
        for day, sums in self.days.items():
            if moment is None or day <= last_day(moment):
                total.add(sums)
        return total


def ledgers(
    programmes: Iterable[int], moments: Iterable[PartialDate] = (), *, published_only: bool = True
) -> dict[int, Ledger]:
    """Return the ledger of each programme's primary key: three queries in all. Cancelled grants count for nothing.

    The sums stand by months, and by days in the months of those `moments` that name a day: `until` one of these, the
    end of a month or of a year is exact.
    """
    keys = list(programmes)
    books = {key: Ledger() for key in keys}
    grants: QuerySet = Grant.objects.published() if published_only else Grant.objects.exclude(publication="withdrawn")
    # A grant without a date of its own was granted when it was announced.
    grants = grants.filter(programme__in=keys).exclude(status="cancelled").order_by()
    days = {moment.iso[:7] for moment in moments if moment.precision == "day"}
    grants = grants.annotate(until=_until(Coalesce("date", "announcement__date", output_field=CharField()), days))
    links = GrantProject.objects.filter(grant__in=grants.values("pk"))
    if published_only:
        links = links.filter(project__in=Project.objects.published())
    _enter_sums(books, grants, links)
    _enter_recipients(books, grants)
    _enter_projects(books, links, days)
    return books


def _until(date: Expression, days: set[str]) -> Expression:
    """The end of a date's month; of a date in the months of `days`, its own."""
    own = Until(date)
    month = Left(own, 7)
    end = Concat(month, Value(LAST_DAY[3:]), output_field=CharField())
    told = Case(When(In(month, sorted(days)), then=own), default=end, output_field=CharField()) if days else end
    # Concat would make « -31 » of no date at all.
    return Case(When(IsNull(own, False), then=told), output_field=CharField())


def _enter_sums(books: dict[int, Ledger], grants: QuerySet, links: QuerySet) -> None:
    for row in grants.values("programme", "until").annotate(**aggregates(links)):
        books[row["programme"]].on(row["until"]).add(sums_of(row))


def _enter_recipients(books: dict[int, Ledger], grants: QuerySet) -> None:
    for programme, first, count in _firsts(grants.values_list("programme", "recipient").annotate(first=Min("until"))):
        books[programme].on(first).recipients += count


def _enter_projects(books: dict[int, Ledger], links: QuerySet, days: set[str]) -> None:
    until = _until(Coalesce("grant__date", "grant__announcement__date", output_field=CharField()), days)
    for programme, first, count in _firsts(
        links.order_by().annotate(until=until).values_list("grant__programme", "project").annotate(first=Min("until"))
    ):
        books[programme].on(first).projects += count


def _firsts(each: QuerySet) -> list[tuple[int, str | None, int]]:
    """How many of them first appear when, by programme: counted where they are, for there may be as many as grants."""
    try:
        sql, parameters = each.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT programme, first, count(*) FROM ({sql}) AS each (programme, one, first) GROUP BY 1, 2",  # noqa: S608
            parameters,
        )
        return list(cursor.fetchall())
