"""The buttons and list actions that move records along, and who may press them."""

import pytest

from grants.models import Grant, Organisation, OrganisationName
from tests.factories import AnnouncementFactory, GrantFactory, OrganisationFactory, SourceFactory
from tests.people import person

from .pages import address, as_sent, messages_of, signed_in

pytestmark = pytest.mark.django_db


def press(client, record, verb, **sent):
    """Press a button of a record's page, as the page would send it."""
    url = f"{address(record, 'change').removesuffix('change/')}publication/{verb}/"
    return client.post(url, {"seen_version": record.version, **sent}, follow=True)


def choose(client, model, verb, records, **sent):
    """Choose records in the list and run an action."""
    chosen = {"action": verb, "_selected_action": [record.pk for record in records], "index": 0, **sent}
    return client.post(address(model, "changelist"), chosen, follow=True)


def state_of(record):
    record.refresh_from_db()
    return record.publication


def test_alice_makes_ready_and_bob_publishes(alice, bob):
    organisation = OrganisationFactory()
    press(signed_in(alice), organisation, "make_ready")
    assert state_of(organisation) == "ready"
    response = press(signed_in(bob), organisation, "publish")
    assert state_of(organisation) == "published"
    assert organisation.published_by == bob
    assert "Publier : 1 fiche." in messages_of(response)[0].replace("\xa0", " ")


def test_bob_cannot_publish_what_he_made_ready_himself(bob):
    organisation = OrganisationFactory()
    client = signed_in(bob)
    press(client, organisation, "make_ready")
    organisation.refresh_from_db()
    press(client, organisation, "publish")
    assert state_of(organisation) == "ready"


def test_alice_has_no_button_to_publish_and_cannot_send_it(alice):
    organisation = OrganisationFactory(publication="ready", ready_at="2026-11-22T12:00Z")
    client = signed_in(alice)
    page = client.get(address(organisation)).content.decode()
    assert "publication/publish/" not in page
    assert "publication/return_to_draft/" in page
    assert press(client, organisation, "publish").status_code == 403
    assert (
        "publish" not in client.get(address(Organisation, "changelist")).context["action_form"].fields["action"].choices
    )
    assert state_of(organisation) == "ready"


def test_charlie_sees_everything_and_changes_nothing(charlie):
    organisation, client = OrganisationFactory(), signed_in(charlie)
    page = client.get(address(organisation))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.post(address(organisation), {"name_fr": "Autre"}).status_code == 403
    assert press(client, organisation, "make_ready").status_code == 403


def test_alice_reads_what_is_published_and_cannot_correct_it(alice):
    grant, client = GrantFactory(published=True), signed_in(alice)
    page = client.get(address(grant))
    assert 'name="_save"' not in page.content.decode()
    assert client.post(address(grant), {"amount": "5"}).status_code == 403
    assert client.get(address(grant, "delete")).status_code == 403


def test_what_was_published_is_not_deleted_by_a_list_action(bob):
    kept, draft = SourceFactory(published=True), SourceFactory()
    model = type(kept)
    choose(signed_in(bob), model, "delete_selected", [kept, draft], post="yes")
    assert model.objects.count() == 2


def test_an_exception_is_for_administrators_who_confirm_it(alice):
    root = person("root", is_superuser=True)
    organisation, client = OrganisationFactory(), signed_in(root)
    press(client, organisation, "make_ready")
    organisation.refresh_from_db()
    asked = press(client, organisation, "publish_exception")
    assert state_of(organisation) == "ready"
    assert "exception" in asked.content.decode()
    press(client, organisation, "publish_exception", confirmed="1")
    assert state_of(organisation) == "published"
    assert organisation.four_eyes_waiver == "administrator"
    assert press(signed_in(alice), organisation, "publish_exception", confirmed="1").status_code == 403


def test_a_withdrawal_asks_for_its_notice(bob):
    organisation, client = OrganisationFactory(published=True), signed_in(bob)
    press(client, organisation, "withdraw", confirmed="1", notice_fr="")
    assert state_of(organisation) == "published"
    press(client, organisation, "withdraw", confirmed="1", notice_fr="Saisi par erreur.", notice_en="A mistake.")
    assert state_of(organisation) == "withdrawn"
    assert organisation.withdrawal_notice_fr == "Saisi par erreur."


def test_a_list_action_publishes_all_or_none_and_names_those_in_the_way(bob):
    ready = [AnnouncementFactory(publication="ready", ready_at="2026-11-22T12:00Z") for _one in range(2)]
    draft = AnnouncementFactory(title_fr="Annonce gênante")
    response = choose(signed_in(bob), type(draft), "publish", [*ready, draft])
    assert [state_of(one) for one in ready] == ["ready", "ready"]
    assert any("Annonce gênante" in message for message in messages_of(response))


