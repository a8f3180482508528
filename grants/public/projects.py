"""Projects: the list, and the page of one."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.bilingual import Text, current_language, pick
from grants.models import Grant, GrantProject, Project
from grants.search.filters import ProjectFilter
from grants.search.grants_under import GrantsUnder
from grants.search.orders import name_of, spelling
from grants.search.remembered import remembered
from grants.search.selection import Selection
from grants.values import wording

from . import facts
from .grants import rows_under
from .lists import Heading, RecordList
from .notes import Notes, claims_of
from .records import RecordPage, public_citations, public_figures


def unnamed_projects() -> int:
    """How many published grants name no published project: each funds one that the sources do not name."""
    named = GrantProject.objects.filter(project__in=Project.objects.published())
    return Grant.objects.published().exclude(pk__in=named.values("grant")).count()


class ProjectList(RecordList):
    model = Project
    filters = ProjectFilter
    template = "grants/pages/projects.html"
    title = gettext_lazy("Projects")
    description = gettext_lazy("What the money is for: every project that a source names, and the grants behind it.")
    headings = (
        Heading(gettext_lazy("Project"), "title"),
        Heading(gettext_lazy("Organisation"), "organisation"),
        Heading(gettext_lazy("Grants"), "grants", "number"),
    )
    orders = {
        "title": (spelling("title_fr"),),
        "organisation": (name_of("organisation"),),
        "grants": (F("grant_count"),),
    }
    default_sort = "title"
    empty = gettext_lazy("No project is listed here.")

    def records(self) -> QuerySet:
        public = Q(grants__publication="published")
        return super().records().annotate(grant_count=Count("grants", filter=public, distinct=True))

    def shown(self, records: QuerySet) -> QuerySet:
        return records.select_related("organisation")

    def count_text(self, count: int) -> str:
        shown = wording.number(count, current_language())
        return ngettext("%(shown)s named project", "%(shown)s named projects", count) % {"shown": shown}

    def more(self, selection: Selection, rows: list[Any]) -> dict[str, Any]:
        return {"unnamed": 0 if selection.chips else remembered("unnamed projects", unnamed_projects, worded=False)}


class ProjectPage(RecordPage):
    model = Project
    template = "grants/pages/project.html"
    list_page = "project-list"
    list_title = gettext_lazy("Projects")

    def records(self) -> QuerySet:
        prefetched = (public_figures(), public_citations())
        return super().records().select_related("organisation").prefetch_related(*prefetched)

    def heading(self, record: Project) -> Text:
        return pick(record, "title")

    def description(self, record: Project) -> str:
        return str(pick(record, "description")) or str(pick(record, "title"))

    def context(self, record: Project) -> dict[str, Any]:
        notes = Notes()
        numbers = notes.cite(record.citations.all())
        claims = claims_of(record.figures.all(), notes)
        under = rows_under(GrantsUnder(record))
        return {
            "numbers": numbers,
            "claims": claims,
            "sources": notes.entries,
            "facts": _facts(record),
            "shared": any(row.projects > 1 for row in under["grants"]),
            **under,
        }


def _facts(project: Project) -> list[facts.Fact]:
    shown = [
        facts.organisation(_("Organisation"), project.organisation),
        facts.Fact(_("Sectors"), pick(project, "sectors")) if project.sectors_fr else None,
        facts.Fact(_("Public id"), project.public_id),
    ]
    return [fact for fact in shown if fact]
