"""The fact table, walked: from the fixture to the registry, the admin and the public page, in both languages."""

import html
import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.first_source.facts import FACTS, Fact

FIXTURE = Path(__file__).parents[2] / "fixtures" / "otn.json"
ADDRESSES = {
    "programme": ("/programmes/", "/en/programmes/"),
    "announcement": ("/annonces/", "/en/announcements/"),
    "grant": ("/aides/", "/en/grants/"),
    "organisation": ("/beneficiaires/", "/en/recipients/"),
    "project": ("/projets/", "/en/projects/"),
    "source": ("/sources/", "/en/sources/"),
}
FRENCH, ENGLISH = 0, 1
each_fact = pytest.mark.parametrize("fact", FACTS, ids=str)


def fixture_fields(noun: str, public_id: str) -> dict:
    """The fields of one record, as the fixture writes them."""
    (fields,) = (
        written["fields"]
        for written in json.loads(FIXTURE.read_text(encoding="utf-8"))
        if written["model"] == f"grants.{noun}" and written["fields"].get("public_id") == public_id
    )
    return fields


def record(fact: Fact) -> Model:
    return apps.get_model("grants", fact.noun).objects.get(public_id=fact.public_id)


def as_written(value: object) -> object:
    """A value of the model as a fixture writes it."""
    if isinstance(value, Model):
        return list(value.natural_key())
    return value if isinstance(value, bool) else str(value)


def words(response) -> str:
    """What a page says: no tags, one plain space between words; no-break spaces stay."""
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"[ \t\r\n]+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body)))


def test_every_row_of_the_table_is_walked() -> None:
    assert {fact.row for fact in FACTS} == set(range(1, 19))


@each_fact
def test_the_fixture_holds_the_fact(fact: Fact) -> None:
    written = fixture_fields(fact.noun, fact.public_id)
    assert {name: written[name] for name in fact.fields} == fact.fields
    assert written["publication"] == "published"


def missing_in_the_registry(fact: Fact) -> list[str]:
    """The fields that the loaded record holds otherwise than the table says."""
    held = record(fact)
    return [name for name, value in fact.fields.items() if as_written(getattr(held, name)) != value]


def missing_on_the_page(fact: Fact, position: int, client: Client) -> list[str]:
    """The words that the public page does not say; its address where there is no such page."""
    noun, public_id = fact.page
    address = f"{ADDRESSES[noun][position]}{public_id}/"
    response = client.get(address)
    if response.status_code != 200:
        return [f"{address}: {response.status_code}"]
    page = words(response)
    return [f"{address}: {shown[position]}" for shown in fact.shown if shown[position] not in page]


def missing_in_the_admin(fact: Fact, admin: Client) -> list[str]:
    """The address of the form in which the record cannot be opened."""
    address = reverse(f"admin:grants_{fact.noun}_change", args=[record(fact).pk])
    return [] if admin.get(address).status_code == 200 else [address]


@pytest.mark.parametrize("row", range(1, 19))
def test_the_registry_the_admin_and_both_public_pages_hold_the_row(
    row: int, first_source: None, client: Client, admin_client: Client
) -> None:
    missing: list[str] = []
    for fact in (fact for fact in FACTS if fact.row == row):
        missing += missing_in_the_registry(fact)
        missing += missing_in_the_admin(fact, admin_client)
        missing += missing_on_the_page(fact, FRENCH, client) + missing_on_the_page(fact, ENGLISH, client)
    assert missing == []
