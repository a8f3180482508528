"""A programme over time: drawn, as a table, as a file, with what it cannot show."""

import csv
import io

import pytest
from django.test import Client

from tests.factories import FigureFactory, GrantFactory, OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def page(address):
    return Client().get(address).content.decode().replace(NBSP, " ")


def rows(address):
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


@pytest.fixture
def programme():
    return ProgrammeFactory(published=True, public_id="prog")


def test_otn_s_file_has_its_envelope_what_was_announced_and_what_is_itemised(first_source):
    assert rows("/programmes/otn/dans-le-temps.csv") == [
        {
            "year": "2021",
            "envelope": "130000000.00",
            "announced": "",
            "itemised": "",
            "grants": "0",
            "grants_without_amount": "0",
            "sources": "quebec-39538",
        },
        {
            "year": "2022",
            "envelope": "130000000.00",
            "announced": "110000000.00",
            "itemised": "29249885.00",
            "grants": "9",
            "grants_without_amount": "0",
            "sources": "quebec-39538",
        },
    ]


def test_the_file_is_the_same_in_english(first_source):
    assert rows("/en/programmes/otn/over-time.csv") == rows("/programmes/otn/dans-le-temps.csv")


def test_the_drawing_says_each_value_and_the_page_where_the_file_is(first_source):
    shown = page("/programmes/otn/")
    for words in ("2022, enveloppe, 130 000 000 $", "2022, annoncé, 110 000 000 $", "2022, détaillé, 29 249 885 $"):
        assert f"<title>{words}</title>" in shown
    assert "2021, annoncé" not in shown
    assert 'href="/programmes/otn/dans-le-temps.csv"' in shown


def test_each_claim_of_a_year_refers_to_its_source(first_source):
    assert 'Enveloppe, 130 000 000 $ <a class="ref" href="#source-' in page("/programmes/otn/")


def test_what_cannot_be_drawn_is_told(programme):
    GrantFactory(published=True, programme=programme, date="2022", amount=None)
    GrantFactory(published=True, programme=programme, date=None, amount="7.00")
    FigureFactory(published=True, programme=programme, measure="envelope", value=5)
    shown = page("/programmes/prog/")
    assert "1 aide n’a pas de date et n’est dans aucune année : 7 $." in shown
    assert "Sans date, et dans aucune année : Enveloppe, 5 $" in shown
    assert "1 aide financière n’a pas de montant connu" in shown


def test_a_programme_of_which_nothing_is_dated_has_no_drawing(programme):
    assert 'id="chart-over-time"' not in page("/programmes/prog/")


def test_what_is_not_published_is_in_no_year(programme):
    GrantFactory(published=True, programme=programme, date="2022", amount="10.00")
    GrantFactory(programme=programme, date="2021", amount="99.00")
    FigureFactory(programme=programme, scope="cumulative", as_of="2020", value=99)
    assert [(row["year"], row["itemised"]) for row in rows("/programmes/prog/dans-le-temps.csv")] == [("2022", "10.00")]


def test_a_person_s_grant_is_summed_and_unnamed(programme):
    person = OrganisationFactory(published=True, name_fr="Prénom Nom", is_natural_person=True)
    GrantFactory(published=True, programme=programme, recipient=person, date="2022", amount="10.00")
    assert rows("/programmes/prog/dans-le-temps.csv")[0]["itemised"] == "10.00"
    assert "Prénom" not in page("/programmes/prog/")


@pytest.mark.parametrize("published", [None, False])
def test_a_programme_that_is_not_public_has_no_file(published):
    if published is not None:
        ProgrammeFactory(published=published, public_id="prog")
    assert Client().get("/programmes/prog/dans-le-temps.csv").status_code == 404
