"""The sheets of programmes, announcements, projects, sources, figures, citations, regions and imports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from grants.models import Announcement, Citation, Figure, Import, Programme, Project, Region, Source
from grants.models.subjects import SUBJECTS

from .building import columns_of_fields, noun_sheet_of, of_registry
from .sheet_columns import CONDITIONAL, NounSheet, SheetColumn

ONE_SUBJECT: dict[str, Any] = {"obligation": CONDITIONAL, "when": _("exactly one of the five records must be named")}
ABOUT = dict.fromkeys(SUBJECTS, ONE_SUBJECT)

PROGRAMME = noun_sheet_of(
    Programme,
    columns_of_fields(
        Programme,
        ["name_fr", "name_en", "acronym", "objective_fr", "objective_en", "launched", "administrator", "parent"],
        companions=["administrator"],
    ),
)
ANNOUNCEMENT = noun_sheet_of(
    Announcement,
    columns_of_fields(
        Announcement,
        ["programme", "date", "title_fr", "title_en", "place", "summary_fr", "summary_en", "list_state"],
    ),
)
PROJECT = noun_sheet_of(
    Project,
    columns_of_fields(
        Project,
        ["title_fr", "title_en", "organisation", "description_fr", "description_en", "sectors_fr", "sectors_en"],
        companions=["organisation"],
    ),
)
SOURCE = noun_sheet_of(
    Source,
    columns_of_fields(
        Source,
        ["title", "url", "publisher", "language", "kind", "published", "retrieved"],
        url={"kind": "address", "example": "https://example.org/communique"},
    ),
)
FIGURE = noun_sheet_of(
    Figure,
    columns_of_fields(
        Figure,
        [
            *SUBJECTS,
            *("measure", "value", "unit", "qualifier", "precision", "scope", "nature", "as_of"),
            *("negative_reason", "source", "wording", "wording_language", "note_fr", "note_en", "preferred"),
        ],
        **ABOUT,
        negative_reason={"obligation": CONDITIONAL, "when": _("when the value is negative")},
    ),
)
CITATION = noun_sheet_of(Citation, columns_of_fields(Citation, ["source", *SUBJECTS, "quote"], **ABOUT), key="")
REGION = noun_sheet_of(
    Region,
    columns_of_fields(
        Region,
        ["code", "name_fr", "name_en", "economic_region"],
        code={"kind": "region_code", "example": "08"},
    ),
    key="code",
)

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
