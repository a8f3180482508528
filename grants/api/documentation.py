"""Where to begin, the OpenAPI document, and the page to read and try it on."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request

from grants.bilingual import current_language
from grants.exports.downloads import LICENCE

from .view import ApiView, answer, answer_of, language_of

BEGINNINGS = ("grant", "organisation", "announcement", "programme", "project", "source", "figure", "region")


def full(view: str) -> str:
    """The full address of a view of the API."""
    return settings.SITE_URL.rstrip("/") + reverse(f"api:{view}")


class Index(ApiView):
    def get(self, request: Request) -> HttpResponse:
        return answer_of(
            {
                "title": _("OTN grants registry"),
                "publisher": settings.OPERATOR_NAME or _("OTN grants registry"),
                "licence": LICENCE,
                "documentation": full("docs"),
                "openapi": full("openapi"),
                "addresses": {f"{name}s": full(f"{name}-list") for name in BEGINNINGS},
            }
        )


class OpenApi(ApiView):
    """The description of the API, in the language asked for."""

    def get(self, request: Request) -> HttpResponse:
        language = current_language()
        return answer(document(language), language=language)


@cache
def document(language: str) -> bytes:
    """The OpenAPI document as JSON; made once a process."""
    with translation.override(language):
        made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return json.dumps(made, ensure_ascii=False).encode()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The interactive page, all of it served from here."""
    asked = Request(request)
    with translation.override(language_of(asked)):
        context: dict[str, Any] = {
            "schema": f"{reverse('api:openapi')}?lang={current_language()}",
            "language": current_language(),
        }
        context["site"] = settings.SITE_URL.rstrip("/")
        response = render(request, "grants/api/docs.html", context)
        response["Content-Language"] = current_language()
    patch_vary_headers(response, ["Accept-Language"])
    return response
