"""Programmes in the editors' door."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.models import Programme
from grants.reconciliation.programmes import reconcile_programme

from .base import PublishedAdmin
from .chores import CHANGED_SINCE, WITHOUT_SOURCE, chore_filter, without_english
from .lines import CitationLines, FigureLines
from .showing import date_column


class ProgrammeCitations(CitationLines):
    fk_name = "programme"


class ProgrammeFigures(FigureLines):
    fk_name = "programme"


@admin.register(Programme)
class ProgrammeAdmin(PublishedAdmin):
    """A programme, its figures and sources; what was granted beside its envelope."""

    launched_on = date_column("launched", _("launched"))
    list_display = ["name_fr", "acronym", "launched_on", "administrator", "state", "changed"]
    list_select_related = ["administrator"]
    list_filter = [
        chore_filter([WITHOUT_SOURCE, without_english("name_en"), CHANGED_SINCE]),
        "publication",
    ]
    autocomplete_fields = ["administrator", "parent"]
    inlines = [ProgrammeFigures, ProgrammeCitations]
    fieldsets = [
        (None, {"fields": ["public_id", "name_fr", "name_en", "acronym"]}),
        (_("Objective and launch"), {"fields": ["objective_fr", "objective_en", "launched"]}),
        (_("Whose it is"), {"fields": ["administrator", "parent"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The address of a programme is chosen once."""
        return ["public_id"] if obj else []

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if record := context.get("original"):
            context["programme_report"] = reconcile_programme(record, published_only=False)
        return super().render_change_form(request, context, *args, **kwargs)
