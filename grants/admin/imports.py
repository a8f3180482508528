"""Imports in the editors' door: the list of what was brought in, and the way to each step of the work."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from grants.imports.nouns import SHEETS
from grants.models import Import

from . import import_help
from .base import RegistryAdmin
from .importing import choosing, deciding, names, page, reading, report
from .importing.access import model_of
from .showing import show_value

View = Callable[..., Any]
# What follows the number of an import in its addresses.
PAGES: dict[str, View] = {
    "progress": page.progress_view,
    "reading": reading.reading_view,
    "profile": reading.profile_view,
    "names": names.names_view,
    "apply": deciding.apply_view,
    "cancel": deciding.cancel_view,
    "again": deciding.again_view,
    "undo": deciding.undo_view,
    "errors": report.errors_view,
}


class NounFilter(admin.SimpleListFilter):
    """The imports of one noun."""

    title = _("records")
    parameter_name = "noun"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(noun, _nouns(noun)) for noun, sheet in SHEETS.items() if sheet.comes_in]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(noun=self.value()) if self.value() in SHEETS else queryset


def _nouns(noun: str) -> str:
    return capfirst(str(model_of(noun)._meta.verbose_name_plural))


@admin.register(Import)
class ImportAdmin(RegistryAdmin):
    """Who brought which file in, how far it is, and what came of its rows."""

    import_export_change_list_template = "admin/grants/import/change_list.html"
    list_display = [
        "file_name",
        "records",
        "stands",
        "rows_new",
        "rows_changed",
        "rows_unchanged",
        "rows_refused",
        "imported_by",
        "when",
    ]
    list_select_related = ["imported_by"]
    list_filter = ["state", NounFilter]
    search_fields = ["file_name", "fingerprint"]

    @admin.display(description=_("when"), ordering="created_at")
    def when(self, record: Any) -> str:
        return show_value(record.created_at)

    @admin.display(description=_("records"), ordering="noun")
    def records(self, record: Any) -> str:
        return _nouns(record.noun)

    @admin.display(description=_("state"), ordering="state")
    def stands(self, record: Any) -> str:
        return format_html(
            '<span class="import-state import-state-{}">{}</span>', record.state, record.get_state_display()
        )

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<path:object_id>/{name}/", self._view(view), name=f"grants_import_{name}")
            for name, view in PAGES.items()
        ]
        return [*import_help.urls(self), *own, *super().get_urls()]

    def _view(self, view: View) -> View:
        return self.admin_site.admin_view(partial(view, self))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new import: the file."""
        return choosing.choose_view(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The import, whatever step it is at."""
        return page.page_view(self, request, object_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(choosing.importable(request.user))

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Imports themselves come in by no sheet."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
