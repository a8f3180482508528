"""Facets of the list of grants: values with their counts and sums, exclusions, the page of one, what to take away."""

import html
import re

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()


@pytest.fixture
def registry():
    """Three grants in Montréal, one of them without an amount, one in Laval, one nobody knows where."""
    montreal, laval = make.RegionFactory(code="06", name_fr="Montréal"), make.RegionFactory(code="13", name_fr="Laval")
    bodies = [make.OrganisationFactory(published=True, region=region) for region in (montreal, laval, None)]
    for amount in ("1000.00", "2500.50", None):
        make.GrantFactory(published=True, recipient=bodies[0], amount=amount, status="announced")
    make.GrantFactory(published=True, recipient=bodies[1], status="completed")
    make.GrantFactory(published=True, recipient=bodies[2], status="completed", date="2021")


def page(address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def facet(address: str, name: str):
    """The values of a facet beside the list: value → numbers in words."""
    (found,) = [one for one in client.get(address).context["facets"] if one.name == name]
    return {value.value: value.numbers for value in found.values}


def test_a_facet_counts_and_sums_its_values_the_unknown_last(registry):
    assert list(facet("/aides/", "region").items()) == [
        ("06", "3 · 3\u00a0500,50\u00a0$"),
        ("13", "1 · 1\u00a0000\u00a0$"),
        ("null", "1 · 1\u00a0000\u00a0$"),
    ]


def test_counts_follow_the_other_filters_and_not_their_own(registry):
    assert set(facet("/aides/?region=13", "region")) == {"06", "13", "null"}
    assert list(facet("/aides/?region=13", "status")) == ["completed"]


def test_amounts_that_nobody_said_are_not_zero(registry):
    assert facet("/aides/?amount=unknown", "region")["06"] == "1 · non précisé"


def test_several_values_add_up(registry):
    assert "4 aides financières" in page("/aides/?region=06&region=13")


def test_a_value_is_left_out_and_its_chip_says_so(registry):
    shown = page("/aides/?region_not=06")
    assert "2 aides financières" in shown
    assert "Région\u00a0: sauf Montréal" in shown


def test_each_value_can_be_kept_or_left_out_without_a_script(registry):
    shown = page("/aides/?region=13&region_not=06")
    assert '<input type="checkbox" name="region" value="13" checked>' in shown
    assert '<input type="checkbox" name="region_not" value="06" checked>' in shown
    assert 'exclure<span class="visually-hidden"> Montréal</span>' in shown


def test_a_chip_leads_to_the_rest_of_the_selection(registry):
    assert '<a href="?region=13&status=completed" rel="nofollow">' in page(
        "/aides/?status=completed&region=06&region=13"
    )


def test_the_view_stays_while_filters_change(registry):
    shown = page("/aides/?region=06&view=charts&measure=count")
    assert '<input type="hidden" name="view" value="charts">' in shown
    assert '<input type="hidden" name="measure" value="count">' in shown
    assert '<a href="?measure=count&view=charts" rel="nofollow">' in shown


def test_a_long_facet_shows_its_greatest_values_and_those_in_force(registry):
    for number in range(12):
        programme = make.ProgrammeFactory(published=True, public_id=f"p{number:02}")
        make.GrantFactory.create_batch(12 - number, published=True, programme=programme)
    shown = facet("/aides/?programme=p11", "programme")
    assert list(shown) == [f"p{number:02}" for number in range(6)] + ["p11", "null"]
    assert 'href="/aides/facettes/programme/?programme=p11"' in page("/aides/?programme=p11")


@pytest.mark.parametrize("address", ["/aides/facettes/region/", "/en/grants/facets/region/"])
def test_the_page_of_a_facet_has_all_its_values(registry, address):
    assert [one.value.value for one in client.get(address).context["values"]] == ["06", "13", "null"]


def test_the_page_of_a_facet_finds_values_accents_aside(registry):
    values = client.get("/aides/facettes/region/?find=MONTREAL").context["values"]
    assert [one.value.value for one in values] == ["06"]


def test_the_page_of_a_facet_sorts_by_name_the_unknown_last(registry):
    values = client.get("/aides/facettes/region/?order=name").context["values"]
    assert [one.value.label for one in values] == ["Laval", "Montréal", "Non précisé"]


def test_a_value_on_the_page_of_its_facet_goes_in_and_out_of_the_selection(registry):
    (first, *_others) = client.get("/aides/facettes/region/?region=06&find=mon&status=announced").context["values"]
    assert (first.href, first.exclude) == (
        "?status=announced&find=mon",
        "?region_not=06&status=announced&find=mon",
    )


def test_the_page_of_a_facet_leads_back_to_the_selection(registry):
    assert '<a class="button" href="/aides/?region=06">Voir les 3 aides financières</a>' in page(
        "/aides/facettes/region/?region=06"
    )


def test_a_facet_that_does_not_exist_is_not_found():
    assert client.get("/aides/facettes/recipient/").status_code == 404


def test_a_bad_question_on_the_page_of_a_facet_says_why(registry):
    assert "n’a pas pu être comprise" in page("/aides/facettes/region/?region=99&year=2")


def test_nothing_found_says_what_to_take_away_and_what_that_gives(registry):
    (way,) = client.get("/aides/?region=06&status=completed&year=2021").context["ways_out"]
    assert (way.href, way.text, way.count) == ("?year=2021&status=completed", "Région\u00a0: Montréal", 1)


def test_words_found_nowhere_are_offered_their_nearest(registry):
    make.GrantFactory(published=True, recipient__name_fr="Bibliothèque municipale")
    assert "Vouliez-vous dire" in page("/aides/?q=bibliotheqe")


def test_words_that_were_searched_for_are_marked(registry):
    make.GrantFactory(published=True, recipient__name_fr="Bibliothèque <municipale>")
    response = client.get("/aides/?q=bibliotheque").content.decode()
    assert "<mark>Bibliothèque</mark> &lt;municipale&gt;" in response


def test_what_was_well_chosen_stays_while_the_rest_is_mended(registry):
    shown = page("/aides/?region=06&amount_min=beaucoup")
    assert '<input type="hidden" name="region" value="06">' in shown
    assert 'value="beaucoup"' in shown


@pytest.mark.parametrize("view", ["charts", "map"])
def test_each_view_shows_the_same_totals_and_files(registry, view):
    shown = page(f"/aides/?region=06&view={view}")
    assert "3 aides financières" in shown
    assert 'href="/aides.csv?region=06"' in shown
    assert re.search(r'data-key="view-\w+" aria-current="true"', shown)


def test_a_view_that_does_not_exist_is_told(registry):
    assert "Il n’y a pas de vue appelée «\u00a0globe\u00a0»" in page("/aides/?view=globe")


def test_a_page_keeps_its_rows_in_the_order_asked_for(registry):
    rows = client.get("/aides/?sort=-amount").context["rows"]
    assert [row.amount for row in rows][:2] == ["2\u00a0500,50\u00a0$", "1\u00a0000\u00a0$"]
    assert rows[-1].amount == ""
