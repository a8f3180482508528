"""Public ids: dealt by PostgreSQL or chosen by people, unique, never dealt twice."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from grants.models import Organisation, Programme
from tests.factories import OrganisationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
DEALT = r"^[1-9][0-9a-hjkmnp-tv-z]{5}$"


def test_a_new_record_is_dealt_a_short_id_that_starts_with_a_digit() -> None:
    made = OrganisationFactory()
    made.refresh_from_db()
    assert Organisation.objects.filter(pk=made.pk, public_id__regex=DEALT).exists()


def test_records_made_in_bulk_are_dealt_ids_too() -> None:
    Organisation.objects.bulk_create([Organisation(name_fr=name) for name in "abc"])
    ids = list(Organisation.objects.values_list("public_id", flat=True))
    assert len(set(ids)) == len(ids) == Organisation.objects.filter(public_id__regex=DEALT).count()


def test_a_hundred_thousand_ids_are_all_different() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT grants_new_public_id()) FROM generate_series(1, 100000)")
        assert cursor.fetchone() == (100_000,)


def test_the_id_of_a_deleted_record_is_never_dealt_again() -> None:
    gone = OrganisationFactory()
    gone.refresh_from_db()
    gone_id = gone.public_id
    gone.delete()
    later = [OrganisationFactory() for _ in range(20)]
    assert gone_id not in Organisation.objects.filter(pk__in=[o.pk for o in later]).values_list("public_id", flat=True)


def test_two_records_of_one_noun_cannot_share_an_id() -> None:
    ProgrammeFactory(public_id="otn")
    with pytest.raises(IntegrityError, match="public_id"):
        ProgrammeFactory(public_id="otn")


def test_a_chosen_id_is_kept() -> None:
    ProgrammeFactory(public_id="otn-2022-04")
    assert Programme.objects.get_by_natural_key("otn-2022-04")


@pytest.mark.parametrize("chosen", ["otn", "a", "otn-2022-04-20", "pme-mtl-co"])
def test_an_id_that_people_choose_starts_with_a_letter(chosen: str) -> None:
    programme = Programme(name_fr="P", public_id=chosen)
    programme.full_clean()


@pytest.mark.parametrize("chosen", ["2022-otn", "OTN", "otn--1", "-otn", "otn-", "o tn", "été", "otn\n", "1ab", "a/b"])
def test_another_shape_of_id_is_refused_by_the_form_and_by_postgresql(chosen: str) -> None:
    with pytest.raises(ValidationError, match="public_id"):
        Programme(name_fr="P", public_id=chosen).full_clean()
    with pytest.raises(IntegrityError, match="public_id"):
        ProgrammeFactory(public_id=chosen)


def test_an_id_is_dealt_where_none_was_typed() -> None:
    programme = ProgrammeFactory(public_id="")
    programme.refresh_from_db()
    assert programme.public_id


def test_checking_a_new_record_deals_no_id() -> None:
    def dealt() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_value FROM grants_public_id_number")
            return cursor.fetchone()[0]

    OrganisationFactory.create_batch(3)
    before = dealt()
    Organisation(name_fr="Groupe MISA").full_clean()
    assert dealt() == before


@pytest.mark.parametrize("published", [False, True])
def test_an_id_once_given_never_changes(published: bool) -> None:
    programme = ProgrammeFactory(public_id="otn", published=published)
    with pytest.raises(IntegrityError, match="public id of a record never changes"):
        Programme.objects.filter(pk=programme.pk).update(public_id="otn-2")


def test_the_chosen_id_of_a_deleted_record_is_not_given_to_another() -> None:
    ProgrammeFactory(public_id="otn").delete()
    with pytest.raises(IntegrityError, match="never given twice"):
        ProgrammeFactory(public_id="otn")


def test_a_deleted_record_may_come_back_as_itself() -> None:
    gone = ProgrammeFactory(public_id="otn")
    pk = gone.pk
    gone.delete()
    assert ProgrammeFactory(pk=pk, public_id="otn").pk == pk


def test_an_id_that_a_file_brought_is_passed_over_when_ids_are_dealt() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM grants_public_id_number")
        (number,) = cursor.fetchone()
        cursor.execute("SELECT grants_new_public_id()")
        (next_one,) = cursor.fetchone()
        cursor.execute("SELECT setval('grants_public_id_number', %s)", [number])
    OrganisationFactory(public_id=next_one)
    assert ProgrammeFactory()
    assert OrganisationFactory()
