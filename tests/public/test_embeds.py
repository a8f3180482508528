"""A selection inside other sites: that page alone may be framed, and it holds what the list holds."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()
EMBED = "/aides/integrer/"


def page(address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_an_embed_may_be_framed_by_any_site():
    for address in (EMBED, "/en/grants/embed/?show=total", f"{EMBED}?show=nothing"):
        headers = client.get(address).headers
        assert "X-Frame-Options" not in headers
        assert "frame-ancestors *" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize(
    "address", ["/", "/aides/", "/en/grants/", "/corrections/", "/aides/integrer", "/admin/login/"]
)
def test_nothing_else_may_be_framed(address):
    headers = client.get(address).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("show", ["chart", "table", "total", "map"])
def test_an_embed_tells_what_its_selection_adds_up_to_and_leads_back(show):
    make.GrantFactory(published=True, amount="1000.00", date="2022")
    make.GrantFactory(published=True, amount="777.00", date="2021")
    text = page(f"{EMBED}?year=2022&show={show}")
    assert "1 aide financière" in text
    assert "1 000 $" in text
    assert "777 $" not in text
    assert '<a href="http://testserver/aides/?year=2022" target="_blank"' in text
    assert "<nav" not in text


@pytest.mark.parametrize("by", ["year", "fiscal", "programme", "region", "kind", "band", "recipient"])
@pytest.mark.parametrize("measure", ["amount", "count"])
def test_a_chart_can_be_by_anything_that_charts_draw(by, measure):
    make.GrantFactory(published=True)
    assert "<figure" in page(f"{EMBED}?show=chart&by={by}&measure={measure}")
    assert "<table" in page(f"{EMBED}?show=table&by={by}&measure={measure}")


def test_nothing_inside_the_frame_leads_to_a_page_that_cannot_be_framed():
    make.GrantFactory(published=True)
    for show in ("chart", "table", "map"):
        text = page(f"{EMBED}?show={show}&by=region")
        assert text.count("<a ") == text.count('target="_blank"')


@pytest.mark.parametrize(
    "asked", ["show=x", "by=recipient__name_fr", "measure=x", "amount_min=x", "nothing=1", "q=%00"]
)
def test_what_cannot_be_shown_is_refused_in_words(asked):
    response = client.get(f"{EMBED}?{asked}")
    assert response.status_code == 400
    assert "notice-bad" in response.content.decode()


def test_an_empty_selection_is_said_so():
    assert "Aucune aide financière à montrer ici." in page(EMBED)


def test_persons_and_drafts_are_not_shown():
    person = make.OrganisationFactory(published=True, is_natural_person=True, name_fr="Zéphirine")
    make.GrantFactory(published=True, recipient=person)
    make.GrantFactory(recipient__name_fr="Brouillon secret")
    text = page(f"{EMBED}?show=table&by=recipient")
    assert "Particuliers" in text
    assert "Zéphirine" not in text
    assert "secret" not in text


def test_the_list_gives_the_code_to_copy():
    make.GrantFactory(published=True, date="2022")
    text = page("/aides/?year=2022&sort=amount")
    address = "http://testserver/aides/integrer/?year=2022&amp;amp;show=chart&amp;amp;by=year"
    assert f"&lt;iframe src=&quot;{address}&quot; title=&quot;Aides financières (Année : 2022)&quot;" in text
    assert client.get("/aides/integrer/?year=2022&show=chart&by=year").status_code == 200
