"""Announcements: the list, and the page of one with what was stated beside what is itemised."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.bilingual import Text, current_language, pick
from grants.models import Announcement, Figure
from grants.models.codes import Measure
from grants.reconciliation.announcements import (
    Line,
    overall,
    reconcile_announcement,
    reconcile_announcements,
)
from grants.search.filters import AnnouncementFilter
from grants.search.grants_under import GrantsUnder
from grants.search.orders import spelling
from grants.search.selection import Selection
from grants.values import wording

from . import facts
from .grants import rows_under
from .lists import Heading, RecordList
from .notes import Notes, claims_of, measure_in_words
from .records import RecordPage, public_citations, public_figures


def with_verdicts(announcements: list[Announcement]) -> list[dict[str, Any]]:
    """Each announcement with the money stated, the money itemised, what is to find, and the gravest verdict."""
    lines = reconcile_announcements(announcements)
    return [_row(one, lines.get(one.pk, [])) for one in announcements]


def _row(announcement: Announcement, lines: list[Line]) -> dict[str, Any]:
    aid = next((line for line in lines if line.measure == Measure.AID), None)
    return {"announcement": announcement, "aid": aid, "verdict": overall(lines), "lines": lines}


class AnnouncementList(RecordList):
    model = Announcement
    filters = AnnouncementFilter
    template = "grants/pages/announcements.html"
    title = gettext_lazy("Announcements")
    description = gettext_lazy(
        "Every public act of announcing money: what was stated, what is itemised, the difference."
    )
    headings = (
        Heading(gettext_lazy("Announcement"), "title"),
        Heading(gettext_lazy("Date"), "date"),
        Heading(gettext_lazy("Programme"), "programme"),
        Heading(gettext_lazy("Stated"), kind="number"),
        Heading(gettext_lazy("Itemised"), kind="number"),
        Heading(gettext_lazy("Verdict")),
    )
    orders = {
        "title": (spelling("title_fr"),),
        "date": (F("date"),),
        "programme": (spelling("programme__name_fr"),),
    }
    default_sort = "-date"
    empty = gettext_lazy("No announcement is listed here.")

    def shown(self, records: QuerySet) -> QuerySet:
        return records.select_related("programme")

    def count_text(self, count: int) -> str:
        shown = wording.number(count, current_language())
        return ngettext("%(shown)s announcement", "%(shown)s announcements", count) % {"shown": shown}

    def more(self, selection: Selection, rows: list[Any]) -> dict[str, Any]:
        return {"rows": with_verdicts(rows)}


class AnnouncementPage(RecordPage):
    model = Announcement
    template = "grants/pages/announcement.html"
    list_page = "announcement-list"
    list_title = gettext_lazy("Announcements")

    def records(self) -> QuerySet:
        prefetched = (public_figures(), public_citations())
        return super().records().select_related("programme").prefetch_related(*prefetched)

    def heading(self, record: Announcement) -> Text:
        return pick(record, "title")

    def description(self, record: Announcement) -> str:
        return str(pick(record, "summary")) or str(pick(record, "title"))

    def context(self, record: Announcement) -> dict[str, Any]:
        notes = Notes()
        numbers = notes.cite(record.citations.all())
        lines = reconcile_announcement(record)
        compared = {line.stated.pk for line in lines if line.stated}
        others = [figure for figure in record.figures.all() if figure.pk not in compared]
        return {
            "numbers": numbers,
            "lines": stated_rows(lines, notes),
            "verdict": overall(lines),
            "claims": claims_of(others, notes),
            "sources": notes.entries,
            "facts": _facts(record),
            **rows_under(GrantsUnder(record)),
        }


def stated_rows(lines: list[Any], notes: Notes) -> list[dict[str, Any]]:
    """Lines of the reconciliation as parts/comparison.html shows them."""
    return [_stated_row(line, line.stated, str(line.measure.label), notes) for line in lines]


def _stated_row(line: Any, figure: Figure | None, label: str, notes: Notes) -> dict[str, Any]:
    return {
        "label": measure_in_words(figure) if figure else label[:1].upper() + label[1:],
        "figure": figure,
        "unit": figure.unit if figure else "CAD" if line.measure in (Measure.AID, Measure.PROJECT_COST) else "count",
        "comparison": line.comparison,
        "note": pick(figure, "note") if figure else None,
        "number": notes.number(figure.source) if figure else None,
    }


def _facts(announcement: Announcement) -> list[facts.Fact]:
    shown = [
        facts.about(_("Programme"), announcement.programme, "programme-detail"),
        facts.dated(_("Date"), announcement.date),
        facts.Fact(_("Place"), announcement.place) if announcement.place else None,
        facts.Fact(_("List of grants"), str(announcement.get_list_state_display())),
        facts.Fact(_("Public id"), announcement.public_id),
    ]
    return [fact for fact in shown if fact]
