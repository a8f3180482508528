"""360Giving: packages that its rules accept. The schema beside is our own, written from the standard's rules."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from tests import factories as make

from .mixed import impossible, mixed, package_of, person, whole

pytestmark = pytest.mark.django_db
SCHEMA = json.loads(Path(__file__).with_name("threesixty.schema.json").read_text())
client = Client()


def problems(package: dict[str, Any]) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(package)]


def only() -> dict[str, Any]:
    (grant,) = package_of("/aides.360giving.json")["grants"]
    return grant


@pytest.mark.parametrize("address", ["/aides.360giving.json", "/en/grants.360giving.json"])
def test_a_package_fits_the_schema(address):
    mixed()
    impossible()
    package = package_of(address)
    assert problems(package) == []
    ids = [grant["id"] for grant in package["grants"]]
    assert len(ids) == len(set(ids)) > 15


def test_the_schema_refuses_what_the_standard_refuses(first_source):
    package = package_of("/aides.360giving.json")
    assert problems(package) == []
    del package["grants"][0]["awardDate"]
    package["grants"][1]["recipientIndividual"] = {"id": "x", "name": "Particulier"}
    assert len(problems(package)) == 2


def test_everything_known_of_a_grant_is_told():
    grant = whole(recipient__neq="1140000011", public_id="g-1")
    make.CitationFactory(
        grant=grant,
        source=make.SourceFactory(published=True, public_id="s-1", title="Communiqué", url="https://example.org/c"),
    )
    told = only()
    modified = told.pop("dateModified")
    assert modified.endswith("Z")
    assert told == {
        "id": "registre-otn-g-1",
        "title": "Virage numérique",
        "description": "Appuyer des PME.",
        "currency": "CAD",
        "amountAwarded": 5416050.25,
        "awardDate": "2022-04-20",
        "url": "http://testserver/aides/g-1/",
        "plannedDates": [{"startDate": "2022-05-01", "endDate": "2024-03-31"}],
        "recipientOrganization": [
            {
                "id": "CA_QC-QBC-1140000011",
                "name": "Coopérative de l’Élan",
                "companyNumber": "1140000011",
                "addressLocality": "Rouyn-Noranda",
                "addressRegion": "Abitibi-Témiscamingue",
                "url": "https://example.org/",
                "location": [{"name": "Abitibi-Témiscamingue", "countryCode": "CA"}],
            }
        ],
        "beneficiaryLocation": [{"name": "Val-d’Or"}, {"name": "Abitibi-Témiscamingue", "countryCode": "CA"}],
        "locationScope": "GLS060",
        "fundingOrganization": [{"id": f"registre-otn-org-{grant.funder.public_id}", "name": "Gouvernement du Québec"}],
        "grantProgramme": [{"code": grant.programme.public_id, "title": "Offensive de transformation numérique"}],
        "fundingType": [{"vocabulary": "registre-otn:instrument", "code": "contribution", "title": "contribution"}],
        "classifications": [
            {"vocabulary": "registre-otn:region", "code": "08", "title": "Abitibi-Témiscamingue"},
            {"vocabulary": "registre-otn:kind", "code": "association", "title": "association ou regroupement"},
            {"vocabulary": "registre-otn:status", "code": "agreed", "title": "convenue"},
        ],
        "relatedDocument": [
            {"id": "s-1", "title": "Communiqué", "url": "https://example.org/c", "documentType": "press_release"}
        ],
        "dataSource": "http://testserver/aides/",
    }


def test_what_nobody_knows_is_left_out_or_said_to_be_unknown():
    whole(title_fr="", title_en="", description_fr="", description_en="", programme=None, benefit_region=None)
    told = only()
    assert (told["title"], told["description"]) == ("Aide financière à Coopérative de l’Élan", "Non précisé")
    assert "grantProgramme" not in told


def test_an_id_of_the_standard_s_own_is_kept_and_stays_unique():
    whole(reference="360G-fondation-7")
    second = whole(reference="360G-fondation-7")
    ids = {grant["id"] for grant in package_of("/aides.360giving.json")["grants"]}
    assert ids == {"360G-fondation-7", f"registre-otn-{second.public_id}"}


def test_the_publisher_s_prefix_is_a_setting(settings):
    settings.PUBLISHER_PREFIX = "360G-otn"
    grant = whole()
    package = package_of("/aides.360giving.json")
    assert package["grants"][0]["id"] == f"360G-otn-{grant.public_id}"
    assert package["publisher"]["identifier"] == "360G-otn"


def test_a_natural_person_is_an_individual_without_name():
    body = person()
    grant = whole(
        recipient=body, title_fr="Aide à Jeanne Secrète", benefit_place="Secretville", reference="360G-secret"
    )
    source = make.SourceFactory(published=True, title="Jeanne Secrète reçoit une aide")
    make.CitationFactory(grant=grant, source=source)
    told = only()
    individual = {"id": f"registre-otn-individual-{grant.public_id}", "name": "Particulier"}
    assert told["recipientIndividual"] == individual
    assert "recipientOrganization" not in told
    assert "secr" not in json.dumps(told, ensure_ascii=False).lower()


def test_grants_that_the_standard_cannot_hold_are_counted_with_the_reasons():
    whole()
    impossible()
    response = client.get("/en/grants.360giving.json")
    package = json.loads(b"".join(response))
    assert response["X-Rows-Left-Out"] == "3"
    assert package["leftOut"] == {
        "count": 3,
        "reasons": [
            {"reason": "the amount is not known", "count": 1},
            {"reason": "the day of the grant is not known", "count": 1},
            {"reason": "the funder is not known", "count": 1},
        ],
    }
    assert len(package["grants"]) == 7


def test_the_metadata_names_the_selection(first_source):
    package = package_of("/en/grants.360giving.json?recipient=colab")
    assert package["accessURL"] == "http://testserver/en/grants/?recipient=colab"
    assert package["downloadURL"] == "http://testserver/en/grants.360giving.json?recipient=colab"
    assert len(package["grants"]) == 1


def test_a_package_of_nothing_is_refused_because_the_standard_knows_none():
    whole(amount=None)
    response = client.get("/en/grants.360giving.json")
    assert response.status_code == 404
    assert "None of the grants chosen" in response.content.decode()


def test_control_characters_do_not_leave():
    whole(title_fr="a\x0bb\u0085c")
    assert only()["title"] == "abc"
