"""Organisations in the editors' door: names, duplicates, merging."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models import Organisation, OrganisationName

from .base import PublishedAdmin
from .chores import (
    CHANGED_SINCE,
    DUPLICATES,
    ODD_NEQ,
    WITHOUT_NEQ,
    WITHOUT_SOURCE,
    chore_filter,
    without_english,
    without_region,
)
from .lines import CitationLines, FigureLines
from .locking import ShownLines, TabularLines
from .merging import ask_merge, merge_view
from .organisation_forms import OrganisationForm


class Names(TabularLines):
    """The other names of an organisation."""

    model = OrganisationName
    fields = ["name", "kind", "language"]


class Children(ShownLines):
    """The organisations attached to this one."""

    model = Organisation
    fk_name = "parent"
    fields = ["name_fr", "kind", "city"]
    readonly_fields = ["name_fr", "kind", "city"]
    verbose_name_plural = gettext_lazy("organisations attached to this one")


class OrganisationCitations(CitationLines):
    fk_name = "organisation"


class OrganisationFigures(FigureLines):
    fk_name = "organisation"


@admin.register(Organisation)
class OrganisationAdmin(PublishedAdmin):
    """An organisation, its names, children, figures and sources."""

    form = OrganisationForm
    list_display = ["name_fr", "kind", "city", "region", "neq", "state", "changed"]
    list_select_related = ["region"]
    list_filter = [
        chore_filter(
            [
                DUPLICATES,
                WITHOUT_SOURCE,
                without_region("region"),
                WITHOUT_NEQ,
                ODD_NEQ,
                without_english("name_en"),
                CHANGED_SINCE,
            ]
        ),
        "publication",
        "kind",
        "is_natural_person",
    ]
    autocomplete_fields = ["parent", "region"]
    inlines = [Names, Children, OrganisationFigures, OrganisationCitations]
    actions = ["merge"]
    fieldsets = [
        (
            gettext_lazy("What it is called and what it is"),
            {
                "fields": [
                    "name_fr",
                    "name_en",
                    "kind",
                    "is_nonprofit",
                    "is_natural_person",
                    "neq",
                    "founded",
                    "description_fr",
                    "description_en",
                    "website",
                ]
            },
        ),
        (
            gettext_lazy("Where it is and what it belongs to"),
            {"fields": ["parent", "city", "region", "territory_fr", "territory_en"]},
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.merge_page)
        return [path("merge/", view, name="grants_organisation_merge"), *super().get_urls()]

    def answering(self, words: str) -> Q:
        """Natural persons are in no index: staff find them by their name alone."""
        return super().answering(words) | Q(is_natural_person=True, name_fr__icontains=words)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if obj.neq_is_unusual and ("neq" in form.changed_data or not change):
            self.message_user(
                request,
                _("The NEQ %(neq)s starts unusually (11, 22, 33 or 88 are usual): check it. It was saved.")
                % {"neq": obj.neq},
                messages.WARNING,
            )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        record = context.get("original")
        if record is not None and record.merged_into_id:
            kept = record.merged_into
            link = format_html('<a href="{}">{}</a>', reverse("admin:grants_organisation_change", args=[kept.pk]), kept)
            context["merged_into"] = link
        return super().render_change_form(request, context, *args, **kwargs)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether this person may merge (asked for by the list action)."""
        return request.user.has_perm("grants.merge_organisation")

    @admin.action(description=gettext_lazy("Merge the two selected"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Ask which of two organisations to keep."""
        return ask_merge(self, request, queryset)

    def merge_page(self, request: HttpRequest) -> HttpResponse:
        """The question, and the merge itself."""
        return merge_view(self, request)
