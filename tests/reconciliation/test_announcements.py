"""An announcement's stated figures beside its grants."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.models import Announcement
from grants.reconciliation.announcements import Line, overall, reconcile_announcement, reconcile_announcements
from grants.reconciliation.verdicts import Verdict
from tests.factories import AnnouncementFactory, FigureFactory, GrantFactory, GrantProjectFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def line(announcement: Announcement, measure: str, **how: bool) -> Line:
    return next(line for line in reconcile_announcement(announcement, **how) if line.measure == measure)


@pytest.mark.parametrize(
    ("measure", "itemised", "verdict"),
    [
        ("aid", D("29249885.00"), Verdict.CONSISTENT),
        ("recipients", 9, Verdict.EXACT),
        ("projects", 10, Verdict.EXACT),
        ("project_cost", None, Verdict.NOTHING),
    ],
)
def test_the_first_source_adds_up_as_written(first_source, measure: str, itemised: D, verdict: Verdict) -> None:
    found = line(Announcement.objects.get(public_id="otn-2022-04-20"), measure)
    assert (found.itemised, found.verdict) == (itemised, verdict)


def test_january_has_twenty_five_millions_to_find(first_source) -> None:
    found = line(Announcement.objects.get(public_id="otn-2022-01"), "aid")
    assert (found.verdict, found.to_find) == (Verdict.PARTIAL, D(25_000_000))


def announced(**figure: object) -> Announcement:
    announcement = AnnouncementFactory(published=True, list_state="complete")
    FigureFactory(published=True, programme=None, announcement=announcement, **figure)
    return announcement


def test_a_draft_grant_counts_for_staff_and_not_for_the_public() -> None:
    announcement = announced(value=1000)
    GrantFactory(announcement=announcement, amount=1000)
    assert line(announcement, "aid").verdict == Verdict.PARTIAL
    assert line(announcement, "aid", published_only=False).verdict == Verdict.EXACT


def test_a_draft_figure_states_nothing_in_public() -> None:
    announcement = AnnouncementFactory(published=True)
    FigureFactory(programme=None, announcement=announcement)
    assert reconcile_announcement(announcement) == []


def test_a_cancelled_grant_is_no_part_of_the_sum() -> None:
    announcement = announced(value=1000)
    GrantFactory(published=True, announcement=announcement, amount=1000)
    GrantFactory(published=True, announcement=announcement, amount=500, status="cancelled")
    assert line(announcement, "aid").verdict == Verdict.EXACT


def test_an_amount_in_another_currency_is_not_added_to_dollars() -> None:
    announcement = announced(value=1000)
    GrantFactory(published=True, announcement=announcement, amount=1000)
    GrantFactory(published=True, announcement=announcement, amount=500, currency="EUR")
    assert (line(announcement, "aid").itemised, line(announcement, "aid").missing) == (1000, 1)


def test_a_target_is_not_compared_with_grants() -> None:
    assert reconcile_announcement(announced(value=1000, nature="target")) == []


def test_a_project_shared_by_two_grants_counts_once_and_an_unnamed_one_counts() -> None:
    announcement = announced(measure="projects", value=2)
    shared = ProjectFactory(published=True)
    for _ in range(2):
        GrantProjectFactory(grant=GrantFactory(published=True, announcement=announcement), project=shared)
    GrantFactory(published=True, announcement=announcement)
    assert line(announcement, "projects").verdict == Verdict.EXACT


def test_two_grants_to_one_recipient_are_one_recipient() -> None:
    announcement = announced(measure="recipients", value=1)
    first = GrantFactory(published=True, announcement=announcement)
    GrantFactory(published=True, announcement=announcement, recipient=first.recipient)
    assert line(announcement, "recipients").verdict == Verdict.EXACT


def test_claims_that_disagree_each_have_their_line_the_preferred_first() -> None:
    announcement = announced(value=25)
    FigureFactory(published=True, programme=None, announcement=announcement, value=24, preferred=True)
    assert [line.stated.value for line in reconcile_announcement(announcement) if line.stated] == [24, 25]


def test_an_announcement_is_as_bad_as_its_worst_line(first_source) -> None:
    lines = reconcile_announcement(Announcement.objects.get(public_id="otn-2022-04-20"))
    assert overall(lines) == Verdict.CONSISTENT


def test_the_queries_do_not_grow_with_the_announcements(first_source) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reconcile_announcements(Announcement.objects.all())
        return len(captured)

    before = queries()
    for _ in range(5):
        GrantProjectFactory(grant=GrantFactory(published=True, announcement=announced(value=1)))
    assert queries() == before
