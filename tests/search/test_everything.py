"""Searching every noun takes as many queries and ranks as few records, however many answer."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.search import everything
from grants.search.everything import search_everything
from tests.factories import GrantFactory, OrganisationFactory, OrganisationNameFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def test_the_nearest_come_first() -> None:
    ProjectFactory(published=True, title_fr="Bleuets", description_fr="Rien d'autre que du texte qui est long " * 5)
    near = ProjectFactory(published=True, title_fr="Bleuets", description_fr="bleuets et bleuets")
    assert search_everything("bleuets")[0].records[0] == near


def test_the_search_page_takes_as_many_queries_for_many_answers_as_for_few(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            client.get("/recherche/", {"q": "bleuets"})
        return len(taken)

    GrantFactory(published=True, recipient__name_fr="Bleuet du Lac", title_fr="Bleuets")
    few = queries()
    for number in range(15):
        GrantFactory(published=True, recipient__name_fr=f"Bleuets {number}", title_fr="Un bleuet")
    assert queries() == few


def test_counts_stop_at_a_bound_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everything, "MOST_COUNTED", 2)
    for _ in range(3):
        ProjectFactory(published=True, title_fr="Bleuets")
    group = search_everything("bleuets")[0]
    assert (group.count, group.there_are_more) == (2, True)


def test_the_search_page_marks_what_it_found(client: Client) -> None:
    OrganisationFactory(published=True, name_fr="Les Écoles & cie")
    page = client.get("/recherche/", {"q": "école"}).content.decode()
    assert "Les <mark>Écoles</mark> &amp; cie" in page


def test_the_search_page_offers_the_nearest_words(client: Client) -> None:
    OrganisationFactory(published=True, name_fr="Bibliothèque")
    page = client.get("/recherche/", {"q": "biblioteque"}).content.decode()
    assert 'Vouliez-vous dire <a href="?q=biblioth%C3%A8que">bibliothèque</a>?' in page


@pytest.mark.parametrize(("words", "help_given"), [("le la", "partout"), ("-x", "exclure"), ('"', "guillemet")])
def test_the_search_page_helps_with_a_question_that_asks_nothing(client: Client, words: str, help_given: str) -> None:
    answer = client.get("/recherche/", {"q": words})
    assert answer.status_code == 200
    assert help_given in answer.content.decode()


def test_suggestions_are_json_with_words_and_addresses(client: Client) -> None:
    ets = OrganisationFactory(published=True, name_fr="École de technologie supérieure")
    OrganisationNameFactory(organisation=ets, name="ÉTS", kind="acronym")
    french = client.get("/recherche/suggestions/", {"q": "ets"}).json()
    assert french == {
        "suggestions": [
            {
                "label": "École de technologie supérieure (ÉTS)",
                "kind": "Organisation",
                "noun": "organisation",
                "href": f"/beneficiaires/{ets.public_id}/",
            }
        ]
    }
    english = client.get("/en/search/suggestions/", {"q": "ets"}).json()["suggestions"][0]
    assert (english["href"], english["lang"]) == (f"/en/recipients/{ets.public_id}/", "fr")
    assert client.get("/recherche/suggestions/", {"q": "\x00"}).json() == {"suggestions": []}
