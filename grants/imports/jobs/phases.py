"""What an import is doing, in words."""

from django.utils.translation import gettext_lazy as _

PHASES = {
    "queued": _("waiting for its turn"),
    "reading": _("reading the sheet"),
    "staging": _("setting the rows ready"),
    "checking": _("checking the values"),
    "matching": _("comparing with the registry"),
    "organisations": _("writing the organisations"),
    "grants": _("writing the grants"),
    "search": _("updating the search"),
    "committing": _("finishing"),
    "undoing": _("taking back"),
}
