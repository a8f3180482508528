"""What becomes of each row of a sheet of grants."""

import pytest

from grants.models import Grant, Organisation, Programme
from tests.factories import (
    AnnouncementFactory,
    GrantFactory,
    OrganisationFactory,
    ProgrammeFactory,
)

from .road import apply, bring, codes, counts, problems, read, sheet

pytestmark = pytest.mark.django_db
SCDL = (
    "nomAttribuant;idAttribuant;dateConvention;referenceDecision;nomBeneficiaire;idBeneficiaire;objet;montant;"
    "nature;conditionsVersement;datesPeriodeVersement;pourcentageSubvention"
)


def scdl(*rows: str) -> str:
    return sheet(*(f"Ville;21350238800019;2021-03-30;{row};aide en numéraire;unique;2021;1" for row in rows), head=SCDL)


def test_new_rows_become_drafts():
    bring(sheet("A-1;Groupe MISA;1000;2022-04-20;Un titre"))
    grant = Grant.objects.get()
    assert (grant.reference, grant.amount, grant.title_fr, grant.publication) == ("A-1", 1000, "Un titre", "draft")
    assert (grant.recipient.name_fr, grant.recipient.publication) == ("Groupe MISA", "draft")


def test_each_row_has_its_verdict():
    bring(sheet("A-1;MISA;1000;2022;un", "A-2;MISA;2000;2022;deux"))
    batch = read(
        sheet("A-1;MISA;1000;2022;un", "A-2;MISA;2500;2022;deux", "A-3;MISA;1;2022;trois", "A-4;MISA;?x;2022;")
    )
    assert counts(batch) == (1, 1, 1, 1)
    assert batch.rows_read == 4


def test_the_sum_is_that_of_the_rows_accepted():
    assert read(sheet("A-1;MISA;1000,50;2022;", "A-2;MISA;x1;2022;", "A-3;;7;2022;")).amount_sum == 1000.50


def test_a_grant_remembers_its_row():
    batch = bring(sheet("A-1;MISA;1000;2022;", "A-2;MISA;2000;2022;"))
    assert list(Grant.objects.order_by("reference").values_list("import_batch", "import_row")) == [
        (batch.pk, 2),
        (batch.pk, 3),
    ]


def test_the_same_sheet_again_changes_nothing():
    text = sheet("A-1;MISA;1000;2022;un", "A-2;Autre;;;")
    bring(text)
    assert counts(read(text)) == (0, 0, 2, 0)


def test_rows_without_reference_are_told_apart_by_what_they_say():
    text = sheet("A-1;MISA;1000;2022;un", ";MISA;50;2022;deux", ";MISA;50;2022;deux")
    bring(text)
    assert counts(read(text)) == (0, 0, 3, 0)


def test_a_blank_cell_empties():
    bring(sheet("A-1;MISA;1000;2022;un"))
    bring(sheet("A-1;MISA;;2022;"))
    grant = Grant.objects.get()
    assert (grant.amount, grant.title_fr) == (None, "")


def test_a_blank_cell_of_what_must_be_said_keeps():
    head = "référence;bénéficiaire;montant;statut"
    bring(sheet("A-1;MISA;1000;en cours", head=head))
    bring(sheet("A-1;MISA;2000;", head=head))
    grant = Grant.objects.get()
    assert (grant.amount, grant.status) == (2000, "in_progress")


def test_a_column_that_is_not_there_keeps():
    bring(sheet("A-1;MISA;1000;2022;un"))
    bring(sheet("A-1;MISA;2000", head="référence;bénéficiaire;montant"))
    assert Grant.objects.get().title_fr == "un"


def test_a_grant_is_found_by_its_public_id():
    grant = GrantFactory(reference="")
    bring(sheet(f"{grant.public_id};MISA;77", head="public_id;recipient;amount"))
    grant.refresh_from_db()
    assert (grant.amount, grant.recipient.name_fr) == (77, "MISA")


def test_an_id_that_is_not_there_is_refused():
    assert problems(read(sheet("2zzzzzz;MISA;77", head="public_id;recipient;amount"))) == [
        (2, "public_id", "unknown_id")
    ]


def test_one_reference_in_two_programmes_is_two_grants():
    head = "référence;bénéficiaire;montant;programme"
    bring(sheet("A-1;MISA;1;Alpha", head=head))
    bring(sheet("A-1;MISA;2;Bravo", head=head))
    assert Grant.objects.count() == 2
    assert counts(read(sheet("A-1;MISA;2;Bravo", head=head))) == (0, 0, 1, 0)


