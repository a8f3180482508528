"""A correction: both documents and both values stay; who may not change the grant leaves a claim."""

import pytest
from django.core.exceptions import ValidationError

from grants.actions.publication import withdraw
from grants.communiques.draft import AmendmentDraft, AnnouncementDraft, Draft, SourceDraft
from grants.communiques.filing import file_draft
from grants.models import Announcement, Figure, Source
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant():
    """A grant of 374 700 $, as its source said."""
    grant = make.GrantFactory(amount=374_700, date="2022-04-20")
    make.CitationFactory(grant=grant, quote="(374 700 $)", source__language="fr")
    return grant


def correcting(of, **more):
    values = {"grant": of.pk if of else None, "recipient": "x", "was": "374700", "now": "374000", "span": (3, 14)}
    return Draft(
        source=SourceDraft(title="Rectificatif", publisher="Gouvernement du Québec", published="2022-05-02"),
        announcement=AnnouncementDraft(date="2022-05-02"),
        amendments=[AmendmentDraft(**values | more)],
    )


def file(there, user):
    return file_draft(make.CommuniqueFactory(), there, user)


def claims(grant):
    return {(figure.source.title, int(figure.value)) for figure in grant.figures.all()}


def test_the_grant_is_amended_and_both_values_keep_their_source(grant, alice):
    old = grant.citations.get().source
    filed = file(correcting(grant), alice)
    grant.refresh_from_db()
    assert (grant.amount, grant.status, grant.status_date.iso) == (374_000, "amended", "2022-05-02")
    assert claims(grant) == {("Rectificatif", 374_000), (old.title, 374_700)}
    assert set(grant.citations.values_list("source", flat=True)) == {old.pk, filed.source.pk}
    assert (filed.changed["amended"], filed.left) == (1, [])


def test_each_value_keeps_its_own_words_and_day(grant, alice):
    file(correcting(grant), alice)
    old, new = Figure.objects.filter(grant=grant).order_by("-value")
    assert (old.wording, old.as_of.iso) == ("(374 700 $)", "2022-04-20")
    assert (new.wording, new.as_of.iso, new.passages.count()) == ("Groupe MISA", "2022-05-02", 1)


def test_a_text_that_does_nothing_but_correct_announces_nothing(grant, alice):
    assert file(correcting(grant), alice).announcement is None
    assert not Announcement.objects.exists()


def test_an_earlier_value_that_a_figure_tells_already_is_not_told_twice(grant, alice):
    make.FigureFactory(programme=None, grant=grant, measure="aid", value=374_700)
    file(correcting(grant), alice)
    assert grant.figures.count() == 2


def test_the_source_of_the_announcement_stands_for_a_grant_without_one(alice):
    announcement = make.AnnouncementFactory()
    grant = make.GrantFactory(announcement=announcement, amount=5)
    old = make.CitationFactory(grant=None, announcement=announcement).source
    file(correcting(grant), alice)
    assert (old.title, 5) in claims(grant)


def test_a_published_grant_stays_as_it_is_for_who_may_not_publish(alice):
    grant = make.GrantFactory(published=True, amount=374_700)
    filed = file(correcting(grant), alice)
    grant.refresh_from_db()
    assert (grant.amount, grant.status) == (374_700, "announced")
    assert (claims(grant), grant.figures.get().publication) == ({("Rectificatif", 374_000)}, "draft")
    assert len(filed.left) == 1


def test_who_may_publish_amends_a_published_grant(bob):
    grant = make.GrantFactory(published=True, amount=374_700)
    assert file(correcting(grant), bob).left == []
    grant.refresh_from_db()
    assert (grant.amount, grant.publication) == (374_000, "published")


def test_a_grant_that_is_right_already_is_only_cited(grant, alice):
    file(correcting(grant, now="374 700 $"), alice)
    grant.refresh_from_db()
    assert (grant.status, grant.citations.count()) == ("announced", 2)


def test_what_is_not_taken_changes_nothing(grant, alice):
    programme = make.ProgrammeFactory()
    there = correcting(grant, take=False)
    there.announcement = AnnouncementDraft(programme=programme.pk, title_fr="Rectificatif")
    file(there, alice)
    grant.refresh_from_db()
    assert (grant.amount, grant.figures.count()) == (374_700, 0)


def test_a_total_that_is_corrected_is_a_claim_beside_the_first(alice):
    announcement = make.AnnouncementFactory()
    make.FigureFactory(programme=None, announcement=announcement, value=29_000_000)
    there = correcting(None, measure="aid", now="28 M$")
    there.announcement.existing = announcement.pk
    file(there, alice)
    assert sorted(announcement.figures.values_list("value", flat=True)) == [28_000_000, 29_000_000]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"grant": None}, "grant"), ({"grant": 10**9}, "grant"), ({"now": ""}, "now"), ({"now": "?"}, "now")],
)
def test_a_correction_that_is_wrong_is_told_and_nothing_is_made(grant, alice, change, field):
    before = Source.objects.count()
    with pytest.raises(ValidationError) as error:
        file(correcting(grant, **change), alice)
    assert list(error.value.message_dict) == [f"amendments-0-{field}"]
    assert Source.objects.count() == before


def test_a_grant_that_no_longer_stands_is_not_brought_back(alice, bob):
    cancelled, withdrawn = make.GrantFactory(status="cancelled"), make.GrantFactory(published=True)
    withdraw(withdrawn, by=bob, notice_fr="Une erreur.")
    for grant in (cancelled, withdrawn):
        with pytest.raises(ValidationError) as refused:
            file(correcting(grant), alice)
        assert list(refused.value.message_dict) == ["amendments-0-grant"]


def test_an_amount_in_another_currency_is_left_as_it_is(alice):
    grant = make.GrantFactory(amount=374_700, currency="USD")
    filed = file(correcting(grant), alice)
    grant.refresh_from_db()
    assert (grant.amount, grant.figures.count(), len(filed.left)) == (374_700, 0, 1)


def test_two_right_amounts_of_one_grant_are_told(grant, alice):
    twice = correcting(grant)
    twice.amendments += correcting(grant, now="373000").amendments
    with pytest.raises(ValidationError) as refused:
        file(twice, alice)
    assert list(refused.value.message_dict) == ["amendments-1-now"]
    twice.amendments[1].now = "374 000 $"
    assert file(twice, alice).changed == {"amended": 1}
