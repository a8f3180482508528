"""Communiqués in the editors' door: the list of what was pasted, and the way to each step of the work."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from grants.models import Communique

from ..history import HistoryPage
from ..lists import SearchedList
from ..showing import show_value
from . import pasting, review
from .access import may_read

View = Callable[..., HttpResponse]
# What follows the number of a communiqué in its addresses.
PAGES: dict[str, View] = {"concordance": review.concordance_view, "reread": review.reread_view}


@admin.register(Communique)
class CommuniqueAdmin(HistoryPage, SearchedList):
    """Which text was read by whom, and what became of it."""

    change_list_template = "admin/grants/communique/change_list.html"
    list_display = ["named", "stands", "programme", "announcement", "read_by", "when"]
    list_select_related = ["read_by", "announcement__programme"]
    list_filter = ["state", "language"]
    search_fields = ["title", "url", "file_name", "announcement__title_fr"]
    actions = None
    date_hierarchy = None

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the texts and what was read in them, which the list does not show."""
        return super().get_queryset(request).defer("text", "reading", "draft")

    @admin.display(description=_("title"), ordering="title")
    def named(self, record: Communique) -> str:
        return str(record)

    @admin.display(description=_("programme"))
    def programme(self, record: Communique) -> Any:
        return record.announcement.programme if record.announcement else None

    @admin.display(description=_("when"), ordering="created_at")
    def when(self, record: Communique) -> str:
        return show_value(record.created_at)

    @admin.display(description=_("state"), ordering="state")
    def stands(self, record: Communique) -> str:
        return format_html(
            '<span class="communique-state communique-state-{}">{}</span>', record.state, record.get_state_display()
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, under the name of what it lists."""
        title = {"title": _("Press releases")}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<path:object_id>/{name}/", self._view(view), name=f"grants_communique_{name}")
            for name, view in PAGES.items()
        ]
        return [*own, *super().get_urls()]

    def _view(self, view: View) -> View:
        return self.admin_site.admin_view(partial(view, self))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A new communiqué: its text or its file."""
        return pasting.paste_view(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The communiqué, whatever step it is at."""
        return review.page_view(self, request, object_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_read(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # Django's own form has nothing to change: the review has

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # set aside instead: its passages tie records to their words
