"""Figures in the editors' door."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from grants.models import Figure
from grants.models.subjects import SUBJECTS

from .base import PublishedAdmin
from .chores import CHANGED_SINCE, WITHOUT_WORDING, chore_filter
from .figure_forms import FigureForm
from .passages import WithPassages
from .showing import date_column, show_claim


@admin.register(Figure)
class FigureAdmin(WithPassages, PublishedAdmin):
    """One claim: about what, what was said, who said it and how."""

    form = FigureForm
    on = date_column("as_of", _("as of"))
    list_display = ["measure", "claimed", "about", "scope", "nature", "on", "state", "source"]
    list_select_related = ["source", *SUBJECTS, "grant__recipient"]
    list_filter = [
        chore_filter([WITHOUT_WORDING, CHANGED_SINCE]),
        "publication",
        "measure",
        "scope",
        "nature",
        "preferred",
    ]
    # Figures have no words of their own in the public index.
    search_fields = ["public_id", "wording", "source__title", "announcement__title_fr", "programme__name_fr"]
    autocomplete_fields = [*SUBJECTS, "source"]
    fieldsets = [
        (_("About what (one of these)"), {"fields": [*SUBJECTS]}),
        (
            _("What was said"),
            {
                "fields": [
                    "measure",
                    ("qualifier", "value", "precision"),
                    ("scope", "nature", "as_of"),
                    "negative_reason",
                ]
            },
        ),
        (
            _("Who said it and how"),
            {"fields": ["source", "wording", "wording_language", "note_fr", "note_en", "preferred"]},
        ),
    ]

    @admin.display(description=_("value"), ordering="value")
    def claimed(self, figure: Any) -> str:
        """The hedge and the value in its unit."""
        hedge = "" if figure.qualifier == "exact" else f"{figure.get_qualifier_display()} "
        return hedge + show_claim(figure.value, figure.unit)

    @admin.display(description=_("about"))
    def about(self, figure: Any) -> str:
        return str(figure.subject)
