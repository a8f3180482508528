"""The sheets of programmes, announcements, projects, sources, figures, citations, regions and imports."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.models import Announcement, Citation, Figure, Import, Programme, Project, Publishable, Region, Source
from grants.models.subjects import SUBJECTS

from .sheet_columns import CONDITIONAL, NounSheet, SheetColumn, column_of, companion, of_registry

ONE_SUBJECT: dict[str, Any] = {"obligation": CONDITIONAL, "when": _("exactly one of the five records must be named")}
ABOUT = dict.fromkeys(SUBJECTS, ONE_SUBJECT)


def sheet_of(
    model: type[models.Model],
    names: Iterable[str],
    companions: Iterable[str] = (),
    more: dict[str, dict[str, Any]] | None = None,
    key: str = "public_id",
) -> NounSheet:
    """A noun's sheet: what the registry says of it, and the columns of its fields."""
    companions, more = set(companions), more or {}
    columns: list[SheetColumn] = []
    if issubclass(model, Publishable):
        columns.append(of_registry(model, "public_id", meaning=_("Given by the registry. Blank in a row that is new.")))
    for name in names:
        column = column_of(model, name, **more.get(name, {}))
        columns += [column, companion(column)] if name in companions else [column]
    if issubclass(model, Publishable):
        columns.append(
            of_registry(model, "publication", meaning=_("Said by the registry: an import does not publish."))
        )
    said = _("Said by the registry: it tells whether the record changed since.")
    return NounSheet(model, (*columns, of_registry(model, "version", meaning=said)), key=key)


PROGRAMME = sheet_of(
    Programme,
    ["name_fr", "name_en", "acronym", "objective_fr", "objective_en", "launched", "administrator", "parent"],
    companions=["administrator"],
)
ANNOUNCEMENT = sheet_of(
    Announcement,
    ["programme", "date", "title_fr", "title_en", "place", "summary_fr", "summary_en", "list_state"],
)
PROJECT = sheet_of(
    Project,
    ["title_fr", "title_en", "organisation", "description_fr", "description_en", "sectors_fr", "sectors_en"],
    companions=["organisation"],
)
SOURCE = sheet_of(Source, ["title", "url", "publisher", "language", "kind", "published", "retrieved"])
FIGURE = sheet_of(
    Figure,
    [
        *SUBJECTS,
        *("measure", "value", "unit", "qualifier", "precision", "scope", "nature", "as_of"),
        *("negative_reason", "source", "wording", "wording_language", "note_fr", "note_en", "preferred"),
    ],
    more=ABOUT | {"negative_reason": {"obligation": CONDITIONAL, "when": _("when the value is negative")}},
)
CITATION = sheet_of(Citation, ["source", *SUBJECTS, "quote"], more=ABOUT, key="")
REGION = sheet_of(Region, ["code", "name_fr", "name_en", "economic_region"], key="code")

_IMPORT_NAMES = (
    *("file_name", "fingerprint", "sheet", "noun", "profile", "rows_read"),
    *("rows_new", "rows_changed", "rows_unchanged", "rows_refused", "state"),
)
# Imports go out and never come in.
IMPORT = NounSheet(
    Import,
    (
        *(of_registry(Import, name) for name in _IMPORT_NAMES),
        of_registry(Import, "created_at"),
        SheetColumn("imported_by", _("by"), "text", readonly=True),
        of_registry(Import, "version"),
    ),
    key="",
    comes_in=False,
)
