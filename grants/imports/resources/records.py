"""The sheets of programmes, announcements, projects, sources, citations, regions and imports."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.imports.columns import SheetField, column_for
from grants.imports.widgets import text_of
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

    def find_unknown(self, key: str) -> models.Model | None:
        return None if key[:1].isalpha() else super().find_unknown(key)

    def init_instance(self, row: dict[str, Any] | None = None) -> models.Model:
        programme = super().init_instance(row)
        if row and (key := text_of(row.get("public_id"))):
            programme.public_id = key
        return programme


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

    def find_without_key(self, row: dict[str, Any]) -> models.Model | None:
        url = text_of(row.get("url"))
        return self.get_queryset().filter(url=url).first() if url else None


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

    def remember_records(self, keys: Iterable[str]) -> None:
        """Nothing to remember: a citation has no id."""

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> models.Model | None:
        return super().get_instance(instance_loader, row | {"public_id": None})

    def find_without_key(self, row: dict[str, Any]) -> models.Model | None:
        try:
            named = {name: self.fields[name].read(row) for name in ("source", *SUBJECTS) if name in row}
        except ValidationError:
            return None  # the row is refused for it
        if not named.get("source"):
            return None
        return self.get_queryset().filter(**{name: named.get(name) for name in ("source", *SUBJECTS)}).first()

    def validate_instance(self, instance: models.Model, *args: Any, **kwargs: Any) -> None:
        """What supports a published record is as public as the record."""
        super().validate_instance(instance, *args, **kwargs)
        if instance.subject is not None:  # without one, the constraint speaks
            self.check_may_change(instance.subject)


class RegionResource(SheetResource):
    """Administrative regions, by their code."""

    columns = ("code", "name_fr", "name_en", "economic_region")
    key = "code"

    class Meta(SheetMeta):
        model = Region

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> models.Model | None:
        # Spreadsheets turn 01 into 1.
        if (code := text_of(row.get("code"))).isdigit():
            row["code"] = code.zfill(2)
        return super().get_instance(instance_loader, row)

    def remember_records(self, keys: Iterable[str]) -> None:
        super().remember_records(key.zfill(2) if key.isdigit() else key for key in keys)

    def find_unknown(self, key: str) -> models.Model | None:
        return None


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
