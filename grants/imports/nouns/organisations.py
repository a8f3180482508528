"""The sheet of organisations."""

from django.utils.translation import gettext_lazy as _

from grants.models import Organisation

from . import aliases
from .codes import ORGANISATION_KINDS
from .sheet_columns import NounSheet, column_of, columns_of_fields, companion, of_registry, other_names, with_aliases

PARENT = column_of(Organisation, "parent")
REGION = column_of(Organisation, "region", meaning=_("Two-character code or official name."), example="08")

_COLUMNS = (
    of_registry(Organisation, "public_id", meaning=_("Given by the registry. Blank in a row that is new.")),
    *columns_of_fields(
        Organisation,
        [
            *("name_fr", "name_en", "kind", "is_nonprofit", "is_natural_person", "neq", "founded"),
            *("description_fr", "description_en", "website"),
        ],
        name_fr={"example": "Groupe MISA"},
        kind={"meaning": _("What sort of body it is."), "choice_aliases": ORGANISATION_KINDS},
        neq={"kind": "identifier", "example": "1142345678"},
        website={"example": "https://example.org"},
        founded={"example": "1978-06"},
    ),
    *(PARENT, companion(PARENT)),
    column_of(Organisation, "city"),
    *(REGION, companion(REGION)),
    *columns_of_fields(Organisation, ["territory_fr", "territory_en"]),
    other_names(),
    of_registry(Organisation, "publication", meaning=_("Said by the registry: an import does not publish.")),
    of_registry(Organisation, "version", meaning=_("Said by the registry: it tells whether the record changed since.")),
)

ORGANISATION = NounSheet(Organisation, with_aliases(_COLUMNS, aliases.ORGANISATION))
