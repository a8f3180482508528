"""What may be asked, in which language, from where; what is refused, and how it is said."""

import json

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db

WRONG = [
    "grants/?colour=red",
    "grants/?page=2",
    "grants/?view=map",
    "grants/?sort=secret",
    "grants/?q=",
    "grants/?date_to=%20",
    "grants/?region=&region=06",
    "grants/?size=0",
    "grants/?size=501",
    "grants/?size=²",
    "grants/?after=nonsense",
    "grants/?after=%00",
    "grants/?region=99",
    "grants/?date_from=hier",
    "grants/?lang=de",
    "grants/?q=%00",
    "grants/summary/?size=2",
    "grants/facets/?sort=date",
    "organisations/?sort=name",
    "organisations/?after=ZmFsc2U",
    "figures/?q=mot",
    "figures/?programme=none",
    "regions/?size=2",
    "grants/one/?q=mot",
]


@pytest.mark.parametrize("path", WRONG)
def test_a_question_that_cannot_be_understood_is_refused_with_its_problems(path):
    response = Client().get(f"/api/v1/{path}")
    told = json.loads(response.content)
    assert (response.status_code, told["status"]) == (400, 400)
    assert response["Content-Type"] == "application/problem+json"
    assert all(error["detail"] for error in told["errors"])


def test_all_problems_are_told_at_once():
    told = json.loads(Client().get("/api/v1/grants/?region=99&date_from=hier&sort=secret&lang=en").content)
    assert len(told["errors"]) == 3


def test_links_from_elsewhere_do_no_harm():
    assert Client().get("/api/v1/grants/?utm_source=lettre&utm_term=&fbclid=x").status_code == 200


def test_thousands_of_parameters_are_refused():
    assert Client().get("/api/v1/grants/?" + "&".join(["a=1"] * 20_000)).status_code == 400


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("grants/?size=x", "", "fr"),
        ("grants/?size=x", "en-CA,en;q=0.9", "en"),
        ("grants/?size=x", "de", "fr"),
        ("grants/?size=x&lang=fr", "en", "fr"),
        ("grants/?size=x&lang=en", "fr", "en"),
    ],
)
def test_problems_are_in_the_language_asked_for(path, header, language):
    response = Client(headers={"Accept-Language": header}).get(f"/api/v1/{path}")
    expected = {"fr": "Cette question ne peut pas recevoir de réponse", "en": "This question cannot be answered"}
    assert json.loads(response.content)["title"] == expected[language]
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(method):
    response = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/grants/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_other_sites_may_read_without_cookies():
    make.GrantFactory(published=True)
    for path in ("grants/", "grants/none/", "grants/?colour=red"):
        response = Client(headers={"Origin": "https://example.org"}).get(f"/api/v1/{path}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies
        assert "Cookie" not in response["Vary"]


def test_only_the_api_is_open_to_other_sites():
    assert "Access-Control-Allow-Origin" not in Client(headers={"Origin": "https://example.org"}).get("/donnees/")


def test_a_browser_may_ask_before_it_asks():
    response = Client().options("/api/v1/grants/", headers={"Access-Control-Request-Headers": "if-none-match"})
    assert (response.status_code, response.content) == (204, b"")
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_a_head_is_a_get_without_its_body():
    client = Client()
    head, whole = client.head("/api/v1/grants/"), client.get("/api/v1/grants/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == whole["Content-Type"] == "application/json"


def test_an_address_without_its_last_slash_leads_to_the_one_that_has_it():
    response = Client().get("/api/v1/grants?status=announced")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/grants/?status=announced")


def test_whatever_a_reader_accepts_it_gets_json():
    assert Client(headers={"Accept": "text/csv"}).get("/api/v1/grants/")["Content-Type"] == "application/json"
