"""The OpenAPI document: valid, complete, committed as it is made, and true of the answers."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from grants.api.documentation import document
from grants.models import Figure
from tests.public.crowd import crowd

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


@pytest.fixture(scope="module")
def described():
    return json.loads(document("en"))


def parts(value, path=""):
    """Every object of a document, with its place."""
    if isinstance(value, dict):
        yield path, value
        for name, one in value.items():
            yield from parts(one, f"{path}/{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from parts(one, f"{path}/{place}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_document_is_valid_openapi(language):
    validate_schema(json.loads(document(language)))


def test_the_committed_document_is_what_the_code_gives(tmp_path):
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", lang="en", validate=True, fail_on_warn=True, file=str(made))
    assert made.read_text() == COMMITTED.read_text(), "CONTRIBUTING.md says how to write docs/openapi.yaml again"


def test_every_parameter_and_every_field_is_described(described):
    for path, one in parts(described):
        if "in" in one and "name" in one:
            assert one["description"], path
        for name, field in one.get("properties", {}).items() if one.get("type") == "object" else ():
            assert field.get("description") or "$ref" in field, f"{path}/{name}"


def test_every_reference_leads_somewhere(described):
    names = {f"#/components/{kind}/{name}" for kind, all_of in described["components"].items() for name in all_of}
    assert {one["$ref"] for _path, one in parts(described) if "$ref" in one} <= names


@pytest.mark.django_db
def test_the_description_is_in_the_language_asked_for():
    for language, title in (("fr", "Registre des aides financières de l’OTN"), ("en", "OTN grants registry")):
        response = Client().get(f"/api/v1/openapi.json?lang={language}")
        assert json.loads(response.content)["info"]["title"] == title


@pytest.mark.django_db
def test_answers_have_all_the_fields_described_and_no_other(described):
    crowd(2)
    named = {"{public_id}": "one", "{code}": "08"}
    for path, operation in described["paths"].items():
        at = path.replace("{name}", "status")
        for mark, value in named.items():
            at = at.replace(mark, value)
        if "/figures/one/" in at:  # figures have no ids chosen by people
            at = at.replace("one", Figure.objects.published()[0].public_id)
        gives = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answered = json.loads(Client().get(at).content)
        validator = Draft202012Validator({**gives, "components": described["components"]})
        assert not [error.message for error in validator.iter_errors(answered)], at
        assert set(answered) == members(gives, described), at


def members(schema, described):
    """The names of an object's members, those of what it is made of included."""
    if "$ref" in schema:
        return members(described["components"]["schemas"][schema["$ref"].rpartition("/")[2]], described)
    return set(schema.get("properties", ())) | {
        name for one in schema.get("allOf", ()) for name in members(one, described)
    }
