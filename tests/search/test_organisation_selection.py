"""The list of recipients, from memory, is the one that PostgreSQL gives."""

import random

import pytest
from django.http import QueryDict

from grants.models import Organisation
from grants.search.organisation_selection import OrganisationSelection
from tests import factories as make

pytestmark = pytest.mark.django_db

FILTERS = ["", "role=all", "kind=college", "kind=null", "region=06", "region=null", "nonprofit=yes", "nonprofit=null"]
FILTERS += ["q=école", "q=rien&role=all", "role=all&kind=null&region=06"]
ORDERS = ["name", "-name", "kind", "-kind", "region", "-region", "grants", "-grants", "granted", "-granted"]


@pytest.fixture
def registry():
    dice = random.Random(3)
    regions = [make.RegionFactory(code=code) for code in ("06", "QC")]
    for number in range(20):
        body = make.OrganisationFactory(
            published=number % 5 != 0,
            name_fr=f"{dice.choice(['École', 'ecole', 'Œuvre', 'Zoo'])} {dice.choice('ab')}",
            region=dice.choice([*regions, None]),
            kind=dice.choice(["", "college", "company"]),
            is_nonprofit=dice.choice([True, False, None]),
            is_natural_person=number % 7 == 6,
        )
        if body.publication == "published":
            for _turn in range(dice.choice([0, 1, 2])):
                amount = dice.choice([None, "100", "100", "2500.50"])
                make.GrantFactory(published=dice.random() < 0.8, recipient=body, amount=amount)


@pytest.mark.parametrize("order", ORDERS)
def test_recipients_are_filtered_and_sorted_as_postgresql_does(registry, order):
    for question in FILTERS:
        selection = OrganisationSelection(QueryDict(f"{question}&sort={order}"))
        assert selection.keys(0, 100) == list(selection.records.values_list("pk", flat=True)), question
        assert selection.count == selection.records.count()


def test_each_recipient_comes_with_what_it_receives(registry):
    selection = OrganisationSelection(QueryDict("role=all"))
    received = selection.received(selection.keys(0, 100))
    for body in selection.records:
        assert (received[body.pk].count, received[body.pk].total) == (body.grant_count, body.granted)


def test_a_name_set_right_moves_at_once(registry):
    assert Organisation.objects.published().filter(name_fr="Aaa").count() == 0
    first = OrganisationSelection(QueryDict("role=all")).keys(0, 1)
    last = OrganisationSelection(QueryDict("role=all&sort=-name")).keys(0, 1)
    Organisation.objects.filter(pk=last[0]).update(name_fr="Aaa")
    assert OrganisationSelection(QueryDict("role=all")).keys(0, 2) == [*last, *first]
