"""Programmes: the list, and the page of one with its envelope beside what was granted."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.bilingual import Text, current_language, pick
from grants.models import Announcement, Figure, Programme
from grants.reconciliation.programmes import ProgrammeReport, published_report, published_reports
from grants.reconciliation.timelines import timeline_of
from grants.search.filters import ProgrammeFilter
from grants.search.grants_under import GrantsUnder
from grants.search.orders import spelling
from grants.search.remembered import remembered
from grants.search.selection import Selection
from grants.values import wording

from . import facts, structured
from .announcements import with_verdicts
from .grants import rows_under
from .lists import PAGE_SIZE, Heading, RecordList
from .notes import Notes, claims_of, measure_in_words
from .over_time import over_time_chart
from .records import RecordPage, public_citations, public_figures


class ProgrammeList(RecordList):
    model = Programme
    filters = ProgrammeFilter
    template = "grants/pages/programmes.html"
    title = gettext_lazy("Programmes")
    description = gettext_lazy("Every funding programme: its envelope, what was granted under it and what is left.")
    headings = (
        Heading(gettext_lazy("Programme"), "name"),
        Heading(gettext_lazy("Launched"), "launched"),
        Heading(gettext_lazy("Envelope"), kind="number"),
        Heading(gettext_lazy("Granted"), kind="number"),
        Heading(gettext_lazy("Left"), kind="number"),
    )
    orders = {"name": (spelling("name_fr"),), "launched": (F("launched"),)}
    default_sort = "name"
    empty = gettext_lazy("No programme is listed here.")

    def count_text(self, count: int) -> str:
        shown = wording.number(count, current_language())
        return ngettext("%(shown)s programme", "%(shown)s programmes", count) % {"shown": shown}

    def more(self, selection: Selection, rows: list[Any]) -> dict[str, Any]:
        return {"rows": with_reports(rows)}


def with_reports(programmes: list[Programme]) -> list[dict[str, Any]]:
    """Each programme with its report."""
    reports = published_reports(programmes)
    return [{"programme": one, "report": reports[one.pk]} for one in programmes]


class ProgrammePage(RecordPage):
    model = Programme
    template = "grants/pages/programme.html"
    list_page = "programme-list"
    list_title = gettext_lazy("Programmes")

    def records(self) -> QuerySet:
        prefetched = (public_figures(), public_citations())
        return super().records().select_related("administrator", "parent").prefetch_related(*prefetched)

    def heading(self, record: Programme) -> Text:
        name = pick(record, "name")
        return name._replace(value=f"{name.value} ({record.acronym})") if record.acronym else name

    def description(self, record: Programme) -> str:
        return str(pick(record, "objective")) or str(self.heading(record))

    def context(self, record: Programme) -> dict[str, Any]:
        return remembered(("programme page", record.pk), lambda: self._context(record))

    def _context(self, record: Programme) -> dict[str, Any]:
        notes = Notes()
        numbers = notes.cite(record.citations.all())
        report = published_report(record)
        figures = list(record.figures.all())
        told = {figure.pk for figure in report.envelopes} | {line.figure.pk for line in report.cumulative}
        over_time = timeline_of(record.pk, report)
        grants = GrantsUnder(record)
        acts = Announcement.objects.published().filter(programme=record).select_related("programme")
        return {
            "numbers": numbers,
            "report": report,
            "envelopes": claims_of(report.envelopes, notes),
            "over_time": over_time_chart(over_time, record.public_id, notes),
            "lines": _cumulative_rows(report, notes),
            "claims": claims_of([figure for figure in figures if figure.pk not in told], notes),
            "disagreements": [claims_of(group, notes) for group in report.disagreements],
            "sources": notes.entries,
            "facts": _facts(record),
            "rows": with_verdicts(list(acts[:PAGE_SIZE])),
            "children": list(Programme.objects.published().filter(parent=record)),
            "years": grants.by_year(),
            "json_ld": structured.programme_page(record),
            "years_address": f"{reverse('public:grant-list')}?programme={record.public_id}&year=",
            **rows_under(grants),
        }


def _cumulative_rows(report: ProgrammeReport, notes: Notes) -> list[dict[str, Any]]:
    """Cumulative claims as parts/comparison.html shows them."""
    return [_cumulative_row(line.figure, line.comparison, notes) for line in report.cumulative]


def _cumulative_row(figure: Figure, comparison: Any, notes: Notes) -> dict[str, Any]:
    return {
        "label": measure_in_words(figure),
        "figure": figure,
        "unit": figure.unit,
        "comparison": comparison,
        "note": pick(figure, "note"),
        "number": notes.number(figure.source),
    }


def _facts(programme: Programme) -> list[facts.Fact]:
    shown = [
        facts.dated(_("Launched"), programme.launched),
        facts.organisation(_("Administering organisation"), programme.administrator),
        facts.about(_("Parent programme"), programme.parent, "programme-detail") if programme.parent else None,
        facts.Fact(_("Public id"), programme.public_id),
    ]
    return [fact for fact in shown if fact]
