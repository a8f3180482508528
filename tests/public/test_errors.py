"""Pages for what goes wrong: the right status, the visitor's language, the look of the site, no database."""

import datetime

import pytest
from django.test import RequestFactory

from grants.bilingual import Text
from grants.public import errors


@pytest.mark.parametrize(
    ("handler", "status", "french", "english"),
    [
        (errors.bad_request, 400, "n’a pas pu être comprise", "could not be understood"),
        (errors.permission_denied, 403, "ne vous est pas ouverte", "not open to you"),
        (errors.csrf_failure, 403, "Ce formulaire a expiré", "This form has expired"),
        (errors.page_not_found, 404, "Page introuvable", "Page not found"),
        (errors.server_error, 500, "Une erreur s’est produite", "Something went wrong"),
    ],
)
def test_an_error_speaks_the_language_of_its_address(handler, status, french, english):
    for path, language, words in (("/x/", "fr", french), ("/en/x/", "en", english)):
        response = handler(RequestFactory().get(path))
        page = response.content.decode()
        assert response.status_code == status
        assert f'<html lang="{language}"' in page
        assert words in page


def test_a_withdrawn_page_says_when():
    request = RequestFactory().get("/en/grants/x/")
    name = Text("Aide à La Piscine", "fr", True)
    response = errors.gone(request, withdrawn=datetime.date(2024, 4, 1), name=name)
    assert response.status_code == 410
    assert '<span lang="fr">Aide à La Piscine</span>' in response.content.decode()
    assert "Withdrawn from the registry on April 1, 2024." in response.content.decode()


def test_an_error_page_stays_out_of_search_engines():
    page = errors.page_not_found(RequestFactory().get("/x/")).content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page
    assert "canonical" not in page


def test_an_error_page_does_not_trust_the_host():
    request = RequestFactory().get("/x/", headers={"host": "evil.example"})
    assert "evil.example" not in errors.bad_request(request).content.decode()


def test_our_own_fault_is_told_even_without_templates(settings):
    settings.TEMPLATES = []
    response = errors.server_error(RequestFactory().get("/x/"))
    assert response.status_code == 500
    assert "Une erreur s’est produite" in response.content.decode()
