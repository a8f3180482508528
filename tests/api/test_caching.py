"""Answers of the API carry the mark of the registry's version, and are not sent twice."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", ["", "grants/", "grants/summary/", "organisations/", "grants/one/", "openapi.json"])
def test_what_has_not_changed_is_not_sent_again(path):
    make.GrantFactory(published=True, public_id="one")
    address = f"/api/v1/{path}"
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert Client().head(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Cache-Control"] == "public, no-cache"


def test_what_has_changed_is_sent():
    grant = make.GrantFactory(published=True, public_id="one")
    first = Client().get("/api/v1/grants/one/")
    type(grant).objects.filter(pk=grant.pk).update(amount="7.00")
    again = Client().get("/api/v1/grants/one/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert b'"7.00"' in again.content


def test_a_mark_is_of_one_language():
    first = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "en"})
    other = Client().get("/api/v1/openapi.json", headers={"Accept-Language": "fr", "If-None-Match": first["ETag"]})
    assert (other.status_code, other["Content-Language"]) == (200, "fr")


@pytest.mark.parametrize("path", ["grants/none/", "grants/?colour=red"])
def test_nobody_keeps_a_problem(path):
    response = Client().get(f"/api/v1/{path}")
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
