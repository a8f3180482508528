"""What is public is corrected by those who may publish, whatever door the others try."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.models import Citation, Grant, Region
from tests.factories import CitationFactory, GrantFactory, OrganisationFactory, RegionFactory, SourceFactory

from .pages import address, as_sent, errors_of, send, signed_in

pytestmark = pytest.mark.django_db

NOT_A_KEY = ["", "x", "-1", "1.5", "²", "\x00", "9" * 40, "9" * 5000]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Sheets wait in the test's own folder."""
    settings.VAR_DIR = tmp_path


def preview(client, model, text):
    """The screen of an import after the choice of a file that holds `text`."""
    posted = {"import_file": SimpleUploadedFile("essai.csv", text.encode()), "format": "", "resource": "0"}
    return client.post(address(model, "import"), posted)


@pytest.fixture
def supported():
    """A published grant and a published source."""
    return GrantFactory(published=True), SourceFactory(published=True)


def test_an_import_adds_no_source_to_what_is_published_without_the_right_to_publish(alice, bob, supported):
    grant, source = supported
    sheet = f"source,grant,quote\n{source.public_id},{grant.public_id},Texte\n"
    assert "ne peut pas la corriger" in preview(signed_in(alice), Citation, sheet).content.decode()
    assert preview(signed_in(bob), Citation, sheet).context["result"].new == 1


def test_an_import_changes_no_words_of_what_is_published_without_the_right_to_publish(alice, supported):
    grant, source = supported
    CitationFactory(grant=grant, source=source, quote="Vrai")
    sheet = f"source,grant,quote\n{source.public_id},{grant.public_id},Faux\n"
    assert preview(signed_in(alice), Citation, sheet).context["result"].refused == 1


def test_a_citation_about_nothing_is_still_refused_in_words(alice, supported):
    sheet = f"source,grant,quote\n{supported[1].public_id},,Texte\n"
    assert "de notre côté" not in preview(signed_in(alice), Citation, sheet).content.decode()


def test_a_citation_cannot_be_moved_to_what_is_published(alice, supported):
    grant, source = supported
    citation = CitationFactory(grant=GrantFactory(), source=source)
    response = send(signed_in(alice), address(citation), grant=str(grant.pk))
    assert "ne permet pas de la corriger" in errors_of(response)


def test_regions_are_public_at_once_and_not_for_those_who_only_enter(alice, bob):
    region, client = RegionFactory(), signed_in(alice)
    assert client.post(address(region), {"name_fr": "Ailleurs"}).status_code == 403
    assert client.post(address(region, "delete"), {"post": "yes"}).status_code == 403
    assert preview(client, Region, "code,name_fr\n08,Ailleurs\n").status_code == 403
    assert client.get(address(region)).status_code == 200
    assert send(signed_in(bob), address(region), name_en="Abitibi").status_code == 302


def test_fields_that_no_form_shows_are_not_taken_from_what_is_sent(alice):
    grant = GrantFactory()
    forged = {"publication": "published", "ready_by": "1", "published_at": "2026-01-01", "public_id": "mine"}
    forged |= {"four_eyes_waiver": "administrator", "version": "99", "import_row": "7"}
    client, before = signed_in(alice), Grant.objects.values().get(pk=grant.pk)
    client.post(address(grant), as_sent(client.get(address(grant))) | forged)
    assert Grant.objects.values().get() == before


def test_a_forged_copy_is_a_draft_of_its_own(bob):
    grant, client = GrantFactory(published=True, title_fr="La vraie"), signed_in(bob)
    sent = as_sent(client.get(address(grant))) | {"_saveasnew": "1", "title_fr": "La copie"}
    client.post(address(grant), sent)
    assert set(Grant.objects.values_list("title_fr", "publication")) == {
        ("La vraie", "published"),
        ("La copie", "draft"),
    }


def test_a_row_of_a_form_cannot_be_exchanged_for_somebody_elses(alice):
    published, draft = CitationFactory(grant=GrantFactory(published=True), quote="Vrai"), CitationFactory()
    client = signed_in(alice)
    sent = as_sent(client.get(address(draft.grant)))
    forged = {"citations-0-id": published.pk, "citations-0-quote": "Faux", "citations-0-grant": published.grant_id}
    client.post(address(draft.grant), sent | forged)
    published.refresh_from_db()
    assert published.quote == "Vrai"


@pytest.mark.parametrize("key", NOT_A_KEY)
def test_a_list_action_on_what_is_no_key_says_so(alice, key):
    sent = {"action": "make_ready", "_selected_action": key, "index": 0}
    response = signed_in(alice).post(address(Grant, "changelist"), sent, follow=True)
    assert "Choisissez des fiches" in response.content.decode() or key.isdigit()


@pytest.mark.parametrize("key", NOT_A_KEY)
def test_a_form_opened_with_what_is_no_key_is_a_plain_form(alice, key):
    assert signed_in(alice).get(address(Grant, "add"), {"programme": key, "recipient": key}).status_code == 200


def test_a_form_opened_with_a_key_is_filled_in(alice):
    recipient = OrganisationFactory()
    page = signed_in(alice).get(address(Grant, "add"), {"recipient": recipient.pk})
    assert recipient.name_fr in page.content.decode()


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "²", "x"])
def test_a_forged_confirmation_is_refused_in_words(alice, number):
    sent = {"import_file_name": number, "format": number, "original_file_name": number, "resource": number}
    response = signed_in(alice).post(address(Grant, "process_import"), sent, follow=True)
    assert "ne vient pas de votre aperçu" in response.content.decode()
