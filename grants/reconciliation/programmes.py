"""Each programme's envelopes beside what was granted under it, and cumulative claims beside the registry's own sums.

Earlier grants are often known only as one cumulative claim (« 81 M$ so far »). What was granted is then that claim, or
the itemised grants until its date if they are more, plus the itemised grants that came after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from grants.models import Figure, Programme
from grants.models.codes import Measure, Nature, Scope
from grants.search.remembered import remembered

from .ledgers import Ledger, ledgers
from .verdicts import Comparison, compare_count, compare_total

CUMULATIVE = (Measure.AID, Measure.PROJECT_COST, Measure.PROJECTS, Measure.RECIPIENTS)


@dataclass(frozen=True)
class CumulativeLine:
    """A cumulative claim beside the registry's own sum on its date."""

    figure: Figure
    comparison: Comparison


@dataclass(frozen=True)
class ProgrammeReport:
    """What is known of a programme's money, in dollars. None: not known."""

    envelopes: list[Figure] = field(default_factory=list)
    envelope: Decimal | None = None
    claimed_figure: Figure | None = None
    claimed: Decimal | None = None
    claimed_not_itemised: Decimal | None = None
    itemised: Decimal | None = None
    itemised_after: Decimal = Decimal(0)
    unknown_amounts: int = 0
    granted: Decimal | None = None
    left: Decimal | None = None
    cumulative: list[CumulativeLine] = field(default_factory=list)
    disagreements: list[list[Figure]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)


def reconcile_programme(programme: Programme, *, published_only: bool = True) -> ProgrammeReport:
    """Return the report of one programme (see `reconcile_programmes`)."""
    return reconcile_programmes([programme], published_only=published_only)[programme.pk]


def reconcile_programmes(programmes: Iterable[Programme], *, published_only: bool = True) -> dict[int, ProgrammeReport]:
    """Return a report for each programme's primary key. Three queries whatever the number of programmes."""
    keys = [programme.pk for programme in programmes]
    figures = _figures(keys, published_only)
    moments = {figure.as_of for group in figures.values() for figure in group if figure.as_of}
    books = ledgers(keys, moments, published_only=published_only)
    return {key: report(figures.get(key, []), books[key]) for key in keys}


def published_reports(programmes: Iterable[Programme]) -> dict[int, ProgrammeReport]:
    """The reports of published programmes, of what is published. Those of all are made at once and remembered."""
    everyone = remembered(
        "reports of programmes", lambda: reconcile_programmes(Programme.objects.published()), worded=False
    )
    # One published this very moment is not among them yet.
    return {one.pk: everyone.get(one.pk) or reconcile_programme(one) for one in programmes}


def published_report(programme: Programme) -> ProgrammeReport:
    """The report of one of them."""
    return published_reports([programme])[programme.pk]


def report(figures: list[Figure], ledger: Ledger) -> ProgrammeReport:
    """Make a report of a programme's figures and the ledger of its grants: no database, only values."""
    envelopes = [figure for figure in figures if figure.measure == Measure.ENVELOPE]
    envelope = latest(envelopes)
    claimed = latest([figure for figure in figures if is_granted_so_far(figure)])
    everything = ledger.until(None)
    itemised_before = (ledger.until(claimed.as_of).amount if claimed else None) or Decimal(0)
    after = (everything.amount or Decimal(0)) - itemised_before
    granted = max(claimed.value, itemised_before) + after if claimed else everything.amount
    return ProgrammeReport(
        envelopes=envelopes,
        envelope=envelope.value if envelope else None,
        claimed_figure=claimed,
        claimed=claimed.value if claimed else None,
        claimed_not_itemised=max(claimed.value - itemised_before, Decimal(0)) if claimed else None,
        itemised=everything.amount,
        itemised_after=after,
        unknown_amounts=everything.unknown_amounts,
        granted=granted,
        left=envelope.value - (granted or Decimal(0)) if envelope else None,
        cumulative=[CumulativeLine(figure, _beside(figure, ledger)) for figure in figures if _is_cumulative(figure)],
        disagreements=disagreements(figures),
        figures=figures,
        ledger=ledger,
    )


def disagreements(figures: list[Figure]) -> list[list[Figure]]:
    """Groups of claims about the same measure, scope, nature and date of one record that give different values."""

    def what(figure: Figure) -> tuple[str, ...]:
        return (figure.measure, figure.scope, figure.nature, figure.as_of.iso if figure.as_of else "")

    groups = [list(group) for _what, group in groupby(sorted(figures, key=what), key=what)]
    return [
        sorted(group, key=lambda figure: not figure.preferred)
        for group in groups
        if len({figure.value for figure in group}) > 1
    ]


def _is_cumulative(figure: Figure) -> bool:
    return figure.scope == Scope.CUMULATIVE and figure.nature == Nature.COMMITMENT and figure.measure in CUMULATIVE


def is_granted_so_far(figure: Figure) -> bool:
    """Whether a figure says how much aid had been granted by its date, all acts together."""
    return _is_cumulative(figure) and figure.measure == Measure.AID


def latest(figures: list[Figure]) -> Figure | None:
    """The latest claim; of those of one date the one that staff preferred."""
    return max(
        figures,
        key=lambda figure: (
            figure.as_of.last_day.isoformat() if figure.as_of else "",
            figure.preferred,
            figure.pk or 0,
        ),
        default=None,
    )


def _beside(figure: Figure, ledger: Ledger) -> Comparison:
    """Compare a cumulative claim with the grants until its date. Earlier acts may not be entered: never complete."""
    sums = ledger.until(figure.as_of)
    if figure.measure == Measure.RECIPIENTS:
        return compare_count(figure.claim, sums.recipients, complete=False)
    if figure.measure == Measure.PROJECTS:
        return compare_count(figure.claim, sums.projects, complete=False)
    is_aid = figure.measure == Measure.AID
    total, missing = (sums.amount, sums.unknown_amounts) if is_aid else (sums.project_cost, sums.unknown_costs)
    return compare_total(figure.claim, total, counted=sums.grants, missing=missing, complete=False)


def _figures(keys: list[int], published_only: bool) -> dict[int, list[Figure]]:
    figures = Figure.objects.published() if published_only else Figure.objects.exclude(publication="withdrawn")
    groups: dict[int, list[Figure]] = {}
    for figure in figures.filter(programme__in=keys).select_related("source").order_by("as_of", "pk"):
        groups.setdefault(figure.programme_id or 0, []).append(figure)
    return groups
