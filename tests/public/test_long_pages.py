"""Pages whose lists have grown long."""

import pytest
from django.test import Client

from grants.public import sources
from grants.public.lists import PAGE_SIZE
from tests.factories import AnnouncementFactory, FigureFactory, ProgrammeFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(db: None) -> None:
    programme = ProgrammeFactory(published=True, public_id="otn")
    for number in range(PAGE_SIZE + 1):
        AnnouncementFactory(published=True, programme=programme, title_fr=f"Annonce {number}.", date=f"{1900 + number}")


def test_the_reconciliation_comes_page_by_page(client: Client, many: None) -> None:
    assert "Annonce 0." not in client.get("/concordance/").content.decode()
    assert "Annonce 0." in client.get("/concordance/?page=2").content.decode()


@pytest.mark.parametrize("page", ["0", "3", "99999999999999999999", "deux"])
def test_a_page_that_does_not_exist_is_not_found(client: Client, many: None, page: str) -> None:
    assert client.get("/concordance/", {"page": page}).status_code == 404


def test_a_programme_shows_its_latest_announcements_and_leads_to_the_others(client: Client, many: None) -> None:
    page = client.get("/programmes/otn/").content.decode()
    assert "Annonce 0." not in page
    assert "/annonces/?programme=otn" in page


def test_a_source_says_when_it_supports_more_than_it_shows(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    source = SourceFactory(published=True, public_id="source")
    FigureFactory.create_batch(2, published=True, source=source)
    assert "Seuls les" not in client.get("/sources/source/").content.decode()
    monkeypatch.setattr(sources, "MOST_SHOWN", 1)
    assert "Seuls les 1 premiers" in client.get("/sources/source/").content.decode()
