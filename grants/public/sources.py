"""Sources: the list, and the page of one with everything it supports."""

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.bilingual import Text, current_language, pick
from grants.models import Citation, Figure, Source
from grants.models.subjects import SUBJECTS, subject_of
from grants.search.filters import SourceFilter
from grants.search.orders import spelling
from grants.values import wording

from . import facts
from .lists import Heading, RecordList
from .notes import measure_in_words
from .records import RecordPage

MOST_SHOWN = 500  # figures and citations on one page; more would help nobody


class SourceList(RecordList):
    model = Source
    filters = SourceFilter
    template = "grants/pages/sources.html"
    title = gettext_lazy("Sources")
    description = gettext_lazy("Every document that the registry rests on, and what each supports.")
    headings = (
        Heading(gettext_lazy("Document"), "title"),
        Heading(gettext_lazy("Publisher"), "publisher"),
        Heading(gettext_lazy("Kind"), "kind"),
        Heading(gettext_lazy("Published on"), "date"),
        Heading(gettext_lazy("Figures"), "figures", "number"),
    )
    orders = {
        "title": (spelling("title"),),
        "publisher": (spelling("publisher"),),
        "kind": (F("kind"),),
        "date": (F("published"),),
        "figures": (F("figure_count"),),
    }
    default_sort = "-date"
    empty = gettext_lazy("No source is listed here.")

    def records(self) -> QuerySet:
        counted = Figure.objects.published().filter(source=OuterRef("pk")).order_by().values("source")
        figures = Subquery(counted.annotate(count=Count("pk")).values("count"))
        return super().records().annotate(figure_count=Coalesce(figures, 0))

    def count_text(self, count: int) -> str:
        shown = wording.number(count, current_language())
        return ngettext("%(shown)s source", "%(shown)s sources", count) % {"shown": shown}


class SourcePage(RecordPage):
    model = Source
    template = "grants/pages/source.html"
    list_page = "source-list"
    list_title = gettext_lazy("Sources")

    def heading(self, record: Source) -> Text:
        return Text(record.title, record.language, record.language != current_language())

    def description(self, record: Source) -> str:
        return _("What the registry takes from this document: %(title)s") % {"title": record.title}

    def context(self, record: Source) -> dict[str, Any]:
        needed = (*SUBJECTS, "grant__recipient")
        figures = Figure.objects.published().filter(source=record).select_related(*needed)
        citations = Citation.objects.published().filter(source=record).select_related(*needed)
        # One more than fits tells that there are more, without counting them.
        figures_found = list(figures.order_by("as_of", "pk")[: MOST_SHOWN + 1])
        citations_found = list(citations.order_by("pk")[: MOST_SHOWN + 1])
        return {
            "most_shown": MOST_SHOWN,
            "is_cut": max(len(figures_found), len(citations_found)) > MOST_SHOWN,
            "facts": _facts(record),
            "figures": [_figure(one) for one in figures_found[:MOST_SHOWN]],
            "citations": [_supported(one) for one in citations_found[:MOST_SHOWN]],
        }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"figure": figure, "label": measure_in_words(figure), **_subject(figure)}


def _supported(citation: Citation) -> dict[str, Any]:
    return {"quote": citation.quote, **_subject(citation)}


def _subject(line: Any) -> dict[str, Any]:
    """The record that a figure or citation is about: its words and its page."""
    kind, record = subject_of(line)
    return {
        "kind": str(record._meta.verbose_name),
        "words": _name_of(kind, record),
        "href": reverse(f"public:{kind}-detail", args=[record.public_id]),
    }


def _name_of(kind: str, record: Any) -> Text:
    if kind == "grant":
        own = pick(record, "title")
        name = record.recipient.public_name()
        return own or Text(_("Grant to %(recipient)s") % {"recipient": name}, current_language(), False)
    return pick(record, "name" if kind in ("programme", "organisation") else "title")


def _facts(source: Source) -> list[facts.Fact]:
    shown = [
        facts.Fact(_("Publisher"), source.publisher),
        facts.Fact(_("Kind"), str(source.get_kind_display())),
        facts.Fact(_("Language"), str(source.get_language_display())),
        facts.dated(_("Published on"), source.published),
        facts.dated(_("Retrieved on"), source.retrieved) if source.retrieved else None,
        facts.web(_("Address of the document"), source.url) if source.url else None,
        facts.Fact(_("Public id"), source.public_id),
    ]
    return [fact for fact in shown if fact]
