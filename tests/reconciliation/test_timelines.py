"""What was promised under a programme and what is itemised, year after year."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Figure, Programme
from grants.reconciliation.ledgers import Ledger, Sums
from grants.reconciliation.programmes import reconcile_programme
from grants.reconciliation.timelines import Claim, acts_of, timeline, timeline_of
from grants.values.partial_dates import PartialDate
from tests.factories import AnnouncementFactory, FigureFactory, ProgrammeFactory


def claimed(value, as_of, measure="aid", scope="cumulative"):
    day = PartialDate.parse(as_of) if as_of else None
    return Figure(measure=measure, value=D(value), scope=scope, as_of=day, nature="commitment")


def act(value, day):
    return Claim(claimed(value, day, scope="act"), PartialDate.parse(day) if day else None)


def book(**days):
    """`book(y2022_04_30=5)`: 5 $ granted on 30 April 2022; `y9999`: nobody knows when."""
    return Ledger({day[1:].replace("_", "-"): Sums(amount=D(amount), grants=1) for day, amount in days.items()})


def announced(figures=(), acts=(), ledger=None):
    return {year.year: year.announced for year in timeline(figures, acts, ledger or Ledger()).years}


def test_nothing_known_is_no_year():
    assert timeline([], [], Ledger()).years == ()


def test_grants_add_up_from_year_to_year_and_a_year_without_any_is_there():
    years = timeline([], [], book(y2020_12_31=5, y2022_04_30=7)).years
    assert [(year.year, year.itemised.amount) for year in years] == [(2020, 5), (2021, 5), (2022, 12)]


def test_an_envelope_holds_until_another_is_claimed():
    figures = [claimed(130, "2021-03", "envelope", "act"), claimed(150, "2023", "envelope", "act")]
    assert [year.envelope for year in timeline(figures, [], Ledger()).years] == [130, 130, 150]


def test_acts_add_up():
    assert announced(acts=[act(20, "2021-03-29"), act(5, "2022")]) == {2021: 20, 2022: 25}


def test_a_year_before_the_first_claim_has_no_value():
    assert announced(acts=[act(20, "2022")], ledger=book(y2021_05_31=3)) == {2021: None, 2022: 20}


def test_a_cumulative_claim_takes_in_the_acts_before_it_and_not_those_after():
    acts = [act(25, "2022-01"), act(29, "2022-04-20")]
    assert announced([claimed(81, "2022-03")], acts) == {2022: 110}


def test_acts_that_state_more_than_a_later_cumulative_claim_win_over_it():
    assert announced([claimed(81, "2022-03")], [act(90, "2022-01")]) == {2022: 90}


def test_the_latest_cumulative_claim_counts_from_its_year_on():
    assert announced([claimed(10, "2020"), claimed(50, "2022")]) == {2020: 10, 2021: 10, 2022: 50}


def test_what_has_no_date_is_in_no_year_and_told_apart():
    found = timeline([claimed(81, None)], [act(3, None)], book(y2020_12_31=5, y9999=7))
    assert [(year.year, year.announced, year.itemised.amount) for year in found.years] == [(2020, None, 5)]
    assert found.undated.amount == 7
    assert [claim.value for claim in found.undated_claims] == [81, 3]


def test_a_target_is_no_claim_of_aid():
    figure = claimed(81, "2022")
    figure.nature = "target"
    assert announced([figure]) == {}


def test_each_year_names_the_claims_that_speak_for_it_in_order():
    acts = [act(29, "2022-04-20"), act(25, "2022-01")]
    (year,) = timeline([claimed(81, "2022-03")], acts, Ledger()).years
    assert [claim.value for claim in year.claims] == [25, 81, 29]


def test_centuries_apart_only_the_years_in_which_something_happened_are_there():
    assert list(announced(acts=[act(1, "1690"), act(2, "2022")])) == [1690, 2022]


@pytest.mark.django_db
def test_otn_announced_110_millions_by_the_end_of_2022(first_source):
    otn = Programme.objects.get(public_id="otn")
    years = timeline_of(otn.pk, reconcile_programme(otn)).years
    assert [(year.year, year.envelope, year.announced, year.itemised.amount) for year in years] == [
        (2021, 130_000_000, None, None),
        (2022, 130_000_000, 110_000_000, D("29249885.00")),
    ]


@pytest.mark.django_db
def test_an_act_states_its_preferred_claim_only_and_a_draft_nothing():
    programme = ProgrammeFactory(published=True)
    announcement = AnnouncementFactory(published=True, programme=programme, date="2022-01")
    about = {"programme": None, "announcement": announcement}
    FigureFactory(published=True, value=25, **about)
    FigureFactory(published=True, value=24, preferred=True, **about)
    FigureFactory(value=99, announcement=AnnouncementFactory(programme=programme), programme=None)
    assert [claim.value for claim in acts_of(programme.pk)] == [24]


@pytest.mark.django_db
def test_a_timeline_takes_one_query_beside_the_report():
    programme = ProgrammeFactory(published=True)
    report = reconcile_programme(programme)
    with CaptureQueriesContext(connection) as queries:
        timeline_of(programme.pk, report)
    assert len(queries) == 1
