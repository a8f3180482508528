"""Canada: proactive publication of grants and contributions, version 3 of the template.

Each grant is one row, the state of its agreement that the registry knows. What the template asks of agreements that
start on or after some day is asked of those alone.
"""

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from grants.exports.about import About
from grants.exports.cells import Column, Kind
from grants.exports.tables import Field, Table
from grants.exports.writers import stream_csv

from .canada_values import COUNTRY, SINCE_2018, SINCE_2025, SINCE_2026, START, prepare, values
from .dialect import Dialect, LeftOut, Need
from .said import is_whole

# The template's columns in its order, then the two that the public file of all departments adds.
COLUMNS = (
    *("ref_number", "amendment_number", "amendment_date", "agreement_type"),
    *("recipient_type", "recipient_business_number", "recipient_legal_name", "recipient_operating_name"),
    *("research_organization_name", "recipient_country", "recipient_province", "recipient_city"),
    *("recipient_postal_code", "federal_riding_name_en", "federal_riding_name_fr", "federal_riding_number"),
    *("prog_name_en", "prog_name_fr", "prog_purpose_en", "prog_purpose_fr"),
    *("agreement_title_en", "agreement_title_fr", "agreement_number", "agreement_value"),
    *("foreign_currency_type", "foreign_currency_value", "agreement_start_date", "agreement_end_date"),
    *("coverage", "description_en", "description_fr", "naics_identifier"),
    *("expected_results_en", "expected_results_fr", "additional_information_en", "additional_information_fr"),
    *("owner_org", "owner_org_title"),
)
KINDS: dict[str, Kind] = {"amendment_number": "integer", "agreement_value": "money"}


def table(grants: QuerySet, about: About) -> Table:
    """Every column of the template; those of which the registry knows nothing are empty."""
    known = values()
    return Table(grants, [Field(Column(name, kind=KINDS.get(name, "text")), known[name]) for name in COLUMNS])


def write(rows: Table, about: About, left: LeftOut) -> Iterator[bytes]:
    """A CSV file as ours are."""
    return stream_csv(rows.columns, rows.csv())


CANADA = Dialect(
    ending="canada.csv",
    label=_("Canada, proactive publication (CSV)"),
    sentence=_("The columns that federal departments publish of their grants and contributions."),
    standard="https://open.canada.ca/data/dataset/432527ab-7aac-45b5-81d6-7597107a7013",
    content_type="text/csv; charset=utf-8",
    notes=(
        _("A grant whose reference has the standard's form keeps it; others are numbered by the registry."),
        _("Where the first day of the agreement is not known, the day of the grant stands; the row says so."),
        _("A type of agreement or of recipient that nobody knows is “O” (other); the row says so."),
        _("A text that is known in one language stands in both; one that is not known at all is “Not provided”."),
        _("An amended grant is one row, its present state, with the day of the amendment where it is known."),
        _("A natural person is “Individual”, of type P, without city or description."),
        _(
            "A recipient without a known region is in no known country: since April 2018 such grants are left out, "
            "unless the publisher has said where recipients are."
        ),
        _("A vertical bar in a name would part its two languages: a slash stands for it."),
    ),
    needs=(
        Need(_("the amount is not known"), Q(amount__isnull=False)),
        Need(_("the amount is not in Canadian dollars"), Q(currency="CAD")),
        Need(_("neither the first day of the agreement nor the day of the grant is known"), Q(**{f"{START}__gt": ""})),
        Need(
            _("the last day of an agreement since December 2025 is not known"),
            Q(**{f"{START}__lt": SINCE_2025}) | is_whole("agreement_end"),
        ),
        Need(
            _("the last day comes before the first"),
            Q(agreement_end__isnull=True) | ~is_whole("agreement_end") | Q(agreement_end__gte=F(START)),
        ),
        Need(
            _("the amount of an agreement since May 2026 is negative"),
            Q(**{f"{START}__lt": SINCE_2026}) | Q(amount__gte=0),
        ),
        Need(
            _("the country of the recipient is not known"),
            Q(**{f"{START}__lt": SINCE_2018}) | Q(**{f"{COUNTRY}__gt": ""}),
        ),
    ),
    table=table,
    write=write,
    prepare=prepare,
)
