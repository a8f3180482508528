"""Does it add up? Every programme and announcement with its state, what is missing, how complete the fields are."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.models import Announcement, Citation, Grant, GrantProject, Programme, Project
from grants.reconciliation.verdicts import Verdict
from grants.search.remembered import remembered

from .announcements import with_verdicts
from .lists import PAGE_SIZE, page_asked_for
from .programmes import with_reports


@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """`/concordance/` and `/en/reconciliation/`."""
    rows, whole = remembered("reconciliation", _whole)
    page = page_asked_for(request, Paginator(rows, PAGE_SIZE))
    context = {
        "title": _("Reconciliation"),
        "description": _("Whether the announced totals add up: every announcement and programme, and what is missing."),
        "rows": page.object_list,
        "page": page,
        **whole,
    }
    return render(request, "grants/pages/reconciliation.html", context)


def _whole() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The verdict of every announcement, and what is told of the registry as a whole."""
    rows = with_verdicts(list(Announcement.objects.published().select_related("programme")))
    return rows, {
        "programmes": with_reports(list(Programme.objects.published())),
        "verdicts": _by_verdict(rows),
        "completeness": completeness(),
    }


def _by_verdict(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    counted = Counter(row["verdict"] for row in rows)
    return [(verdict.value, counted[verdict]) for verdict in Verdict if counted[verdict]]


def _translated(field: str) -> Q:
    """That a grant has this text in English, or has none to translate."""
    return Q(**{f"{field}_fr": ""}) | ~Q(**{f"{field}_en": ""})


def completeness() -> list[dict[str, Any]]:
    """For each field of a grant, how many published grants have it. One query."""
    projects = GrantProject.objects.filter(grant=OuterRef("pk"), project__in=Project.objects.published())
    citations = Citation.objects.published().filter(grant=OuterRef("pk"))
    fields = {
        "amount": (_("Amount"), Q(amount__isnull=False), "amount=unknown"),
        "date": (_("Date"), Q(date__isnull=False), "year=null"),
        "programme": (_("Programme"), Q(programme__isnull=False), "programme=null"),
        "announcement": (_("Announcement"), Q(announcement__isnull=False), "announcement=null"),
        "region": (
            _("Region"),
            Q(benefit_region__isnull=False) | Q(recipient__region__isnull=False, recipient__is_natural_person=False),
            "region=null",
        ),
        "kind": (_("Kind of recipient"), ~Q(recipient__kind=""), "kind=null"),
        "project": (_("Named project"), Q(Exists(projects)), ""),
        "cost": (_("Total project cost"), Q(total_project_cost__isnull=False), ""),
        "source": (_("Source"), Q(Exists(citations)), ""),
        "english": (_("Text in English"), _translated("title") & _translated("description"), ""),
    }
    counts = {name: Count("pk", filter=has) for name, (_label, has, _question) in fields.items()}
    grants = Grant.objects.published().order_by()
    found = remembered("completeness", lambda: grants.aggregate(total=Count("pk"), **counts), worded=False)
    total = found["total"]
    return [
        {
            "label": label,
            "count": found[name],
            "missing": total - found[name],
            "share": found[name] * 100 // total if total else None,
            "question": question,
        }
        for name, (label, _has, question) in fields.items()
    ]
