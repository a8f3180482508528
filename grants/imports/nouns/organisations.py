"""The sheet of organisations."""

from django.utils.translation import gettext_lazy as _

from grants.models import Organisation

from . import aliases
from .building import columns_of_fields, noun_sheet_of, other_names
from .codes import ORGANISATION_KINDS

_COLUMNS = columns_of_fields(
    Organisation,
    [
        *("name_fr", "name_en", "kind", "is_nonprofit", "is_natural_person", "neq", "founded"),
        *("description_fr", "description_en", "website", "parent", "city", "region", "territory_fr", "territory_en"),
    ],
    companions=["parent", "region"],
    name_fr={"example": "Groupe MISA"},
    kind={"meaning": _("What sort of body it is."), "choice_aliases": ORGANISATION_KINDS},
    neq={"kind": "identifier", "example": "1188888888"},
    founded={"example": "1978-06"},
    website={"kind": "address", "example": "https://example.org"},
    region={"meaning": _("Two-character code or official name."), "example": "08"},
)

ORGANISATION = noun_sheet_of(Organisation, [*_COLUMNS, other_names()], aliases=aliases.ORGANISATION)
