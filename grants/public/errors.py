"""Pages for what goes wrong, in the visitor's language and the site's look, without the database."""

import datetime
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from grants.bilingual import ENGLISH, FRENCH, Text

logger = logging.getLogger(__name__)

# When not even a template can be read.
LAST_RESORT = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Erreur 500</title>'
    "<h1>Une erreur s’est produite</h1><p>La faute est de notre côté. Veuillez réessayer dans un moment.</p>"
    '<h1 lang="en">Something went wrong</h1><p lang="en">The fault is ours. Please try again.</p></html>'
)

# By cause: title, what to do.
WORDS = {
    "bad request": (
        _("This request could not be understood"),
        _("Check the address, or start again from the home page."),
    ),
    "too large": (
        _("This is too much for one form"),
        _("The registry takes 5 MB of text at a time. Go back: what you typed is still there. Send less, or a file."),
    ),
    "denied": (
        _("This page is not open to you"),
        _("Your account does not have the right that this page asks for."),
    ),
    "stale form": (
        _("This form has expired"),
        _("Go back, reload the page and send the form again. Nothing was saved."),
    ),
    "not found": (
        _("Page not found"),
        _("There is nothing at this address. It may be mistyped, or the page may have moved."),
    ),
    "gone": (
        _("This page was withdrawn"),
        _("It was public and no longer is. Its address will not be used again."),
    ),
    "too slow": (
        _("The answer took too long to find"),
        _(
            "The search was given up so that others need not wait. Use fewer words or more telling ones, add a filter"
            " such as a year, a region or a programme, or try again in a minute."
        ),
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that cannot be understood; 413: one that is larger than any form of the registry."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, "too large")
    return _page(request, 400, "bad request")


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    return _page(request, 403, "denied")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form sent from a page too old (for settings.CSRF_FAILURE_VIEW)."""
    return _page(request, 403, "stale form")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing at this address."""
    return _page(request, 404, "not found")


def gone(
    request: HttpRequest, *, withdrawn: datetime.date, name: Text | str = "", reason: Text | str = ""
) -> HttpResponse:
    """410: a record withdrawn from publication, with the day it was."""
    facts = {"withdrawn": withdrawn, "name": name, "reason": reason}
    return _page(request, 410, "gone", **facts)


def too_slow(request: HttpRequest) -> HttpResponse:
    """503: a question that the database could not answer in the time it has."""
    return _page(request, 503, "too slow")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault. Nothing here may fail, so each step does without the one before."""
    try:
        with translation.override(_language(request)):
            context = {"home": _home(), "stylesheet": _stylesheet()}
            return HttpResponse(render_to_string("grants/server_error.html", context), status=500)
    except Exception:
        logger.exception("The error page itself could not be made.")
        return HttpResponse(LAST_RESORT, status=500)


def _page(request: HttpRequest, status: int, cause: str, **facts: Any) -> HttpResponse:
    with translation.override(_language(request)):
        title, words = WORDS[cause]
        context = {"title": title, "words": words, "description": words, "no_index": True, **facts}
        return HttpResponse(render_to_string("grants/error.html", context, request), status=status)


def _language(request: HttpRequest) -> str:
    """From the address alone: an error may come before any middleware has chosen a language."""
    return ENGLISH if request.path_info.startswith(f"/{ENGLISH}/") else FRENCH


def _home() -> str:
    prefix = get_script_prefix()
    return f"{prefix}{ENGLISH}/" if translation.get_language() == ENGLISH else prefix


def _stylesheet() -> str:
    """Nothing where the static files were never collected: the page is then plain but whole."""
    try:
        return static("grants/css/registry.css")
    except ValueError:
        return ""
