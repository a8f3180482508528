"""Words find records, whatever their accents, endings and language."""

import pytest

from grants.models import Grant, Organisation
from grants.search.everything import search_everything
from grants.search.words import matching, why_unanswerable
from tests.factories import GrantFactory, GrantProjectFactory, OrganisationFactory, OrganisationNameFactory

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return set(matching(Organisation.objects.all(), words).values_list("name_fr", flat=True))


@pytest.fixture(autouse=True)
def organisations() -> None:
    ets = OrganisationFactory(name_fr="École de technologie supérieure", name_en="", description_en="Trains engineers")
    OrganisationNameFactory(organisation=ets, name="ÉTS", kind="acronym")
    OrganisationFactory(name_fr="Association des médecins vétérinaires praticiens (A.M.V.P.Q.)")
    OrganisationFactory(name_fr="Saguenay–Lac-Saint-Jean et l’Œuvre")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("ecole technologies", "École"),  # accents, plural
        ("ÉCOLE", "École"),
        ("ets", "École"),  # acronym
        ("engineer", "École"),  # English stem
        ("vétérinaire", "Association"),
        ("amvpq", "Association"),
        ("A.M.V.P.Q.", "Association"),
        ("saguenay lac saint jean", "Saguenay"),
        ("oeuvre", "Saguenay"),  # ligature
        ('"lac saint"', "Saguenay"),
        ("vétérinaire -école", "Association"),
        ("l'œuvre", "Saguenay"),
        ("l\u02bcœuvre", "Saguenay"),  # an apostrophe that Unicode takes for a letter
        ("vétéri\u00adnaire", "Association"),  # a soft hyphen, pasted with the word
    ],
)
def test_words_find(words: str, name: str) -> None:
    assert [each.split("–")[0].split()[0] for each in found(words)] == [name]


@pytest.mark.parametrize(
    "words", ['"saint lac"', "école vétérinaire", "ecole -technologie", "zzz", "!!!", '"', "&|!<->()"]
)
def test_words_do_not_find(words: str) -> None:
    assert found(words) == set()


def test_either_word_is_enough_with_or() -> None:
    assert len(found("ets OR amvpq")) == 2
    assert len(found("ets OU amvpq")) == 2


def test_no_words_leave_the_list_as_it_is() -> None:
    assert len(found("  ")) == 3


@pytest.mark.parametrize("words", ["a" * 201, "a\x00b", " ".join(map(str, range(13)))])
def test_a_question_that_would_take_too_long_is_refused_with_a_reason(words: str) -> None:
    assert why_unanswerable(words)
    assert found(words) == set()


def test_a_grant_is_found_by_its_recipient_and_its_projects_together() -> None:
    grant = GrantFactory(recipient__name_fr="Réseau Synchronex")
    GrantProjectFactory(grant=grant, project__title_fr="Mon succès numérique", project__published=True)
    assert list(matching(Grant.objects.all(), "synchronex succes")) == [grant]


def test_a_grant_is_found_by_the_new_name_of_its_recipient() -> None:
    grant = GrantFactory()
    Organisation.objects.filter(pk=grant.recipient_id).update(name_fr="Coopérative des Bleuets")
    assert list(matching(Grant.objects.all(), "bleuet")) == [grant]


def test_a_natural_person_is_found_by_nobody() -> None:
    grant = GrantFactory(recipient__name_fr="Personne Inventée", recipient__is_natural_person=True)
    assert not found("inventée")
    assert not matching(Grant.objects.filter(pk=grant.pk), "inventée").exists()


def test_searching_everything_shows_what_is_published_alone() -> None:
    GrantFactory(recipient__name_fr="Ébauche de bleuets")
    public = GrantFactory(published=True, recipient__name_fr="Bleuets du Lac")
    groups = {group.kind: group.records for group in search_everything("bleuet")}
    assert groups == {"organisation": [public.recipient], "grant": [public]}


def test_a_group_counts_beyond_what_it_shows() -> None:
    for _ in range(3):
        OrganisationFactory(published=True, name_fr="Bleuets")
    group = search_everything("bleuets", limit=2)[0]
    assert (len(group.records), group.count) == (2, 3)
