"""The sheets of programmes, announcements, projects, sources, citations, regions and imports."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.imports.columns import SheetField, column_for
from grants.imports.steps.plan import Plan
from grants.models import Announcement, Citation, Figure, Import, Programme, Project, Region, Source
from grants.models.subjects import SUBJECTS

from .base import SheetMeta, SheetResource


class ProgrammeResource(SheetResource):
    """Programmes. Their public id is their slug, which people may choose."""

    columns = (
        *("name_fr", "name_en", "acronym", "objective_fr", "objective_en"),
        *("launched", "administrator", "parent"),
    )
    companions = ("administrator",)

    class Meta(SheetMeta):
        model = Programme


class AnnouncementResource(SheetResource):
    """Announcements."""

    columns = ("programme", "date", "title_fr", "title_en", "place", "summary_fr", "summary_en", "list_state")

    class Meta(SheetMeta):
        model = Announcement


class ProjectResource(SheetResource):
    """Projects."""

    columns = (
        *("title_fr", "title_en", "organisation"),
        *("description_fr", "description_en", "sectors_fr", "sectors_en"),
    )
    companions = ("organisation",)

    class Meta(SheetMeta):
        model = Project


class SourceResource(SheetResource):
    """Sources. A row without id finds its source by the address, which no two sources share."""

    columns = ("title", "url", "publisher", "language", "kind", "published", "retrieved")

    class Meta(SheetMeta):
        model = Source


class FigureResource(SheetResource):
    """Figures."""

    columns = (
        *SUBJECTS,
        *("measure", "value", "unit", "qualifier", "precision", "scope", "nature", "as_of"),
        *("negative_reason", "source", "wording", "wording_language", "note_fr", "note_en", "preferred"),
    )

    class Meta(SheetMeta):
        model = Figure


class CitationResource(SheetResource):
    """Citations, told apart by their source and what it supports."""

    columns = ("source", *SUBJECTS, "quote")

    class Meta(SheetMeta):
        model = Citation

    def more_problems(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """What supports a published record is as public as the record."""
        for reference in plan.references:
            if reference.name not in SUBJECTS or plan.user is None or allowed(plan.user, "publish", reference.model):
                continue
            yield (
                "may_not_change",
                f"""SELECT s.number, '{reference.name}' AS column_name, {reference.said} AS value
                FROM {plan.tables.rows} s {plan.joins}
                JOIN {reference.model._meta.db_table} r ON r.id = {reference.alias}.record_id
                WHERE r.publication = 'published'""",  # noqa: S608
            )


class RegionResource(SheetResource):
    """Administrative regions, by their code."""

    columns = ("code", "name_fr", "name_en", "economic_region")
    key = "code"

    class Meta(SheetMeta):
        model = Region


class ImportResource(SheetResource):
    """Imports: they go out and never come in."""

    columns = (
        *("file_name", "fingerprint", "sheet", "noun", "profile", "rows_read"),
        *("rows_new", "rows_changed", "rows_unchanged", "rows_refused", "state"),
    )

    class Meta(SheetMeta):
        model = Import

    def more_columns(self) -> Iterable[SheetField]:
        column = column_for(Import, "created_at", self.lookups)
        yield SheetField("created_at", column.label, column.widget, readonly=True)
        yield SheetField("imported_by", _("by"), column.widget, attribute="imported_by__username", readonly=True)
