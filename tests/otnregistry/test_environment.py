"""A badly written variable stops the start, and says how to mend it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from otnregistry import environment as env

LONG_SECRET = "kZ3-vT9_qLw8RbXy2NdPcH5sJm7GfA4eUo6Wi1Bt0CxYzQrKlM"


def read(monkeypatch, value, reader, **options):
    monkeypatch.setenv("THING", value)
    return reader("THING", **options)


@pytest.mark.parametrize(("value", "expected"), [("on", True), ("1", True), ("No", False), ("", True)])
def test_a_switch_is_read(monkeypatch, value, expected):
    assert read(monkeypatch, value, env.switch, default=True) is expected


@pytest.mark.parametrize(
    ("reader", "options", "value"),
    [
        (env.switch, {"default": False}, "maybe"),
        (env.whole_number, {"default": 20, "least": 1, "most": 500}, "0"),
        (env.whole_number, {"default": 20, "least": 1, "most": 500}, "501"),
        (env.whole_number, {"default": 20, "least": 1, "most": 500}, "²"),
        (env.choice, {"choices": ["INFO", "ERROR"], "default": "INFO"}, "LOUD"),
        (env.address, {}, "registre.example.org"),
        (env.address, {}, "https://registre.example.org/aides"),
        (env.hosts, {"allow_any": False}, "*"),
        (env.hosts, {"allow_any": True}, "https://registre.example.org"),
    ],
)
def test_a_bad_value_is_named_and_shown(monkeypatch, reader, options, value):
    with pytest.raises(ImproperlyConfigured, match=r"^THING ") as refusal:
        read(monkeypatch, value, reader, **options)
    assert f"“{value}”" in str(refusal.value)


@pytest.mark.parametrize("value", ["", "short", "a" * 60])
def test_a_weak_secret_is_refused_and_not_shown(monkeypatch, value):
    with pytest.raises(ImproperlyConfigured, match=r"^THING is (missing|too short)") as refusal:
        read(monkeypatch, value, env.secret)
    assert not value or f"“{value}”" not in str(refusal.value)


def test_a_former_secret_must_be_strong_too(monkeypatch):
    assert read(monkeypatch, f"{LONG_SECRET}, {LONG_SECRET}x", env.secrets) == [LONG_SECRET, f"{LONG_SECRET}x"]
    with pytest.raises(ImproperlyConfigured):
        read(monkeypatch, f"{LONG_SECRET},short", env.secrets)


def test_missing_hosts_are_refused(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="THING is missing"):
        read(monkeypatch, " ", env.hosts, allow_any=True)


def test_a_database_address_is_taken_apart(monkeypatch):
    read = env.database
    monkeypatch.setenv("DATABASE_URL", "postgres://ann:p%40ss@db.example.org:6543/registry?sslmode=verify-full")
    found = read()
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "ann",
        "p@ss",
        "db.example.org",
        "6543",
        "registry",
    ]
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_a_socket_folder_is_kept(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@/registry?host=%2Frun%2Fmy%20folder")
    assert env.database()["HOST"] == "/run/my folder"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mysql://ann:hush@host/base",
        "sqlite:///base",
        "postgres://ann:hush@host:abc/base",
        "postgres://ann:hush@host/",
    ],
)
def test_an_unusable_database_is_refused_without_its_password(monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL") as refusal:
        env.database()
    assert "hush" not in str(refusal.value)
