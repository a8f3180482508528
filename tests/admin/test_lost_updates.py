"""Two people on one record: the second is told, nothing is lost, and two savings at once cannot both win."""

import threading

import pytest
from django.db import connection

from grants.models import Grant, Organisation, OrganisationName
from tests.factories import FigureFactory, GrantFactory, OrganisationFactory, OrganisationNameFactory, ProgrammeFactory

from .pages import address, as_sent, errors_of, signed_in

pytestmark = pytest.mark.django_db


def test_the_second_editor_is_told_and_nothing_is_saved(alice, bob):
    organisation = OrganisationFactory(name_fr="Coopérative des Rives", city="Alma")
    hers, his = signed_in(alice), signed_in(bob)
    typed = as_sent(hers.get(address(organisation))) | {"city": "Gaspé"}
    his.post(address(organisation), as_sent(his.get(address(organisation))) | {"city": "Matane"})
    response = hers.post(address(organisation), typed)
    assert "Quelqu’un a modifié cette fiche" in errors_of(response)
    page = response.content.decode()
    assert "bob" in page
    assert 'value="Gaspé"' in page
    assert "Matane" in page
    organisation.refresh_from_db()
    assert organisation.city == "Matane"


def test_sending_again_over_the_shown_version_saves(alice, bob):
    organisation = OrganisationFactory(city="Alma")
    hers, his = signed_in(alice), signed_in(bob)
    typed = as_sent(hers.get(address(organisation))) | {"city": "Gaspé"}
    his.post(address(organisation), as_sent(his.get(address(organisation))) | {"city": "Matane"})
    again = as_sent(hers.post(address(organisation), typed))
    assert hers.post(address(organisation), again).status_code == 302
    organisation.refresh_from_db()
    assert organisation.city == "Gaspé"


def test_a_field_that_only_the_other_changed_keeps_the_others_value(alice, bob):
    organisation = OrganisationFactory(city="Alma")
    hers, his = signed_in(alice), signed_in(bob)
    typed = as_sent(hers.get(address(organisation))) | {"city": "Gaspé"}
    changed = {"website": "https://example.org/", "founded": "1969", "is_nonprofit": "true", "is_natural_person": "on"}
    his.post(address(organisation), as_sent(his.get(address(organisation))) | changed)
    hers.post(address(organisation), as_sent(hers.post(address(organisation), typed)))
    organisation.refresh_from_db()
    assert (organisation.city, organisation.website, organisation.founded.iso) == (
        "Gaspé",
        "https://example.org/",
        "1969",
    )
    assert organisation.is_nonprofit
    assert organisation.is_natural_person


def test_a_form_without_its_version_is_not_trusted(alice):
    organisation = OrganisationFactory(city="Alma")
    client = signed_in(alice)
    for version in (None, "", "zzz", "99"):
        sent = as_sent(client.get(address(organisation))) | {"city": "Gaspé", "seen_version": version}
        response = client.post(
            address(organisation), {name: value for name, value in sent.items() if value is not None}
        )
        assert "Quelqu’un" in errors_of(response)


def test_a_line_changed_meanwhile_is_told_too(alice):
    organisation = OrganisationFactory()
    line = OrganisationNameFactory(organisation=organisation, name="COR")
    client = signed_in(alice)
    typed = as_sent(client.get(address(organisation))) | {"names-0-name": "C.O.R."}
    OrganisationName.objects.filter(pk=line.pk).update(name="CORA")
    response = client.post(address(organisation), typed)
    assert "Quelqu’un" in errors_of(response)
    assert "CORA" in response.content.decode()
    assert client.post(address(organisation), as_sent(response)).status_code == 302
    line.refresh_from_db()
    assert line.name == "C.O.R."


def test_a_line_changed_meanwhile_is_not_deleted_unawares(alice):
    organisation = OrganisationFactory()
    line = OrganisationNameFactory(organisation=organisation, name="COR")
    client = signed_in(alice)
    typed = as_sent(client.get(address(organisation))) | {"names-0-DELETE": "on"}
    OrganisationName.objects.filter(pk=line.pk).update(name="CORA")
    response = client.post(address(organisation), typed)
    assert "vous alliez le supprimer" in errors_of(response)
    assert "CORA" in response.content.decode()
    assert OrganisationName.objects.filter(pk=line.pk).exists()


def test_what_the_database_alone_refuses_comes_back_as_a_message(alice):
    """Two preferred claims sent in one form: each is right by itself."""
    programme = ProgrammeFactory()
    figures = [FigureFactory(programme=programme, value=value) for value in ("1.00", "2.00")]
    client = signed_in(alice)
    sent = as_sent(client.get(address(programme))) | {"figures-0-preferred": "on", "figures-1-preferred": "on"}
    response = client.post(address(programme), sent | {"name_fr": "Programme essayé"})
    assert "déjà" in errors_of(response)
    assert "Programme essayé" in response.content.decode()
    for figure in figures:
        figure.refresh_from_db()
        assert not figure.preferred


@pytest.mark.django_db(transaction=True)
def test_of_two_savings_at_once_one_alone_wins():
    from tests.people import person

    organisation = OrganisationFactory(city="Alma")
    clients = [signed_in(person(name, is_superuser=True)) for name in ("alice", "bob")]
    sent = [
        as_sent(client.get(address(organisation))) | {"city": city} for client, city in zip(clients, "AB", strict=True)
    ]
    answers, start = [], threading.Barrier(2)

    def save(client, data):
        start.wait()
        answers.append(client.post(address(organisation), data).status_code)
        connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in zip(clients, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [200, 302]
    assert Organisation.objects.get().version == 2


def test_a_form_opened_before_publication_does_not_slip_through(alice):
    """Alice opened a draft; it was published meanwhile: she may not correct it any more."""
    grant = GrantFactory()
    client = signed_in(alice)
    sent = as_sent(client.get(address(grant))) | {"amount": "5"}
    organisations = Organisation.objects.filter(pk=grant.recipient_id)
    for records in (organisations, Grant.objects.filter(pk=grant.pk)):
        records.update(publication="published", ready_at="2026-11-22T12:00Z", published_at="2026-11-22T12:00Z")
    assert client.post(address(grant), sent).status_code == 403
