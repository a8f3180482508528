"""A word that is found nowhere is offered its nearest among public names."""

import pytest

from grants.models import Organisation
from grants.search.nearest import did_you_mean
from tests.factories import (
    AnnouncementFactory,
    GrantFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    ProgrammeFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records() -> None:
    library = OrganisationFactory(published=True, name_fr="Bibliothèque de Métabetchouan")
    OrganisationNameFactory(organisation=library, name="BIBLIOMAT")
    ProgrammeFactory(published=True, name_fr="Accélération numérique")
    AnnouncementFactory(published=True, title_fr="Vitrines agricoles")
    ProjectFactory(published=True, title_fr="Hydravion scolaire")
    OrganisationFactory(published=True, name_fr="Dorothée Exemplaire", is_natural_person=True)
    OrganisationFactory(name_fr="Confidentielle")


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("biblioteque", "bibliothèque"),
        ("bibliomatt", "BIBLIOMAT"),
        ("acceleratoin", "accélération"),
        ("vitrinnes", "vitrines"),
        ("hidravion", "hydravion"),
        ("Metabechouan biblioteque", "métabetchouan bibliothèque"),
        ('"biblioteque de metabetchouan"', '"bibliothèque de metabetchouan"'),
        ("hidravion -lac", "hydravion -lac"),
    ],
)
def test_a_misspelt_word_is_offered_its_nearest(words: str, nearest: str) -> None:
    assert did_you_mean(words) == nearest


@pytest.mark.parametrize(
    "words",
    [
        "bibliothèque",  # is found
        "bibliothèques",
        "bibliothèque hydravion",  # each is found, never together
        "zzzzzzzz",  # nothing is near
        "biblioteque hidravion",  # together they find nothing either
        "dorothe",  # a person's name is offered to nobody
        "confidentiele",  # nor a draft's
        "bibliot*",
        "-biblioteque",
        "2023",
        "",
        '"',
    ],
)
def test_nothing_is_offered_that_would_not_help(words: str) -> None:
    assert did_you_mean(words) is None


def test_a_name_withdrawn_is_offered_no_more() -> None:
    assert did_you_mean("metabechouan") == "métabetchouan"
    Organisation.objects.filter(name_fr__startswith="Biblio").update(
        publication="draft", ready_at=None, withdrawn_at="2023-01-01T00:00Z"
    )
    assert did_you_mean("metabechouan") is None


def test_a_word_of_a_draft_counts_as_found_nowhere() -> None:
    GrantFactory(title_fr="Vitrynes")
    assert did_you_mean("vitrynes") == "vitrines"


def test_what_is_kept_follows_the_registry(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(5):
        did_you_mean("hidravion")
