"""While a name is typed, the public records whose words begin so are suggested."""

import pytest

from grants.search.suggestions import suggest
from tests.factories import AnnouncementFactory, OrganisationFactory, OrganisationNameFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def labels(typed: str) -> list[str]:
    return [f"{each.label} ({each.note})" if each.note else str(each.label) for each in suggest(typed)]


@pytest.fixture(autouse=True)
def records() -> None:
    ets = OrganisationFactory(published=True, name_fr="École de technologie supérieure")
    OrganisationNameFactory(organisation=ets, name="ÉTS", kind="acronym")
    OrganisationNameFactory(organisation=ets, name="Ancien institut", kind="former")
    OrganisationFactory(published=True, name_fr="Théâtre des écoliers")
    ProgrammeFactory(published=True, name_fr="Programme des écoles", acronym="PÉ")
    AnnouncementFactory(published=True, title_fr="Cinq écoles choisies", programme__name_fr="Autre")
    OrganisationFactory(name_fr="École en ébauche")
    OrganisationFactory(published=True, name_fr="Écolier Exemple", is_natural_person=True)


def test_words_that_begin_so_are_suggested_wherever_they_stand_in_a_name() -> None:
    assert labels("éco") == [
        "École de technologie supérieure",
        "Cinq écoles choisies",
        "Programme des écoles",
        "Théâtre des écoliers",
    ]


@pytest.mark.parametrize("typed", ["ets", "ÉTS", "é.t.s."])
def test_an_acronym_leads_to_the_organisation(typed: str) -> None:
    assert labels(typed) == ["École de technologie supérieure (ÉTS)"]


def test_a_former_name_leads_to_the_organisation() -> None:
    assert labels("ancien inst") == ["École de technologie supérieure (Ancien institut)"]


def test_every_word_typed_counts() -> None:
    assert labels("école tech") == ["École de technologie supérieure"]
    assert labels("technologie éco") == ["École de technologie supérieure"]


@pytest.mark.parametrize(
    "typed", ["", " ", "é", "école x", "'", "\\", "& | !", ":*", "\x00", "ébauche", "exemple", "zz"]
)
def test_nothing_is_suggested_for_what_no_public_name_begins_with(typed: str) -> None:
    assert labels(typed) == []


def test_at_most_eight_are_suggested_in_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    for number in range(30):
        OrganisationFactory(published=True, name_fr=f"Bleuets {number}")
    with django_assert_num_queries(3):
        assert len(suggest("bleu")) == 8
