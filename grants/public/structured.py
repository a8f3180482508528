"""Records as search engines read them: schema.org's words for what the page shows, and nothing more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.bilingual import ENGLISH, FRENCH, pick
from grants.exports.downloads import FORMATS, LICENCE
from grants.models import Grant, Organisation, Programme

from .citing import full_address, publisher, site_address

CONTEXT = "https://schema.org"


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not known is not said."""
    return {name: value for name, value in values.items() if value}


def organisation(body: Organisation) -> dict[str, Any]:
    """An organisation; of a natural person not even that it is one."""
    if body.is_natural_person:
        return {}
    name = body.public_name().value
    return {"@type": "Organization", "name": name, "url": full_address("organisation-detail", body.public_id)}


def organisation_page(body: Organisation) -> dict[str, Any]:
    """An organisation with what is told of it."""
    known = {
        "sameAs": body.website,
        "foundingDate": body.founded.iso if body.founded else "",
        "alternateName": [other.name for other in body.names.all()],
        "parentOrganization": organisation(body.parent) if body.parent else {},
    }
    return {"@context": CONTEXT, **organisation(body), **_known(known)}


def grant_page(grant: Grant, title: str) -> dict[str, Any]:
    """A grant: whose money, how much, for whom."""
    amount = {"@type": "MonetaryAmount", "currency": grant.currency, "value": str(grant.amount)}
    known = {
        "amount": amount if grant.amount is not None else {},
        "funder": organisation(grant.funder) if grant.funder else {},
        "fundedItem": organisation(grant.recipient),
    }
    start = {"@context": CONTEXT, "@type": "MonetaryGrant", "identifier": grant.public_id, "name": title}
    address = {"url": full_address("grant-detail", grant.public_id)}
    return {**start, **address, **_known(known)}


def programme_page(programme: Programme) -> dict[str, Any]:
    """A programme: a service of a government, that gives grants."""
    parent = programme.parent
    known = {
        "alternateName": programme.acronym,
        "description": str(pick(programme, "objective")),
        "provider": organisation(programme.administrator) if programme.administrator else {},
        "isRelatedTo": _programme(parent) if parent else {},
    }
    return {"@context": CONTEXT, **_programme(programme), "serviceType": _("Grant programme"), **_known(known)}


def _programme(programme: Programme) -> dict[str, Any]:
    name, address = str(pick(programme, "name")), full_address("programme-detail", programme.public_id)
    return {"@type": "GovernmentService", "identifier": programme.public_id, "name": name, "url": address}


def dataset(name: str, description: str, path: str, files: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Data that can be downloaded: `files` are names, media types and paths."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": site_address(path),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": [FRENCH, ENGLISH],
        "creator": {"@type": "Organization", "name": publisher(), "url": full_address("home")},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": kind.partition(";")[0],
                "contentUrl": site_address(file),
            }
            for name, kind, file in files
        ],
    }


def selection_dataset(name: str, description: str, question: str) -> dict[str, Any]:
    """A selection of grants, with its files."""
    asked = f"?{question}" if question else ""
    files = [
        (f"{name} ({ending.upper()})", kind, reverse("public:grant-download", args=[ending]) + asked)
        for ending, kind in FORMATS.items()
    ]
    return dataset(name, description, reverse("public:grant-list") + asked, files)


def breadcrumbs(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way to a page from the first one: full addresses and words."""
    items = [
        {"@type": "ListItem", "position": place, "name": words, "item": address}
        for place, (address, words) in enumerate(steps, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}
