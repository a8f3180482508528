"""A visitor's question takes PostgreSQL no longer than it may; staff and commands have the time they need."""

import json

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import include, path

from grants.public import bounded

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]
client = Client()


def limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(20)")
    return HttpResponse()


def told(request: HttpRequest) -> HttpResponse:
    return HttpResponse(limit())


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(limit() for _ in range(2))


def _routes(name):
    views = {"slow/": slow, "slow.csv": slow, "slow.json": slow, "told/": told, "told.csv": told, "told.atom": told}
    return include(([path(at, view) for at, view in (views | {"streamed.csv": streamed}).items()], name))


urlpatterns = [path("api/", _routes("api")), path("admin/", _routes("admin")), path("", _routes("public"))]
handler500 = "grants.public.errors.server_error"


@pytest.fixture
def quick(settings):
    settings.PUBLIC_STATEMENT_SECONDS = settings.PUBLIC_DOWNLOAD_SECONDS = 0.2


def test_a_slow_question_is_given_up_with_advice(quick):
    response = client.get("/slow/")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert response["Cache-Control"] == "no-store"
    assert "trop longue à trouver" in response.content.decode()
    assert "moins de mots" in response.content.decode()


def test_programs_are_told_in_a_few_words(quick):
    answers = {address: client.get(address) for address in ("/slow.csv", "/slow.json", "/api/slow/")}
    assert {answer.status_code for answer in answers.values()} == {503}
    assert answers["/slow.csv"]["Content-Type"] == "text/plain; charset=utf-8"
    for address in ("/slow.json", "/api/slow/"):
        assert answers[address]["Content-Type"] == "application/problem+json"
        assert json.loads(answers[address].content)["status"] == 503


def test_the_next_request_is_answered_as_if_nothing_had_been(quick):
    client.get("/slow/")
    assert client.get("/told/").content == b"200ms"
    assert limit() == "0"


def test_pages_feeds_and_files_have_each_their_time():
    assert client.get("/told/").content == b"5s"
    assert client.get("/told.atom").content == b"5s"
    assert client.get("/told.csv").content == b"10min"


def test_the_limit_holds_while_a_file_is_sent_and_no_longer():
    response = client.get("/streamed.csv")
    assert b"".join(response) == b"10min10min"
    assert limit() == "0"


def test_the_staff_has_no_limit():
    client.get("/told/")
    assert client.get("/admin/told/").content == b"0"
    assert limit() == "0"


def test_what_the_database_gives_is_put_back():
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {database} SET statement_timeout = '7min'")
    try:
        connection.close()
        assert client.get("/told/").content == b"5s"
        assert limit() == "7min"
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {database} RESET statement_timeout")
        connection.close()


def test_putting_back_survives_a_connection_that_is_gone():
    connection.close()
    bounded.put_back()
    assert limit() == "0"
