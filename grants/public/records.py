"""What all pages of one record share: who may see it, and what answers when nobody may."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.views import View

from grants.bilingual import Text, pick
from grants.models import Citation, Figure, Project

from . import errors
from .citing import reference_to

SUMMARY = 160  # characters of a description that search engines show


class RecordPage(View):
    """The page of one published record; a noun says what is on it."""

    model: ClassVar[Any]
    template: ClassVar[str]
    list_page: ClassVar[str]
    list_title: ClassVar[str | Promise]

    def records(self) -> QuerySet:
        """The published records with what the page needs."""
        return self.model.objects.published()

    def heading(self, record: Any) -> Text:
        """The record's name in the page's language."""
        raise NotImplementedError

    def description(self, record: Any) -> str:
        """One sentence for search engines."""
        return ""

    def context(self, record: Any) -> dict[str, Any]:
        """What is on the page beside the record itself."""
        return {}

    def get(self, request: HttpRequest, public_id: str, style: str = "") -> HttpResponseBase:
        """The page, or with `style` how to quote it, as a file."""
        records = self.records().prefetch_related(None) if style else self.records()
        record = records.filter(public_id=public_id).first()
        if record is None:
            return self.missing(request, public_id)
        heading = self.heading(record)
        citation = reference_to(record, heading, self.model._meta.model_name)
        if style:
            return citation.as_file(style)
        context = {
            "record": record,
            "heading": heading,
            "title": str(heading),
            "description": shortened(self.description(record)),
            "list_page": f"public:{self.list_page}",
            "list_title": self.list_title,
            "citation": citation,
            **self.context(record),
        }
        return render(request, self.template, context)

    def missing(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """410 with the dated notice for what was public, 404 for all else."""
        gone = self.model.objects.withdrawn().filter(public_id=public_id).first()
        if gone is None or getattr(gone, "is_natural_person", False):
            raise Http404
        day = timezone.localdate(gone.withdrawn_at)
        # Its name stays untold: it may be why the record was withdrawn. The notice says what may be said.
        return errors.gone(request, withdrawn=day, reason=pick(gone, "withdrawal_notice"))


def shortened(text: str) -> str:
    """The first words of a text, whole."""
    words = " ".join(text.split())
    return words if len(words) <= SUMMARY else words[:SUMMARY].rsplit(" ", 1)[0] + "…"


def public_citations() -> Prefetch:
    """`citations` of published sources only, in the order they were entered."""
    return Prefetch("citations", Citation.objects.published().select_related("source").order_by("pk"))


def public_figures() -> Prefetch:
    """Published `figures` only, each with its source (published too: the database sees to it)."""
    return Prefetch("figures", Figure.objects.published().select_related("source").order_by("as_of", "pk"))


def public_projects() -> Prefetch:
    """Published `projects` only, in the order they were entered."""
    return Prefetch("projects", Project.objects.published().order_by("pk"), to_attr="public_projects")
