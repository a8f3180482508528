"""What search engines read beside the page: the same as the page says, in valid JSON, in each language."""

import json
import re

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(address: str) -> str:
    return client.get(address).content.decode()


def told(address: str) -> dict[str, dict]:
    """The blocks of a page by their type."""
    blocks = [json.loads(block) for block in BLOCK.findall(page(address))]
    return {block["@type"]: block for block in blocks}


def head(address: str, pattern: str) -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(pattern, page(address))]


def test_a_grant_says_what_its_page_shows(first_source):
    grant = told("/aides/otn-fpi/")["MonetaryGrant"]
    assert grant["amount"] == {"@type": "MonetaryAmount", "currency": "CAD", "value": "6678540.00"}
    assert "6 678 540 $" in page("/aides/otn-fpi/").replace("\u00a0", " ")
    assert grant["fundedItem"]["name"] in page("/aides/otn-fpi/")


def test_a_programme_is_a_service_of_its_administrator(first_source):
    programme = told("/programmes/otn/")["GovernmentService"]
    assert programme["alternateName"] == "OTN"
    assert programme["url"] == "http://testserver/programmes/otn/"


def test_a_page_tells_the_way_to_it(first_source):
    steps = told("/en/recipients/ets/")["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["name"] for step in steps][:2] == ["Home", "Recipients"]
    assert steps[1]["item"] == "http://testserver/en/recipients/"
    assert "BreadcrumbList" not in told("/")


def test_a_selection_is_a_set_of_data_with_its_files(first_source):
    data = told("/aides/?year=2022")["Dataset"]
    assert data["name"] == "Aides financières (Année\u00a0: 2022)"
    assert data["url"] == "http://testserver/aides/?year=2022"
    files = {file["contentUrl"]: file["encodingFormat"] for file in data["distribution"]}
    assert files["http://testserver/aides.csv?year=2022"] == "text/csv"
    for address in files:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_all_data_are_a_set_of_data():
    assert told("/donnees/")["Dataset"]["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_markup_in_a_name_stays_text():
    body = make.OrganisationFactory(published=True, name_fr="</script><script>alert(1)</script>")
    grant = make.GrantFactory(published=True, recipient=body)
    assert told(f"/aides/{grant.public_id}/")["MonetaryGrant"]["fundedItem"]["name"] == body.name_fr
    assert "<script>alert" not in page(f"/aides/{grant.public_id}/")
    assert "<script>alert" not in page("/aides/?q=%3C/script%3E%3Cscript%3Ealert(1)")


def test_of_a_natural_person_nothing_is_told():
    person = make.OrganisationFactory(published=True, is_natural_person=True, name_fr="Zéphirine")
    grant = make.GrantFactory(published=True, recipient=person)
    assert "fundedItem" not in told(f"/aides/{grant.public_id}/")["MonetaryGrant"]


def test_a_selection_has_an_address_of_its_own_in_both_languages_and_is_not_kept():
    make.GrantFactory(published=True, date="2022")
    asked = "/aides/?utm_source=x&sort=-date&region=08&year=2022&page=1"
    canonical = "year=2022&region=08"
    assert head(asked, r'<link rel="canonical" href="(.*?)"') == [f"http://testserver/aides/?{canonical}"]
    assert head(asked, r'hreflang="en" href="(http.*?)"') == [f"http://testserver/en/grants/?{canonical}"]
    assert head(asked, r'<meta name="robots" content="(.*?)"') == ["noindex, follow"]


def test_a_list_without_filters_is_kept():
    assert head("/aides/", r'<meta name="robots" content="(.*?)"') == []
    assert head("/aides/?utm_source=x", r'<link rel="canonical" href="(.*?)"') == ["http://testserver/aides/"]


def test_a_question_that_cannot_be_understood_has_no_canonical_address():
    assert head("/aides/?amount_min=x", r'<link rel="canonical" href="(.*?)"') == []
    assert head("/aides/?amount_min=x", r'<meta name="robots" content="(.*?)"') == ["noindex, follow"]


@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        ("/", ["/aides.atom", "/corrections.atom"]),
        ("/aides/?year=2022&sort=amount", ["/aides.atom?year=2022"]),
        ("/en/programmes/otn/", ["/en/programmes/otn.atom"]),
        ("/beneficiaires/ets/", ["/beneficiaires/ets.atom"]),
        ("/corrections/", ["/aides.atom", "/corrections.atom"]),
        ("/projets/", []),
    ],
)
def test_readers_of_feeds_find_the_feed_of_a_page(first_source, address, feeds):
    found = head(address, r'<link rel="alternate"\s+type="application/atom\+xml"[^>]*href="(.*?)"')
    assert found == feeds
    for feed in feeds:
        assert client.get(feed).status_code == 200
