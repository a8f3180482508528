"""What every answer tells the browser."""

import pytest


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
