"""A programme's envelopes beside what was granted under it."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Programme
from grants.reconciliation.ledgers import last_day
from grants.reconciliation.programmes import reconcile_programme, reconcile_programmes
from grants.reconciliation.verdicts import Verdict
from grants.values.partial_dates import PartialDate
from tests.factories import FigureFactory, GrantFactory, GrantProjectFactory, ProgrammeFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def otn(first_source) -> Programme:
    return Programme.objects.get(public_id="otn")


def test_otn_has_nineteen_millions_left_of_its_envelope(otn: Programme) -> None:
    report = reconcile_programme(otn)
    assert (report.envelope, report.claimed, report.itemised_after) == (130_000_000, 81_000_000, D("29249885.00"))
    assert (report.granted, report.left) == (D("110249885.00"), D("19750115.00"))


def test_none_of_otn_s_earlier_grants_is_itemised(otn: Programme) -> None:
    assert reconcile_programme(otn).claimed_not_itemised == 81_000_000


def test_each_cumulative_claim_stands_beside_the_registry_s_own_sum(otn: Programme) -> None:
    lines = {line.figure.measure: line.comparison for line in reconcile_programme(otn).cumulative}
    assert set(lines) == {"aid", "projects", "project_cost"}
    assert all((line.itemised, line.verdict) == (None, Verdict.PARTIAL) for line in lines.values())


@pytest.fixture
def programme() -> Programme:
    programme = ProgrammeFactory(published=True)
    FigureFactory(published=True, programme=programme, measure="envelope", value=100)
    return programme


def so_far(programme: Programme, value: int, as_of: str, measure: str = "aid") -> None:
    FigureFactory(published=True, programme=programme, measure=measure, value=value, scope="cumulative", as_of=as_of)


def granted(programme: Programme, amount: int, date: str, **more: object) -> None:
    GrantFactory(published=True, programme=programme, amount=amount, date=date, **more)


def test_without_a_cumulative_claim_what_is_granted_is_what_is_itemised(programme: Programme) -> None:
    granted(programme, 30, "2022-04-20")
    assert (reconcile_programme(programme).granted, reconcile_programme(programme).left) == (30, 70)


def test_grants_entered_later_for_the_claimed_past_are_not_counted_twice(programme: Programme) -> None:
    so_far(programme, 50, "2022-03")
    granted(programme, 20, "2021-10")
    granted(programme, 5, "2022-04-20")
    report = reconcile_programme(programme)
    assert (report.granted, report.claimed_not_itemised) == (55, 30)


def test_itemised_grants_beyond_the_claim_of_their_time_win_over_it(programme: Programme) -> None:
    so_far(programme, 50, "2022-03")
    granted(programme, 60, "2022-01")
    assert reconcile_programme(programme).granted == 60


def test_a_year_that_may_end_after_the_claim_is_not_before_it(programme: Programme) -> None:
    so_far(programme, 50, "2022-03")
    granted(programme, 10, "2022")
    assert reconcile_programme(programme).granted == 60


def test_the_latest_cumulative_claim_counts(programme: Programme) -> None:
    so_far(programme, 40, "2021-12")
    so_far(programme, 50, "2022-03")
    assert reconcile_programme(programme).claimed == 50


def test_an_unknown_amount_is_told_and_not_taken_for_nothing(programme: Programme) -> None:
    granted(programme, None, "2022-04-20")
    report = reconcile_programme(programme)
    assert (report.granted, report.unknown_amounts) == (None, 1)


def test_cumulative_counts_of_recipients_and_projects_count_each_once(programme: Programme) -> None:
    so_far(programme, 1, "2022-12", "recipients")
    so_far(programme, 2, "2022-12", "projects")
    first = GrantFactory(published=True, programme=programme, date="2022-01-05")
    again = GrantFactory(published=True, programme=programme, date="2022-02-05", recipient=first.recipient)
    project = ProjectFactory(published=True)
    for grant in (first, again):
        GrantProjectFactory(grant=grant, project=project)
    granted(programme, 1, "2022-03-05", recipient=first.recipient)
    lines = {line.figure.measure: line.comparison.itemised for line in reconcile_programme(programme).cumulative}
    assert lines == {"recipients": 1, "projects": 2}


def test_two_sources_that_disagree_stand_side_by_side_the_preferred_first(programme: Programme) -> None:
    for value, preferred in ((39, False), (35, True)):
        FigureFactory(
            published=True,
            programme=programme,
            measure="projects",
            value=value,
            scope="cumulative",
            preferred=preferred,
        )
    assert [[figure.value for figure in group] for group in reconcile_programme(programme).disagreements] == [[35, 39]]


@pytest.mark.parametrize("date", ["2021", "2021-03", "2021-03-29"])
def test_python_and_postgresql_fill_up_a_date_alike(programme: Programme, date: str) -> None:
    so_far(programme, 50, date)
    granted(programme, 10, date)
    assert reconcile_programme(programme).granted == 50
    assert last_day(PartialDate.parse(date)) >= PartialDate.parse(date).last_day.isoformat()


def test_the_queries_do_not_grow_with_the_grants(programme: Programme) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reconcile_programmes(Programme.objects.all())
        return len(captured)

    before = queries()
    for day in range(1, 9):
        granted(programme, day, f"2022-04-0{day}")
    assert queries() == before
