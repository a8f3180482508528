"""Projects in the editors' door."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.models import GrantProject, Project

from .base import PublishedAdmin
from .chores import CHANGED_SINCE, WITHOUT_SOURCE, chore_filter, without_english
from .lines import CitationLines
from .locking import TabularLines


class ProjectGrants(TabularLines):
    """The grants that fund a project."""

    model = GrantProject
    fields = ["grant"]
    autocomplete_fields = ["grant"]
    verbose_name_plural = _("grants that fund it")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("grant__recipient", "project")


class ProjectCitations(CitationLines):
    fk_name = "project"


@admin.register(Project)
class ProjectAdmin(PublishedAdmin):
    """A project and the grants that fund it."""

    list_display = ["title_fr", "organisation", "sectors_fr", "state", "changed"]
    list_select_related = ["organisation"]
    list_filter = [
        chore_filter([WITHOUT_SOURCE, without_english("title_en"), CHANGED_SINCE]),
        "publication",
    ]
    autocomplete_fields = ["organisation"]
    inlines = [ProjectGrants, ProjectCitations]
    fieldsets = [
        (None, {"fields": ["title_fr", "title_en", "organisation"]}),
        (_("What it does"), {"fields": ["description_fr", "description_en", "sectors_fr", "sectors_en"]}),
    ]
