"""What stands in each column of Canada's template, as PostgreSQL gives it."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, Expression, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Concat, NullIf, Replace
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from grants.exports.expressions import in_words, text, unless
from grants.models import OrganisationName
from grants.models import codes as c
from grants.models.regions import OUTSIDE_OR_UNKNOWN

from .said import OTHER, PERSON, either, first_of, individual, is_whole, joined_up, not_provided, own_reference, told

SINCE_2018, SINCE_2025, SINCE_2026 = "2018-04-01", "2025-12-01", "2026-05-01"
START, COUNTRY = "canada_start", "canada_country"
NUMBERED = r"^[A-Za-z0-9]{3}-[0-9]{4}-[0-9]{4}-Q[1-4]-[^,|]+$"
FORMS, KINDS = c.Instrument, c.OrganisationKind

AGREEMENT_TYPES = {
    FORMS.GRANT: "G",
    FORMS.CONTRIBUTION: "C",
    FORMS.REPAYABLE: "C",
    FORMS.LOAN: "O",
    FORMS.GUARANTEE: "O",
    FORMS.OTHER: "O",
}
RECIPIENT_TYPES = {
    KINDS.COMPANY: "F",
    KINDS.ASSOCIATION: "N",
    KINDS.COLLEGE: "S",
    KINDS.UNIVERSITY: "S",
    KINDS.RESEARCH: "S",
    KINDS.MUNICIPAL: "G",
    KINDS.PUBLIC: "G",
    KINDS.INDIGENOUS: "A",
    KINDS.INTERNATIONAL: "I",
}
# Kinds that may be for profit or not.
EITHER = (KINDS.COMPANY, KINDS.ASSOCIATION, KINDS.ACCELERATOR, KINDS.OTHER, KINDS.UNKNOWN)


def since(day: str) -> Q:
    """Whether the agreement starts on that day or later."""
    return Q(**{f"{START}__gte": day})


def prepare(grants: QuerySet) -> QuerySet:
    """Annotate the first day of the agreement and the country of the recipient."""
    start = Case(
        When(is_whole("agreement_start"), then=F("agreement_start")),
        When(is_whole("date"), then=F("date")),
        output_field=TextField(),
    )
    return grants.annotate(**{START: start, COUNTRY: _where("CA", settings.RECIPIENTS_ARE_IN.partition("-")[0])})


def _where(in_quebec: str, assumed: str) -> Case:
    """A value for recipients whose region is in Québec, and one for those of whom nobody knows."""
    return Case(
        When(Q(**{PERSON: False}, recipient__region__code=OUTSIDE_OR_UNKNOWN), then=Value(None)),
        When(Q(**{PERSON: False}, recipient__region__isnull=False), then=Value(in_quebec)),
        default=Value(None if settings.RECIPIENTS_ARE_IN == "unknown" else assumed),
        output_field=TextField(),
    )


def values() -> dict[str, Any]:
    """The value of each column by its name."""
    nothing = Value(None, output_field=TextField())
    amended = Q(status=c.GrantStatus.AMENDED) & is_whole("status_date")
    found: dict[str, Any] = {
        "ref_number": _number(),
        "amendment_number": Case(When(amended, then=Value(1)), default=Value(0)),
        "amendment_date": Case(When(amended, then=F("status_date"))),
        "agreement_type": in_words("instrument", AGREEMENT_TYPES.items(), _only_since(SINCE_2018, Value("O"))),
        "recipient_type": _recipient_type(),
        "recipient_legal_name": _legal_name(),
        "recipient_operating_name": unless(PERSON, Case(When(Exists(_legal()), then=_in_both("recipient__name")))),
        "recipient_country": F(COUNTRY),
        "recipient_province": _where("QC", settings.RECIPIENTS_ARE_IN.partition("-")[2]),
        "recipient_city": first_of(
            unless(PERSON, _barless(text("recipient__city"))),
            _only_since(SINCE_2018, joined_up(not_provided("en"), Value("|"), not_provided("fr"))),
        ),
        "agreement_number": unless(PERSON, Case(When(~Q(reference__regex=NUMBERED), then=text("reference")))),
        "agreement_value": F("amount"),
        "agreement_start_date": F(START),
        "agreement_end_date": Case(When(is_whole("agreement_end"), then=F("agreement_end"))),
        "coverage": _together("; ", _in_both("benefit_region__name"), unless(PERSON, _barless(text("benefit_place")))),
        "owner_org": unless("funder__is_natural_person", text("funder__public_id")),
        "owner_org_title": unless("funder__is_natural_person", _in_both("funder__name")),
    }
    for language in ("en", "fr"):
        found |= {f"{name}_{language}": value for name, value in _in(language).items()}
    unknown = "recipient_business_number research_organization_name recipient_postal_code federal_riding_number"
    unknown += " federal_riding_name_en federal_riding_name_fr foreign_currency_type foreign_currency_value"
    return dict.fromkeys([*unknown.split(), "naics_identifier"], nothing) | found


def _in(language: str) -> dict[str, Any]:
    """What the template wants in each of the languages."""

    def known(words: Any, day: str, *stand_ins: Any) -> Expression:
        return first_of(words, _only_since(day, first_of(*stand_ins, not_provided(language))))

    title = unless(PERSON, text(f"title_{language}"))
    description = unless(PERSON, text(f"description_{language}"))
    other = OTHER[language]
    return {
        "prog_name": known(text(f"programme__name_{language}"), SINCE_2025, text(f"programme__name_{other}")),
        "prog_purpose": known(
            text(f"programme__objective_{language}"), SINCE_2025, text(f"programme__objective_{other}")
        ),
        "agreement_title": known(title, SINCE_2025, told("title", language), _number()),
        "description": known(description, SINCE_2018, told("description", language), told("title", language)),
        "expected_results": _only_since(SINCE_2025, not_provided(language)),
        "additional_information": _together(" ", *_remarks(language)),
    }


def _only_since(day: str, value: Any) -> Case:
    return Case(When(since(day), then=value), output_field=TextField())


def _together(mark: str, *parts: Any) -> Expression:
    texts = Func(Value(mark), *parts, function="concat_ws", output_field=TextField())
    return NullIf(texts, Value(""), output_field=TextField())


def _barless(words: Any) -> Expression:
    return Replace(words, Value("|"), Value("/"), output_field=TextField())


def _in_both(path: str) -> Expression:
    """« English|French » where there are two, else the one that is there."""
    english, french = (_barless(text(f"{path}_{language}")) for language in ("en", "fr"))
    one = _barless(either(path, "fr"))
    return Case(
        When(
            ~Q(**{f"{path}_en": ""}) & ~Q(**{f"{path}_en": F(f"{path}_fr")}),
            then=joined_up(english, Value("|"), french),
        ),
        default=one,
        output_field=TextField(),
    )


def _legal() -> QuerySet:
    named = OrganisationName.objects.filter(organisation=OuterRef("recipient"), kind=c.NameKind.LEGAL)
    return named.order_by("pk").values("name")


def _legal_name() -> Expression:
    anonymous = joined_up(individual("en"), Value("|"), individual("fr"))
    known = first_of(_barless(Subquery(_legal()[:1])), _in_both("recipient__name"))
    return Case(When(**{PERSON: True}, then=anonymous), default=known, output_field=TextField())


def _recipient_type() -> Case:
    listed = [When(recipient__kind=kind, then=Value(code)) for kind, code in RECIPIENT_TYPES.items()]
    return Case(
        When(**{PERSON: True}, then=Value("P")),
        When(recipient__kind__in=EITHER, recipient__is_nonprofit=True, then=Value("N")),
        When(recipient__kind__in=EITHER, recipient__is_nonprofit=False, then=Value("F")),
        *listed,
        When(recipient__kind=KINDS.OTHER, then=Value("O")),
        default=_only_since(SINCE_2025, Value("O")),
        output_field=TextField(),
    )


def _number() -> Case:
    """The grant's own number where it has the standard's form, else department, fiscal year, quarter, public id."""

    def moved(months: str, form: str) -> Func:
        day = Func(F(START), template=f"((%(expressions)s)::date + interval '{months} months')")
        return Func(day, Value(form), function="to_char", output_field=TextField())

    # April to June is the first quarter; the year ends in March of the next.
    fiscal = (moved("-3", "YYYY-"), moved("9", "YYYY-"), moved("-3", '"Q"Q-'))
    return Case(
        When(own_reference(NUMBERED), then=F("reference")),
        default=Concat(Value(f"{settings.DEPARTMENT_NUMBER}-"), *fiscal, F("public_id"), output_field=TextField()),
        output_field=TextField(),
    )


def _remarks(language: str) -> list[Case]:
    """What the other columns cannot say, or say for want of better."""
    assumed = Q(**{PERSON: True}) | Q(recipient__region__isnull=True)
    said: list[tuple[Q, str | Promise]] = [
        (
            ~is_whole("agreement_start") | Q(agreement_start__isnull=True),
            _("Start of the agreement: day of the grant."),
        ),
        (Q(instrument="") & since(SINCE_2018), _("Type of agreement: not provided.")),
        (Q(instrument=FORMS.REPAYABLE), _("Repayable contribution.")),
        (Q(instrument=FORMS.LOAN), _("Loan.")),
        (Q(instrument=FORMS.GUARANTEE), _("Guarantee.")),
        (_unknown_kind() & since(SINCE_2025), _("Type of recipient: not provided.")),
        (Q(status=c.GrantStatus.CANCELLED), _("Termination.")),
    ]
    if settings.RECIPIENTS_ARE_IN != "unknown":
        said.append((assumed, _("Place of the recipient: assumed by the publisher.")))
    with override(language):
        return [Case(When(when, then=Value(str(words))), output_field=TextField()) for when, words in said]


def _unknown_kind() -> Q:
    untold = [KINDS.UNKNOWN, KINDS.ACCELERATOR]
    return Q(**{PERSON: False}, recipient__kind__in=untold, recipient__is_nonprofit__isnull=True)
