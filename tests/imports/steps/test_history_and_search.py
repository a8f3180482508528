"""What an import leaves: its events, its rows, the words by which its records are found."""

import pytest
from django.db import connection

from grants.imports.steps import indexing
from grants.models import Grant, Organisation, Programme
from tests.factories import (
    GrantFactory,
    GrantProjectFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    ProgrammeFactory,
    ProjectFactory,
    SourceFactory,
)

from .road import bring, sheet, undo, unindexed

pytestmark = pytest.mark.django_db


def test_each_record_written_has_its_event_with_the_import():
    changed = GrantFactory(reference="A-0", recipient__name_fr="MISA")
    batch = bring(sheet("A-0;MISA;5;2022;un", "A-1;Autre;5;2022;un"))
    for record, label in [
        (changed, "update"),
        (Grant.objects.get(reference="A-1"), "insert"),
        (Organisation.objects.get(name_fr="Autre"), "insert"),
    ]:
        event = record.events.select_related("pgh_context").latest("pgh_id")
        assert (event.pgh_label, event.pgh_context.metadata["import_id"]) == (label, batch.pk)


def test_a_row_that_says_nothing_new_leaves_nothing():
    text = sheet("A-0;MISA;5;2022;un")
    bring(text)
    bring(text)
    grant = Grant.objects.get()
    assert (grant.version, grant.events.count(), Organisation.objects.get().events.count()) == (1, 1, 1)


SHEETS = {
    "programme": "public_id;name_fr;acronym\notn;Offensive numérique;OTN\n",
    "announcement": "programme;date;title_fr\nAncien programme;2021;Une annonce\n",
    "project": "title_fr;organisation\nUn projet de musée;Groupe MISA\n",
    "source": "title;url;publisher\nUn communiqué;https://example.org/7;Québec\n",
    "organisation": 'name_fr;other_names;city\nCoopérative des Arts;"CDA [sigle]; Arts";Amos\n',
    "grant": sheet("A-7;Groupe MISA;7;2022;Un titre", "A-8;Une nouvelle;7;2022;Un autre"),
}


@pytest.mark.parametrize("noun", SHEETS)
def test_every_record_is_found_by_its_words(noun):
    OrganisationFactory(name_fr="Groupe MISA")
    ProgrammeFactory(name_fr="Ancien programme")
    batch = bring(SHEETS[noun], noun)
    assert (batch.rows_new, unindexed()) == (batch.rows_read, [])
    undo(batch)
    assert unindexed() == []


def test_the_grants_of_an_organisation_are_found_by_its_new_name():
    grant = GrantFactory(published=True, recipient__name_fr="Avant", recipient__published=True)
    OrganisationNameFactory(organisation=grant.recipient, name="Vieux nom")
    GrantProjectFactory(grant=grant, project=ProjectFactory(published=True, organisation=grant.recipient))
    bring(f"public_id;name_fr;other_names\n{grant.recipient.public_id};Zythologie;Nouveau nom\n", "organisation")
    assert unindexed() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_found('grant', 'zythologie')")
        assert cursor.fetchall() == [(grant.pk,)]


def test_an_organisation_that_is_found_to_be_a_person_is_forgotten():
    grant = GrantFactory(recipient__name_fr="Jeanne Untel")
    owned = GrantProjectFactory(project__organisation=grant.recipient, project__published=False)
    text = f"public_id;is_natural_person\n{grant.recipient.public_id};oui\n"
    bring(text, "organisation")
    assert unindexed() == []
    assert owned.grant_id


def test_the_grants_of_a_project_are_found_by_its_new_words():
    line = GrantProjectFactory(project__published=True)
    bring(f"public_id;title_fr\n{line.project.public_id};Zythologie\n", "project")
    assert unindexed() == []


def test_a_programme_and_a_source_renamed_are_found():
    programme, source = ProgrammeFactory(), SourceFactory()
    bring(f"public_id;name_fr\n{programme.public_id};Zythologie\n", "programme")
    bring(f"public_id;title\n{source.public_id};Zythologie\n", "source")
    assert (Programme.objects.get().name_fr, unindexed()) == ("Zythologie", [])


def test_the_words_made_in_parallel_are_those_of_the_view():
    person = GrantFactory(recipient__is_natural_person=True, title_fr="Secret", reference="A-0")
    tricky = GrantFactory(title_fr="L'œuvre « à 100 % »", title_en="It's", description_fr="", benefit_place="Amos")
    OrganisationNameFactory.create_batch(2, organisation=tricky.recipient)
    GrantProjectFactory(grant=tricky, project__published=True, project__title_en="The project")
    GrantProjectFactory(grant=tricky, project__title_fr="Brouillon")
    GrantProjectFactory(grant=tricky, project__published=False, project__organisation=person.recipient)
    GrantFactory(recipient=OrganisationFactory(name_en="Only English"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT w.id FROM grants_words_of_grant w
            JOIN ({indexing.WORDS_OF_GRANTS.format(where="true")}) p USING (id)
            WHERE p.vector IS DISTINCT FROM grants_search_vector(w.french, w.english)"""
        )
        assert cursor.fetchall() == []
        cursor.execute(f"SELECT count(*) FROM ({indexing.WORDS_OF_GRANTS.format(where='true')}) p")
        assert cursor.fetchone()[0] == Grant.objects.count()


def test_many_rows_are_indexed_in_parallel(monkeypatch):
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    bring(SHEETS["grant"])
    bring(SHEETS["grant"].replace("Un titre", "Zythologie"))
    assert unindexed() == []
