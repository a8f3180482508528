"""360Giving's Data Standard, 1.4: a JSON package of grants with its metadata."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Expression, F, Func, JSONField, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from grants.exports.about import LICENCE, About
from grants.exports.cells import Column
from grants.exports.downloads import json_array
from grants.exports.expressions import around, text, unless
from grants.exports.public_columns import address
from grants.exports.tables import Field, Table
from grants.models import Citation
from grants.models import codes as c
from grants.models.regions import OUTSIDE_OR_UNKNOWN, WHOLE_QUEBEC

from .dialect import Dialect, LeftOut, Need
from .said import (
    PERSON,
    either,
    first_of,
    individual,
    is_whole,
    joined_up,
    name,
    not_provided,
    organisation_id,
    own_reference,
    told,
)

VERSION = "1.4"
REGISTERED = r"^360G-[^/\s]+$"
# Our own vocabularies, by what they tell apart.
REGIONS, KINDS, INSTRUMENTS, STATUSES = (f"registre-otn:{word}" for word in ("region", "kind", "instrument", "status"))
WHOLE, WITHIN, PLACE = "GLS040", "GLS050", "GLS060"  # a province, a part of it, a town


def table(grants: QuerySet, about: About) -> Table:
    """The fields of a grant, nested as the schema wants; those that nobody knows are left out."""
    language = about.language
    before, _mark, after = _in(language, "Grant to %(recipient)s").partition("%(recipient)s")
    title = joined_up(Value(before), name("recipient", language), Value(after))
    fields: dict[str, Expression | F] = {
        "id": _id(),
        "title": first_of(told("title", language), title),
        "description": first_of(told("description", language), not_provided(language)),
        "currency": F("currency"),
        "amountAwarded": F("amount"),
        "awardDate": F("date"),
        "url": address("grant-detail")(language),
        "plannedDates": _several(_object(startDate=text("agreement_start"), endDate=text("agreement_end"))),
        "recipientOrganization": _several(unless(PERSON, _organisation("recipient", language))),
        "recipientIndividual": Case(When(**{PERSON: True}, then=_individual(language))),
        "beneficiaryLocation": _several(
            unless(PERSON, _object(name=text("benefit_place"))), _region("benefit_region", language)
        ),
        "locationScope": _scope(),
        "fundingOrganization": _several(_object(id=organisation_id("funder"), name=name("funder", language))),
        "grantProgramme": _several(
            _object(code=text("programme__public_id"), title=either("programme__name", language))
        ),
        "fundingType": _several(_coded("instrument", INSTRUMENTS, c.Instrument, language)),
        "classifications": _several(
            _class("benefit_region__code", REGIONS, either("benefit_region__name", language)),
            unless(PERSON, _coded("recipient__kind", KINDS, c.OrganisationKind, language)),
            _coded("status", STATUSES, c.GrantStatus, language),
        ),
        "relatedDocument": unless(PERSON, _documents()),
        "dateModified": _moment("modified_at"),
        "dataSource": Value(about.address.partition("?")[0]),
    }
    return Table(grants, [Field(Column(key, kind="any"), value) for key, value in fields.items()], sparse=True)


def write(rows: Table, about: About, left: LeftOut) -> Iterator[bytes]:
    """The package: metadata first, then the grants, one a line."""
    metadata = json.dumps(_metadata(about, left), ensure_ascii=False)
    yield f'{metadata[:-1]}, "grants": ['.encode()
    yield from json_array(rows)
    yield b"\n]}\n"


def _metadata(about: About, left: LeftOut) -> dict[str, Any]:
    page, mark, question = about.address.partition("?")
    with override(about.language):
        return {
            "version": VERSION,
            "title": about.title,
            "description": now("%(held)s grants; %(left)s that the standard cannot hold are left out.")
            % {"held": left.held, "left": left.count},
            "modified": about.generated,
            "identifier": f"{settings.PUBLISHER_PREFIX}-grants",
            "publisher": {
                "identifier": settings.PUBLISHER_PREFIX,
                "name": about.publisher,
                "website": settings.SITE_URL,
            },
            "downloadURL": f"{page.rstrip('/')}.{THREE_SIXTY.ending}{mark}{question}",
            "accessURL": about.address,
            "license": LICENCE,
            "leftOut": left.as_metadata(),
        }


# ── JSON as PostgreSQL makes it ──────────────────────────────────────────────────────────────────────────


def _object(**values: Any) -> Expression:
    """An object of those that have a value, or nothing where none has."""
    pairs = [part for key, value in values.items() for part in (Value(key), value)]
    built = Func(*pairs, function="jsonb_build_object", output_field=JSONField())
    return _unless_empty(Func(built, function="jsonb_strip_nulls", output_field=JSONField()), "{}")


def _several(*items: Any) -> Expression:
    """An array of those that are there, or nothing where none is."""
    array = Func(*items, template="array_remove(ARRAY[%(expressions)s]::jsonb[], NULL)")
    return _unless_empty(Func(array, function="to_jsonb", output_field=JSONField()), "[]")


def _unless_empty(value: Expression, empty: str) -> Expression:
    return Func(value, template=f"nullif(%(expressions)s, '{empty}'::jsonb)", output_field=JSONField())


def _moment(path: str) -> Expression:
    """A date and time in UTC, with the T that RFC 3339 wants."""
    utc = Func(F(path), Value("UTC"), template="(%(expressions)s)", arg_joiner=" AT TIME ZONE ")
    return Func(utc, Value('YYYY-MM-DD"T"HH24:MI:SS"Z"'), function="to_char", output_field=TextField())


def _in(language: str, words: str) -> str:
    with override(language):
        return now(words)


# ── What grants are made of ──────────────────────────────────────────────────────────────────────────────


def _id() -> Case:
    """An id that 360Giving's form already has is kept; others are our prefix and the public id."""
    return Case(
        When(own_reference(REGISTERED), then=F("reference")),
        default=around(f"{settings.PUBLISHER_PREFIX}-", "public_id", ""),
        output_field=TextField(),
    )


