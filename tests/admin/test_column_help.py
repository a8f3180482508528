"""The page that explains the columns of a sheet, and its blank sheet."""

import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from tests.people import charlie  # noqa: F401

pytestmark = pytest.mark.django_db


def address(page: str, noun: str, language: str = "fr") -> str:
    with override(language):
        return reverse(f"admin:grants_import_{page}", args=[noun])


@pytest.fixture
def reader(client: Client, charlie: User) -> Client:  # noqa: F811
    """Charlie, who reads."""
    client.force_login(charlie)
    return client


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Dans les normes voisines"), ("en", "In neighbouring standards")]
)
def test_the_page_explains_each_column(reader: Client, language: str, words: str) -> None:
    page = reader.get(address("columns", "grant", language)).content.decode()
    assert words in page
    assert "agreement_value" in page
    assert "montant accordé" in page


def test_the_blank_sheet_is_in_the_language_of_the_page(reader: Client) -> None:
    for language, title in (("fr", "bénéficiaire"), ("en", "recipient")):
        response = reader.get(address("template", "grant", language))
        book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        assert title in book.get_sheet_by_index(0).to_python()[0]
        assert ".xlsx" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("noun", ["import", "nothing"])
def test_what_never_comes_in_has_no_page(reader: Client, noun: str) -> None:
    assert reader.get(address("columns", noun)).status_code == 404
    assert reader.get(address("template", noun)).status_code == 404


def test_the_page_only_answers_questions(reader: Client) -> None:
    assert reader.post(address("columns", "grant")).status_code == 405


def test_strangers_are_led_to_the_sign_in(client: Client) -> None:
    assert client.get(address("columns", "grant")).status_code == 302


def test_the_page_asks_the_database_no_more_for_more_columns(reader: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        reader.get(address("columns", "grant"))
