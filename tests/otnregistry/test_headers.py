"""What every answer tells the browser."""

import pytest
from django.test import Client


@pytest.fixture
def answer(client, db):
    return client.get("/admin/login/")


def test_nothing_inline_and_nothing_from_elsewhere(answer):
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_a_protective_header_is_there(answer, name, value):
    assert answer.headers[name] == value


def test_no_page_may_use_the_camera(answer):
    assert "camera=()" in answer.headers["Permissions-Policy"]


ANSWERS = [
    "/",
    "/aides",  # a redirection
    "/en/nowhere/",
    "/en/grants.csv",
    "/aides.xlsx?year=x",
    "/admin/",
    "/favicon.ico",
    "/static/grants/favicon.svg",
    "/static/nothing.css",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_kind_of_answer_carries_the_headers(client, db, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_failure_of_ours_carries_them_and_shows_no_trace(db, monkeypatch):
    monkeypatch.setattr("grants.public.home.render", None)  # the page now fails
    response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == 500
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Something went wrong" in response.content.decode()
    assert "Traceback" not in response.content.decode()
    assert "NoneType" not in response.content.decode()