def _organisation(at: str, language: str) -> Expression:
    return _object(
        id=organisation_id(at),
        name=name(at, language),
        companyNumber=text(f"{at}__neq"),
        addressLocality=text(f"{at}__city"),
        addressRegion=either(f"{at}__region__name", language),
        url=text(f"{at}__website"),
        location=_several(_region(f"{at}__region", language)),
    )


def _individual(language: str) -> Expression:
    """Somebody, told apart by the grant alone."""
    return _object(id=around(f"{settings.PUBLISHER_PREFIX}-individual-", "public_id", ""), name=individual(language))


def _region(at: str, language: str) -> Expression:
    """A region by its name; the standard's own codes are British. In Canada, but for the one that may be elsewhere."""
    country = Case(
        When(Q(**{f"{at}__isnull": False}) & ~Q(**{f"{at}__code": OUTSIDE_OR_UNKNOWN}), then=Value("CA")),
        output_field=TextField(),
    )
    return _object(name=either(f"{at}__name", language), countryCode=country)


def _scope() -> Case:
    return Case(
        When(Q(**{PERSON: False}) & ~Q(benefit_place=""), then=Value(PLACE)),
        When(benefit_region__code=WHOLE_QUEBEC, then=Value(WHOLE)),
        When(Q(benefit_region__isnull=False) & ~Q(benefit_region__code=OUTSIDE_OR_UNKNOWN), then=Value(WITHIN)),
        output_field=TextField(),
    )


def _class(path: str, vocabulary: str, title: Any) -> Expression:
    there = Q(**{f"{path}__gt": ""})
    return Case(When(there, then=_object(vocabulary=Value(vocabulary), code=F(path), title=title)))


def _coded(path: str, vocabulary: str, codes: Any, language: str) -> Expression:
    """A code of one of our lists, with its label."""
    with override(language):
        labels = [When(**{path: code.value}, then=Value(str(code.label))) for code in codes]
    return _class(path, vocabulary, Case(*labels, output_field=TextField()))


def _documents() -> Expression:
    """The sources of the grant, as documents."""
    document = _object(
        id=F("source__public_id"),
        title=text("source__title"),
        url=text("source__url"),
        documentType=text("source__kind"),
    )
    cited = Citation.objects.published().filter(grant=OuterRef("pk")).order_by("pk")
    array = Func(ArraySubquery(cited.values_list(document)), function="to_jsonb", output_field=JSONField())
    return _unless_empty(array, "[]")


THREE_SIXTY = Dialect(
    ending="360giving.json",
    label=_("360Giving (JSON)"),
    sentence=_("A package of the British standard for grants, version 1.4, with its metadata."),
    standard="https://standard.threesixtygiving.org/",
    content_type="application/json; charset=utf-8",
    notes=(
        _("Ids begin with the publisher's prefix; a reference that 360Giving's form already has is kept."),
        _("A grant without a title is “Grant to” its recipient; without a description, “Not provided”."),
        _("A recipient with a NEQ is known by it (CA_QC-QBC-…), others by their id in this registry."),
        _("Regions are named, with codes of our own in the classifications; the standard's codes are British."),
        _("A natural person is an individual without name, told apart by the grant alone."),
    ),
    needs=(
        Need(_("the amount is not known"), Q(amount__isnull=False)),
        Need(_("the day of the grant is not known"), is_whole("date")),
        Need(_("the funder is not known"), Q(funder__isnull=False, funder__is_natural_person=False)),
    ),
    table=table,
    write=write,
    least=1,
)
