"""Pages of one record: claims with their words, what adds up, what is unsplit, what changed."""

import re

import pytest
from django.test import Client

from grants.models import Grant
from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()


def text_of(address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_an_announcement_shows_each_stated_figure_beside_its_parts_and_the_verdict(first_source):
    page = text_of("/annonces/otn-2022-04-20/")
    for words in ("29 000 000 $", "29 249 885 $", "+249 885 $", "badge-consistent", "badge-exact", "concordant"):
        assert words in page
    assert "<q" in page
    assert "29 millions de dollars" in page


def test_an_incomplete_announcement_says_what_is_to_find(first_source):
    page = text_of("/en/announcements/otn-2022-01/")
    assert "badge-partial" in page
    assert "$25,000,000 to find" in page


def test_a_hedged_claim_keeps_its_hedge_its_words_and_its_source(first_source):
    page = text_of("/en/programmes/otn/")
    assert "more than 48,500" in page
    assert '<q lang="fr">' in page
    assert 'href="#source-1"' in page
    assert 'id="source-1"' in page


def test_a_programme_shows_its_envelope_what_was_granted_and_what_is_left(first_source):
    page = text_of("/programmes/otn/")
    for words in ("130 000 000 $", "81 000 000 $", "110 249 885 $", "19 750 115 $", "<svg"):
        assert words in page


def test_claims_that_disagree_stand_side_by_side():
    programme = make.ProgrammeFactory(published=True)
    for value in ("48500", "49000"):
        make.FigureFactory(
            published=True, programme=programme, measure="made_aware", value=value, as_of="2022", nature="target"
        )
    section = text_of(f"/programmes/{programme.public_id}/").partition('id="disagreements"')[2]
    assert "48 500" in section.partition("</section>")[0]
    assert "49 000" in section.partition("</section>")[0]


def test_one_grant_for_several_projects_stays_whole_and_says_so(first_source):
    page = text_of("/aides/otn-fpi/")
    assert "6 678 540 $" in page
    assert "le registre n’invente aucun partage" in page


def test_a_grant_without_amount_says_so_and_is_never_nil():
    grant = make.GrantFactory(published=True, amount=None)
    page = text_of(f"/aides/{grant.public_id}/")
    assert "montant non précisé" in page
    assert "0 $" not in page


def test_a_month_never_becomes_a_day():
    grant = make.GrantFactory(published=True, date="2021-03")
    for page in ("/aides/", f"/aides/{grant.public_id}/"):
        assert "mars 2021" in text_of(page)
        assert "1er mars 2021" not in text_of(page)


def test_a_missing_english_text_is_french_and_marked(first_source):
    assert '<h1 lang="fr">Gouvernement du Québec' not in text_of("/beneficiaires/gouv-qc/")
    assert '<h1 lang="fr">Gouvernement du Québec' in text_of("/en/recipients/gouv-qc/")


def test_a_correction_is_told_with_before_and_after():
    grant = make.GrantFactory(published=True, amount="1000.00")
    Grant.objects.filter(pk=grant.pk).update(amount="2500.00", status="amended")
    page = text_of(f"/aides/{grant.public_id}/")
    assert "<del>1 000 $</del> → <ins>2 500 $</ins>" in page
    assert "Corrigée" in page


def test_what_changed_before_publication_is_not_told():
    grant = make.GrantFactory(amount="1.00")
    Grant.objects.filter(pk=grant.pk).update(amount="7.00")
    published = {"publication": "published", "ready_at": "2022-04-21T12:00Z", "published_at": "2022-04-21T12:00Z"}
    type(grant.recipient).objects.filter(pk=grant.recipient.pk).update(**published)
    Grant.objects.filter(pk=grant.pk).update(**published)
    history = text_of(f"/aides/{grant.public_id}/").partition('id="history"')[2]
    assert "21 avril 2022</time> – Publiée" in history
    assert "<del>" not in history


def test_a_correction_by_raw_sql_is_told_too(db):
    from django.db import connection

    grant = make.GrantFactory(published=True, amount="1000.00")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grants_grant SET amount = 3 WHERE id = %s", [grant.pk])
    assert "<ins>3 $</ins>" in text_of(f"/aides/{grant.public_id}/")


def test_html_in_any_field_is_text():
    words = "<script>alert(1)</script><b>gras</b>"
    body = make.OrganisationFactory(published=True, name_fr=words, description_fr=words, city=words)
    grant = make.GrantFactory(published=True, recipient=body, title_fr=words, description_fr=words)
    source = make.SourceFactory(published=True, title=words, publisher=words)
    make.CitationFactory(grant=grant, source=source, quote=words)
    for page in (
        f"/aides/{grant.public_id}/",
        f"/beneficiaires/{body.public_id}/",
        f"/sources/{source.public_id}/",
        "/aides/",
        "/beneficiaires/",
        "/sources/",
        "/",
        "/recherche/?q=gras",
    ):
        assert "<script>alert" not in text_of(page)
        assert "<b>" not in text_of(page)


def test_a_source_lists_everything_it_supports(first_source):
    page = text_of("/sources/quebec-39538/")
    for words in ("130 000 000 $", "plus de 2 600", "FPInnovations", "Groupe MISA", "Offensive de transformation"):
        assert words in page


def test_the_first_page_has_the_figures_that_matter_each_with_what_supports_it(first_source):
    page = text_of("/")
    for words in ("110 249 885 $", "19 750 115 $", 'href="/programmes/otn/#envelope"', 'href="/beneficiaires/"'):
        assert words in page
    keys = client.get("/").context["keys"]
    assert [key.value for key in keys][1:3] == ["9", "10"]


def test_an_empty_registry_has_all_its_pages(db):
    for page in ("/", "/aides/", "/beneficiaires/", "/annonces/", "/programmes/", "/concordance/", "/donnees/"):
        assert client.get(page).status_code == 200


def test_the_concordance_counts_what_each_field_lacks(first_source):
    rows = {row["label"]: row for row in client.get("/en/reconciliation/").context["completeness"]}
    assert (rows["Amount"]["count"], rows["Region"]["count"], rows["Named project"]["missing"]) == (9, 1, 7)


def test_a_search_puts_accents_and_case_aside(first_source):
    for words in ("ecole de technologie", "ÉCOLE", "ets"):
        page = re.sub("</?mark>", "", text_of(f"/recherche/?q={words}"))
        assert "École de technologie supérieure" in page


def test_a_search_that_cannot_be_answered_says_why():
    assert "plus de douze mots" in text_of("/recherche/?q=" + "+".join(f"mot{number}" for number in range(13)))
    assert "longer than 200" in text_of("/en/search/?q=" + "x" * 201)
    assert client.get("/recherche/", {"q": "\x00"}).status_code == 200
