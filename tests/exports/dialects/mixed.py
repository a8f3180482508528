"""A registry of grants that neighbouring standards find hard to hold, and files of them."""

import csv
import io
import json
from typing import Any

from django.test import Client

from grants.models import Organisation, Programme
from tests import factories as make

client = Client()


GRANT = {
    "published": True,
    "reference": "D-2022-14",
    "amount": "5416050.25",
    "instrument": "contribution",
    "title_fr": "Virage numérique",
    "title_en": "Digital shift",
    "description_fr": "Appuyer des PME.",
    "description_en": "Support SMEs.",
    "benefit_place": "Val-d’Or",
    "date": "2022-04-20",
    "agreement_start": "2022-05-01",
    "agreement_end": "2024-03-31",
    "status": "agreed",
}
ORGANISATION = {
    "published": True,
    "name_fr": "Coopérative de l’Élan",
    "name_en": "Élan Co-operative",
    "kind": "association",
    "is_nonprofit": True,
    "city": "Rouyn-Noranda",
    "website": "https://example.org/",
}


def whole(recipient: Any = None, **more: Any) -> Any:
    """A grant of which everything is known; `recipient__…` says more of who receives it."""
    region = make.RegionFactory(code="08")
    body = {name.partition("__")[2]: more.pop(name) for name in list(more) if name.startswith("recipient__")}
    known = {
        "recipient": recipient or make.OrganisationFactory(**(ORGANISATION | {"region": region} | body)),
        "funder": funder(),
        "programme": programme(),
        "benefit_region": region,
    }
    return make.GrantFactory(**(GRANT | known | more))


def funder() -> Any:
    found = Organisation.objects.filter(name_fr="Gouvernement du Québec").first()
    return found or make.OrganisationFactory(published=True, name_fr="Gouvernement du Québec", kind="public")


def programme() -> Any:
    names = {"name_fr": "Offensive de transformation numérique", "name_en": "Digital Transformation Offensive"}
    found = Programme.objects.filter(**names).first()
    return found or make.ProgrammeFactory(published=True, objective_fr="Numériser.", **names)


def person(**more: Any) -> Any:
    """A natural person with words that must not leave."""
    told = {"name_fr": "Jeanne Secrète", "name_en": "Jane Secret", "city": "Secretville", "neq": "2240000011"}
    return make.OrganisationFactory(published=True, is_natural_person=True, kind="other", **(told | more))


def mixed() -> None:
    """Grants of every sort."""
    whole(recipient__neq="1140000011")
    whole(recipient__name_fr="Usine", recipient__name_en="", recipient__kind="company", recipient__is_nonprofit=False)
    whole(title_fr="", title_en="", description_fr="", description_en="", instrument="", agreement_start=None)
    whole(date="2016-06-01", agreement_start="2016-06-01", agreement_end=None, instrument="loan")
    whole(date="2025-12-24", agreement_start="2026-01-01", agreement_end="2027-01-01", title_fr="", title_en="")
    whole(date="2026-05-04", agreement_start="2026-05-04", agreement_end="2027-01-01", amount="0.00")
    whole(status="cancelled", title_fr="=1+1", description_fr="Ligne 1\nLigne 2\x0b " + "long " * 90)
    whole(status="amended", status_date="2023-01-15", instrument="repayable", benefit_place="", title_en="")
    whole(reference="235-2022-2023-Q1-00123", recipient__name_fr="A|B", recipient__name_en="B|A")
    whole(reference="235-2022-2023-Q1-00123")
    whole(reference="360G-fondation-7")
    whole(amount="-5.00", negative_reason="Correction", date="2019-02-28", agreement_start=None, agreement_end="2020")
    known_otherwise = whole(recipient__name_fr="Usine Tremblay").recipient
    make.OrganisationNameFactory(organisation=known_otherwise, name="9999-9999 Québec inc.", kind="legal")
    whole(recipient=person(), title_fr="Aide à Jeanne Secrète", reference="235-2022-2023-Q1-00777")


def impossible() -> None:
    """Grants that some standard cannot hold."""
    whole(amount=None)
    whole(amount="10.00", currency="EUR")
    whole(date="2021-03", agreement_start=None)
    whole(funder=None)
    whole(recipient__region=None)
    whole(recipient__region=make.RegionFactory(code="HQ"))
    whole(agreement_start="2025-12-01", agreement_end=None)
    whole(agreement_start=None, agreement_end="2022-01-01")
    whole(agreement_start="2026-05-01", agreement_end="2027-05-01", amount="-1.00", negative_reason="Correction")


def body_of(address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return b"".join(response)


def rows_of(address: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(body_of(address).decode("utf-8-sig"), newline="")))


def package_of(address: str) -> dict[str, Any]:
    """A JSON file."""
    return json.loads(body_of(address))
