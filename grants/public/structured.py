"""Records as search engines read them: schema.org's words for what the page shows, and nothing more."""

from typing import Any

from grants.models import Grant, Organisation

from .citing import full_address

CONTEXT = "https://schema.org"


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
    return {"@context": CONTEXT, **organisation(body), **{name: value for name, value in known.items() if value}}


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
    return {**start, **address, **{name: value for name, value in known.items() if value}}
