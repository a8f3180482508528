"""Imports in the editors' door: the record of what was brought in, to read only."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from grants.models import Import

from .base import RegistryAdmin
from .showing import show_value


@admin.register(Import)
class ImportAdmin(RegistryAdmin):
    """Who brought which file in, and what came of its rows."""

    list_display = [
        "file_name",
        "noun",
        "state",
        "rows_new",
        "rows_changed",
        "rows_unchanged",
        "rows_refused",
        "imported_by",
        "when",
    ]
    list_select_related = ["imported_by"]
    list_filter = ["state", "noun"]
    search_fields = ["file_name", "fingerprint"]
    readonly_fields = ["when", "grants_made"]
    fieldsets = [
        (_("File"), {"fields": ["file_name", "fingerprint", "sheet", "noun", "imported_by", "when"]}),
        (
            _("What came of it"),
            {
                "fields": [
                    "state",
                    "rows_read",
                    "rows_new",
                    "rows_changed",
                    "rows_unchanged",
                    "rows_refused",
                    "grants_made",
                    "errors",
                ]
            },
        ),
        (_("How it was read"), {"fields": ["profile", "mapping"]}),
    ]

    @admin.display(description=_("when"), ordering="created_at")
    def when(self, record: Any) -> str:
        return show_value(record.created_at)

    @admin.display(description=_("grants"))
    def grants_made(self, record: Any) -> str:
        """The grants whose rows came from this file."""
        address = reverse("admin:grants_grant_changelist", query={"import_batch__id__exact": record.pk})
        return format_html('<a href="{}">{}</a>', address, _("See the grants of this import"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
