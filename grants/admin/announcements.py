"""Announcements in the editors' door."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.bilingual import current_language
from grants.models import Announcement, Communique, Grant
from grants.reconciliation.announcements import overall, reconcile_announcement, reconcile_announcements
from grants.values import wording

from .base import PublishedAdmin
from .chores import CHANGED_SINCE, DISCORDANT, WITHOUT_DATE, WITHOUT_SOURCE, chore_filter, without_english
from .lines import CitationLines, FigureLines
from .locking import TabularLines
from .showing import date_column

# Beyond this the grants have a list of their own: a form of thousands of rows serves nobody.
MOST_INLINE = 100


class AnnouncementCitations(CitationLines):
    fk_name = "announcement"


class AnnouncementFigures(FigureLines):
    fk_name = "announcement"


class AnnouncementGrants(TabularLines):
    """The grants of an announcement, in few columns; the rest is on their own page."""

    model = Grant
    fk_name = "announcement"
    fields = ["recipient", "amount", "date", "status", "benefit_region"]
    autocomplete_fields = ["recipient", "benefit_region"]
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("recipient", "benefit_region").order_by("pk")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A grant entered here belongs to the announcement's programme and is of its date."""
        formset = super().get_formset(request, obj, **kwargs)
        if obj is not None:
            formset.form.base_fields["date"].initial = obj.date
        return formset


@admin.register(Announcement)
class AnnouncementAdmin(PublishedAdmin):
    """An announcement: what was stated, the grants, the sources; and whether they add up."""

    on = date_column("date", _("date"))
    list_display = ["title_fr", "on", "programme", "list_state", "verdict", "state"]
    list_select_related = ["programme"]
    list_filter = [
        chore_filter([DISCORDANT, WITHOUT_SOURCE, WITHOUT_DATE, without_english("title_en"), CHANGED_SINCE]),
        "publication",
        "list_state",
    ]
    autocomplete_fields = ["programme"]
    fieldsets = [
        (None, {"fields": ["programme", "date", "title_fr", "title_en", "place"]}),
        (_("Summary"), {"fields": ["summary_fr", "summary_en"]}),
        (_("Completeness"), {"fields": ["list_state", "its_grants"]}),
    ]
    readonly_fields = ["its_grants"]
    inlines = [AnnouncementFigures, AnnouncementGrants, AnnouncementCitations]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        if obj is not None and obj.grants.order_by("pk")[MOST_INLINE : MOST_INLINE + 1].exists():
            return [inline for inline in self.inlines if inline is not AnnouncementGrants]
        return self.inlines

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """A grant entered under an announcement belongs to its programme."""
        if formset.model is Grant:
            for line in formset.extra_forms:
                if line.instance.programme_id is None:
                    line.instance.programme_id = form.instance.programme_id
        super().save_formset(request, form, formset, change)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Reconcile the announcements of the page at once."""
        changelist = super().get_changelist_instance(request)
        announcements = list(changelist.result_list)
        lines = reconcile_announcements(announcements, published_only=False)
        for announcement in announcements:
            announcement.verdict = overall(lines[announcement.pk])
        changelist.result_list = announcements
        return changelist

    @admin.display(description=_("grants entered"))
    def its_grants(self, announcement: Any) -> str:
        """How many, and the way to them: beyond a hundred they are not on this page."""
        count = announcement.grants.count() if announcement.pk else 0
        if not count:
            return "0"
        address = reverse("admin:grants_grant_changelist", query={"announcement__id__exact": announcement.pk})
        return format_html('<a href="{}">{}</a>', address, wording.number(count, current_language()))

    @admin.display(description=_("verdict"))
    def verdict(self, announcement: Any) -> str:
        """The gravest verdict of its measures."""
        return announcement.verdict.label

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if record := context.get("original"):
            context["reconciliation"] = reconcile_announcement(record, published_only=False)
            if allowed(request.user, "view", Communique):
                context["communiques"] = record.communiques.defer("text", "reading", "draft").order_by("pk")
        return super().render_change_form(request, context, *args, **kwargs)
