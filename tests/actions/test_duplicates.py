"""Organisations that may be the same one."""

import pytest

from grants.actions.duplicates import duplicate_groups, likely_duplicates
from grants.models import Organisation
from tests.factories import OrganisationFactory, OrganisationNameFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ets() -> Organisation:
    return OrganisationFactory(name_fr="École de technologie supérieure")


@pytest.mark.parametrize(
    "name",
    [
        "Ecole de technologie superieure",  # accents
        "L’École de Technologie Supérieure",  # article, capitals
        "École de technologie supérieure inc.",  # legal suffix
        "ÉTS",  # acronym
        "E.T.S.",
        "École technologie supérieur",  # a slip
    ],
)
def test_a_known_organisation_is_recognised_by(ets: Organisation, name: str) -> None:
    assert [found.organisation for found in likely_duplicates(name)] == [ets]


def test_another_name_recognises_it_too(ets: Organisation) -> None:
    OrganisationNameFactory(organisation=ets, name="Centre d’entrepreneuriat technologique")
    assert likely_duplicates("Centre d'entrepreneuriat technologique")[0].organisation == ets


@pytest.mark.parametrize("name", ["École de danse supérieure de Montréal", "La Piscine", "ET", ""])
def test_another_organisation_is_left_alone(ets: Organisation, name: str) -> None:
    assert likely_duplicates(name) == []


def test_a_record_is_no_duplicate_of_itself(ets: Organisation) -> None:
    assert likely_duplicates(ets.name_fr, exclude_pk=ets.pk) == []


def test_one_merged_away_is_not_proposed(ets: Organisation) -> None:
    OrganisationFactory(name_fr="Ecole de technologie superieure", merged_into=ets)
    assert [found.organisation for found in likely_duplicates(ets.name_fr)] == [ets]


def test_the_chore_lists_groups_that_share_a_key(ets: Organisation) -> None:
    twin = OrganisationFactory(name_fr="ECOLE DE TECHNOLOGIE SUPERIEURE")
    OrganisationFactory(name_fr="La Piscine")
    assert duplicate_groups() == [sorted([ets.pk, twin.pk])]
