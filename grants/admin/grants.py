"""Grants in the editors' door."""

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.models import Grant, GrantProject

from .base import PublishedAdmin
from .chores import (
    CHANGED_SINCE,
    WITHOUT_AMOUNT,
    WITHOUT_DATE,
    WITHOUT_SOURCE,
    chore_filter,
    without_english,
    without_region,
)
from .lines import CitationLines, FigureLines
from .locking import TabularLines
from .passages import WithPassages
from .showing import date_column, money_column


class ProjectsFunded(TabularLines):
    """The projects that a grant funds. Its amount is never split among them."""

    model = GrantProject
    fields = ["project"]
    autocomplete_fields = ["project"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("project")


class GrantCitations(CitationLines):
    fk_name = "grant"


class GrantFigures(FigureLines):
    fk_name = "grant"


@admin.register(Grant)
class GrantAdmin(WithPassages, PublishedAdmin):
    """A grant, the projects it funds, its sources."""

    money = money_column("amount", _("amount"))
    on = date_column("date", _("date"))
    list_display = ["public_id", "recipient", "money", "on", "status", "state", "announcement"]
    list_select_related = ["recipient", "announcement"]
    list_filter = [
        chore_filter(
            [
                WITHOUT_SOURCE,
                WITHOUT_AMOUNT,
                WITHOUT_DATE,
                without_region("benefit_region"),
                without_english("title_en"),
                CHANGED_SINCE,
            ]
        ),
        "publication",
        "status",
        "instrument",
    ]
    # The order of the index: a list of a million rows opens at once.
    ordering = [F("date").desc(nulls_last=True), "-pk"]
    autocomplete_fields = ["recipient", "funder", "programme", "announcement", "benefit_region"]
    inlines = [ProjectsFunded, GrantFigures, GrantCitations]
    readonly_fields = ["import_batch", "import_row"]
    fieldsets = [
        (
            _("To whom, by whom, under what"),
            {"fields": ["recipient", "funder", "programme", "announcement", "reference"]},
        ),
        (
            _("How much"),
            {"fields": [("amount", "currency"), "negative_reason", "total_project_cost", "instrument"]},
        ),
        (
            _("What for and where"),
            {
                "fields": [
                    "title_fr",
                    "title_en",
                    "description_fr",
                    "description_en",
                    "benefit_region",
                    "benefit_place",
                ]
            },
        ),
        (
            _("When and how it stands"),
            {"fields": ["date", ("agreement_start", "agreement_end"), ("status", "status_date")]},
        ),
        (_("Where it came from"), {"fields": [("import_batch", "import_row")]}),
    ]
