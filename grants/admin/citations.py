"""Citations in the editors' door: most are entered under the record that they support."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import may_change
from grants.models import Citation
from grants.models.subjects import SUBJECTS

from .base import RegistryAdmin
from .chores import Chore, chore_filter
from .forms import TopForm

WITHOUT_QUOTE = Chore("no-quote", _("without the words as written"), lambda found: found.filter(quote=""))


class CitationForm(TopForm):
    """What supports a published record is as public as the record."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        user = getattr(self.request, "user", None)
        for name in SUBJECTS:
            subject = cleaned.get(name)
            if subject is not None and user is not None and not may_change(user, subject):
                self.add_error(name, _("This record is published: your account may not correct it."))
        return cleaned


@admin.register(Citation)
class CitationAdmin(RegistryAdmin):
    """A document supports a record. Whoever may not correct the record may not change what supports it."""

    form = CitationForm
    list_display = ["source", "supports", "quote_start"]
    list_select_related = ["source", *SUBJECTS, "grant__recipient"]
    list_filter = [chore_filter([WITHOUT_QUOTE])]
    search_fields = ["quote", "source__title", "source__publisher"]
    autocomplete_fields = ["source", *SUBJECTS]
    fieldsets = [
        (None, {"fields": ["source", "quote"]}),
        (_("What it supports (one of these)"), {"fields": [*SUBJECTS]}),
    ]

    @admin.display(description=_("supports"))
    def supports(self, citation: Any) -> str:
        return str(citation.subject)

    @admin.display(description=_("words as written"))
    def quote_start(self, citation: Any) -> str:
        return citation.quote[:120]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or obj.subject is None or may_change(request.user, obj.subject)
