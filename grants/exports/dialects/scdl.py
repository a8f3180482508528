"""France: SCDL « Subventions » 2.1. The dialect is in French, whatever the reader's language.

Where the country's own numbers are asked for (SIRET), Québec's stand (NEQ): the files have the same structure.
"""

from collections.abc import Iterator

from django.db.models import Case, Expression, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Left, Length
from django.utils.translation import gettext_lazy as _

from grants.exports.about import About
from grants.exports.cells import Column, Kind
from grants.exports.expressions import text, unless
from grants.exports.tables import Field, Table
from grants.exports.writers import stream_csv

from .dialect import Dialect, LeftOut, Need
from .said import PERSON, first_of, is_whole, joined_up, name, not_provided, one_line, own_id, told

LONGEST = 256
FRENCH = "fr"


def _purpose() -> Expression:
    """What the money is for, in one line."""
    return one_line(first_of(told("title", FRENCH), told("description", FRENCH), not_provided(FRENCH)))


def _cut(line: Expression) -> Expression:
    """No longer than the standard allows."""
    return Case(When(Q(scdl_length__gt=LONGEST), then=joined_up(Left(line, LONGEST - 1), Value("…"))), default=line)


def _period() -> Expression:
    """From the first day of the agreement to its last; else the day of the decision, the only one that is known."""
    both = joined_up(F("agreement_start"), Value("/"), F("agreement_end"))
    known = When(is_whole("agreement_start") & is_whole("agreement_end"), then=both)
    return Case(known, default=F("date"), output_field=TextField())


def table(grants: QuerySet, about: About) -> Table:
    """The sixteen columns, in their order."""
    nothing = Value(None, output_field=TextField())
    columns: list[tuple[str, Kind, Expression | F]] = [
        ("nomAttribuant", "text", name("funder", FRENCH)),
        ("idAttribuant", "identifier", first_of(text("funder__neq"), own_id("funder"))),
        ("dateConvention", "date", F("date")),
        ("referenceDecision", "identifier", unless(PERSON, text("reference"))),
        ("nomBeneficiaire", "text", name("recipient", FRENCH)),
        ("idBeneficiaire", "identifier", unless(PERSON, text("recipient__neq"))),
        ("rnaBeneficiaire", "identifier", nothing),
        ("objet", "text", _cut(_purpose())),
        ("montant", "money", F("amount")),
        ("nature", "text", Value("aide en numéraire")),
        ("conditionsVersement", "text", not_provided(FRENCH)),
        ("datesPeriodeVersement", "date", _period()),
        ("idRAE", "identifier", nothing),
        ("notificationUE", "text", Value("non")),
        ("pourcentageSubvention", "money", Value(1)),
        ("dispositifAide", "identifier", text("programme__public_id")),
    ]
    return Table(grants, [Field(Column(title, kind=kind), value) for title, kind, value in columns])


def prepare(grants: QuerySet) -> QuerySet:
    """Annotate how long what the money is for is."""
    return grants.annotate(scdl_length=Length(_purpose()))


def write(rows: Table, about: About, left: LeftOut) -> Iterator[bytes]:
    """A CSV file as ours are."""
    return stream_csv(rows.columns, rows.csv())


SCDL = Dialect(
    ending="scdl.csv",
    label=_("SCDL “Subventions” (CSV)"),
    sentence=_("The sixteen columns that French public bodies publish, in French."),
    standard="https://schema.data.gouv.fr/scdl/subventions/",
    content_type="text/csv; charset=utf-8",
    notes=(
        _("Amounts are Canadian dollars; the standard has no column for it and means euros."),
        _("Québec's NEQ stands for the SIRET; a funder without one has its id in this registry, after our prefix."),
        _("What the money is for: the title, or the start of the description, or “Non précisé”."),
        _("The conditions of payment are not known: “Non précisé”. The share of the recipient is always 1."),
        _("Dates of payment: those of the agreement where both are known to the day, or else the day of the decision."),
    ),
    needs=(
        Need(_("the amount is not known"), Q(amount__isnull=False)),
        Need(_("the amount is not in Canadian dollars"), Q(currency="CAD")),
        Need(_("the day of the grant is not known"), is_whole("date")),
        Need(_("the funder is not known"), Q(funder__isnull=False, funder__is_natural_person=False)),
    ),
    table=table,
    write=write,
    prepare=prepare,
)
