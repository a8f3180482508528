"""The data page: files, the dictionary of their fields, licence, freshness, how to quote."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.exports.about import LICENCE
from grants.exports.columns import SHEETS
from grants.exports.dialects import DIALECTS
from grants.exports.dictionary import KINDS, codes_of, whole_dictionary
from grants.exports.downloads import FORMATS, sending
from grants.exports.public_columns import Sheet
from grants.models import Organisation
from grants.search.facets import FACETS
from grants.search.remembered import remembered

from .citing import full_address
from .groups import RECIPIENTS
from .references import reference_to_all


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """`/donnees/` and `/en/data/`."""
    context = {
        "title": _("Data"),
        "description": _(
            "The whole registry as CSV, Excel, LibreOffice and JSON files, with the meaning of every field."
        ),
        "sheets": [_sheet(model, sheet) for model, sheet in SHEETS.items()],
        "dialects": [(dialect, reverse("public:grant-dialect", args=[ending])) for ending, dialect in DIALECTS.items()],
        "groups": [(words, reverse("public:grant-groups", args=[name, "csv"])) for name, words in _groups()],
        "licence": LICENCE,
        "citation": reference_to_all(),
        "json_ld": _dataset(),
    }
    return render(request, "grants/pages/data.html", context)


@require_safe
def dictionary(request: HttpRequest) -> StreamingHttpResponse:
    """`/donnees/dictionnaire.csv` and `/en/data/dictionary.csv`: every column of every list, in both languages."""
    return sending(whole_dictionary(), "csv", _("dictionary.csv"))


def _sheet(model: Any, sheet: Sheet) -> dict[str, Any]:
    # The list of recipients leaves out those that only host or give; a copy of the whole does not.
    is_bodies = model is Organisation
    question = "?role=all" if is_bodies else ""
    return {
        "title": _("Organisations") if is_bodies else sheet.title,
        "page": sheet.page,
        "files": [
            (ending.upper(), reverse(f"public:{sheet.page}-download", args=[ending]) + question) for ending in FORMATS
        ],
        "columns": [(column, KINDS[column.kind], codes_of(column.codes)) for column in sheet.columns],
        "changed": remembered(("changed", model.__name__), lambda: _last_change(model)),
    }


def _groups() -> list[tuple[str, str | Promise]]:
    return [*((name, facet.label) for name, facet in FACETS.items()), (RECIPIENTS, _("Recipient"))]


def _last_change(model: Any) -> datetime | None:
    return model.objects.published().aggregate(latest=Max("modified_at"))["latest"]


def _dataset() -> dict[str, Any]:
    files = [
        {
            "@type": "DataDownload",
            "name": f"{sheet.title} ({ending.upper()})",
            "encodingFormat": kind.partition(";")[0],
            "contentUrl": full_address(f"{sheet.page}-download", ending),
        }
        for sheet in SHEETS.values()
        for ending, kind in FORMATS.items()
    ]
    files += [
        {
            "@type": "DataDownload",
            "name": str(dialect.label),
            "encodingFormat": dialect.content_type.partition(";")[0],
            "contentUrl": full_address("grant-dialect", ending),
        }
        for ending, dialect in DIALECTS.items()
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": _("OTN grants registry"),
        "description": _("Who received the money, who says so, and whether it adds up."),
        "url": full_address("data"),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "distribution": files,
    }
