"""What each column of a noun's sheet means, and the blank sheet to fill in."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.actions.permissions import allowed
from grants.bilingual import current_language
from grants.imports.dictionary import columns_of
from grants.imports.nouns import SHEETS, NounSheet
from grants.imports.template import write_template
from grants.models import Import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def urls(owner: Any) -> list[URLPattern]:
    """The addresses of the help and of the blank sheets, below those of `owner`, the imports' ModelAdmin."""

    def columns(request: HttpRequest, noun: str) -> HttpResponse:
        return columns_view(owner, request, noun)

    wrap = owner.admin_site.admin_view
    return [
        path("columns/<slug:noun>/", wrap(require_safe(columns)), name="grants_import_columns"),
        path("columns/<slug:noun>/template/", wrap(require_safe(template_view)), name="grants_import_template"),
    ]


def columns_view(owner: Any, request: HttpRequest, noun: str) -> HttpResponse:
    """The dictionary of a noun's columns, and the way to the others."""
    sheet = shown_sheet(request, noun)
    plural = str(sheet.model._meta.verbose_name_plural)
    context = {
        **owner.admin_site.each_context(request),
        "title": _("Columns of the sheet of %(records)s") % {"records": plural},
        "opts": owner.opts,
        "columns": columns_of(noun),
        "template_address": reverse("admin:grants_import_template", args=[noun]),
        "others": [
            {
                "label": capfirst(str(other.model._meta.verbose_name_plural)),
                "address": reverse("admin:grants_import_columns", args=[other.noun]),
                "is_here": other is sheet,
            }
            for other in SHEETS.values()
            if other.comes_in and allowed(request.user, "view", other.model)
        ],
    }
    request.current_app = owner.admin_site.name
    return TemplateResponse(request, "admin/grants/import/columns.html", context)


def template_view(request: HttpRequest, noun: str) -> HttpResponse:
    """The blank sheet, in the language of the page."""
    sheet = shown_sheet(request, noun)
    response = HttpResponse(write_template(noun, current_language()), content_type=XLSX)
    name = str(sheet.model._meta.verbose_name_plural).replace(" ", "-")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return response


def shown_sheet(request: HttpRequest, noun: str) -> NounSheet:
    """The sheet that this person may see. Raises Http404 and PermissionDenied."""
    sheet = SHEETS.get(noun)
    if sheet is None or not sheet.comes_in:
        raise Http404
    if not (allowed(request.user, "view", Import) and allowed(request.user, "view", sheet.model)):
        raise PermissionDenied
    return sheet
