"""The search index follows what it is made of, whoever writes; the names of natural persons are never in it."""

import pytest
from django.db import connection

from grants.models import Organisation, Project, SearchEntry
from grants.models.publication import Publishable
from tests import factories

pytestmark = pytest.mark.django_db


def finds(word: str, record: Publishable) -> bool:
    """Whether the entry of the record holds this word as it stands."""
    entries = SearchEntry.objects.filter(kind=record._meta.model_name, record_id=record.pk)
    return any(f"'0q{word}'" in entry.vector for entry in entries)


@pytest.fixture
def grant():
    """A grant to the Coopérative Castor, called CC, for the project Hydravion."""
    organisation = factories.OrganisationFactory(name_fr="Coopérative Castor")
    factories.OrganisationNameFactory(organisation=organisation, name="CC")
    made = factories.GrantFactory(recipient=organisation, title_fr="Œuvres à Noël")
    factories.GrantProjectFactory(grant=made, project__title_fr="Hydravion", project__published=True)
    return made


@pytest.mark.parametrize("word", ["castor", "cc", "hydravion", "oeuvres", "noel"])
def test_a_grant_is_found_by_its_words_its_recipient_and_its_projects(grant, word: str) -> None:
    assert finds(word, grant)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Programme", "objective_fr"),
        ("Announcement", "summary_en"),
        ("Organisation", "description_fr"),
        ("Project", "sectors_en"),
        ("Grant", "reference"),
        ("Source", "publisher"),
    ],
)
def test_each_noun_is_found_by_a_word_that_plain_sql_wrote(name: str, column: str) -> None:
    record = getattr(factories, f"{name}Factory")()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {record._meta.db_table} SET {column} = 'Ouananiche'")
    assert finds("ouananiche", record)


def test_a_new_name_of_the_recipient_reaches_its_grants(grant) -> None:
    Organisation.objects.update(name_fr="Coopérative Loutre")
    assert finds("loutre", grant)
    assert not finds("castor", grant)


def test_a_new_title_of_the_project_reaches_its_grants(grant) -> None:
    project = grant.projects.get()
    project.title_fr = "Canot"
    project.save()
    assert finds("canot", grant)
    assert not finds("hydravion", grant)


def test_a_project_taken_away_takes_its_words_from_the_grant(grant) -> None:
    grant.grant_projects.all().delete()
    assert not finds("hydravion", grant)


def test_another_name_taken_away_is_forgotten_everywhere(grant) -> None:
    grant.recipient.names.all().delete()
    assert not finds("cc", grant)
    assert not finds("cc", grant.recipient)


def test_a_name_that_moves_to_another_organisation_leaves_the_first(grant) -> None:
    other = factories.OrganisationFactory()
    grant.recipient.names.update(organisation=other)
    assert finds("cc", other)
    assert not finds("cc", grant.recipient)
    assert not finds("cc", grant)


def test_a_grant_that_changes_hands_is_found_by_the_new_recipient_only(grant) -> None:
    grant.recipient = factories.OrganisationFactory(name_fr="Loutre")
    grant.save()
    assert finds("loutre", grant)
    assert not finds("castor", grant)


def test_a_natural_person_has_no_entry_and_lends_no_word_to_its_grants() -> None:
    person = factories.OrganisationFactory(name_fr="Dorothée Exemple", is_natural_person=True)
    grant = factories.GrantFactory(recipient=person)
    assert not SearchEntry.objects.filter(kind="organisation").exists()
    assert not finds("dorothee", grant)


def test_an_organisation_that_turns_out_to_be_a_person_is_forgotten(grant) -> None:
    Organisation.objects.update(is_natural_person=True)
    assert not SearchEntry.objects.filter(kind="organisation").exists()
    assert not finds("castor", grant)
    assert not finds("cc", grant)


def test_a_person_s_new_alias_is_not_indexed() -> None:
    person = factories.OrganisationFactory(is_natural_person=True)
    grant = factories.GrantFactory(recipient=person)
    factories.OrganisationNameFactory(organisation=person, name="Dodo")
    assert not SearchEntry.objects.filter(kind="organisation").exists()
    assert not finds("dodo", grant)


def test_the_entry_of_a_deleted_record_goes_with_it(grant) -> None:
    grant.delete()
    assert not SearchEntry.objects.filter(kind="grant").exists()


def test_a_draft_project_lends_no_word_to_a_public_grant_until_it_is_public(grant) -> None:
    project = factories.ProjectFactory(title_fr="Confidentiel")
    grant.grant_projects.create(project=project)
    assert not finds("confidentiel", grant)
    since = factories.PUBLIC_SINCE
    Project.objects.filter(pk=project.pk).update(publication="published", ready_at=since, published_at=since)
    assert finds("confidentiel", grant)


def test_a_person_s_project_lends_no_word_to_the_grants_of_others(grant) -> None:
    owner = factories.OrganisationFactory(published=True)
    project = factories.ProjectFactory(title_fr="Atelier Exemple", published=True, organisation=owner)
    grant.grant_projects.create(project=project)
    assert finds("atelier", grant)
    Organisation.objects.filter(pk=owner.pk).update(is_natural_person=True)
    assert not finds("atelier", grant)
