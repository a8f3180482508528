"""What was promised under a programme and what is itemised, year after year, each added up from the beginning.

Promised: the envelope last claimed, and the aid announced (the latest cumulative claim, or the acts announced by its
date if they state more, plus what was announced since). Nothing is guessed: what has no date is in no year and is
told apart, and a year before the first claim has no value rather than 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.models import Figure
from grants.models.codes import Measure, Nature, Scope
from grants.values.partial_dates import PartialDate

from .ledgers import NEVER, Ledger, Sums, last_day
from .programmes import ProgrammeReport, is_granted_so_far, latest

LONGEST = 60  # years shown without a break; beyond, only those in which something happened


@dataclass(frozen=True)
class Claim:
    """A figure and the date for which it speaks (None: nobody said)."""

    figure: Figure
    moment: PartialDate | None

    @property
    def value(self) -> Decimal:
        return Decimal(self.figure.value)

    def is_by(self, moment: PartialDate) -> bool:
        """Whether it surely speaks of a time until the end of `moment`."""
        return self.moment is not None and last_day(self.moment) <= last_day(moment)


@dataclass(frozen=True)
class Year:
    """The end of one year, in dollars (None: not known). `claims` are those that speak for this very year."""

    year: int
    envelope: Decimal | None
    announced: Decimal | None
    itemised: Sums
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Timeline:
    """The years in order, and what could be put into none of them."""

    years: tuple[Year, ...] = ()
    undated: Sums | None = None
    undated_claims: tuple[Claim, ...] = ()


def timeline_of(programme: int, report: ProgrammeReport, *, published_only: bool = True) -> Timeline:
    """Return the timeline of a programme (its primary key), given its report. One query."""
    return timeline(report.figures, acts_of(programme, published_only=published_only), report.ledger)


def acts_of(programme: int, *, published_only: bool = True) -> list[Claim]:
    """Return the aid that each announcement of a programme states: one claim each, the preferred one."""
    figures = Figure.objects.published() if published_only else Figure.objects.exclude(publication="withdrawn")
    figures = figures.filter(
        announcement__programme=programme, measure=Measure.AID, scope=Scope.ACT, nature=Nature.COMMITMENT
    ).select_related("announcement", "source")
    first: dict[int | None, Claim] = {}
    for figure in figures.order_by("-preferred", "as_of", "pk"):
        moment = figure.announcement.date if figure.announcement else None
        first.setdefault(figure.announcement_id, Claim(figure, moment or figure.as_of))
    return list(first.values())


def timeline(figures: Iterable[Figure], acts: Sequence[Claim], ledger: Ledger) -> Timeline:
    """Make a timeline of a programme's own figures, the acts of announcement and the ledger: only values."""
    own = [Claim(figure, figure.as_of) for figure in figures]
    envelopes = [claim for claim in own if claim.figure.measure == Measure.ENVELOPE]
    so_far = [claim for claim in own if is_granted_so_far(claim.figure)]
    claims = [*envelopes, *so_far, *acts]
    years = tuple(_year(year, envelopes, so_far, acts, ledger) for year in _years(claims, ledger))
    undated = ledger.days.get(NEVER)
    return Timeline(years, undated, tuple(claim for claim in claims if claim.moment is None))


def _years(claims: Iterable[Claim], ledger: Ledger) -> Sequence[int]:
    found = {claim.moment.year for claim in claims if claim.moment} | {
        int(day[:4]) for day in ledger.days if day != NEVER
    }
    if not found or max(found) - min(found) >= LONGEST:
        return sorted(found)
    return range(min(found), max(found) + 1)


def _year(year: int, envelopes: list[Claim], so_far: list[Claim], acts: Sequence[Claim], ledger: Ledger) -> Year:
    end = PartialDate(year)
    envelope = _latest(envelopes, end)
    claims = [claim for claim in (*envelopes, *so_far, *acts) if claim.moment and claim.moment.year == year]
    return Year(
        year=year,
        envelope=envelope.value if envelope else None,
        announced=announced_by(end, so_far, acts),
        itemised=ledger.until(end),
        claims=tuple(sorted(claims, key=lambda claim: last_day(claim.moment) if claim.moment else NEVER)),
    )


def announced_by(end: PartialDate, so_far: list[Claim], acts: Sequence[Claim]) -> Decimal | None:
    """The aid announced until the end of `end`; None before anything is claimed."""
    claim, told = _latest(so_far, end), [act for act in acts if act.is_by(end)]
    if claim is None or claim.moment is None:
        return sum((act.value for act in told), Decimal(0)) if told else None
    before = sum((act.value for act in told if act.is_by(claim.moment)), Decimal(0))
    since = sum((act.value for act in told if not act.is_by(claim.moment)), Decimal(0))
    return max(claim.value, before) + since


def _latest(claims: list[Claim], end: PartialDate) -> Claim | None:
    figure = latest([claim.figure for claim in claims if claim.is_by(end)])
    return Claim(figure, figure.as_of) if figure else None
