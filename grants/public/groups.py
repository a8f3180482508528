"""What stands behind a chart, a map or a facet as a file: the groups of a selection of grants, or its recipients."""

from itertools import chain

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from grants.bilingual import current_language
from grants.exports.about import About
from grants.exports.downloads import as_file
from grants.exports.groups import group_table, recipient_table
from grants.exports.tables import GivenTable
from grants.search.facets import FACETS
from grants.search.grant_selection import GrantSelection

from .asking import refuse
from .citing import site_address
from .grants import GrantList

RECIPIENTS = "recipient"
AT_ONCE = 1000  # recipients read at a time


@require_safe
def grant_groups(request: HttpRequest, name: str, format: str) -> HttpResponseBase:
    """`/aides/par/<name>.<format>` and `/en/grants/by/…`: `name` is a facet's, or `recipient`."""
    if name not in FACETS and name != RECIPIENTS:
        raise Http404
    selection = GrantSelection(request.GET)
    page = reverse("public:grant-list")
    if selection.problems:
        return refuse(request, selection.problems, page, GrantList.title)
    table = _recipients(selection) if name == RECIPIENTS else _groups(selection, name)
    by = _("Recipient") if name == RECIPIENTS else FACETS[name].label
    about = About(
        title=_("Grants by: %(name)s") % {"name": by},
        word=_("grants by %(name)s") % {"name": by},
        address=site_address(page + (f"?{selection.canonical}" if selection.canonical else "")),
        question=dict(request.GET.lists()),
        language=current_language(),
    )
    return as_file(table, format, about)


def _groups(selection: GrantSelection, name: str) -> GivenTable:
    in_both = []
    for language in ("fr", "en"):
        with override(language):
            in_both.append(selection.by(name))
    return group_table(*in_both)


def _recipients(selection: GrantSelection) -> GivenTable:
    size = selection.recipient_count
    parts = (selection.recipients(AT_ONCE, start) for start in range(0, size, AT_ONCE))
    return recipient_table(chain.from_iterable(parts), size)
