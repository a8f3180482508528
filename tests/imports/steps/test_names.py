"""The names that rows use: which record each one is, what staff decide of it, what becomes of new ones."""

import pytest
from django.contrib.auth.models import User

from grants.imports.steps import deciding
from grants.models import Grant, Organisation, OrganisationName, Programme
from tests.factories import OrganisationFactory, OrganisationNameFactory, ProgrammeFactory, RegionFactory

from .road import apply, bring, by_staff, choose, codes, counts, names, read, read_again, sheet, unindexed

pytestmark = pytest.mark.django_db
NEQ = "référence;bénéficiaire;neq;montant"


def how(name: str, **more: object) -> str:
    return next(iter(names(read(sheet(f"A-1;{name};5;2022;un"), **more)).values()))


def test_by_public_id():
    organisation = OrganisationFactory()
    bring(sheet(f"A-1;{organisation.public_id};5", head="référence;recipient;montant"))
    assert Grant.objects.get().recipient == organisation


def test_an_id_that_nobody_has_is_no_name():
    assert codes(read(sheet("A-1;2abc234;5", head="référence;recipient;montant"))) == {"unknown"}


def test_by_number_before_name():
    organisation = OrganisationFactory(name_fr="Sous un autre nom", neq="1188888888")
    OrganisationFactory(name_fr="Groupe MISA")
    bring(sheet("A-1;Groupe MISA;1188888888;5", head=NEQ))
    assert Grant.objects.get().recipient == organisation


@pytest.mark.parametrize(
    "written", ["GROUPE MISA", "Le groupe Misa inc.", "groupe  misa", "« Groupe MISA »", "Group MISA"]
)
def test_by_name_whatever_its_spelling(written):
    OrganisationFactory(name_fr="Groupe MISA", name_en="MISA Group")
    assert how(written) == ("similar" if written == "Group MISA" else "exact")


def test_accents_and_ligatures_are_put_aside():
    OrganisationFactory(name_fr="École de l’Œuvre")
    assert how("ECOLE DE L'OEUVRE") == "exact"


def test_by_another_name():
    OrganisationNameFactory(name="AQIP")
    assert how("A.Q.I.P.") == "alias"


def test_its_own_name_goes_before_the_other_name_of_another():
    own = OrganisationFactory(name_fr="MISA")
    OrganisationNameFactory(name="MISA")
    bring(sheet("A-1;MISA;5;2022;un"))
    assert Grant.objects.get().recipient == own


@pytest.mark.parametrize("column", ["name", "id", "number"])
def test_a_merged_organisation_is_the_kept_one(column):
    kept = OrganisationFactory(name_fr="Gardée")
    gone = OrganisationFactory(name_fr="Fusionnée", neq="1188888888", merged_into=kept)
    written = {"name": "Fusionnée;", "id": f"{gone.public_id};", "number": "Inconnue;1188888888"}[column]
    bring(sheet(f"A-1;{written};5", head=NEQ))
    assert Grant.objects.get().recipient == kept


def test_an_ambiguous_name_is_refused_until_it_is_decided():
    one, _other = OrganisationFactory.create_batch(2, name_fr="Club Lions")
    batch = read(sheet("A-1;Club Lions;5;2022;un"))
    assert (counts(batch), codes(batch)) == ((0, 0, 0, 1), {"ambiguous"})
    batch = choose(batch, "club lions", one.pk)
    assert counts(batch) == (1, 0, 0, 0)
    assert apply(batch).rows_new == 1
    assert Grant.objects.get().recipient == one


def test_a_similar_name_is_new_unless_it_is_decided():
    organisation = OrganisationFactory(name_fr="Société d'histoire de Rouyn")
    batch = read(sheet("A-1;Société d'histoires de Rouyn;5;2022;un"))
    assert list(names(batch).values()) == ["similar"]
    assert [s.pk for s in deciding.names(batch)[0].suggestions] == [organisation.pk]
    apply(batch)
    assert Organisation.objects.count() == 2


