"""What every noun's page has: locked forms, a searched list, the history, sheets, the way to the public page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .history import HistoryPage
from .import_export import SheetAdmin
from .lists import SearchedList
from .locking import LockedForms, with_version
from .publication import PublicationButtons, is_public
from .showing import in_words, show_value


class RegistryAdmin(SheetAdmin, LockedForms, HistoryPage, SearchedList):
    """A noun of the registry."""

    save_on_top = False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, under the name of what it lists (Django's « Select grant to change » says no more)."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The version that the form was made from goes with it (a page that only shows has none)."""
        fieldsets = super().get_fieldsets(request, obj)
        return with_version(fieldsets) if self._is_written(request, obj) else in_words(self.model, fieldsets)

    def _is_written(self, request: HttpRequest, obj: Any) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)


class PublishedAdmin(PublicationButtons, RegistryAdmin):
    """A noun that the public may come to see."""

    list_filter: Any = ["publication"]

    @admin.display(description=_("publication"), ordering="publication")
    def state(self, record: Any) -> str:
        """The state, as a coloured word (the colour is never alone)."""
        return record.get_publication_display()

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, for what is published."""
        if obj is None or not is_public(obj):
            return None
        try:
            return reverse(f"public:{self.opts.model_name}-detail", kwargs={"public_id": obj.public_id})
        except NoReverseMatch:
            return None

    @admin.display(description=_("last changed"), ordering="modified_at")
    def changed(self, record: Any) -> str:
        return show_value(record.modified_at)