def test_a_list_action_withdraws_after_its_notice(bob):
    published, client = [OrganisationFactory(published=True) for _one in range(2)], signed_in(bob)
    asked = choose(client, Organisation, "withdraw", published)
    assert "notice_fr" in asked.content.decode()
    choose(client, Organisation, "withdraw", published, confirmed="1", notice_fr="Doublons.")
    assert [state_of(one) for one in published] == ["withdrawn", "withdrawn"]


def test_a_button_pressed_over_a_changed_record_does_nothing(bob):
    organisation = OrganisationFactory(publication="ready", ready_at="2026-11-22T12:00Z")
    seen = organisation.version
    Organisation.objects.filter(pk=organisation.pk).update(name_fr="Changé entre-temps")
    response = press(signed_in(bob), organisation, "publish", seen_version=seen)
    assert state_of(organisation) == "ready"
    assert "modifiée depuis" in messages_of(response)[0]


def test_a_visit_to_a_button_does_nothing(bob):
    organisation = OrganisationFactory(publication="ready", ready_at="2026-11-22T12:00Z")
    url = f"{address(organisation).removesuffix('change/')}publication/publish/"
    assert signed_in(bob).get(url).status_code == 200
    assert state_of(organisation) == "ready"


def test_the_public_page_is_offered_only_for_what_is_published(bob):
    client = signed_in(bob)
    assert not client.get(address(GrantFactory())).context["has_absolute_url"]
    assert client.get(address(GrantFactory(published=True))).context["absolute_url"].startswith("/aides/")


def test_a_duplicate_comes_back_listed_and_is_saved_when_it_is_another(alice):
    there = OrganisationFactory(name_fr="Coopérative des Rives")
    client, url = signed_in(alice), address(Organisation, "add")
    sent = as_sent(client.get(url)) | {"name_fr": "La cooperative des rives inc."}
    response = client.post(url, sent)
    assert Organisation.objects.count() == 1
    assert address(there) in response.content.decode()
    assert client.post(url, sent | {"save_anyway": "on"}).status_code == 302
    assert Organisation.objects.count() == 2


def test_an_unchanged_name_is_not_looked_up_again(alice):
    OrganisationFactory(name_fr="Coopérative des Rives")
    twin = OrganisationFactory(name_fr="Cooperative des rives")
    client = signed_in(alice)
    sent = as_sent(client.get(address(twin))) | {"city": "Alma"}
    assert client.post(address(twin), sent).status_code == 302


def test_bob_merges_two_organisations_after_seeing_what_moves(alice, bob):
    kept, other = OrganisationFactory(name_fr="Coopérative des Rives"), OrganisationFactory(name_fr="Coop des Rives")
    grant = GrantFactory(recipient=other)
    client = signed_in(bob)
    asked = choose(client, Organisation, "merge", [kept, other])
    assert "1 aides financières" in asked.content.decode()
    client.post(asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"], {"kept": kept.pk})
    grant.refresh_from_db()
    assert grant.recipient == kept
    assert OrganisationName.objects.filter(organisation=kept, name="Coop des Rives").exists()
    page = signed_in(alice).get(address(other))
    assert address(kept) in page.content.decode()
    assert 'name="_save"' not in page.content.decode()


def test_alice_cannot_merge(alice):
    pair = [OrganisationFactory(), OrganisationFactory()]
    url = f"{address(Organisation, 'changelist')}merge/?one={pair[0].pk}&other={pair[1].pk}"
    assert signed_in(alice).post(url, {"kept": pair[0].pk}).status_code == 403


def test_a_merge_of_nothing_says_what_to_choose(bob):
    response = signed_in(bob).get(
        f"{address(Organisation, 'changelist')}merge/?one=zz&other=99999999999999999999", follow=True
    )
    assert "exactement deux" in messages_of(response)[0]


def test_the_programme_id_is_typed_once(alice):
    from grants.models import Programme

    client = signed_in(alice)
    sent = as_sent(client.get(address(Programme, "add"))) | {"public_id": "essai", "name_fr": "Essai"}
    client.post(address(Programme, "add"), sent)
    programme = Programme.objects.get(public_id="essai")
    client.post(address(programme), as_sent(client.get(address(programme))) | {"public_id": "autre"})
    programme.refresh_from_db()
    assert programme.public_id == "essai"


def test_a_grant_entered_under_an_announcement_is_of_its_programme(alice):
    announcement, recipient = AnnouncementFactory(), OrganisationFactory()
    client = signed_in(alice)
    sent = as_sent(client.get(address(announcement))) | {
        "grants-TOTAL_FORMS": 1,
        "grants-0-recipient": recipient.pk,
        "grants-0-amount": "2,3 M$",
        "grants-0-status": "announced",
    }
    assert client.post(address(announcement), sent).status_code == 302
    grant = Grant.objects.get()
    assert (grant.programme_id, grant.amount) == (announcement.programme_id, 2_300_000)
