"""A selection of grants asked for by an address, and the answer to one that cannot be understood."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from grants.search.grant_selection import GrantSelection


def ask_grants(question: QueryDict) -> GrantSelection:
    """The selection that an address asks for."""
    return GrantSelection(question)


def refuse(request: HttpRequest, problems: Sequence[str], back: str, title: str | Promise) -> HttpResponse:
    """400: what is asked cannot be made, why, and the way back to the list at `back`."""
    context = {
        "title": _("This file cannot be made"),
        "problems": problems,
        "trail": [(back, title)],
        "no_index": True,
    }
    return render(request, "grants/pages/refused.html", context, status=400)
