"""The columns in memory answer what PostgreSQL answers, whatever is asked."""

import random

import pytest
from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.utils import timezone

from grants.models import Grant, Organisation
from grants.search.answers import BadCursor, Sums
from grants.search.facets import FACETS
from grants.search.grant_selection import GrantSelection
from tests import factories as make

pytestmark = pytest.mark.django_db


def totals_of(grants):
    """What PostgreSQL says: how many, the sum of the known amounts, how many without, how many in other currencies."""
    dollars = Q(currency="CAD")
    found = grants.order_by().aggregate(
        count=Count("pk"),
        total=Sum("amount", filter=dollars),
        unknown=Count("pk", filter=Q(amount__isnull=True)),
        foreign=Count("pk", filter=Q(amount__isnull=False) & ~dollars),
    )
    return Sums(**found)


DATES = ["2021", "2021-03", "2021-04", "2021-03-31", "2022-01-15", "2022-04-01", "2022", None]
AMOUNTS = [None, "0", "9999.99", "10000", "49999.99", "50000", "120000", "600000", "1000000", "25000000"]


@pytest.fixture
def registry():
    """Grants of every sort, by the dice, always the same."""
    dice = random.Random(7)
    regions = [make.RegionFactory(code=code) for code in ("03", "06", "QC")]
    programmes = [make.ProgrammeFactory(published=True, public_id=f"prog{number}") for number in range(3)]
    acts = [make.AnnouncementFactory(published=True, programme=programmes[0], date=date) for date in ("2021-05", None)]
    bodies = [
        make.OrganisationFactory(
            published=True,
            name_fr=f"{dice.choice('éeEÉazœ')}cole {number}",
            region=dice.choice([*regions, None]),
            kind=dice.choice(["", "college", "company"]),
            is_natural_person=number % 6 == 5,
        )
        for number in range(12)
    ]
    for number in range(60):
        act = dice.choice([*acts, None, None])
        make.GrantFactory(
            published=number % 7 != 0,
            recipient=dice.choice(bodies),
            programme=act.programme if act else dice.choice([*programmes, None]),
            announcement=act,
            date=dice.choice(DATES),
            amount=dice.choice(AMOUNTS),
            currency=dice.choice(["CAD", "CAD", "CAD", "USD"]),
            instrument=dice.choice(["", "loan", "grant"]),
            status=dice.choice(["announced", "unknown", "completed"]),
            benefit_region=dice.choice([*regions, None, None]),
            title_fr=dice.choice(["patrimoine numérique", "atelier", "numérique"]),
        )


def questions(count: int) -> list[str]:
    """Questions by the dice: facets asked and refused, ranges, words."""
    dice = random.Random(11)
    values = {
        "programme": ["prog0", "prog1", "prog2", "null"],
        "announcement": ["null"],
        "year": ["2021", "2022", "1999", "null"],
        "fiscal": ["2020-2021", "2021-2022", "2022-2023", "null"],
        "region": ["03", "06", "QC", "17", "null"],
        "kind": ["college", "company", "null"],
        "instrument": ["loan", "grant", "null"],
        "status": ["announced", "completed", "null", "unknown"],
        "band": ["lt10k", "10k-50k", "50k-100k", "100k-500k", "1m-10m", "gte10m", "foreign", "null"],
    }
    more = {
        "date_from": ["2021-04", "2022"],
        "date_to": ["2021", "2022-03"],
        "amount_min": ["10000", "0"],
        "amount_max": ["50000", "1000000"],
        "amount": ["known", "unknown"],
        "q": ["numérique", "patrimoine", "atelier -patrimoine", "école", "rien"],
    }
    made = []
    for _turn in range(count):
        asked = QueryDict(mutable=True)
        for name in dice.sample(list(values), dice.choice([0, 1, 1, 2, 3])):
            suffix = dice.choice(["", "", "_not"])
            asked.setlist(name + suffix, dice.sample(values[name], dice.choice([1, 2]) if len(values[name]) > 1 else 1))
        for name in dice.sample(list(more), dice.choice([0, 0, 1, 2])):
            asked[name] = dice.choice(more[name])
        made.append(asked.urlencode())
    return made


ORDERS = ["", "sort=date", "sort=amount", "sort=-amount", "sort=recipient", "sort=-recipient", "sort=region"]
ORDERS += ["sort=-region", "sort=status", "sort=-status"]


def test_columns_give_the_rows_sums_and_groups_that_postgresql_gives(registry):
    for number, question in enumerate(questions(72)):
        selection = GrantSelection(QueryDict(question))
        if selection.problems:
            continue
        assert set(selection.keys(0, 1000)) == set(selection.records.values_list("pk", flat=True)), question
        assert selection.sums == totals_of(selection.records), question
        for name in list(FACETS)[number % 3 :: 3]:
            for group in selection.by(name):
                assert group.sums == totals_of(selection.records.filter(FACETS[name].where([group.value]))), question


