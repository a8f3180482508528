"""Addresses in two languages: what answers, what redirects, what is gone, what never was."""

import pgtrigger
import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()

PAGES = {
    "/": "/en/",
    "/aides/": "/en/grants/",
    "/aides/otn-fpi/": "/en/grants/otn-fpi/",
    "/beneficiaires/": "/en/recipients/",
    "/beneficiaires/ets/": "/en/recipients/ets/",
    "/annonces/": "/en/announcements/",
    "/annonces/otn-2022-04-20/": "/en/announcements/otn-2022-04-20/",
    "/programmes/": "/en/programmes/",
    "/programmes/otn/": "/en/programmes/otn/",
    "/projets/": "/en/projects/",
    "/sources/": "/en/sources/",
    "/sources/quebec-39538/": "/en/sources/quebec-39538/",
    "/concordance/": "/en/reconciliation/",
    "/donnees/": "/en/data/",
    "/recherche/?q=colab": "/en/search/?q=colab",
}
RECORDS = {
    make.GrantFactory: "/aides/{}/",
    make.OrganisationFactory: "/beneficiaires/{}/",
    make.AnnouncementFactory: "/annonces/{}/",
    make.ProgrammeFactory: "/programmes/{}/",
    make.ProjectFactory: "/projets/{}/",
    make.SourceFactory: "/sources/{}/",
}


def text_of(address: str) -> str:
    return client.get(address).content.decode()


def withdrawn(factory, **more):
    gone = {"publication": "withdrawn", "withdrawn_at": "2024-04-01T12:00:00-04:00"}
    return factory(published=True, **gone, withdrawal_notice_fr="Inscrite par erreur.", **more)


def test_every_page_answers_in_both_languages(first_source):
    for french, english in PAGES.items():
        assert '<html lang="fr"' in text_of(french)
        assert '<html lang="en"' in text_of(english)


def test_every_page_leads_to_itself_in_the_other_language(first_source):
    for french, english in PAGES.items():
        assert f'href="{english}"' in text_of(french)
        assert f'href="{french}"' in text_of(english)


def test_switching_language_keeps_the_filters():
    assert 'href="/en/grants/?year=null&amp;sort=amount"' in text_of("/aides/?year=null&sort=amount")


def test_every_page_names_its_canonical_address_and_its_translations(first_source):
    page = text_of("/aides/otn-fpi/")
    assert '<link rel="canonical" href="http://testserver/aides/otn-fpi/">' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/grants/otn-fpi/">' in page
    assert '<meta property="og:title"' in page


def test_a_missing_slash_is_added():
    for short, whole in (("/aides", "/aides/"), ("/en/grants", "/en/grants/")):
        assert client.get(short).headers["Location"] == whole


@pytest.mark.parametrize("factory", RECORDS)
def test_a_draft_has_no_page(factory):
    assert client.get(RECORDS[factory].format(factory(public_id="draft-1").public_id)).status_code == 404


@pytest.mark.parametrize("factory", RECORDS)
def test_what_was_withdrawn_answers_gone_with_a_dated_notice(factory):
    address = RECORDS[factory].format(withdrawn(factory).public_id)
    response = client.get(address)
    assert response.status_code == 410
    assert "1er\u00a0avril 2024" in response.content.decode()
    assert "Inscrite par erreur." in response.content.decode()


def test_a_notice_without_english_is_marked_french_on_the_english_page():
    gone = withdrawn(make.GrantFactory)
    response = client.get(f"/en/grants/{gone.public_id}/")
    assert response.status_code == 410
    assert '<span lang="fr">Inscrite par erreur.</span>' in response.content.decode()


def test_a_withdrawn_record_is_no_longer_named():
    gone = withdrawn(make.OrganisationFactory, name_fr="Coopérative retirée")
    assert "Coopérative retirée" not in text_of(f"/beneficiaires/{gone.public_id}/")


def test_a_merged_organisation_leads_to_the_one_kept():
    kept = make.OrganisationFactory(published=True)
    between = withdrawn(make.OrganisationFactory, merged_into=kept)
    first = withdrawn(make.OrganisationFactory, merged_into=between)
    for old in (first, between):
        response = client.get(f"/en/recipients/{old.public_id}/")
        assert response.status_code == 301
        assert response.headers["Location"] == f"/en/recipients/{kept.public_id}/"


def test_organisations_merged_in_a_ring_do_not_hang():
    one = withdrawn(make.OrganisationFactory)
    other = withdrawn(make.OrganisationFactory, merged_into=one)
    # PostgreSQL refuses rings; the page must stand one all the same.
    with pgtrigger.ignore("grants.Organisation:no_circle_on_update"):
        type(one).objects.filter(pk=one.pk).update(merged_into=other)
    assert client.get(f"/beneficiaires/{one.public_id}/").status_code == 410


@pytest.mark.parametrize("address", ["/aides/nowhere/", "/en/grants/nowhere/", "/aides.pdf", "/aides/?page=99"])
def test_what_never_was_is_not_found(address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "9" * 5000])
def test_an_absurd_page_is_not_found(page):
    assert client.get("/aides/", {"page": page}).status_code == 404
