"""The registry's names in a text, and the organisation that a name means."""

import pytest

from grants.communiques.known import Registry, known_names, match
from tests.factories import GrantFactory, OrganisationFactory, OrganisationNameFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def names(*offered):
    return [near.label for near in offered]


def test_names_that_stand_in_the_text_are_known_as_the_registry_writes_them():
    OrganisationFactory(name_fr="Groupe MISA inc.")
    OrganisationNameFactory(name="A.Q.I.P.")
    OrganisationFactory(name_fr="Palco")
    text = "Le groupe reçoit 5 $.\nLe GROUPE\u00a0Misa et l’AQIP aussi."
    assert known_names(text).organisations == {"Groupe MISA inc.", "A.Q.I.P."}


def test_an_english_name_and_a_natural_person_are_known_too():
    OrganisationFactory(name_fr="Un", name_en="Fishing Industry Association")
    OrganisationFactory(name_fr="Ferme des Érables", is_natural_person=True)
    known = known_names("To the Fishing Industry Association and Ferme des Érables")
    assert known.organisations == {"Fishing Industry Association", "Ferme des Érables"}


def test_programmes_are_known_by_name_and_acronym_and_called_by_their_acronym():
    ProgrammeFactory(name_fr="Offensive de transformation numérique", name_en="", acronym="OTN")
    ProgrammeFactory(name_fr="Fonds des régions", acronym="")
    assert set(known_names().programmes) == {
        ("OTN", "OTN"),
        ("Offensive de transformation numérique", "OTN"),
        ("Fonds des régions", "Fonds des régions"),
    }


def test_knowing_names_takes_two_queries_however_long_the_text(django_assert_num_queries):
    with django_assert_num_queries(2):
        known_names("La Piscine et le Groupe MISA. " * 1000)


@pytest.mark.parametrize("text", ["", "\x00 \ud800", "12 € ½", "Ж" * 5000])
def test_any_text_is_answered(text):
    assert known_names(text).organisations == frozenset()


@pytest.mark.parametrize("name", ["Le Groupe Misa inc.", "GROUPE MISA", "groupe misa"])
def test_a_name_is_matched_whatever_its_case_article_and_legal_suffix(name):
    misa = OrganisationFactory(name_fr="Groupe MISA")
    assert match(name) == (misa, [])


def test_an_alias_matches():
    alias = OrganisationNameFactory(name="Synchronex", kind="alias")
    assert match("Synchronex")[0] == alias.organisation


def test_an_acronym_matches_where_the_names_look_alike():
    acronym = OrganisationNameFactory(
        name="AQIP", kind="acronym", organisation__name_fr="Association québécoise de l’industrie de la pêche"
    )
    assert match("Association québécoise de l’industrie des pêches", "AQIP")[0] == acronym.organisation


def test_an_acronym_that_another_organisation_has_is_only_offered():
    OrganisationNameFactory(name="IGN", kind="acronym", organisation__name_fr="Institut géographique")
    found, nearest = match("Institut de gouvernance numérique", "IGN")
    assert (found, names(*nearest)) == (None, ["Institut géographique"])


def test_the_initials_of_a_name_offer_the_organisation_known_by_them():
    OrganisationFactory(name_fr="ÉTS")
    found, nearest = match("École de technologie supérieure")
    assert (found, names(*nearest)) == (None, ["ÉTS"])


def test_an_ambiguous_name_is_no_match_and_all_are_offered():
    OrganisationFactory.create_batch(2, name_fr="Palco")
    found, nearest = match("Palco inc.")
    assert found is None
    assert [(near.label, near.score) for near in nearest] == [("Palco", 100)] * 2


def test_the_acronym_tells_two_of_one_name_apart():
    one, _other = OrganisationFactory.create_batch(2, name_fr="Chambre de commerce")
    OrganisationNameFactory(name="CCA", kind="acronym", organisation=one)
    assert match("Chambre de commerce", "CCA")[0] == one


def test_a_merged_organisation_leads_to_what_it_was_merged_into():
    kept = OrganisationFactory(name_fr="Groupe MISA")
    middle = OrganisationFactory(name_fr="Misa inc.", merged_into=kept)
    OrganisationFactory(name_fr="Grappe minière", merged_into=middle)
    assert match("Grappe minière")[0] == kept


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("FPInovations", "FPInnovations"),
        (
            "Association des médecins vétérinaires du Québec",
            "Association des médecins vétérinaires praticiens du Québec",
        ),
        ("Réseau des CCTT – Synchronex", "Synchronex"),
    ],
)
def test_the_nearest_are_offered(written, known):
    OrganisationFactory(name_fr=known)
    found, nearest = match(written)
    assert (found, names(*nearest)) == (None, [known])


def test_a_name_near_to_none_is_offered_nothing():
    OrganisationFactory(name_fr="Palco")
    assert match("Espace du Carmel") == (None, [])


@pytest.mark.parametrize("name", ["", "«»", "\x00"])
def test_no_name_means_nobody(name):
    assert match(name) == (None, [])


def test_many_names_take_few_queries(django_assert_max_num_queries):
    OrganisationFactory(name_fr="Groupe MISA")
    with django_assert_max_num_queries(7):
        Registry([(f"Groupe MISA {number}", "") for number in range(40)])


@pytest.mark.parametrize("name", ["OTN", "otn", "Offensive de transformation numérique"])
def test_a_programme_is_found_by_name_or_acronym(name):
    otn = ProgrammeFactory(name_fr="Offensive de transformation numérique", acronym="OTN")
    assert Registry().programme(name) == otn.pk


def test_a_programme_of_a_name_that_two_have_is_not_chosen():
    ProgrammeFactory.create_batch(2, acronym="FDE")
    assert Registry().programme("FDE") is None
    assert Registry().programme("") is None


def test_a_corrected_grant_is_found_by_recipient_and_amount():
    palco = OrganisationFactory(name_fr="Palco")
    grants = [GrantFactory(recipient=palco, amount=amount) for amount in (5, 6)]
    names = Registry([("Palco", "")])
    assert names.grant("Palco", 6) == (grants[1].pk, 6)
    assert names.grant("Palco", 7) == (None, None)
    grants[0].delete()
    assert names.grant("Palco", 7) == (grants[1].pk, 6)
    assert names.grant("Autre", 6) == (None, None)
