"""One record: what its page shows, nested; what answers when it is gone."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from grants.api.fields import FIELDS, JOINED
from grants.exports.columns import SHEETS
from grants.models import Grant, Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db


def asked(path: str):
    response = Client().get(f"/api/v1/{path}")
    return response, json.loads(response.content)


def withdraw(record, **notices: str) -> None:
    now = timezone.now()
    type(record).objects.filter(pk=record.pk).update(publication="withdrawn", withdrawn_at=now, **notices)


def test_a_grant_comes_with_its_figures_citations_and_history():
    grant = make.GrantFactory(published=True, public_id="one")
    source = make.SourceFactory(published=True, public_id="release")
    make.FigureFactory(published=True, programme=None, grant=grant, source=source, value="1000.00")
    make.CitationFactory(source=source, grant=grant, quote="mille dollars")
    Grant.objects.filter(pk=grant.pk).update(amount="2000.00")
    _response, told = asked("grants/one/")
    assert told["amount"] == "2000.00"
    assert [(figure["value"], figure["source"]["id"]) for figure in told["figures"]] == [("1000.00", "release")]
    assert [(one["source"]["id"], one["quote"]) for one in told["citations"]] == [("release", "mille dollars")]
    assert [(one["event"], one["fields"]) for one in told["history"]] == [("corrected", ["amount"]), ("published", [])]


def test_dates_are_as_precise_as_they_are_known_and_moments_are_in_utc():
    make.GrantFactory(published=True, public_id="one", date="2022-04")
    _response, told = asked("grants/one/")
    assert (told["date"], told["published_at"]) == ("2022-04", "2022-04-21T12:00:00Z")


def test_projects_and_sources_are_lists():
    grant = make.GrantFactory(published=True, public_id="one")
    make.GrantProjectFactory(grant=grant, project=make.ProjectFactory(published=True, title_fr="Un; deux"))
    make.CitationFactory(grant=grant, source=make.SourceFactory(published=True, public_id="release"))
    _response, told = asked("grants/one/")
    assert [one["title_fr"] for one in told["projects"]] == ["Un; deux"]
    assert told["sources"] == ["release"]


def test_an_announcement_says_whether_it_adds_up():
    act = make.AnnouncementFactory(published=True, public_id="act", list_state="complete")
    make.FigureFactory(published=True, programme=None, announcement=act, value="1000.00")
    make.GrantFactory(published=True, announcement=act, programme=act.programme, amount="1000.00")
    _response, told = asked("announcements/act/")
    assert told["reconciliation"]["verdict"] == "exact"
    assert told["reconciliation"]["lines"][0]["stated"] == "1000.00"


def test_a_programme_says_what_is_left_of_its_envelope():
    programme = make.ProgrammeFactory(published=True, public_id="otn")
    make.FigureFactory(published=True, programme=programme, measure="envelope", value="1000.00")
    make.GrantFactory(published=True, programme=programme, amount="400.00")
    _response, told = asked("programmes/otn/")
    assert told["reconciliation"]["left"] == "600.00"


def test_what_was_withdrawn_is_gone_and_says_why():
    grant = make.GrantFactory(published=True, public_id="one")
    withdraw(grant, withdrawal_notice_fr="Saisie deux fois.")
    response, told = asked("grants/one/?lang=en")
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert (told["notice_fr"], told["notice_en"]) == ("Saisie deux fois.", None)
    assert told["title"] == "This record was withdrawn"


def test_what_was_merged_leads_to_what_was_kept():
    kept = make.OrganisationFactory(published=True, public_id="kept")
    merged = make.OrganisationFactory(published=True, public_id="merged")
    now = timezone.now()
    Organisation.objects.filter(pk=merged.pk).update(publication="withdrawn", withdrawn_at=now, merged_into=kept)
    response = Client().get("/api/v1/organisations/merged/")
    assert (response.status_code, response["Location"]) == (308, "http://testserver/api/v1/organisations/kept/")


@pytest.mark.parametrize(
    "path", ["grants/none/", "organisations/none/", "regions/99/", "grants/facets/none/", "none/", "a%0Ab/"]
)
def test_what_never_was_is_not_found(path):
    response, told = asked(path)
    assert (response.status_code, told["status"]) == (404, 404)
    assert response["Content-Type"] == "application/problem+json"


def test_nothing_of_a_natural_person_is_told():
    region = make.RegionFactory()
    person = make.OrganisationFactory(
        published=True, is_natural_person=True, name_fr="Secret", public_id="secret", region=region, kind="other"
    )
    project = make.ProjectFactory(published=True, title_fr="Secret", organisation=person)
    grant = make.GrantFactory(published=True, public_id="one", recipient=person, title_fr="Secret", reference="Secret")
    make.GrantProjectFactory(grant=grant, project=project)
    make.CitationFactory(grant=grant, source=make.SourceFactory(published=True), quote="Secret")
    response, told = asked("grants/one/")
    assert (told["recipient_fr"], told["projects"], told["citations"]) == ("Particulier", [], [])
    assert (told["region"], told["recipient_kind"]) == (None, None)
    assert b"ecret" not in response.content
    assert Client().get("/api/v1/organisations/secret/").status_code == 404


def test_every_public_column_has_its_field_or_its_list():
    instead = {"projects": "projects", "project_ids": "projects", "grant_ids": "grants"}
    for model, sheet in SHEETS.items():
        names = {field.name for field in FIELDS[model]}
        for column in sheet.columns:
            expected = "address_fr" if column.name == "address" else column.name
            assert (instead.get(expected, expected) if expected in JOINED else expected) in names