def test_the_programmes_of_a_sheet_become_drafts():
    bring(sheet("A-1;MISA;1;Alpha", head="référence;bénéficiaire;montant;programme"))
    assert Programme.objects.values_list("name_fr", "publication").get() == ("Alpha", "draft")


def test_a_new_programme_is_not_the_lack_of_one():
    bring(sheet("A-1;MISA;1;", head="référence;bénéficiaire;montant;programme"))
    batch = bring(sheet("A-1;MISA;1;Alpha", head="référence;bénéficiaire;montant;programme"))
    assert counts(batch) == (1, 0, 0, 0)


def test_a_new_funder_is_a_change():
    grant = GrantFactory(amount="5.00")
    batch = bring(sheet(f"{grant.public_id};Ville de Rouyn", head="public_id;funder"))
    grant.refresh_from_db()
    assert (counts(batch), str(grant.funder)) == ((0, 1, 0, 0), "Ville de Rouyn")


def test_the_programme_of_the_import_is_that_of_rows_that_name_none():
    programme = ProgrammeFactory()
    text = sheet("A-1;MISA;1;2022;")
    bring(text, programme=programme)
    assert Grant.objects.get().programme == programme
    assert counts(read(text, programme=programme)) == (0, 0, 1, 0)


def test_the_programme_of_the_import_serves_beside_announcements():
    programme = ProgrammeFactory()
    announcement = AnnouncementFactory(title_fr="Grande annonce")
    head = "référence;bénéficiaire;montant;announcement"
    bring(sheet("A-1;MISA;1;", "A-2;MISA;1;Grande annonce", head=head), programme=programme)
    found = dict(Grant.objects.values_list("reference", "programme"))
    assert found == {"A-1": programme.pk, "A-2": announcement.programme_id}


def test_an_announcement_gives_its_programme():
    announcement = AnnouncementFactory(title_fr="Grande annonce")
    head = "référence;bénéficiaire;montant;announcement;programme"
    bring(sheet("A-1;MISA;1;grande  annonce;", head=head))
    assert Grant.objects.get().programme == announcement.programme


def test_two_imports_under_two_programmes_are_two_lists():
    text = sheet("MISA;1;2022", head="bénéficiaire;montant;date")
    for programme in (ProgrammeFactory(), ProgrammeFactory()):
        bring(text, programme=programme)
    assert Grant.objects.count() == 2


def test_rows_wholly_alike_are_as_many_grants():
    text = scdl(*["D-1;Club;;Fête;500"] * 2, "D-1;Autre;;Fête;500")
    assert counts(bring(text)) == (3, 0, 0, 0)
    assert counts(read(text)) == (0, 0, 3, 0)
    assert counts(read(scdl(*["D-1;Club;;Fête;500"] * 3))) == (1, 0, 2, 0)


def test_the_highest_amendment_stands():
    head = "référence;amendment;bénéficiaire;montant"
    batch = bring(sheet("A-1;;MISA;100", "A-1;2;MISA;300", "A-1;1;MISA;x", "A-2;;MISA;5", head=head))
    assert (counts(batch), batch.rows_excluded, batch.amount_sum) == ((2, 0, 0, 0), 2, 305)
    assert set(Grant.objects.values_list("reference", "amount")) == {("A-1", 300), ("A-2", 5)}


def test_a_reference_met_twice_is_refused_with_the_row_that_has_it():
    batch = read(sheet("A-1;MISA;1;2022;", "A-1;MISA;2;2022;", "A-1;Autre;3;2022;"), wishes={"identity": "reference"})
    assert problems(batch) == [(3, "reference", "repeated_reference"), (4, "reference", "repeated_reference")]


def test_a_reference_is_met_twice_also_under_two_names_of_its_programme():
    ProgrammeFactory(name_fr="Offensive", acronym="OTN")
    head = "référence;bénéficiaire;montant;programme"
    batch = read(sheet("A-1;MISA;1;Offensive", "A-1;MISA;2;OTN", head=head), wishes={"identity": "reference"})
    assert problems(batch) == [(3, "reference", "repeated_reference")]


def test_a_reference_that_two_grants_have_is_refused():
    GrantFactory.create_batch(2, reference="A-1", recipient=OrganisationFactory(name_fr="MISA"))
    assert codes(read(sheet("A-1;MISA;1;2022;"))) == {"several_with_reference"}


