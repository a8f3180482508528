"""Each announcement's stated figures beside what its grants add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from grants.models import Announcement, Figure, Grant, GrantProject, Project
from grants.models.codes import ListState, Measure, Nature, Scope

from .verdicts import Comparison, Verdict, compare, compare_count

# The order in which a page shows them.
MEASURES = (Measure.AID, Measure.RECIPIENTS, Measure.PROJECTS, Measure.PROJECT_COST)
COMPARED = "CAD"  # the currency in which figures are stated
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
            grants.get(announcement.pk, []),
            complete=announcement.list_state == ListState.COMPLETE,
        )
        for announcement in wanted
    }


def lines_of(figures: list[Figure], grants: list[Grant], *, complete: bool) -> list[Line]:
    """Compare the figures of one announcement with its grants. A list without any grant is never complete."""
    lines = []
    for measure in MEASURES:
        claims: list[Figure | None] = [figure for figure in figures if figure.measure == measure]
        for figure in claims or [None]:
            line = Line(measure, figure, _compare(measure, figure, grants, complete and bool(grants)))
            if figure is not None or line.comparison.itemised is not None:
                lines.append(line)
    return lines


def overall(lines: list[Line]) -> Verdict:
    """The gravest verdict among the lines of preferred (or only) claims; nothing to compare where there is none."""
    verdicts = {line.comparison.verdict for line in lines}
    return next((verdict for verdict in GRAVEST if verdict in verdicts), Verdict.NOTHING)


def _compare(measure: Measure, figure: Figure | None, grants: list[Grant], complete: bool) -> Comparison:
    claim = figure.claim if figure else None
    if measure == Measure.RECIPIENTS:
        return compare_count(claim, len({grant.recipient_id for grant in grants}), complete=complete)
    if measure == Measure.PROJECTS:
        return compare_count(claim, count_projects(grants), complete=complete)
    field = "amount" if measure == Measure.AID else "total_project_cost"
    # An amount in another currency is as good as unknown beside dollars: it cannot be added to them.
    values: list[Decimal | None] = [getattr(grant, field) if grant.currency == COMPARED else None for grant in grants]
    return compare(claim, values, complete=complete)


def count_projects(grants: list[Grant]) -> int:
    """How many projects `grants` fund. One that names none funds one that has no name; one shared counts once."""
    named = {link.project_id for grant in grants for link in grant.project_links}
    unnamed = sum(not grant.project_links for grant in grants)
    return len(named) + unnamed


def _stated(keys: list[int], published_only: bool) -> dict[int, list[Figure]]:
    """The figures of this act alone that say what was promised, by announcement, the preferred claim first."""
    figures = Figure.objects.published() if published_only else Figure.objects.exclude(publication="withdrawn")
    figures = figures.filter(
        announcement__in=keys, measure__in=MEASURES, scope=Scope.ACT, nature=Nature.COMMITMENT
    ).select_related("source")
    return _grouped(figures.order_by("-preferred", "as_of", "pk"))


def _itemised(keys: list[int], published_only: bool) -> dict[int, list[Grant]]:
    grants = Grant.objects.published() if published_only else Grant.objects.exclude(publication="withdrawn")
    links = GrantProject.objects.all()
    if published_only:
        links = links.filter(project__in=Project.objects.published())
    grants = grants.filter(announcement__in=keys).exclude(status="cancelled")
    return _grouped(
        grants.only("announcement", "recipient", "amount", "currency", "total_project_cost").prefetch_related(
            Prefetch("grant_projects", queryset=links.only("grant", "project"), to_attr="project_links")
        )
    )


def _grouped(rows: QuerySet) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.announcement_id, []).append(row)
    return groups
