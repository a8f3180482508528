"""How to quote: in a line, in APA, as BibTeX, as RIS; of records, selections and all data."""

import datetime

import pytest
from django.test import Client
from django.utils import translation

from grants.public.citing import Reference, latex
from tests import factories as make

client = Client()
DAY = datetime.date(2022, 4, 1)


def text_of(address: str) -> str:
    return client.get(address).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "set_by_latex"),
    [
        ("50 % & plus_#1", r"50 \% \& plus\_\#1"),
        (r"a\b", r"a\textbackslash{}b"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("2^n ~ $", r"2\textasciicircum{}n \textasciitilde{} \$"),
        ("deux\nlignes\x00", "deux lignes"),
        ("« Été »", "«~Été~»".replace("~", " ")),
    ],
)
def test_what_latex_would_take_for_a_command_stands_for_itself(text, set_by_latex):
    assert latex(text) == set_by_latex


def test_braces_stay_balanced_whatever_the_title():
    for title in ("}}{", "\\{", "@misc{x,", "a\n}\n@book{y"):
        bibtex = Reference(title, "https://example.org/").bibtex
        assert bibtex.count("{") == bibtex.count("}")
        assert bibtex.count("\n@") == 0


def test_a_title_cannot_begin_another_field_of_ris():
    lines = Reference("Titre\r\nER  - \r\nTY  - BOOK", "https://example.org/").ris.split("\r\n")
    assert [line[:5] for line in lines].count("TY  -") == 1
    assert lines[1] == "TI  - Titre ER  -  TY  - BOOK"
    assert lines[-2:] == ["ER  - ", ""]


def test_apa_puts_the_year_first_and_tells_when_it_was_read():
    reference = Reference("Une <aide>", "https://example.org/x", changed=DAY)
    with translation.override("fr"):
        assert "(2022, 1er avril). <i>Une &lt;aide&gt;</i>." in reference.apa.replace("\u00a0", " ")
        assert "Consulté le" in reference.apa
    with translation.override("en"):
        assert "(2022, April 1)." in reference.apa


def test_a_day_that_nobody_knows_is_said_so():
    with translation.override("fr"):
        assert "(s.\u00a0d.)" in Reference("Titre", "https://example.org/").apa
    assert "year" not in Reference("Titre", "https://example.org/").bibtex


@pytest.mark.django_db
def test_every_record_has_its_references_on_its_page_and_as_files(first_source):
    for page in ("/aides/otn-fpi/", "/programmes/otn/", "/en/recipients/ets/", "/sources/quebec-39538/"):
        for style, kind in (("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")):
            file = f"{page.rstrip('/')}.{style}"
            assert f'href="{file}"' in text_of(page)
            response = client.get(file)
            assert response.status_code == 200
            assert response.headers["Content-Type"].startswith(kind)
            assert f"http://testserver{page}" in response.content.decode()


@pytest.mark.django_db
def test_a_draft_has_no_reference_and_what_was_withdrawn_is_gone():
    draft = make.GrantFactory()
    gone = {"publication": "withdrawn", "withdrawn_at": "2024-04-01T12:00:00-04:00"}
    withdrawn = make.GrantFactory(published=True, **gone)
    assert client.get(f"/aides/{draft.public_id}.bib").status_code == 404
    assert client.get(f"/aides/{withdrawn.public_id}.bib").status_code == 410


@pytest.mark.django_db
def test_a_grant_to_a_person_is_quoted_without_a_name():
    person = make.OrganisationFactory(published=True, is_natural_person=True, name_fr="Zéphirine")
    grant = make.GrantFactory(published=True, recipient=person, title_fr="Pour Zéphirine")
    assert "Particulier" in text_of(f"/aides/{grant.public_id}.ris")
    assert "Zéphirine" not in text_of(f"/aides/{grant.public_id}.ris")


@pytest.mark.django_db
def test_a_selection_is_quoted_with_its_address_and_as_data():
    text = text_of("/aides.bib?sort=-date&year=2022&utm_source=x")
    assert "url = {http://testserver/aides/?year=2022}" in text
    assert "howpublished = {Jeu de données}" in text
    assert text_of("/en/grants.ris?year=2022").startswith("TY  - DATA\r\nTI  - Grants (Year: 2022)\r\n")
    assert client.get("/aides.bib?amount_min=x").status_code == 400


@pytest.mark.django_db
def test_all_data_are_quoted():
    assert 'href="/donnees.bib"' in text_of("/donnees/")
    assert "url = {http://testserver/donnees/}" in text_of("/donnees.bib")


@pytest.mark.django_db
def test_the_same_page_has_the_same_key_for_ever():
    one, again, other = (
        text_of(f"/aides.bib?{asked}") for asked in ("year=2022&region=08", "region=08&year=2022", "year=2021")
    )
    assert one == again
    assert one.split(",")[0] != other.split(",")[0]
