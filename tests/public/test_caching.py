"""Public answers may be kept by everybody, and are asked for again only where something changed."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date

from grants.models import Grant, Organisation
from grants.public import caching
from tests import factories as make

client = Client()
PAGES = [
    "/",
    "/en/",
    "/aides/",
    "/aides/?q=aide",
    "/beneficiaires/",
    "/annonces/",
    "/programmes/",
    "/projets/",
    "/sources/",
    "/concordance/",
    "/donnees/",
    "/recherche/?q=aide",
    "/aides/one/",
    "/aides.csv",
    "/aides.xlsx",
    "/aides.json",
    "/api/v1/grants/",
    "/api/v1/grants/one/",
]


@pytest.fixture
def grant(transactional_db):
    """A published grant, committed."""
    make.RegionFactory()
    return make.GrantFactory(published=True, public_id="one")


def get(page, **headers):
    response = client.get(page, headers=headers)
    response.body = b"".join(response) if response.streaming else response.content
    return response


def again(page, first, name="If-None-Match", header="ETag"):
    """The status of the same page asked for with the mark of the first answer."""
    return get(page, **{name: first[header]}).status_code


@pytest.mark.parametrize("page", PAGES)
def test_what_everybody_sees_may_be_kept_and_is_asked_for_again(grant, page):
    first = get(page)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in first.get("Vary", "")
    assert not first.cookies
    unchanged = get(page, **{"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged.body) == (304, b"")
    assert unchanged["ETag"] == first["ETag"]
    assert unchanged["Cache-Control"] == first["Cache-Control"]


def test_what_is_known_runs_no_view_and_takes_one_query(grant, django_assert_num_queries):
    mark = get("/aides/")["ETag"]
    with django_assert_num_queries(1):
        assert get("/aides/", **{"If-None-Match": mark}).status_code == 304


@pytest.mark.parametrize("page", PAGES)
def test_a_correction_shows_at_once(grant, page):
    first = get(page)
    Grant.objects.update(amount="5.00")
    assert again(page, first) == 200


def test_what_the_public_does_not_see_leaves_the_marks(grant):
    first = get("/aides/")
    make.GrantFactory(recipient=grant.recipient)
    make.OrganisationFactory(published=True, is_natural_person=True)
    Organisation.objects.filter(is_natural_person=True).update(name_fr="Autrement")
    assert again("/aides/", first) == 304


def test_each_address_question_and_day_has_its_own_mark(grant, monkeypatch):
    marks = [get(page)["ETag"] for page in ("/aides/", "/en/grants/", "/aides/?region=08", "/aides/?region=06")]
    tomorrow = caching.midnight() + datetime.timedelta(days=1)
    monkeypatch.setattr(caching, "midnight", lambda: tomorrow)
    marks.append(get("/aides/")["ETag"])
    assert len(set(marks)) == 5


def test_the_order_of_a_question_does_not_matter(grant):
    assert get("/aides/?region=08&year=2022")["ETag"] == get("/aides/?year=2022&region=08")["ETag"]


def test_another_release_has_other_marks(grant, monkeypatch):
    first = get("/aides/")
    monkeypatch.setattr(caching, "release", lambda: "another")
    assert again("/aides/", first) == 200


def test_a_release_is_told_by_its_files_and_settings(settings):
    ours = caching.release()
    settings.OPERATOR_NAME = "Somebody else"
    assert caching.release.__wrapped__() != ours
    assert re.fullmatch("[0-9a-f]{32}", ours)


def test_the_api_tells_apart_who_reads_which_language(grant):
    french, english = (get("/api/v1/grants/", **{"Accept-Language": language}) for language in ("fr", "en"))
    assert french["ETag"] != english["ETag"]
    assert "Accept-Language" in french["Vary"]
    assert not get("/aides/").has_header("Vary")


def test_a_date_is_given_only_once_no_other_version_can_bear_it(grant, monkeypatch):
    monkeypatch.setattr(caching, "STARTED", 0)
    yesterday = caching.midnight() - datetime.timedelta(days=1)
    monkeypatch.setattr(caching, "midnight", lambda: yesterday)
    assert not get("/aides/").has_header("Last-Modified")
    assert get("/aides/", **{"If-Modified-Since": http_date()}).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("UPDATE grants_registryversion SET number = number - 3600 * 1000000::bigint")
    first = get("/aides/")
    assert again("/aides/", first, "If-Modified-Since", "Last-Modified") == 304
    for date in ("Thu, 01 Jan 2015 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT", "nonsense"):
        assert get("/aides/", **{"If-Modified-Since": date}).status_code == 200
    Grant.objects.update(amount="5.00")
    assert again("/aides/", first, "If-Modified-Since", "Last-Modified") == 200


@pytest.mark.django_db
def test_what_is_not_committed_has_no_mark():
    make.GrantFactory(published=True)
    assert not get("/aides/").has_header("ETag")


@pytest.mark.parametrize(
    ("page", "status"),
    [("/aides/nothing/", 404), ("/nothing/", 404), ("/aides/gone/", 410), ("/aides.csv?sort=x", 400)],
)
def test_what_went_wrong_is_not_kept(grant, page, status):
    gone = {"publication": "withdrawn", "withdrawn_at": "2024-04-01T12:00:00Z"}
    make.GrantFactory(published=True, public_id="gone", recipient__published=True, **gone)
    response = get(page)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert not response.has_header("ETag")


def test_any_mark_will_not_do(grant):
    assert get("/aides/nothing/", **{"If-None-Match": "*"}).status_code == 404
    assert get("/aides/", **{"If-None-Match": "*"}).status_code == 200


def test_a_mark_survives_proxies_that_change_it(grant):
    mark = get("/aides/")["ETag"]
    assert get("/aides/", **{"If-None-Match": f'"other", {mark.removeprefix("W/")}'}).status_code == 304


def test_the_staff_keeps_nothing(grant, alice):
    staff = Client()
    staff.force_login(alice)
    response = staff.get("/admin/")
    assert "no-store" in response["Cache-Control"]
    assert not response.has_header("ETag")
    # What staff see of the public pages is what everybody sees.
    assert staff.get("/aides/").content == get("/aides/").body
    assert staff.get("/aides/")["ETag"] == get("/aides/")["ETag"]


DEAR = ["/", "/en/", "/concordance/", "/programmes/", "/programmes/p/", "/donnees/"]


@pytest.mark.parametrize("page", DEAR)
def test_what_is_dear_is_worked_out_once_a_version(transactional_db, page):
    programme = make.ProgrammeFactory(published=True, public_id="p")
    make.GrantFactory(published=True, programme=programme)
    make.FigureFactory(published=True, programme=programme, measure="envelope")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            get(page)
        return len(asked)

    first, second = queries(), queries()
    assert second < first
    before = get(page).body
    programme.name_fr, programme.name_en = "Autrement", "Otherwise"
    programme.save()
    assert queries() > second
    assert queries() == second
    assert page == "/donnees/" or get(page).body != before
