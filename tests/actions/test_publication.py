"""Draft → ready → published → withdrawn, by the right people only."""

from collections.abc import Callable

import pghistory
import pytest
from django.contrib.auth.models import User

from grants.actions.publication import Refused, make_ready, publish, return_to_draft, withdraw
from grants.models import Grant, Organisation
from grants.models.codes import Publication, Waiver
from tests.factories import GrantFactory, OrganisationFactory
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db) -> User:
    return User.objects.create_superuser("admin")


@pytest.fixture
def draft() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def ready(draft: Organisation, alice: User) -> Organisation:
    make_ready(draft, by=alice)
    return draft


@pytest.fixture
def public(ready: Organisation, bob: User) -> Organisation:
    publish(ready, by=bob)
    return ready


def test_who_and_when_are_kept_from_draft_to_withdrawal(public: Organisation, alice: User, bob: User) -> None:
    withdraw(public, by=bob, notice_fr="Entrée par erreur.")
    assert (public.ready_by, public.published_by, public.withdrawn_by) == (alice, bob, bob)
    assert public.ready_at <= public.published_at <= public.withdrawn_at


def test_saisie_cannot_publish(ready: Organisation, alice: User) -> None:
    with pytest.raises(Refused):
        publish(ready, by=alice)


def test_lecture_cannot_make_ready(draft: Organisation, charlie: User) -> None:
    with pytest.raises(Refused):
        make_ready(draft, by=charlie)


def test_who_made_a_record_ready_cannot_publish_it(draft: Organisation, bob: User) -> None:
    make_ready(draft, by=bob)
    with pytest.raises(Refused):
        publish(draft, by=bob)
    draft.refresh_from_db()
    assert draft.publication == Publication.READY


def test_who_rewrote_a_ready_record_cannot_publish_it(ready: Organisation, bob: User) -> None:
    with pghistory.context(user=bob.pk):
        Organisation.objects.filter(pk=ready.pk).update(name_fr="Tout autre chose")
    with pytest.raises(Refused):
        publish(ready, by=bob)


def test_who_wrote_a_draft_may_publish_what_another_made_ready(draft: Organisation, alice: User, bob: User) -> None:
    with pghistory.context(user=bob.pk):
        Organisation.objects.filter(pk=draft.pk).update(name_fr="Groupe MISA")
    make_ready(draft, by=alice)
    assert publish(draft, by=bob) == 1


def test_the_setting_relaxes_four_eyes_and_the_record_says_so(draft: Organisation, bob: User, settings) -> None:
    settings.FOUR_EYES = False
    make_ready(draft, by=bob)
    publish(draft, by=bob)
    assert draft.four_eyes_waiver == Waiver.SETTING


def test_an_administrator_s_exception_is_recorded_as_one(draft: Organisation, admin: User) -> None:
    make_ready(draft, by=admin)
    publish(draft, by=admin, exception=True)
    assert draft.four_eyes_waiver == Waiver.ADMINISTRATOR


def test_an_administrator_without_an_exception_is_held_to_four_eyes(draft: Organisation, admin: User) -> None:
    make_ready(draft, by=admin)
    with pytest.raises(Refused):
        publish(draft, by=admin)


def test_only_an_administrator_may_make_an_exception(draft: Organisation, bob: User) -> None:
    make_ready(draft, by=bob)
    with pytest.raises(Refused):
        publish(draft, by=bob, exception=True)


def test_a_draft_cannot_be_published_without_being_made_ready(draft: Organisation, bob: User) -> None:
    with pytest.raises(Refused):
        publish(draft, by=bob)


def test_a_ready_record_returns_to_draft(ready: Organisation, alice: User) -> None:
    return_to_draft(ready, by=alice)
    assert (ready.publication, ready.ready_by, ready.ready_at) == (Publication.DRAFT, None, None)


def test_a_withdrawal_needs_a_notice(public: Organisation, bob: User) -> None:
    with pytest.raises(Refused):
        withdraw(public, by=bob, notice_fr=" ")


def test_a_withdrawn_record_can_be_shown_again_by_two_people(public: Organisation, alice: User, bob: User) -> None:
    withdraw(public, by=bob, notice_fr="Vérification.")
    make_ready(public, by=alice)
    assert public in Organisation.objects.withdrawn()
    publish(public, by=bob)
    assert (public.withdrawn_at, public.withdrawal_notice_fr) == (None, "")


def test_a_grant_to_a_draft_recipient_cannot_be_published_and_the_message_names_it(alice: User, bob: User) -> None:
    grant = GrantFactory(recipient__name_fr="Centech")
    make_ready(grant, by=alice)
    with pytest.raises(Refused, match="Centech"):
        publish(grant, by=bob)


def test_a_recipient_with_a_published_grant_cannot_be_withdrawn(bob: User) -> None:
    grant = GrantFactory(published=True)
    with pytest.raises(Refused):
        withdraw(grant.recipient, by=bob, notice_fr="Non.")


def test_several_records_go_together_or_not_at_all(alice: User, bob: User) -> None:
    free, hindered = GrantFactory(recipient=OrganisationFactory(published=True)), GrantFactory()
    make_ready([free, hindered], by=alice)
    with pytest.raises(Refused):
        publish(Grant.objects.all(), by=bob)
    assert not Grant.objects.published().exists()


def test_the_number_of_records_changed_is_told(alice: User) -> None:
    OrganisationFactory.create_batch(3)
    assert make_ready(Organisation.objects.drafts(), by=alice) == 3


@pytest.mark.parametrize("verb", [make_ready, return_to_draft, publish])
def test_no_record_is_no_change(verb: Callable[..., int], bob: User) -> None:
    assert verb([], by=bob) == 0


def test_a_disabled_account_may_do_nothing(draft: Organisation) -> None:
    with pytest.raises(Refused):
        make_ready(draft, by=person("denis", "révision", is_active=False))
