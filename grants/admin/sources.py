"""Sources in the editors' door."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.models import Citation, Source
from grants.models.subjects import SUBJECTS

from .base import PublishedAdmin
from .chores import CHANGED_SINCE, chore_filter
from .locking import ShownLines
from .showing import date_column


class Supported(ShownLines):
    """What a source supports."""

    model = Citation
    fields = ["supports", "quote"]
    readonly_fields = ["supports", "quote"]
    verbose_name_plural = _("what it supports")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*SUBJECTS, "grant__recipient")

    @admin.display(description=_("supports"))
    def supports(self, citation: Any) -> str:
        return str(citation.subject)


@admin.register(Source)
class SourceAdmin(PublishedAdmin):
    """A document and what it supports."""

    on = date_column("published", _("published on"))
    list_display = ["title", "publisher", "kind", "language", "on", "state"]
    list_filter = [chore_filter([CHANGED_SINCE]), "publication", "kind", "language"]
    inlines = [Supported]
    fieldsets = [
        (None, {"fields": ["title", "url", "publisher", "language", "kind"]}),
        (_("Dates"), {"fields": [("published", "retrieved")]}),
    ]
