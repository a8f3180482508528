"""One question has one address, however it was typed."""

import pytest
from django.http import QueryDict
from django.utils import translation

from grants.search.grant_selection import GrantSelection

pytestmark = pytest.mark.django_db


def canonical(question: str) -> str:
    return GrantSelection(QueryDict(question)).canonical


@pytest.mark.parametrize("typed", ["2300000", "2300000.00", "2,3 M$", "2.3M", "2 300 000 $"])
def test_one_amount_however_it_is_written_has_one_address(typed):
    asked = QueryDict(mutable=True)
    asked["amount_min"] = typed
    assert canonical(asked.urlencode()) == "amount_min=2300000"


@pytest.mark.parametrize("typed", ["0", "0.00", "-0"])
def test_nothing_has_one_address_and_is_not_left_out(typed):
    assert canonical(f"amount_max={typed}") == "amount_max=0"


def test_the_cents_of_an_amount_stay():
    assert canonical("amount_min=10000.50&amount_max=10000.75") == "amount_min=10000.5&amount_max=10000.75"


@pytest.mark.parametrize(
    "question",
    [
        "region=null&band=10k-50k&region=06",
        "band=10k-50k&region=06&region=06&region=null&page=3&utm_source=x&sort=-date",
    ],
)
def test_the_order_of_parameters_does_not_matter(question):
    assert canonical(question) == "region=06&region=null&band=10k-50k"


@pytest.mark.parametrize(
    "question",
    ["q=%C2%AB+milieu++scolaire+%C2%BB&sort=amount", "date_from=avril+2022&amount_min=1,5", "status=unknown"],
)
def test_a_canonical_address_stays_as_it_is_in_both_languages(question):
    once = canonical(question)
    assert once
    for language in ("fr", "en"):
        with translation.override(language):
            assert canonical(once) == once


def test_what_a_pasted_word_hides_is_not_in_the_address():
    asked = QueryDict(mutable=True)
    asked["q"] = " patri\u00admoine  bâti "
    assert canonical(asked.urlencode()) == "q=patrimoine+b%C3%A2ti"
