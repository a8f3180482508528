"""What was corrected or withdrawn: before and after, the latest first, and nothing that is not public."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from grants.models import Announcement, Figure, Grant, Organisation, Programme, Project, Source
from grants.public.corrections import Place, latest_corrections
from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()


def page(address: str = "/corrections/") -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def change(record, **values) -> None:
    type(record).objects.filter(pk=record.pk).update(**values)


def withdraw(record, notice: str = "Inscrite par erreur.") -> None:
    change(record, publication="withdrawn", withdrawn_at=timezone.now(), withdrawal_notice_fr=notice)


def found() -> list:
    return latest_corrections(50)[0]


def test_a_corrected_amount_is_told_with_before_and_after():
    grant = make.GrantFactory(published=True, amount="1000.00", recipient__name_fr="Coopérative Une")
    change(grant, amount="2500.00")
    assert "<del>1 000 $</del> → <ins>2 500 $</ins>" in page()
    assert f'<a href="/aides/{grant.public_id}/">Aide financière à Coopérative Une</a>' in page()
    assert "Amount: <del>$1,000</del>" in page("/en/corrections/")


def test_of_a_text_only_the_fact_is_told():
    grant = make.GrantFactory(published=True, title_fr="Nommait quelqu’un")
    change(grant, title_fr="Autre titre")
    assert [str(one.label) for one in found()[0].changes] == ["Titre"]
    assert "Nommait" not in page()
    assert "Nommait" not in page("/corrections.atom")


def test_the_latest_comes_first_whatever_the_noun():
    moments = iter([datetime.datetime(2024, 1, day, tzinfo=datetime.UTC) for day in range(1, 8)])
    records = [
        make.GrantFactory(published=True),
        make.OrganisationFactory(published=True),
        make.ProgrammeFactory(published=True),
        make.AnnouncementFactory(published=True),
        make.ProjectFactory(published=True),
        make.FigureFactory(published=True),
        make.SourceFactory(published=True),
    ]
    values = {
        Grant: {"date": "2021"},
        Organisation: {"city": "Gaspé"},
        Programme: {"acronym": "PN"},
        Announcement: {"place": "Gaspé"},
        Project: {"title_fr": "Autre"},
        Figure: {"value": "3.00"},
        Source: {"publisher": "Autre"},
    }
    for record in records:
        change(record, **values[type(record)])
        at(record, next(moments))
    assert [one.place.kind for one in found()] == [
        "source",
        "figure",
        "project",
        "announcement",
        "programme",
        "organisation",
        "grant",
    ]


def at(record, moment) -> None:
    """Date the last event of a record; the history refuses it but to tests that say so."""
    import pgtrigger

    last = record.events.order_by("-pgh_id").first()
    with pgtrigger.ignore():
        type(last).objects.filter(pk=last.pk).update(pgh_created_at=moment)


def test_a_change_of_what_is_not_public_is_no_correction():
    grant = make.GrantFactory(published=True)
    change(grant, import_row=None, four_eyes_waiver="setting")
    assert found() == []


def test_what_changed_before_publication_or_in_a_draft_is_no_correction():
    draft = make.GrantFactory(amount="1.00")
    change(draft, amount="2.00")
    ready = make.GrantFactory(amount="1.00")
    change(ready.recipient, publication="published", ready_at=timezone.now(), published_at=timezone.now())
    change(ready, publication="published", ready_at=timezone.now(), published_at=timezone.now(), amount="3.00")
    assert found() == []


def test_a_withdrawal_tells_its_notice_and_no_name():
    grant = make.GrantFactory(published=True, title_fr="Titre retiré", recipient__name_fr="Retirée inc.")
    withdraw(grant)
    shown = page()
    assert "Inscrite par erreur." in shown
    assert f'href="/aides/{grant.public_id}/"' in shown
    assert "Retirée inc." not in shown


def test_corrections_of_what_was_withdrawn_since_are_no_longer_told():
    grant = make.GrantFactory(published=True, amount="1000.00")
    change(grant, amount="4321.00")
    withdraw(grant)
    assert [one.is_withdrawal for one in found()] == [True]
    assert "4 321" not in page()


def test_of_a_grant_to_a_person_numbers_are_told_and_words_are_not():
    person = make.OrganisationFactory(published=True, is_natural_person=True, name_fr="Zéphirine")
    grant = make.GrantFactory(published=True, recipient=person, title_fr="Zéphirine", reference="Z-1")
    change(grant, title_fr="Zéphirine encore", reference="Z-2")
    assert found() == []
    change(grant, amount="7.00", title_fr="Zéphirine toujours")
    assert [str(one.label) for one in found()[0].changes] == ["Montant"]
    assert "Zéphirine" not in page() + page("/corrections.atom")


def test_a_person_has_no_corrections_and_no_withdrawal():
    person = make.OrganisationFactory(published=True, is_natural_person=True)
    change(person, city="Gaspé")
    change(make.ProjectFactory(published=True, organisation=person), title_fr="Autre")
    change(make.FigureFactory(published=True, programme=None, organisation=person), value="3.00")
    grant = make.GrantFactory(published=True, recipient=person)
    change(make.FigureFactory(published=True, programme=None, grant=grant), value="3.00")
    withdraw(person.projects.get())
    assert found() == []


def test_pages_go_on_where_the_last_one_ended():
    grants = [make.GrantFactory(published=True, amount="1.00") for _one in range(5)]
    for grant in grants:
        change(grant, amount="2.00")
    seen, place = [], None
    while True:
        told, place = latest_corrections(2, place)
        seen += [one.public_id for one in told]
        if place is None:
            break
        place = Place.parse(str(place))
    assert seen == [grant.public_id for grant in reversed(grants)]


NOWHERE = ["x", "~~", "2024-01-01~grant~1", "2024-01-01T00:00:00Z~grant~-1", "\x00", "9" * 999]


@pytest.mark.parametrize("before", NOWHERE)
def test_a_place_that_was_never_given_is_not_found(before):
    assert client.get("/corrections/", {"before": before}).status_code == 404


def test_nothing_corrected_is_said_so():
    assert "Rien n’a été corrigé ni retiré." in page()


def test_the_feed_tells_the_same_with_ids_that_last():
    grant = make.GrantFactory(published=True, public_id="otn-1", amount="1000.00", recipient__name_fr="Une")
    change(grant, amount="2500.00")
    feed = page("/corrections.atom")
    assert "<title>Corrigée : Aide financière à Une</title>" in feed
    assert "Montant : 1 000 $ → 2 500 $" in feed
    assert "tag:testserver,2026:fr/correction/grant/otn-1/" in feed


def test_queries_do_not_grow_with_the_corrections(django_assert_num_queries):
    for _one in range(20):
        change(make.GrantFactory(published=True), amount="2.00")
        change(make.OrganisationFactory(published=True), city="Gaspé")
    with django_assert_num_queries(3):  # all nouns at once, then the states of each noun among the answers
        assert len(latest_corrections(50)[0]) == 40


def test_what_was_said_while_a_grant_went_to_a_natural_person_is_never_told():
    person = make.OrganisationFactory(published=True, is_natural_person=True)
    grant = make.GrantFactory(published=True, recipient=person, reference="Chez Zorglub", benefit_place="Zorglubville")
    change(grant, reference="R-1", benefit_place="Amqui")
    change(grant, recipient=make.OrganisationFactory(published=True), reference="R-2")
    change(grant, reference="R-3")
    told = [[str(one.label) for one in correction.changes] for correction in found()]
    assert told == [["Référence"], ["Bénéficiaire"]]
    for address in ("/corrections/", "/corrections.atom", f"/aides/{grant.public_id}/"):
        shown = page(address)
        assert "R-3" in shown
        assert "Zorglub" not in shown
        assert "R-1" not in shown
