"""Organisations: the list of those that receive, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from grants.bilingual import Text, current_language, pick
from grants.models import Grant, Organisation
from grants.search.filters import OrganisationFilter
from grants.search.grants_under import GrantsUnder
from grants.search.organisation_selection import OrganisationSelection
from grants.search.remembered import remembered
from grants.values import wording

from . import facts, structured
from .grants import rows_under
from .lists import PAGE_SIZE, Heading, Keys, RecordList, nearest_question, page_asked_for
from .notes import Notes, claims_of
from .records import RecordPage, public_citations, public_figures


class OrganisationList(RecordList):
    model = Organisation
    filters = OrganisationFilter
    template = "grants/pages/organisations.html"
    title = gettext_lazy("Recipients")
    description = gettext_lazy("Who receives the money: every organisation, its grants and what they add up to.")
    headings = (
        Heading(gettext_lazy("Name"), "name"),
        Heading(gettext_lazy("Kind"), "kind"),
        Heading(gettext_lazy("Region"), "region"),
        Heading(gettext_lazy("Grants"), "grants", "number"),
        Heading(gettext_lazy("Total granted"), "granted", "number"),
    )
    default_sort = "name"
    empty = gettext_lazy("No organisation is listed here.")

    def select(self, request: HttpRequest) -> OrganisationSelection:
        return OrganisationSelection(request.GET)

    def page_context(self, request: HttpRequest, selection: Any) -> dict[str, Any]:
        page = page_asked_for(request, Paginator(Keys(selection, selection.count), PAGE_SIZE))
        keys = list(page.object_list)
        there = Organisation.objects.published().select_related("region").in_bulk(keys)
        received = selection.received(keys)
        rows = [{"body": there[key], "sums": received[key]} for key in keys if key in there]
        return {
            **self.about(request, selection),
            "page": page,
            "rows": rows,
            "did_you_mean": None if rows else nearest_question(selection),
            "count_text": self.count_text(selection.count),
        }

    def count_text(self, count: int) -> str:
        shown = wording.number(count, current_language())
        return ngettext("%(shown)s organisation", "%(shown)s organisations", count) % {"shown": shown}


class OrganisationPage(RecordPage):
    model = Organisation
    template = "grants/pages/organisation.html"
    list_page = "organisation-list"
    list_title = gettext_lazy("Recipients")

    def records(self) -> QuerySet:
        prefetched = ("names", public_figures(), public_citations())
        return super().records().select_related("parent", "region").prefetch_related(*prefetched)

    def heading(self, record: Organisation) -> Text:
        return record.public_name()

    def description(self, record: Organisation) -> str:
        own = str(pick(record, "description"))
        return own or _("Grants received by %(name)s, with their sources.") % {"name": record.public_name()}

    def missing(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """What was merged leads to what was kept, for ever."""
        if kept := Organisation.objects.kept_for(public_id):
            return redirect("public:organisation-detail", kept.public_id, permanent=True)
        return super().missing(request, public_id)

    def context(self, record: Organisation) -> dict[str, Any]:
        notes = Notes()
        numbers = notes.cite(record.citations.all())
        claims = claims_of(record.figures.all(), notes)
        received = GrantsUnder(record)
        return {
            "numbers": numbers,
            "claims": claims,
            "sources": notes.entries,
            "facts": _facts(record),
            "children": list(Organisation.objects.published().filter(parent=record)),
            "projects": list(record.projects.published()),
            "administered": list(record.administered.published()),
            "given_count": remembered(("given", record.pk), lambda: _given(record), worded=False),
            "years": received.by_year(),
            "years_address": f"{reverse('public:grant-list')}?recipient={record.public_id}&year=",
            "json_ld": structured.organisation_page(record),
            **rows_under(received),
        }


def _given(funder: Organisation) -> int:
    """How many published grants it gave."""
    return Grant.objects.published().filter(funder=funder).count()


def _facts(body: Organisation) -> list[facts.Fact]:
    others = ", ".join(f"{one.name} ({one.get_kind_display()})" for one in body.names.all())
    nonprofit = {True: pgettext("non-profit", "yes"), False: pgettext("non-profit", "no"), None: None}[
        body.is_nonprofit
    ]
    shown = [
        facts.Fact(_("Other names"), others) if others else None,
        facts.Fact(_("Kind"), str(body.get_kind_display()) if body.kind else None),
        facts.Fact(_("Non-profit"), nonprofit),
        facts.organisation(_("Host or parent organisation"), body.parent) if body.parent else None,
        facts.dated(_("Founded or opened"), body.founded),
        facts.Fact(_("City"), body.city),
        facts.Fact(_("Region"), pick(body.region, "name") if body.region else None),
        facts.Fact(_("Territory served"), pick(body, "territory")) if body.territory_fr else None,
        facts.Fact(_("NEQ"), body.neq) if body.neq else None,
        facts.web(_("Website"), body.website) if body.website else None,
        facts.Fact(_("Public id"), body.public_id),
    ]
    return [fact for fact in shown if fact]
