"""What is new, as Atom: valid, in the right language, with ids that last, and nothing that is not public."""

from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.test import Client

from grants.models import Grant
from tests import factories as make

pytestmark = pytest.mark.django_db
client = Client()
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(root: Element, name: str) -> list[str]:
    return [entry.findtext(f"{ATOM}{name}").replace("\u00a0", " ") for entry in root.findall(f"{ATOM}entry")]


def link(root: Element, rel: str) -> str:
    return root.find(f"{ATOM}link[@rel='{rel}']").get("href")


def test_a_selection_is_followed_the_newest_published_first():
    make.GrantFactory(published=True, recipient__name_fr="Ancienne", published_at="2023-01-01T00:00Z")
    make.GrantFactory(published=True, recipient__name_fr="Nouvelle", published_at="2024-01-01T00:00Z", amount=None)
    assert texts(feed("/aides.atom"), "title") == ["Nouvelle : montant non précisé", "Ancienne : 1 000 $"]


def test_a_selection_keeps_its_filters_and_leads_to_its_page():
    make.GrantFactory(published=True, date="2022")
    make.GrantFactory(published=True, date="2021")
    root = feed("/aides.atom?year=2022&sort=amount&utm_source=x")
    assert len(texts(root, "title")) == 1
    assert link(root, "self") == "http://testserver/aides.atom?year=2022"
    assert link(root, "alternate") == "http://testserver/aides/?year=2022"


def test_a_question_that_cannot_be_understood_is_refused_with_its_reason():
    response = client.get("/en/grants.atom?amount_min=much")
    assert response.status_code == 400
    assert "“much” is not an amount" in response.content.decode()


def test_a_feed_says_its_language_and_has_an_id_of_its_own_in_each():
    french, english = feed("/aides.atom"), feed("/en/grants.atom")
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert (french.get(language), english.get(language)) == ("fr", "en")
    assert french.findtext(f"{ATOM}id") == "tag:testserver,2026:fr/feed/grants"
    assert english.findtext(f"{ATOM}id") == "tag:testserver,2026:en/feed/grants"


def test_an_entry_keeps_its_id_and_tells_when_it_was_published_and_changed():
    grant = make.GrantFactory(published=True, public_id="otn-1")
    Grant.objects.filter(pk=grant.pk).update(amount="5.00")
    grant.refresh_from_db()
    root = feed("/aides.atom")
    assert texts(root, "id") == ["tag:testserver,2026:fr/grant/otn-1"]
    assert texts(root, "published") == ["2022-04-21T12:00:00+00:00"]
    assert texts(root, "updated")[0][:19] == grant.modified_at.isoformat()[:19]


def test_a_text_without_translation_says_its_language():
    act = make.AnnouncementFactory(published=True, title_fr="Seulement en français")
    entry = feed(f"/en/programmes/{act.programme.public_id}.atom").find(f"{ATOM}entry")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_a_programme_is_followed_with_announcements_grants_and_figures():
    act = make.AnnouncementFactory(published=True)
    make.GrantFactory(published=True, programme=act.programme)
    make.FigureFactory(published=True, programme=act.programme)
    make.FigureFactory(published=True, programme=None, announcement=act)
    make.GrantFactory(published=True)
    assert len(texts(feed(f"/programmes/{act.programme.public_id}.atom"), "title")) == 4


def test_an_organisation_is_followed_with_what_it_receives_gives_does_and_is_said_of_it():
    body = make.OrganisationFactory(published=True)
    make.GrantFactory(published=True, recipient=body)
    make.GrantFactory(published=True, funder=body)
    make.ProjectFactory(published=True, organisation=body)
    make.FigureFactory(published=True, programme=None, organisation=body)
    assert len(texts(feed(f"/beneficiaires/{body.public_id}.atom"), "title")) == 4


def test_drafts_and_the_names_of_persons_are_in_no_feed():
    make.GrantFactory(recipient__name_fr="Brouillon secret")
    person = make.OrganisationFactory(published=True, is_natural_person=True, name_fr="Zéphirine")
    make.GrantFactory(published=True, recipient=person, title_fr="Pour Zéphirine")
    page = client.get("/aides.atom").content.decode()
    assert "Particulier" in page
    assert "secret" not in page
    assert "Zéphirine" not in page
    assert client.get(f"/beneficiaires/{person.public_id}.atom").status_code == 404


def test_markup_and_hidden_characters_do_not_break_a_feed():
    make.GrantFactory(published=True, recipient__name_fr="A <b>&\x0b]]> Z", title_fr="<script>\x01</script>")
    root = feed("/aides.atom?q=Z")
    assert texts(root, "title") == ["A <b>& ]]> Z : 1 000 $"]
    assert "&lt;script&gt;" in texts(root, "summary")[0]


def test_a_feed_has_at_most_fifty_entries_in_one_query(django_assert_max_num_queries):
    for _one in range(51):
        make.GrantFactory(published=True)
    with django_assert_max_num_queries(5):
        assert len(texts(feed("/aides.atom"), "title")) == 50


def test_an_empty_feed_does_not_change_by_itself():
    assert client.get("/aides.atom").content == client.get("/aides.atom").content
