"""Who a draft names: one organisation each, those that were there left as they are, no natural person told."""

import pytest

from grants.communiques.filing import file_draft
from grants.models import (
    Figure,
    Grant,
    Organisation,
    OrganisationName,
    Project,
)
from tests import factories as make

from .filing import TEXT, draft, figure, grant, palco

pytestmark = pytest.mark.django_db


def test_a_recipient_named_twice_is_one_organisation_with_two_grants(communique, alice):
    file_draft(communique, draft(palco(), palco(name="PALCO inc.", amount="3000")), alice)
    assert Organisation.objects.get().grants.count() == 2


def test_a_name_chosen_once_means_the_same_record_everywhere(communique, alice):
    known = make.OrganisationFactory(name_fr="Coopérative de l’Est")
    file_draft(communique, draft(palco(), palco(organisation=known.pk, amount="3000")), alice)
    assert known.grants.count() == 2


def test_a_new_organisation_has_its_acronym_and_its_host(communique, alice):
    file_draft(communique, draft(grant(acronym="GM", host="Collège d’Alma")), alice)
    acronym = OrganisationName.objects.get()
    assert (acronym.organisation.name_fr, acronym.name, acronym.kind) == ("Groupe MISA", "GM", "acronym")
    assert acronym.organisation.parent.name_fr == "Collège d’Alma"


def test_an_organisation_that_was_there_is_left_as_it_is(communique, alice):
    known = make.OrganisationFactory(name_fr="Groupe MISA")
    file_draft(communique, draft(grant(acronym="GM", host="Collège d’Alma")), alice)
    known.refresh_from_db()
    assert (known.parent, known.names.count(), known.citations.count(), known.grants.count()) == (None, 0, 0, 1)
    assert Organisation.objects.count() == 1


def test_a_recipient_may_be_a_natural_person(communique, alice):
    known = make.OrganisationFactory(is_natural_person=True)
    file_draft(communique, draft(grant(organisation=known.pk)), alice)
    assert known.grants.count() == 1


@pytest.mark.parametrize("take", [True, False])
def test_no_word_that_the_public_may_read_names_a_natural_person(communique, alice, take):
    known = make.OrganisationFactory(name_fr="PALCO", is_natural_person=True)
    shared = {"span": (21, len(TEXT)), "note": "Un montant partagé avec : Palco."}
    filed = file_draft(
        communique,
        draft(grant(**shared), palco(take=take), figures=[figure(wording="", span=shared["span"])]),
        alice,
    )
    ours = Grant.objects.exclude(recipient=known).get()
    assert (ours.description_fr, ours.citations.get().quote, Figure.objects.get().wording) == ("", "", "")
    assert ours.recipient.citations.get().quote == ""
    assert (ours.passages.get().end, len(filed.left)) == (len(TEXT), 1)


def test_an_organisation_merged_meanwhile_leads_to_what_it_was_merged_into(communique, alice):
    kept = make.OrganisationFactory()
    merged = make.OrganisationFactory(merged_into=kept)
    file_draft(communique, draft(grant(organisation=merged.pk)), alice)
    assert Grant.objects.get().recipient == kept


def test_a_funder_is_recorded(communique, alice):
    file_draft(communique, draft(grant(funder="MRC des Sources"), palco(funder="MRC des Sources")), alice)
    assert Organisation.objects.get(name_fr="MRC des Sources").grants_given.count() == 2


def test_two_grants_to_one_project_name_one_project(communique, alice):
    file_draft(communique, draft(palco(project="Moulin 7"), palco(project="MOULIN 7", amount="3000")), alice)
    assert Project.objects.get().grants.count() == 2


def test_one_grant_may_fund_several_projects(communique, alice):
    file_draft(communique, draft(grant(project="Données ; Forêt; données")), alice)
    assert sorted(Grant.objects.get().projects.values_list("title_fr", flat=True)) == ["Données", "Forêt"]
