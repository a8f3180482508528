"""A selection of grants in the neighbours' dialects: the files, and the page that says what they hold."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.bilingual import current_language
from grants.exports.about import About
from grants.exports.columns import SHEETS
from grants.exports.dialects import DIALECTS, LeftOut, dialect_file, left_out
from grants.models import Grant
from grants.search.grant_selection import GrantSelection
from grants.search.remembered import remembered

from .asking import refuse
from .citing import site_address
from .grants import GrantList


@require_safe
def grant_dialect(request: HttpRequest, format: str) -> HttpResponseBase:
    """`/aides.<format>` and `/en/grants.<format>`: `format` is the ending of a dialect."""
    selection = GrantSelection(request.GET)
    page = reverse("public:grant-list")
    if selection.problems:
        return refuse(request, selection.problems, page, GrantList.title)
    sheet = SHEETS[Grant]
    about = About(
        title=str(sheet.title),
        word=str(sheet.word),
        address=site_address(page + (f"?{selection.canonical}" if selection.canonical else "")),
        question=dict(request.GET.lists()),
        language=current_language(),
    )
    made = dialect_file(DIALECTS[format], selection.records, about)
    return _nothing_to_send(request, selection) if isinstance(made, LeftOut) else made


def _nothing_to_send(request: HttpRequest, selection: GrantSelection) -> HttpResponse:
    """404: the standard knows no file without grants, and can hold none of these."""
    context = {
        "title": _("This file cannot be made"),
        "problems": [_("None of the grants chosen can be told in this format.")],
        "trail": [(reverse("public:dialects") + selection.address(), _("Formats of other registries"))],
        "no_index": True,
    }
    return render(request, "grants/pages/refused.html", context, status=404)


@require_safe
def about_dialects(request: HttpRequest) -> HttpResponse:
    """`/donnees/dialectes/` and `/en/data/dialects/`: what each holds and leaves out, of a selection or of all."""
    selection = GrantSelection(request.GET)
    if selection.problems:
        return refuse(request, selection.problems, reverse("public:grant-list"), GrantList.title)
    # Each grant is looked at: of a large registry that is worth remembering.
    count = partial(left_out, list(DIALECTS.values()), selection.records)
    left = remembered(("left out", selection.canonical), count)
    question = f"?{selection.canonical}" if selection.canonical else ""
    context = {
        "title": _("Formats of other registries"),
        "description": _("The grants of the registry as neighbouring standards read them, and what these cannot hold."),
        "selection": selection,
        "trail": [(reverse("public:data"), _("Data"))],
        "dialects": [
            (dialect, left[ending], reverse("public:grant-dialect", args=[ending]) + question)
            for ending, dialect in DIALECTS.items()
        ],
        "no_index": bool(question),
    }
    return render(request, "grants/pages/dialects.html", context)
