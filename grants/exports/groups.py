"""What a selection of grants adds up to, group by group, as rows of a file."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from grants.bilingual import pick
from grants.models import Organisation
from grants.models import codes as c
from grants.search.answers import Group, RecipientGroup, Sums

from .cells import Column
from .tables import GivenTable

SUMS = (
    Column("count", _("Number of grants"), "integer"),
    Column("total", _("Total granted"), "money", _("sum of the known amounts, in Canadian dollars")),
    Column("unknown", _("Without amount"), "integer", _("grants whose amount is not known; none of the total")),
    Column("foreign", _("In another currency"), "integer", _("grants whose amount is not in the total")),
)
GROUP = (
    Column("value", _("Value"), "identifier", _("as in the addresses of lists; “null” where nothing is known")),
    Column("label_fr", _("Label"), note=_("in French")),
    Column("label_en", _("Label"), note=_("in English")),
    *SUMS,
)
KINDS = tuple((kind.value, kind.label) for kind in c.OrganisationKind if kind.value)
RECIPIENT = (
    Column("recipient_id", _("Recipient"), "identifier", _("public id; none for all natural persons together")),
    Column("recipient_fr", _("Recipient"), note=_("name in French; “Particulier” for a person")),
    Column("recipient_en", _("Recipient"), note=_("name in English, where there is one")),
    Column("region", _("Region"), "identifier", _("two-character code")),
    Column("region_name", _("Region"), note=_("official name")),
    Column(
        "kind",
        _("Kind of recipient"),
        "identifier",
        _("code"),
        tuple((k.value, k.label) for k in c.OrganisationKind if k),
    ),
    Column("kind_fr", _("Kind of recipient"), note=_("in French")),
    Column("kind_en", _("Kind of recipient"), note=_("in English")),
    *SUMS,
)


def group_table(french: Iterable[Group], english: Iterable[Group]) -> GivenTable:
    """The groups of a facet, as they are called in each language."""
    in_english = {group.value: group.label for group in english}
    rows = [(one.value, one.label, in_english.get(one.value, ""), *_sums(one.sums)) for one in french]
    return GivenTable(GROUP, rows, len(rows))


def recipient_table(groups: Iterable[RecipientGroup], size: int) -> GivenTable:
    """The recipients, `size` of them; all natural persons are one row that names nobody."""
    return GivenTable(RECIPIENT, ((*_recipient(group.organisation), *_sums(group.sums)) for group in groups), size)


def _sums(sums: Sums) -> tuple[Any, ...]:
    return (sums.count, sums.total, sums.unknown, sums.foreign)


def _recipient(body: Organisation | None) -> tuple[Any, ...]:
    if body is None or body.is_natural_person:
        return (None, _individual("fr"), _individual("en"), None, None, None, None, None)
    region = (body.region.code, pick(body.region, "name", "fr").value) if body.region else (None, None)
    kinds = [_label(body.kind, language) if body.kind else None for language in ("fr", "en")]
    return (body.public_id, body.name_fr, body.name_en or None, *region, body.kind or None, *kinds)


def _individual(language: str) -> str:
    with override(language):
        return pgettext("recipient", "Individual")


def _label(kind: str, language: str) -> str:
    with override(language):
        return str(c.OrganisationKind(kind).label)