def test_what_was_decided_is_remembered_and_known_the_next_time():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    text = sheet("A-1;Regroupement minier;5;2022;un")
    apply(choose(read(text), "regroupement minier", organisation.pk))
    assert OrganisationName.objects.values_list("organisation", "name", "kind").get() == (
        organisation.pk,
        "Regroupement minier",
        "alias",
    )
    again = read(text)
    assert (names(again), counts(again)) == ({"Regroupement minier": "alias"}, (0, 0, 1, 0))
    assert unindexed() == []


@pytest.mark.parametrize(("who", "remembered"), [("alice", 0), ("bob", 1)])
def test_a_published_organisation_gains_names_only_from_those_who_may_correct_it(who, remembered, alice, bob):
    organisation = OrganisationFactory(name_fr="Groupe MISA", published=True)
    batch = read(sheet("A-1;Regroupement minier;5;2022;un"), imported_by=User.objects.get(username=who))
    apply(choose(batch, "regroupement minier", organisation.pk))
    assert OrganisationName.objects.count() == remembered
    assert Grant.objects.get().recipient == organisation


def test_decided_to_be_new_it_is_new():
    OrganisationFactory(name_fr="Groupe MISA")
    apply(choose(read(sheet("A-1;Groupe MISA;5;2022;un")), "groupe misa", "new"))
    assert Organisation.objects.count() == 2


def test_a_decision_can_be_taken_back():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    batch = choose(read(sheet("A-1;Autre chose;5;2022;un")), "autre chose", organisation.pk)
    assert names(batch) == {"Autre chose": "chosen"}
    assert names(choose(batch, "autre chose", "")) == {"Autre chose": "new"}


def test_of_a_record_chosen_that_is_gone_nothing_is_decided():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    batch = choose(read(sheet("A-1;Autre chose;5;2022;un")), "autre chose", organisation.pk)
    organisation.delete()
    assert names(choose(batch, "personne", "new")) == {"Autre chose": "new"}


def test_a_record_chosen_and_merged_since_is_the_kept_one():
    kept, gone = OrganisationFactory(), OrganisationFactory()
    batch = choose(read(sheet("A-1;Autre chose;5;2022;un")), "autre chose", gone.pk)
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
    apply(choose(batch, "personne", "new"))
    assert Grant.objects.get().recipient == kept


def test_a_choice_that_is_not_there_is_a_mistake():
    with pytest.raises(ValueError, match="999999"):
        deciding.decide(read(sheet("A-1;MISA;5;2022;un")), {("organisation", "misa"): "999999"})


def test_what_rows_say_of_a_recipient_goes_to_a_new_one():
    RegionFactory(code="08")
    head = "référence;bénéficiaire;neq;recipient_kind;recipient_city;recipient_region;recipient_name_en;montant"
    bring(sheet("A-1;MISA;1188888888;OBNL;Rouyn-Noranda;Abitibi-Témiscamingue;MISA Group;5", head=head))
    made = Organisation.objects.get()
    assert (made.neq, made.kind, made.is_nonprofit, made.city) == ("1188888888", "association", True, "Rouyn-Noranda")
    assert (made.region.code, made.name_en, made.is_natural_person) == ("08", "MISA Group", False)


def test_what_rows_say_of_a_recipient_leaves_a_known_one_as_it_is():
    OrganisationFactory(name_fr="MISA", city="Amos")
    bring(sheet("A-1;MISA;Rouyn-Noranda;5", head="référence;bénéficiaire;recipient_city;montant"))
    assert Organisation.objects.get().city == "Amos"


def test_a_kind_that_only_some_rows_say_stays_unknown_elsewhere():
    head = "référence;bénéficiaire;recipient_kind;montant"
    bring(sheet("A-1;MISA;OBNL;5", "A-2;Autre;;5", head=head))
    assert set(Organisation.objects.values_list("name_fr", "kind")) == {
        ("MISA", "association"),
        ("Autre", Organisation._meta.get_field("kind").get_default()),
    }


