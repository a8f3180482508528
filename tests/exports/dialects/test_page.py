"""The page that says what each dialect holds, leaves out, and writes for want of better."""

import pytest
from django.test import Client

from grants.exports.dialects import DIALECTS

from .mixed import impossible, whole

pytestmark = pytest.mark.django_db
client = Client()


def test_the_page_counts_what_each_dialect_leaves_out_with_the_reasons():
    whole()
    impossible()
    page = client.get("/en/data/dialects/").content.decode()
    for ending, count in {"360giving.json": 3, "canada.csv": 8, "scdl.csv": 4}.items():
        assert f'href="/en/grants.{ending}"' in page
        assert f"left out: {count}" in page
    assert "the country of the recipient is not known: 2" in page


def test_the_page_speaks_of_the_selection_it_is_asked_for(first_source):
    page = client.get("/en/data/dialects/?recipient=groupe-misa").content.decode()
    assert page.count("1 grant") == 3
    assert 'href="/en/grants.canada.csv?recipient=groupe-misa"' in page


def test_every_dialect_explains_itself_in_french():
    page = client.get("/donnees/dialectes/").content.decode()
    for words in ("publication proactive", "laissée de côté", "Ce qui est écrit", "n’a pas de pays connu"):
        assert words in page


def test_a_question_that_makes_no_sense_is_refused():
    assert client.get("/en/data/dialects/?region=99").status_code == 400
    for ending in DIALECTS:
        assert client.get(f"/en/grants.{ending}?nowhere=1").status_code == 400


def test_the_data_page_leads_to_every_dialect():
    page = client.get("/en/data/").content.decode()
    assert all(f'href="/en/grants.{ending}"' in page for ending in DIALECTS)
    assert 'href="/en/data/dialects/"' in page
