"""Addresses made to lead elsewhere, and forms sent from elsewhere."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()

ELSEWHERE = ["//evil.example/", "//evil.example/aides/", "//evil.example/en/grants/", "///evil.example/aides/"]


@pytest.mark.parametrize("path", [*ELSEWHERE, "//evil.example/aides", "/\\evil.example/aides/"])
def test_no_page_links_or_redirects_to_a_host_named_in_its_path(path):
    response = client.get("/", PATH_INFO=path)
    assert response.status_code == 404
    assert '="//evil' not in response.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver@evil.example", "a b"])
def test_a_host_that_is_not_ours_is_refused_and_not_repeated(host):
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


def test_a_forwarded_host_is_not_believed():
    assert "evil" not in client.get("/aides/", headers={"x-forwarded-host": "evil.example"}).content.decode()


@pytest.mark.parametrize("following", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_our_own_pages_only(alice, following):
    sent = {"username": "alice", "password": "a long enough password", "next": following}
    assert Client().post("/admin/login/", sent).headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [("/admin/login/", "fr", "Ce formulaire a expiré"), ("/en/admin/login/", "en", "This form has expired")],
)
def test_a_form_sent_from_elsewhere_is_refused_in_the_sites_own_words(path, language, words):
    response = Client(enforce_csrf_checks=True).post(path, {"username": "a", "password": "b"})
    page = response.content.decode()
    assert response.status_code == 403
    assert f'<html lang="{language}"' in page
    assert words in page
    assert "<style" not in page


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["/", "/aides/", "/en/grants.csv", "/donnees/", "/en/search/", "/concordance/"])
def test_visitors_can_only_read(verb, path):
    assert getattr(client, verb)(path).status_code == 405


@pytest.mark.parametrize("preference", ["en", "en-CA,en;q=0.9", "de"])
def test_the_address_alone_says_the_language(preference):
    page = client.get("/aides/", headers={"accept-language": preference}).content.decode()
    assert '<html lang="fr"' in page


def test_a_web_address_becomes_a_link_however_it_is_written():
    body = make.OrganisationFactory(published=True)
    source = make.SourceFactory(published=True)
    make.CitationFactory(grant=None, organisation=body, source=source)
    type(source).objects.update(url="HTTPS://example.org/")
    assert 'href="HTTPS://example.org/"' in client.get(f"/beneficiaires/{body.public_id}/").content.decode()
