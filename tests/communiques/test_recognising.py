"""A second source of one announcement is recognised; another announcement of the same programme is not."""

import pytest

from grants.communiques.draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft, SourceDraft
from grants.communiques.recognising import recognise
from grants.models import Announcement
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Announcement:
    """What the registry has: three grants on one day."""
    announcement = make.AnnouncementFactory(date="2022-04-20", title_fr="Plus de 29 M$ pour le virage numérique")
    for amount in (100, 200, 300):
        make.GrantFactory(announcement=announcement, amount=amount)
    make.FigureFactory(programme=None, announcement=announcement, value=29_000_000)
    return announcement


def draft(programme=None, date="2022-04-20", title="Autre titre", pairs=(), total="", url=""):
    figures = [FigureDraft(measure="aid", value=total)] if total else []
    return Draft(
        source=SourceDraft(url=url),
        announcement=AnnouncementDraft(programme=programme, date=date, title_fr=title),
        grants=[GrantDraft(name="x", organisation=pk, amount=amount) for pk, amount in pairs],
        figures=figures,
    )


def pairs_of(announcement, less=0):
    return [(grant.recipient_id, str(grant.amount - less)) for grant in announcement.grants.all()]


def seen(found):
    return [one.announcement for one in found]


def test_the_same_address_leads_to_what_it_was_filed_for(kept):
    citation = make.CitationFactory(grant=None, announcement=kept, source__url="https://quebec.example/a")
    (found,) = recognise(draft(date="", url=citation.source.url))
    assert (found.announcement, found.score, found.reasons, found.is_sure) == (kept, 100, ["same_source"], True)


def test_the_same_pairs_a_day_later_are_the_same_announcement(kept):
    (found,) = recognise(draft(kept.programme_id, "2022-04-21", pairs=pairs_of(kept)))
    assert found.announcement == kept
    assert found.is_sure
    assert found.reasons == ["near_date", "same_programme", "same_pairs"]


def test_pairs_without_a_date_are_recognised(kept):
    assert seen(recognise(draft(date="", pairs=pairs_of(kept)))) == [kept]


def test_a_report_with_the_same_total_on_the_same_day_is_recognised(kept):
    (found,) = recognise(draft(kept.programme_id, total="29000000"))
    assert found.is_sure
    assert "same_total" in found.reasons


def test_the_same_title_on_the_same_day_is_recognised(kept):
    (found,) = recognise(draft(title="PLUS DE 29 M$ pour le virage numérique"))
    assert found.reasons == ["same_day", "same_title"]


def test_the_same_recipients_with_other_amounts_are_offered_and_not_sure(kept):
    (found,) = recognise(draft(kept.programme_id, "2022-04-22", pairs=pairs_of(kept, less=1)))
    assert ("same_recipients" in found.reasons, found.is_sure) == (True, False)


def test_the_same_programme_on_the_same_day_is_only_offered(kept):
    (found,) = recognise(draft(kept.programme_id))
    assert (found.announcement, found.is_sure) == (kept, False)


@pytest.mark.parametrize("date", ["2022-04-25", "2022-04", "2022", "2021-04-20"])
def test_the_same_programme_on_another_day_is_another_announcement(kept, date):
    assert recognise(draft(kept.programme_id, date)) == []


@pytest.mark.parametrize("date", ["2022-04", "2022"])
def test_a_date_known_to_the_month_may_be_the_same_day(kept, date):
    (found,) = recognise(draft(kept.programme_id, date, total="29000000"))
    assert found.reasons == ["near_date", "same_programme", "same_total"]


def test_what_was_withdrawn_is_not_recognised(kept):
    Announcement.objects.update(
        publication="withdrawn",
        ready_at=make.PUBLIC_SINCE,
        published_at=make.PUBLIC_SINCE,
        withdrawn_at=make.PUBLIC_SINCE,
    )
    assert recognise(draft(kept.programme_id, pairs=pairs_of(kept))) == []


def test_an_empty_draft_recognises_nothing(kept):
    assert recognise(Draft()) == []
    assert recognise(draft(date="n’importe quoi")) == []


def test_recognising_takes_few_queries(kept, django_assert_max_num_queries):
    make.AnnouncementFactory.create_batch(5)
    with django_assert_max_num_queries(8):
        recognise(draft(kept.programme_id, pairs=pairs_of(kept), url="https://quebec.example/b"))


@pytest.mark.parametrize("known", [True, False])
def test_another_list_of_recipients_is_another_act_whatever_its_title_and_total(kept, known):
    line = GrantDraft(name="Coop du Nord", organisation=make.OrganisationFactory().pk if known else None, amount="5")
    same = draft(kept.programme_id, title=kept.title_fr, total="29000000")
    same.grants.append(line)
    (found,) = recognise(same)
    assert (found.announcement, found.is_sure) == (kept, False)


def test_a_recipient_not_known_by_name_yet_may_be_the_same(kept):
    same = draft(kept.programme_id, title=kept.title_fr)
    same.grants.append(GrantDraft(name=kept.grants.first().recipient.name_fr.upper(), amount="5"))
    assert recognise(same)[0].is_sure


def test_a_document_of_several_acts_leads_first_to_the_one_of_that_day(kept):
    source = make.SourceFactory(url="https://quebec.example/toutes")
    others = [make.AnnouncementFactory(date=f"2021-0{month}-20", programme=kept.programme) for month in range(1, 9)]
    for announcement in (kept, *others):
        make.CitationFactory(grant=None, announcement=announcement, source=source)
    found = recognise(draft(kept.programme_id, url=source.url))
    assert [one.announcement for one in found if one.is_sure] == [kept]
