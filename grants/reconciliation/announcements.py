"""Each announcement's stated figures beside what its grants add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from grants.models import Announcement, Figure, Grant, GrantProject, Project
from grants.models.codes import ListState, Measure, Nature, Scope

from .sums import Sums, aggregates, sums_of
from .verdicts import Comparison, Verdict, compare_count, compare_total

# The order in which a page shows them.
MEASURES = (Measure.AID, Measure.RECIPIENTS, Measure.PROJECTS, Measure.PROJECT_COST)
# The verdict that an announcement as a whole deserves is the gravest of its lines.
GRAVEST = (Verdict.CONFLICT, Verdict.PARTIAL, Verdict.CONSISTENT, Verdict.EXACT, Verdict.NOTHING)


@dataclass(frozen=True)
class Line:
    """One measure of one announcement: the figure that states it (None: nobody stated it), and the comparison."""

    measure: Measure
    stated: Figure | None
    comparison: Comparison

    def __getattr__(self, name: str) -> Any:
        # itemised, counted, missing, difference, to_find, verdict: the line speaks for its comparison.
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.comparison, name)


def reconcile_announcement(announcement: Announcement, *, published_only: bool = True) -> list[Line]:
    """Return the lines of one announcement (see `reconcile_announcements`)."""
    return reconcile_announcements([announcement], published_only=published_only)[announcement.pk]


def reconcile_announcements(
    announcements: Iterable[Announcement], *, published_only: bool = True
) -> dict[int, list[Line]]:
    """Return, for each announcement's primary key, a line per measure that is stated or itemised.

    Three queries whatever the number of announcements. Where several claims state one measure, each has its line, the
    preferred one first. With `published_only` drafts count for nothing, on either side.
    """
    wanted = list(announcements)
    keys = [announcement.pk for announcement in wanted]
    figures = _stated(keys, published_only)
    grants = _itemised(keys, published_only)
    return {
        announcement.pk: lines_of(
            figures.get(announcement.pk, []),
            grants.get(announcement.pk, Sums()),
            complete=announcement.list_state == ListState.COMPLETE,
        )
        for announcement in wanted
    }


def lines_of(figures: list[Figure], grants: Sums, *, complete: bool) -> list[Line]:
    """Compare the figures of one announcement with its grants added up. A list without any grant is never complete."""
    lines = []
    for measure in MEASURES:
        claims: list[Figure | None] = [figure for figure in figures if figure.measure == measure]
        for figure in claims or [None]:
            line = Line(measure, figure, _compare(measure, figure, grants, complete and bool(grants.grants)))
            if figure is not None or line.comparison.itemised is not None:
                lines.append(line)
    return lines


def overall(lines: list[Line]) -> Verdict:
    """The gravest verdict among the lines of preferred (or only) claims; nothing to compare where there is none."""
    verdicts = {line.comparison.verdict for line in lines}
    return next((verdict for verdict in GRAVEST if verdict in verdicts), Verdict.NOTHING)


def _compare(measure: Measure, figure: Figure | None, grants: Sums, complete: bool) -> Comparison:
    claim = figure.claim if figure else None
    if measure == Measure.RECIPIENTS:
        return compare_count(claim, grants.recipients, complete=complete)
    if measure == Measure.PROJECTS:
        return compare_count(claim, grants.projects, complete=complete)
    is_aid = measure == Measure.AID
    total, missing = (grants.amount, grants.unknown_amounts) if is_aid else (grants.project_cost, grants.unknown_costs)
    return compare_total(claim, total, counted=grants.grants, missing=missing, complete=complete)


def _stated(keys: list[int], published_only: bool) -> dict[int, list[Figure]]:
    """The figures of this act alone that say what was promised, by announcement, the preferred claim first."""
    figures = Figure.objects.published() if published_only else Figure.objects.exclude(publication="withdrawn")
    figures = figures.filter(
        announcement__in=keys, measure__in=MEASURES, scope=Scope.ACT, nature=Nature.COMMITMENT
    ).select_related("source")
    return _grouped(figures.order_by("-preferred", "as_of", "pk"))


def _itemised(keys: list[int], published_only: bool) -> dict[int, Sums]:
    """What the grants of each announcement add up to. A project that several of them share counts once."""
    grants = Grant.objects.published() if published_only else Grant.objects.exclude(publication="withdrawn")
    grants = grants.filter(announcement__in=keys).exclude(status="cancelled").order_by()
    links = GrantProject.objects.filter(grant__in=grants.values("pk"))
    if published_only:
        links = links.filter(project__in=Project.objects.published())
    found = {}
    rows: Any = grants.values("announcement").annotate(
        recipients=Count("recipient", distinct=True), **aggregates(links)
    )
    for row in rows:
        found[row["announcement"]] = sums_of(row)
        found[row["announcement"]].recipients = row["recipients"]
    named = links.order_by().values_list("grant__announcement").annotate(count=Count("project", distinct=True))
    for announcement, count in named:
        found[announcement].projects += count
    return found


def _grouped(rows: QuerySet) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.announcement_id, []).append(row)
    return groups
