"""Organisations: names, keys, NEQ, and what of a natural person may be said."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from grants.models import Organisation
from tests.factories import GrantFactory, OrganisationFactory, OrganisationNameFactory


@pytest.mark.parametrize(("language", "said"), [("fr", "Particulier"), ("en", "Individual")])
def test_of_a_natural_person_the_public_reads_only_that_it_is_one(language: str, said: str) -> None:
    person = Organisation(name_fr="Dorothée Exemple", name_en="Dorothy Example", is_natural_person=True)
    assert person.public_name(language).value == said
    with override(language):
        assert person.public_name().value == said


def test_a_body_without_an_english_name_keeps_its_french_one_and_says_so() -> None:
    name = Organisation(name_fr="Groupe MISA").public_name("en")
    assert (name.value, name.language, name.is_fallback) == ("Groupe MISA", "fr", True)


def test_the_key_of_a_name_puts_articles_and_legal_forms_aside() -> None:
    assert Organisation(name_fr="Le Groupe MISA inc.").key == "groupe misa"


@pytest.mark.parametrize(("neq", "unusual"), [("1140000001", False), ("8812345678", False), ("4412345678", True)])
def test_a_neq_with_an_odd_beginning_is_a_doubt(neq: str, unusual: bool) -> None:
    assert Organisation(neq=neq).neq_is_unusual is unusual


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("fr", "exactement dix chiffres"), ("en", "exactly ten digits")])
def test_a_neq_of_nine_digits_is_refused_in_words(language: str, words: str) -> None:
    with override(language), pytest.raises(ValidationError, match=words):
        Organisation(name_fr="A", neq="114000000").full_clean()


@pytest.mark.django_db
def test_recipients_are_those_that_receive() -> None:
    grant = GrantFactory(funder=OrganisationFactory())
    assert list(Organisation.objects.recipients()) == [grant.recipient]


@pytest.mark.django_db
def test_other_names_are_found_by_organisation_and_name() -> None:
    name = OrganisationNameFactory(organisation__public_id="ets", name="ÉTS")
    assert type(name).objects.get_by_natural_key(*name.natural_key()) == name
