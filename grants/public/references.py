"""How to quote a selection of grants, or all data, as files; those of a record are in records.py."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from grants.models import registry_version

from .asking import ask_grants, refuse
from .citing import Reference, reference_to_data


def changed_on() -> datetime.date | None:
    """The day of the last change of published data, where it is known."""
    number = registry_version.current().number
    if not number:
        return None
    return timezone.localdate(datetime.datetime.fromtimestamp(number / 1_000_000, datetime.UTC))


def selection_title(selection: Any) -> str:
    """A selection of grants in words: « Aides financières (région : Montréal) »."""
    chosen = [
        (_("%(label)s: except %(text)s") if chip.excluded else _("%(label)s: %(text)s"))
        % {"label": chip.label, "text": chip.text}
        for chip in selection.chips
    ]
    words = {"noun": _("Grants"), "filters": ", ".join(chosen)}
    return truncatechars(_("%(noun)s (%(filters)s)") % words, 200) if chosen else _("Grants")


def reference_to_selection(selection: Any) -> Reference:
    """How to quote a selection of grants."""
    return reference_to_data(
        selection_title(selection), reverse("public:grant-list"), selection.canonical, changed_on()
    )


def reference_to_all() -> Reference:
    """How to quote all data."""
    return reference_to_data(_("OTN grants registry"), reverse("public:data"), changed=changed_on())


@require_safe
def selection_reference(request: HttpRequest, style: str) -> HttpResponse:
    """`aides.bib?…`, `aides.ris?…`; 400 where the question cannot be understood."""
    selection = ask_grants(request.GET)
    if selection.problems:
        return refuse(request, selection.problems, reverse("public:grant-list"), _("Grants"))
    return reference_to_selection(selection).as_file(style)


@require_safe
def data_reference(request: HttpRequest, style: str) -> HttpResponse:
    """`donnees.bib`, `donnees.ris`."""
    return reference_to_all().as_file(style)