@pytest.mark.parametrize("order", ORDERS)
def test_columns_sort_as_postgresql_sorts(registry, order):
    for question in ["", "region=06", "year_not=2021", "q=numérique"]:
        selection = GrantSelection(QueryDict(f"{question}&{order}"))
        assert selection.keys(0, 1000) == list(selection.records.values_list("pk", flat=True)), question


@pytest.mark.parametrize("order", ORDERS)
def test_pages_and_cursors_walk_the_same_road(registry, order):
    question = QueryDict(f"status=announced&status=completed&{order}")
    whole = GrantSelection(question).keys(0, 1000)
    walked, cursor = [], ""
    while cursor is not None:
        keys, cursor = GrantSelection(question).after(cursor, 7)
        walked += keys
    assert walked == whole
    assert GrantSelection(question).keys(14, 7) == whole[14:21]


@pytest.mark.parametrize("order", ORDERS)
def test_a_cursor_holds_its_place_when_the_grant_before_it_is_withdrawn(registry, order):
    whole = GrantSelection(QueryDict(order)).keys(0, 1000)
    walked, cursor = [], ""
    while cursor is not None:
        keys, cursor = GrantSelection(QueryDict(order)).after(cursor, 5)
        walked += keys
        Grant.objects.filter(pk=keys[-1]).update(publication="withdrawn", withdrawn_at=timezone.now())
    assert walked == whole


@pytest.mark.parametrize("order", ["sort=recipient", "sort=-recipient"])
def test_a_cursor_holds_its_place_when_a_recipient_is_withdrawn_with_all_it_received(registry, order):
    whole = GrantSelection(QueryDict(order)).keys(0, 1000)
    walked, cursor, gone = [], "", set()
    while cursor is not None:
        keys, cursor = GrantSelection(QueryDict(order)).after(cursor, 5)
        walked += keys
        body = Grant.objects.get(pk=keys[-1]).recipient
        if not body.is_natural_person:
            gone |= {grant.pk for grant in Grant.objects.filter(recipient=body)} - set(walked)
            withdrawn = {"publication": "withdrawn", "withdrawn_at": timezone.now()}
            Grant.objects.filter(recipient=body).published().update(**withdrawn)
            Organisation.objects.filter(pk=body.pk).update(**withdrawn)
    assert walked == [key for key in whole if key not in gone]


def test_the_counts_of_a_facet_follow_the_other_filters_but_not_its_own(registry):
    alone = GrantSelection(QueryDict("kind=college"))
    both = GrantSelection(QueryDict("kind=college&region=06&region_not=03"))
    counts = {choice.value: choice.sums for choice in both.facet("region").choices}
    assert counts == {choice.value: choice.sums for choice in alone.facet("region").choices}
    assert [choice.value for choice in both.facet("region").choices if choice.chosen] == ["06"]
    assert [choice.value for choice in both.facet("region").choices if choice.excluded] == ["03"]


def test_a_value_that_no_grant_has_is_still_shown_when_asked_for(registry):
    (choice,) = [choice for choice in GrantSelection(QueryDict("year=1999")).facet("year").choices if choice.chosen]
    assert (choice.value, choice.label, choice.sums.count) == ("1999", "1999", 0)


def test_recipients_come_with_what_they_receive_and_persons_as_one(registry):
    selection = GrantSelection(QueryDict("status_not=null"))
    groups = selection.recipients(100)
    assert sum(group.sums.count for group in groups) == selection.sums.count
    assert [group.organisation for group in groups].count(None) == 1
    assert selection.recipient_count == len(groups)
    for group in groups:
        if group.organisation:
            assert group.sums == totals_of(selection.records.filter(recipient=group.organisation))
    totals = [group.sums.total for group in groups if group.sums.total is not None]
    assert totals == sorted(totals, reverse=True)


def test_sums_keep_every_cent_of_sums_beyond_floating_point(registry):
    body = Organisation.objects.published().first()
    for cents in ("01", "02"):
        make.GrantFactory(published=True, recipient=body, amount=f"99999999999999.{cents}", currency="CAD")
    selection = GrantSelection(QueryDict(""))
    assert selection.sums == totals_of(Grant.objects.published())
    assert str(selection.sums.total).endswith(str(totals_of(Grant.objects.published()).total)[-3:])


@pytest.mark.parametrize("cursor", ["nonsense", "e30", "W10", "WyItZGF0ZSIsMSwi", "WyJhbW91bnQiLDEsMV0", "é"])
def test_a_cursor_from_nowhere_is_refused(registry, cursor):
    with pytest.raises(BadCursor):
        GrantSelection(QueryDict("")).after(cursor, 5)


def test_an_empty_registry_answers_nothing_at_all():
    selection = GrantSelection(QueryDict("region=06&q=atelier"))
    assert (selection.sums.count, selection.keys(0, 5), selection.recipients(5)) == (0, [], [])
    assert GrantSelection(QueryDict("")).sums.count == 0