def test_a_record_spoken_of_twice_is_refused():
    grant = GrantFactory()
    head = "public_id;recipient;amount"
    batch = read(sheet(f"{grant.public_id};MISA;1", f"{grant.public_id};MISA;2", head=head))
    assert [row for row, _column, code in problems(batch) if code == "repeated_id"] == [3]


def test_a_row_changed_since_its_export_is_refused():
    grant = GrantFactory()
    Grant.objects.filter(pk=grant.pk).update(title_fr="Depuis")
    text = sheet(f"{grant.public_id};1;5", head="public_id;version;amount")
    assert codes(read(text)) == {"changed_since_export"}
    assert counts(read(sheet(f"{grant.public_id};2;5", head="public_id;version;amount"))) == (0, 1, 0, 0)


def test_an_import_does_not_publish():
    grant = GrantFactory()
    assert codes(read(sheet(f"{grant.public_id};publiée", head="public_id;publication"))) <= {
        "not_published_by_import",
        "not_in_the_list",
    }
    assert codes(read(sheet(f"{grant.public_id};published", head="public_id;publication"))) == {
        "not_published_by_import"
    }


def test_a_new_row_needs_a_recipient():
    assert problems(read(sheet("A-1;;1;2022;"))) == [(2, "recipient", "empty")]


def test_a_name_without_letters_is_no_name():
    assert counts(read(sheet("A-1;« ?! »;1;2022;"))) == (0, 0, 0, 1)


def test_the_good_rows_come_in_beside_the_bad():
    bring(sheet("A-1;MISA;1;2022;", "A-2;MISA;x;2022;"))
    assert Grant.objects.values_list("reference", flat=True).get() == "A-1"


def test_a_sheet_without_rows_writes_nothing():
    batch = read(sheet("A-1;MISA;1;2022;").split("\n")[0] + "\n")
    assert batch.state in ("preview", "refused")
    assert batch.rows_read == 0


def test_titles_that_mean_nothing_to_us_are_refused_row_by_row():
    batch = read("couleur;saveur\nrouge;fraise\nvert;menthe\n")
    assert batch.state == "refused" or counts(batch) == (0, 0, 0, 2)


def test_two_hundred_columns_are_no_trouble():
    more = ";".join(f"colonne {n}" for n in range(200))
    text = sheet(f"A-1;MISA;1;{';'.join('x' * 200)}", head=f"référence;bénéficiaire;montant;{more}")
    assert counts(bring(text)) == (1, 0, 0, 0)


def test_names_with_quotes_and_percent_signs_are_taken_as_they_are():
    name = "L'Aréna 100 % « d'or » %s %(x)s {y} \\ $$"
    batch = bring(sheet(f"A-1;{name};1;2022;l'été à 50 % %s"), programme=ProgrammeFactory(name_fr="50 % d'été"))
    assert Organisation.objects.get().name_fr == name
    assert counts(read(sheet(f"A-1;{name};1;2022;l'été à 50 % %s"), programme=batch.programme)) == (0, 0, 1, 0)


def test_a_cell_with_a_zero_byte_refuses_its_row_only():
    batch = read(sheet("A-1;MI\0SA;1;2022;", "A-2;MISA;1;2022;"))
    assert counts(apply(batch)) == (1, 0, 0, 1)


def test_a_very_long_cell_refuses_its_row_only():
    batch = read(sheet(f"A-1;{'x' * 40_000};1;2022;", "A-2;MISA;1;2022;"))
    assert counts(apply(batch)) == (1, 0, 0, 1)


def test_numbers_too_large_for_their_column_refuse_their_row_only():
    head = "public_id;version;reference;recipient;amount;amendment"
    text = sheet(";;A-1;MISA;1;99999999999", ";99999999999;A-2;MISA;1;", ";;A-3;MISA;99999999999999999;", head=head)
    batch = bring(text)
    assert (batch.rows_new, batch.rows_refused) in {(1, 2), (2, 1)}


def test_recipient_and_funder_of_one_new_name_are_one_organisation():
    bring(sheet("A-1;Ville de Val-d'Or;VILLE DE VAL-D’OR;1", head="référence;bénéficiaire;funder;montant"))
    grant = Grant.objects.get()
    assert grant.recipient == grant.funder == Organisation.objects.get()


def test_an_organisation_that_was_withdrawn_gets_nothing_new():
    OrganisationFactory(
        name_fr="MISA",
        publication="withdrawn",
        ready_at="2022-01-01T00:00Z",
        published_at="2022-01-01T00:00Z",
        withdrawn_at="2022-01-02T00:00Z",
    )
    assert codes(read(sheet("A-1;MISA;1;2022;"))) == {"withdrawn"}
