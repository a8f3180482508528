"""The first page: what this is, the figures that matter, what was announced last, where the money goes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.bilingual import current_language, pick
from grants.models import Announcement, Grant, Programme, Project, Region
from grants.search.facets import UNKNOWN
from grants.search.grant_selection import GrantSelection
from grants.search.remembered import remembered
from grants.values import wording

from .announcements import with_verdicts
from .programmes import with_reports
from .projects import unnamed_projects

LATEST = 3
NO_REGION = "–"  # the tile of grants whose region no source says


@dataclass(frozen=True)
class KeyFigure:
    """A figure that matters, already worded, and the page that supports it."""

    label: str
    value: str
    href: str
    words: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """`/` and `/en/`."""
    return render(request, "grants/pages/home.html", remembered("home", _shown))


def _shown() -> dict[str, Any]:
    programmes = with_reports(list(Programme.objects.published().filter(parent__isnull=True)))
    latest = Announcement.objects.published().select_related("programme").order_by("-date", "-pk")[:LATEST]
    regions = by_region()
    return {
        "keys": _key_figures(programmes),
        "programmes": [row for row in programmes if row["report"].envelope],
        "rows": with_verdicts(list(latest)),
        "regions": regions,
        "regions_address": f"{reverse('public:grant-list')}?region=",
        "has_regions": any(total for _code, _name, total in regions),
    }


def _key_figures(programmes: list[dict[str, Any]]) -> list[KeyFigure]:
    reports = [row["report"] for row in programmes]
    only = programmes[0]["programme"] if len(programmes) == 1 else None
    support = reverse("public:programme-detail", args=[only.public_id]) if only else reverse("public:programme-list")
    recipients, projects = remembered("recipients and projects", _recipients_and_projects, worded=False)
    granted, left = (_sum(getattr(report, name) for report in reports) for name in ("granted", "left"))
    itemised = _sum(report.itemised for report in reports)
    detail = _("%(amount)s itemised") % {"amount": _money(itemised)} if itemised else _("Nothing itemised yet")
    return [
        KeyFigure(_("Granted"), _money(granted), support, detail),
        KeyFigure(_("Recipients"), _count(recipients), reverse("public:organisation-list"), _("Who they are")),
        KeyFigure(_("Projects"), _count(projects), reverse("public:project-list"), _("What the money is for")),
        KeyFigure(_("Left of the envelope"), _money(left), f"{support}#envelope", _("How it is worked out")),
    ]


def _recipients_and_projects() -> tuple[int, int]:
    """How many receive, and how many projects grants fund, those included that the sources do not name."""
    recipients = Grant.objects.published().order_by().aggregate(count=Count("recipient", distinct=True))["count"]
    named = Project.objects.published().filter(grants__in=Grant.objects.published()).distinct().count()
    return recipients, named + unnamed_projects()


def _sum(values: Any) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _money(value: Decimal | None) -> str:
    return _("not provided") if value is None else wording.money(value, current_language())


def _count(value: int) -> str:
    return wording.number(value, current_language())


def by_region() -> list[tuple[str, str, Decimal]]:
    """Code, name and sum of the known amounts in dollars for every region, then for grants without one."""
    sums = {group.value: group.sums.total for group in GrantSelection(QueryDict()).by("region")}
    rows = [(one.code, str(pick(one, "name")), sums.get(one.code) or Decimal(0)) for one in Region.objects.all()]
    unknown = sums.get(UNKNOWN) or Decimal(0)
    return [*rows, (NO_REGION, _("Region not provided"), unknown)] if unknown else rows
