"""Rows shown under several nouns: figures and citations."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.models import Citation, Figure

from .figure_forms import FigureLineForm
from .locking import StackedLines, TabularLines


class FigureLines(StackedLines):
    """The figures claimed about a record."""

    model = Figure
    form = FigureLineForm
    autocomplete_fields = ["source"]
    show_change_link = True
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("measure", "qualifier", "value", "precision"),
                    ("scope", "nature", "as_of", "preferred"),
                    "source",
                    "wording",
                ]
            },
        )
    ]
    verbose_name_plural = _("figures: what was said")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("source")


class CitationLines(TabularLines):
    """The sources that support a record, and their words."""

    model = Citation
    fields: Any = ["source", "quote"]
    autocomplete_fields = ["source"]
    verbose_name_plural = _("sources that say so")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("source")
