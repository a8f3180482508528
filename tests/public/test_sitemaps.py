"""What search engines are told to read: everything public once, in both languages, and nothing that never ends."""

import pytest
from defusedxml import ElementTree
from django.test import Client

from grants.public import sitemaps
from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def addresses(path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"].startswith("application/xml")
    return [found.text for found in ElementTree.fromstring(response.content).iter(f"{SPACE}loc")]


def files(section: str = "") -> list[str]:
    """The files of the index: which ranges of keys they are depends on how many records were ever made."""
    listed = [address.removeprefix("http://testserver") for address in addresses("/sitemap.xml")]
    return [file for file in listed if file.startswith(f"/sitemap-{section}")]


def everything() -> list[str]:
    return [found for file in files() for found in addresses(file)]


def test_every_public_record_is_listed_once_in_each_language(first_source):
    found = everything()
    assert len(found) == len(set(found))
    for path in ("/", "/en/grants/", "/aides/otn-fpi/", "/en/grants/otn-fpi/", "/beneficiaires/ets/", "/corrections/"):
        assert f"http://testserver{path}" in found


def test_every_address_listed_answers(first_source):
    for address in everything():
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_a_page_is_listed_with_its_translations_and_its_last_change():
    grant = make.GrantFactory(published=True, public_id="otn-1")
    [file] = files("grant")
    root = ElementTree.fromstring(client.get(file).content)
    for url in root:
        links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        french, english = "http://testserver/aides/otn-1/", "http://testserver/en/grants/otn-1/"
        assert links == {"fr": french, "en": english, "x-default": french}
        assert url.findtext(f"{SPACE}lastmod") == grant.modified_at.isoformat(timespec="seconds")


def test_drafts_what_was_withdrawn_and_persons_are_not_listed():
    make.GrantFactory(public_id="draft-1")
    make.OrganisationFactory(published=True, is_natural_person=True, public_id="person-1")
    gone = {"publication": "withdrawn", "withdrawn_at": "2024-04-01T12:00:00-04:00"}
    make.SourceFactory(published=True, public_id="gone-1", **gone)
    make.SourceFactory(published=True)
    found = " ".join(everything())
    for public_id in ("draft-1", "person-1", "gone-1"):
        assert public_id not in found


def test_each_file_holds_one_range_of_keys_and_empty_ones_are_left_out(monkeypatch):
    monkeypatch.setattr(sitemaps, "SPAN", 2)
    keys = [1, 2, 3, 9]
    for key in keys:
        make.SourceFactory(published=True, pk=key, public_id=f"source-{key}")
    assert [file.partition("?")[2] for file in files("source")] == ["", "p=2", "p=5"]
    assert [len(addresses(f"/sitemap-source.xml?p={number}")) for number in (1, 2, 5)] == [4, 2, 2]
    assert client.get("/sitemap-source.xml?p=3").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 5000, "\x00"])
def test_an_absurd_page_of_a_sitemap_is_not_found(page):
    assert client.get("/sitemap-grant.xml", {"p": page}).status_code == 404


def test_an_unknown_sitemap_is_not_found():
    assert client.get("/sitemap-person.xml").status_code == 404


def test_a_file_takes_one_query(django_assert_max_num_queries):
    for key in range(1, 6):
        make.SourceFactory(published=True, pk=key)
    with django_assert_max_num_queries(2):  # the registry's version, and the range
        addresses("/sitemap-source.xml")


def test_robots_are_led_to_the_sitemaps_and_kept_from_what_never_ends():
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml\n" in text
    for path in ("/*?*&", "/*.csv?", "/recherche/", "/en/search/", "/aides/integrer/", "/en/grants/embed/", "/admin/"):
        assert f"Disallow: {path}\n" in text