def test_a_natural_person_is_made_one_and_no_word_of_it_is_indexed():
    bring(sheet("A-1;Jeanne Untel;P;5", head="référence;bénéficiaire;recipient_kind;montant"))
    assert Organisation.objects.get().is_natural_person
    assert unindexed() == []


def test_two_new_names_with_one_number_are_one_organisation():
    text = sheet("A-1;Une coopérative;1188888888;5", "A-2;Coop une;1188888888;6", "A-3;Coop une;1188888888;7", head=NEQ)
    bring(text)
    assert Organisation.objects.values_list("name_fr", "neq").get() == ("Coop une", "1188888888")
    assert counts(read(text)) == (0, 0, 3, 0)


def test_a_number_that_a_name_of_the_registry_has_in_the_sheet_is_not_given_to_another():
    OrganisationFactory(name_fr="MISA")
    text = sheet("A-1;MISA;1188888888;5", "A-2;Toute autre;1188888888;6", head=NEQ)
    bring(text)
    assert set(Organisation.objects.values_list("name_fr", "neq")) == {("MISA", ""), ("Toute autre", "")}
    assert counts(read(text)) == (0, 0, 2, 0)


def test_one_name_with_two_numbers_is_two_organisations():
    known = OrganisationFactory(name_fr="Club Lions", neq="1144444444")
    bring(sheet("A-1;Club Lions;1188888888;5", "A-2;Club Lions;1144444444;5", "A-3;Club Lions;;5", head=NEQ))
    found = dict(Grant.objects.values_list("reference", "recipient__neq"))
    assert found == {"A-1": "1188888888", "A-2": "1144444444", "A-3": known.neq}


def test_several_spellings_are_one_name():
    bring(sheet("A-1;Groupe MISA inc.;5;2022;", "A-2;GROUPE MISA;5;2022;", "A-3;Groupe MISA inc.;5;2022;"))
    assert Organisation.objects.get().name_fr == "Groupe MISA inc."


def test_an_id_and_a_name_of_two_records_are_refused():
    one = OrganisationFactory(name_fr="MISA")
    head = "référence;recipient;recipient_name;montant"
    assert codes(read(sheet(f"A-1;{one.public_id};Autre;5", head=head))) == {"disagreement"}
    assert codes(read(sheet(f"A-1;{one.public_id};Misa inc.;5", head=head))) == set()


def test_an_announcement_that_is_not_there_is_refused():
    assert codes(read(sheet("A-1;MISA;Nulle part;5", head="référence;bénéficiaire;announcement;montant"))) == {
        "unknown"
    }


def test_a_programme_by_its_acronym():
    programme = ProgrammeFactory(name_fr="Offensive", acronym="OTN")
    bring(sheet("A-1;MISA;otn;5", head="référence;bénéficiaire;programme;montant"))
    assert (Grant.objects.get().programme, Programme.objects.count()) == (programme, 1)


def test_names_of_rows_refused_make_nothing():
    bring(sheet("A-1;MISA;x;2022;"))
    assert not Organisation.objects.exists()


def test_somebody_who_makes_the_organisation_meanwhile_saves_the_import_the_trouble():
    batch = read(sheet("A-1;MISA;5;2022;un"))
    with by_staff():
        made = OrganisationFactory(name_fr="Misa inc.")
    apply(batch)
    assert Grant.objects.get().recipient == made


def test_decisions_survive_reading_anew():
    organisation = OrganisationFactory(name_fr="Groupe MISA")
    batch = choose(read(sheet("A-1;Autre chose;5;2022;un")), "autre chose", organisation.pk)
    batch.wishes = {**batch.wishes, "identity": "content"}
    batch.save()
    assert names(read_again(batch)) == {"Autre chose": "chosen"}
