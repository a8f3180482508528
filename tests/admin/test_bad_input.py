"""Bad input: a clear message in the language of the page, and nothing half-saved."""

import pytest

from grants.models import Grant, Organisation
from tests.factories import GrantFactory, OrganisationFactory

from .pages import address, errors_of, send, signed_in

pytestmark = pytest.mark.django_db

BAD_GRANTS = [
    ({"amount": "deux millions"}, "n’est pas un montant", "is not an amount"),
    ({"amount": "12 €"}, "dollars canadiens", "Canadian dollars"),
    ({"date": "31 février 2022"}, "ce jour n’existe pas", "that day does not exist"),
    ({"date": "bientôt"}, "n’est pas une date", "is not a date"),
    (
        {"agreement_start": "2022-05", "agreement_end": "2022-04"},
        "avant d’avoir commencé",
        "cannot end before it starts",
    ),
    ({"amount": "-5"}, "négatif", "negative amount needs"),
    ({"title_fr": "t" * 10_000}, "300", "300"),
    ({"title_fr": "a\x07b"}, "U+0007", "U+0007"),
    ({"currency": "dollars"}, "3", "3"),
]


@pytest.mark.parametrize(("language", "place"), [("fr", 1), ("en", 2)])
@pytest.mark.parametrize("bad", BAD_GRANTS, ids=lambda bad: "-".join(bad[0]))
def test_a_grant_with_bad_input_comes_back_with_a_clear_message(alice, bad, language, place):
    grant = GrantFactory(amount="1000.00")
    response = send(signed_in(alice), address(grant, language=language), reference="typed before", **bad[0])
    assert bad[place] in errors_of(response)
    assert "typed before" in response.content.decode()
    grant.refresh_from_db()
    assert (grant.version, grant.reference) == (1, "")


@pytest.mark.parametrize(("language", "words"), [("fr", "dix chiffres"), ("en", "ten digits")])
def test_a_nine_digit_neq_is_refused(alice, language, words):
    organisation = OrganisationFactory()
    response = send(signed_in(alice), address(organisation, language=language), neq="116345678")
    assert words in errors_of(response)


@pytest.mark.parametrize(("language", "words"), [("fr", "vérifiez-le"), ("en", "check it")])
def test_an_unusual_neq_is_saved_with_a_warning(alice, language, words):
    organisation = OrganisationFactory()
    client = signed_in(alice)
    send(client, address(organisation, language=language), neq="9912345678")
    organisation.refresh_from_db()
    assert organisation.neq == "9912345678"
    page = client.get(address(organisation, language=language)).content.decode()
    assert words in page


@pytest.mark.parametrize(("language", "words"), [("fr", "a été retiré"), ("en", "has been withdrawn")])
def test_a_new_grant_to_a_withdrawn_organisation_is_refused(alice, language, words):
    gone = OrganisationFactory(published=True)
    Organisation.objects.filter(pk=gone.pk).update(publication="withdrawn", withdrawn_at="2026-11-23T12:00Z")
    response = send(signed_in(alice), address(Grant, "add", language), recipient=str(gone.pk), amount="5 000 $")
    assert words in errors_of(response)
    assert not Grant.objects.exists()


def test_a_grant_to_a_merged_organisation_names_the_one_that_was_kept(alice):
    kept = OrganisationFactory(name_fr="Centre des rives")
    merged = OrganisationFactory(merged_into=kept)
    response = send(signed_in(alice), address(Grant, "add"), recipient=str(merged.pk))
    assert "Centre des rives" in errors_of(response)


def test_a_published_grant_cannot_pass_to_a_draft_organisation(bob):
    grant, draft = GrantFactory(published=True), OrganisationFactory()
    response = send(signed_in(bob), address(grant), recipient=str(draft.pk))
    assert "pas publié" in errors_of(response)


def test_html_in_a_name_is_shown_as_text(alice):
    organisation = OrganisationFactory(name_fr="<script>alert(1)</script>")
    client = signed_in(alice)
    for page in (address(organisation), address(Organisation, "changelist"), address(organisation, "history")):
        assert "<script>alert(1)" not in client.get(page).content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/a", "pas une adresse"])
def test_only_web_addresses_are_taken(alice, url):
    organisation = OrganisationFactory()
    response = send(signed_in(alice), address(organisation), website=url)
    assert response.status_code == 200
    organisation.refresh_from_db()
    assert organisation.website == ""


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "a" * 3000, "q=%22(((&", "chore=nonsense", "publication__exact=x", "p=99999", "zzz=1"]
)
def test_odd_addresses_of_a_list_are_never_a_server_error(alice, query):
    GrantFactory()
    response = signed_in(alice).get(f"{address(Grant, 'changelist')}?{query}", follow=True)
    assert response.status_code == 200


def test_unknown_records_and_verbs_are_not_server_errors(alice):
    client, grant = signed_in(alice), GrantFactory()
    base = address(Grant, "changelist")
    assert client.get(f"{base}999999/change/").status_code == 302
    assert client.get(f"{base}zzz/history/").status_code == 302
    assert client.get(f"{base}{grant.pk}/publication/destroy/").status_code == 404
    assert client.get(f"{base}999999/publication/publish/").status_code == 404


def test_amounts_and_dates_are_typed_as_people_write_them(alice):
    grant = GrantFactory()
    response = send(
        signed_in(alice), address(grant), amount="2,3 M$", total_project_cost="4 600 000 $", date="mars 2021"
    )
    assert response.status_code == 302
    grant.refresh_from_db()
    assert (str(grant.amount), str(grant.total_project_cost), grant.date.iso) == ("2300000.00", "4600000.00", "2021-03")


@pytest.mark.parametrize(
    ("language", "amount", "date"), [("fr", "2 307 663", "mars 2021"), ("en", "2,307,663", "March 2021")]
)
def test_a_form_sent_untouched_changes_nothing(alice, language, amount, date):
    grant = GrantFactory(amount="2307663.00", total_project_cost="1234.50", date="2021-03")
    client = signed_in(alice)
    page = client.get(address(grant, language=language)).content.decode().replace("\xa0", " ")
    assert f'value="{amount}"' in page
    assert f'value="{date}"' in page
    assert send(client, address(grant, language=language)).status_code == 302
    grant.refresh_from_db()
    assert grant.version == 1
