"""Grants: the list, and the page of one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from grants.bilingual import Text, current_language, pick
from grants.exports.dialects import DIALECTS
from grants.models import Grant
from grants.search.filters import GrantFilter
from grants.search.grant_selection import GrantSelection
from grants.search.grants_under import GrantsUnder
from grants.search.orders import GRANT_ORDERS, NEWEST_FIRST
from grants.values import wording

from . import facts, structured
from .facets import shown_facets
from .grant_rows import rows_of
from .history import public_history
from .lists import PAGE_SIZE, Heading, Keys, RecordList, chips_of, nearest_question, page_asked_for
from .notes import Notes, claims_of
from .question import kept, range_fields, ways_out, words_field
from .records import RecordPage, public_citations, public_figures, public_projects
from .selection_views import chart_context, map_context

ROWS_UNDER = 25  # how many grants the page of another noun shows before it sends to the list


def rows_under(grants: GrantsUnder) -> dict[str, Any]:
    """The greatest grants of a record, and what all of them add up to, for parts/grants_under.html."""
    return {
        "grants": rows_of(grants.greatest(ROWS_UNDER)),
        "totals": grants.sums,
        "grant_count_text": count_text(grants.sums.count),
    }


def count_text(count: int) -> str:
    shown = wording.number(count, current_language())
    return ngettext("%(shown)s grant", "%(shown)s grants", count) % {"shown": shown}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to see a selection."""

    name: str
    label: str | Promise
    href: str
    current: bool


TABLE = "table"
VIEWS = {
    TABLE: gettext_lazy("Table"),
    "charts": pgettext_lazy("view", "Charts"),
    "map": pgettext_lazy("view", "Map"),
}


class GrantList(RecordList):
    model = Grant
    filters = GrantFilter
    template = "grants/pages/grants.html"
    title = gettext_lazy("Grants")
    description = gettext_lazy("Every grant of the registry: recipient, amount, date, region, status and sources.")
    headings = (
        Heading(gettext_lazy("Recipient"), "recipient"),
        Heading(gettext_lazy("What for")),
        Heading(gettext_lazy("Region"), "region"),
        Heading(gettext_lazy("Date"), "date"),
        Heading(gettext_lazy("Status"), "status"),
        Heading(gettext_lazy("Amount"), "amount", "number"),
    )
    orders = GRANT_ORDERS
    default_sort = NEWEST_FIRST
    empty = gettext_lazy("No grant is listed here.")

    def select(self, request: HttpRequest) -> GrantSelection:
        return GrantSelection(request.GET)

    def page_context(self, request: HttpRequest, selection: Any) -> dict[str, Any]:
        view = request.GET.get("view") or TABLE
        wrong = [] if view in VIEWS else [_("There is no view called “%(value)s”.") % {"value": view[:80]}]
        place = _place(request, view) if view in VIEWS and view != TABLE else {}
        context = {
            **self.about(request, selection),
            "problems": [*selection.problems, *wrong],
            "chips": chips_of(selection, **place),
            "clear": f"{request.path}?{urlencode(place)}" if place else request.path,
            "facets": [] if selection.problems else shown_facets(selection),
            "words": words_field(selection),
            "ranges": range_fields(selection),
            "kept": kept(selection, **place),
            "view": view,
            "rows": [],
            "dialects": DIALECTS,
        }
        if context["problems"]:
            return context
        context["views"] = [
            Way(name, label, selection.address(view="" if name == TABLE else name), name == view)
            for name, label in VIEWS.items()
        ]
        context["totals"] = selection.sums
        context["count_text"] = count_text(selection.sums.count)
        if not selection.sums.count:
            if view == TABLE:
                page_asked_for(request, Paginator([], PAGE_SIZE))  # of nothing too there is but one page
            return {
                **context,
                "ways_out": ways_out(selection, context["chips"], **place),
                "did_you_mean": nearest_question(selection),
            }
        return {**context, **self._seen_as(view, request, selection)}

    def _seen_as(self, view: str, request: HttpRequest, selection: GrantSelection) -> dict[str, Any]:
        if view == "charts":
            return chart_context(selection)
        if view == "map":
            return map_context(selection)
        asked = selection.form.cleaned_data["q"]
        page = page_asked_for(request, Paginator(Keys(selection, selection.sums.count), PAGE_SIZE))
        return {"page": page, "rows": rows_of(list(page.object_list), asked)}


def _place(request: HttpRequest, view: str) -> dict[str, str]:
    """How the selection is looked at, which no filter changes."""
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:20] for name in ("measure", "period")}
    return {"view": view, **{name: value for name, value in asked.items() if value}}


class GrantPage(RecordPage):
    model = Grant
    template = "grants/pages/grant.html"
    list_page = "grant-list"
    list_title = gettext_lazy("Grants")

    def records(self) -> QuerySet:
        related = ("recipient__region", "funder", "programme", "announcement", "benefit_region")
        prefetched = (public_projects(), public_figures(), public_citations())
        return super().records().select_related(*related).prefetch_related(*prefetched)

    def heading(self, record: Grant) -> Text:
        if pick(record, "title") and not record.is_private:
            return pick(record, "title")
        name = record.recipient.public_name()
        return Text(_("Grant to %(recipient)s") % {"recipient": name}, current_language(), False)

    def description(self, record: Grant) -> str:
        amount = facts.money("", record.amount, record.currency).value or _("amount not provided")
        words = {"recipient": record.recipient.public_name(), "amount": amount}
        return _("%(recipient)s: %(amount)s of public money, with its sources and its history.") % words

    def context(self, record: Grant) -> dict[str, Any]:
        notes = Notes()
        numbers = notes.cite(record.citations.all())
        claims = claims_of(record.figures.all(), notes)
        return {
            "numbers": numbers,
            "claims": claims,
            "sources": notes.entries,
            "projects": [] if record.is_private else record.public_projects,  # type: ignore[attr-defined]
            "facts": _facts(record),
            "history": public_history(record),
            "json_ld": structured.grant_page(record, str(self.heading(record))),
        }


def _facts(grant: Grant) -> list[facts.Fact]:
    shown = [
        facts.organisation(_("Recipient"), grant.recipient),
        facts.organisation(_("Funder"), grant.funder),
        facts.about(_("Programme"), grant.programme, "programme-detail"),
        facts.about(_("Announcement"), grant.announcement, "announcement-detail", "title"),
        facts.dated(_("Date"), grant.date),
        facts.Fact(_("Status"), _status(grant)),
        facts.Fact(_("Instrument"), str(grant.get_instrument_display())),
        facts.Fact(_("Region that benefits"), pick(grant.benefit_region, "name") if grant.benefit_region else None),
    ]
    # What few grants have is shown where they have it, rather than as a column of « non précisé ».
    if grant.benefit_place and not grant.is_private:
        shown.append(facts.Fact(_("Place that benefits"), grant.benefit_place))
    if grant.total_project_cost is not None:
        shown.append(facts.money(_("Total project cost"), grant.total_project_cost, grant.currency))
    if grant.agreement_start or grant.agreement_end:
        shown.append(facts.dated(_("Start of the agreement"), grant.agreement_start))
        shown.append(facts.dated(_("End of the agreement"), grant.agreement_end))
    if grant.reference and not grant.is_private:
        shown.append(facts.Fact(_("Reference"), grant.reference))
    shown.append(facts.Fact(_("Public id"), grant.public_id))
    return shown


def _status(grant: Grant) -> str:
    status = str(grant.get_status_display())
    day = facts.dated("", grant.status_date).value
    return _("%(status)s (as of %(date)s)") % {"status": status, "date": day} if day else status
