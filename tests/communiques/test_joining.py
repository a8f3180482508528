"""A second source joins the announcement that is there: nothing twice, disagreements side by side."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from grants.communiques.draft import AnnouncementDraft, Draft, FigureDraft, GrantDraft, SourceDraft
from grants.communiques.filing import file_draft
from grants.communiques.recognising import recognise
from grants.models import Announcement, Citation, Figure, Grant, Source
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return make.AnnouncementFactory(date="2022-04-20")


@pytest.fixture
def misa(kept):
    """The grant of 5 000 $ that the registry has."""
    return make.GrantFactory(announcement=kept, amount=5000, recipient__name_fr="Groupe MISA")


def joining(kept, *grants, figures=()):
    return Draft(
        source=SourceDraft(title="Reportage", publisher="Radio", kind="news"),
        announcement=AnnouncementDraft(existing=kept.pk if kept else None, date="2022-04-21"),
        grants=list(grants),
        figures=list(figures),
    )


def line(amount="5000", **more):
    return GrantDraft(**{"name": "Groupe MISA", "amount": amount, "span": (3, 14)} | more)


def file(there, user, **more):
    return file_draft(make.CommuniqueFactory(), there, user, **more)


def test_the_same_pair_is_cited_and_not_made_again(kept, misa, alice):
    filed = file(joining(kept, line()), alice)
    assert (filed.announcement, filed.joined) == (kept, True)
    assert filed.made == {"source": 1, "citation": 2}
    assert {(one.subject, one.quote) for one in Citation.objects.all()} == {(kept, ""), (misa, "Groupe MISA")}
    assert misa.passages.count() == 1


def test_another_amount_stands_beside_as_a_claim_of_the_new_source(kept, misa, alice):
    filed = file(joining(kept, line("6000")), alice)
    claim = Figure.objects.get()
    assert (claim.grant, claim.source, claim.measure, claim.value) == (misa, filed.source, "aid", 6000)
    assert (claim.wording, claim.as_of.iso, claim.passages.count()) == ("Groupe MISA", "2022-04-21", 1)
    misa.refresh_from_db()
    assert misa.amount == 5000


def test_a_text_without_the_amount_says_nothing_against_it(kept, misa, alice):
    assert "figure" not in file(joining(kept, line("")), alice).made


def test_an_amount_that_was_lacking_is_completed(kept, misa, alice):
    Grant.objects.update(amount=None)
    assert file(joining(kept, line()), alice).changed["completed"] == 1
    misa.refresh_from_db()
    assert misa.amount == 5000


def test_a_new_recipient_becomes_a_new_grant_of_the_announcement(kept, misa, alice):
    file(joining(kept, line(), line("17000", name="Palco")), alice)
    assert kept.grants.get(recipient__name_fr="Palco").programme == kept.programme
    assert kept.grants.count() == 2


def test_the_same_recipient_with_a_second_amount_is_a_second_grant(kept, misa, alice):
    file(joining(kept, line("3000"), line()), alice)
    assert sorted(kept.grants.values_list("amount", flat=True)) == [3000, 5000]


def test_each_amount_meets_the_nearest_one(kept, misa, alice):
    make.GrantFactory(announcement=kept, recipient=misa.recipient, amount=9000)
    file(joining(kept, line("9100"), line("4900")), alice)
    claims = Figure.objects.order_by("value").values_list("grant__amount", "value")
    assert list(claims) == [(5000, 4900), (9000, 9100)]


def test_another_currency_is_told_and_not_claimed_in_dollars(kept, misa, alice):
    filed = file(joining(kept, line("4000", currency="USD")), alice)
    assert (Figure.objects.count(), len(filed.left)) == (0, 1)


def test_a_total_is_a_claim_of_its_own_beside_that_of_the_first_source(kept, alice):
    first = make.FigureFactory(programme=None, announcement=kept, value=29_000_000)
    filed = file(joining(kept, figures=[FigureDraft(measure="aid", value="28 M$")]), alice)
    assert [one.source for one in kept.figures.order_by("pk")] == [first.source, filed.source]


def test_what_the_same_source_states_already_is_not_stated_twice(kept, alice):
    source = make.SourceFactory(url="https://quebec.example/1")
    make.FigureFactory(programme=None, announcement=kept, source=source, measure="projects", value=10)
    there = joining(kept, figures=[FigureDraft(measure="projects", value="10", span=(3, 14))])
    there.source.url = source.url
    file(there, alice)
    assert Figure.objects.get().passages.count() == 1


def test_a_published_announcement_takes_drafts_and_a_draft_source(alice):
    kept = make.AnnouncementFactory(published=True, date="2022-04-20")
    misa = make.GrantFactory(published=True, announcement=kept, programme=kept.programme, amount=None)
    filed = file(joining(kept, line(organisation=misa.recipient_id)), alice)
    misa.refresh_from_db()
    assert (misa.amount, Figure.objects.get().publication, Figure.objects.get().value) == (None, "draft", 5000)
    assert not Citation.objects.published().exists()
    assert filed.left == []


def test_what_would_show_at_once_to_the_public_is_left_to_who_may_publish(alice, bob):
    kept = make.AnnouncementFactory(published=True, date="2022-04-20")
    source = make.SourceFactory(published=True, url="https://quebec.example/2")
    there = joining(kept)
    there.source.url = source.url
    assert len(file(there, alice).left) == 1
    assert not Citation.objects.exists()
    assert file(there, bob).left == []
    assert Citation.objects.published().count() == 1


def test_an_announcement_that_was_withdrawn_is_not_joined(alice):
    then = make.PUBLIC_SINCE
    kept = make.AnnouncementFactory(publication="withdrawn", ready_at=then, published_at=then, withdrawn_at=then)
    with pytest.raises(ValidationError) as error:
        file(joining(kept), alice)
    assert list(error.value.message_dict) == ["announcement-existing"]


# ── Two sources of one act, filed by two people ──────────────────────────────────────────────────────────


def new(kept, misa, url):
    there = joining(None, line(organisation=misa.recipient_id))
    there.announcement = AnnouncementDraft(programme=kept.programme_id, date="2022-04-20", title_fr="Neuf aides")
    there.source.url = url
    return there


def test_an_announcement_filed_meanwhile_is_told_before_it_is_made_twice(kept, misa, alice):
    there = new(kept, misa, "https://quebec.example/3")
    with pytest.raises(ValidationError) as error:
        file(there, alice, seen=[])
    assert list(error.value.message_dict) == ["announcement-existing"]
    seen = [one.announcement.pk for one in recognise(there)]
    assert file(there, alice, seen=seen).announcement != kept


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_file_two_sources_at_once_the_second_is_told(alice, bob):
    programme, recipient = make.ProgrammeFactory(), make.OrganisationFactory()
    texts = [make.CommuniqueFactory() for _ in range(2)]
    outcomes = []

    def press(text, user, url) -> None:
        there = joining(None, line(organisation=recipient.pk))
        there.announcement = AnnouncementDraft(programme=programme.pk, date="2022-04-20", title_fr="Neuf aides")
        there.source.url = url
        try:
            outcomes.append(file_draft(text, there, user, seen=[]).joined)
        except ValidationError as error:
            outcomes.append(next(iter(error.message_dict)))
        connections.close_all()

    threads = [
        threading.Thread(target=press, args=(text, user, f"https://quebec.example/{user}"))
        for text, user in zip(texts, (alice, bob), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["False", "announcement-existing"]
    assert (Announcement.objects.count(), Grant.objects.count(), Source.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("currency", ["dollars", "$", ""])
def test_a_currency_that_is_none_is_told_also_of_a_grant_that_is_there(kept, misa, alice, currency):
    Grant.objects.update(amount=None)
    with pytest.raises(ValidationError) as refused:
        file(joining(kept, line(currency=currency)), alice)
    assert list(refused.value.message_dict) == ["grants-0-currency"]
