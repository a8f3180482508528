"""Reads the settings that come from the environment; a badly written one stops the start.

Every refusal names the variable, what was read (never a secret), and how to mend it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY_LENGTH = 50
ON, OFF = {"on", "true", "yes", "1"}, {"off", "false", "no", "0"}
POSTGRESQL = {"postgres", "postgresql"}


def refusal(name: str, found: str, remedy: str) -> ImproperlyConfigured:
    """The one shape of a refusal, short enough for one line of a log."""
    return ImproperlyConfigured(f"{name} {found}. {remedy}")


def text(name: str, default: str = "") -> str:
    """A variable without the spaces around it; empty counts as absent."""
    return os.environ.get(name, "").strip() or default


def switch(name: str, *, default: bool) -> bool:
    """on or off, in any of the usual spellings."""
    value = text(name)
    if not value:
        return default
    if value.lower() in ON | OFF:
        return value.lower() in ON
    raise refusal(name, f"is “{value}”", f"Write {name}=on or {name}=off.")


def code(name: str, pattern: str, *, default: str, remedy: str) -> str:
    """A short code of letters and digits that fits the whole pattern."""
    value = text(name, default)
    if re.fullmatch(pattern, value):
        return value
    raise refusal(name, f"is “{value}”", remedy)


def whole_number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number between two bounds, both allowed."""
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdecimal() and least <= int(value) <= most:
        return int(value)
    raise refusal(name, f"is “{value}”", f"Write a whole number from {least} to {most}.")


def choice(name: str, choices: list[str], *, default: str) -> str:
    """One word of a list, in capitals."""
    value = text(name, default).upper()
    if value not in choices:
        raise refusal(name, f"is “{value}”", f"Write one of {', '.join(choices)}.")
    return value


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def hosts(name: str, *, allow_any: bool) -> list[str]:
    """The names this site answers to; the star, which trusts everyone, is for DEBUG only."""
    found = words(name)
    if not found:
        raise refusal(name, "is missing", f"Write the site's host names: {name}=registre.example.org")
    for host in found:
        if "/" in host or (host == "*" and not allow_any):
            raise refusal(name, f"holds “{host}”", "Write host names only, without https:// and without *.")
    return found


def address(name: str, *, default: str = "") -> str:
    """An http(s) address without path or final slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme in {"http", "https"} and parts.hostname and not parts.path and not parts.query:
        return value
    found = f"is “{value}”" if value else "is missing"
    raise refusal(name, found, f"Write the site's public address: {name}=https://registre.example.org")


def secret(name: str) -> str:
    """A long random text. Its value is never shown."""
    value = text(name)
    remedy = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    if not value:
        raise refusal(name, "is missing", remedy)
    check_secret(name, value, remedy)
    return value


def secrets(name: str) -> list[str]:
    """Former secrets, still accepted while sessions signed with them run out."""
    found = words(name)
    for value in found:
        check_secret(name, value, "Keep only former values of SECRET_KEY, separated by commas.")
    return found


def check_secret(name: str, value: str, remedy: str) -> None:
    """Refuse a secret that could be guessed."""
    if len(value) < SECRET_KEY_LENGTH or len(set(value)) < 10:
        raise refusal(name, f"is too short or too plain ({len(value)} characters)", remedy)


def folder(name: str, default: Path) -> Path:
    """A folder, made absolute."""
    return Path(text(name, str(default))).expanduser().resolve()


def database(name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's database settings from an address such as postgres://user:password@host:5432/name?sslmode=require

    What follows the question mark goes to libpq as it is; `host=/run/postgresql` there names a socket folder.
    """
    remedy = f"Write {name}=postgres://user:password@host:5432/database, or use `make run`, which brings its own."
    value = text(name)
    if not value:
        raise refusal(name, "is missing", remedy)
    try:
        parts, port = urlsplit(value), urlsplit(value).port
    except ValueError as error:
        raise refusal(name, "cannot be read (host or port)", remedy) from error
    if parts.scheme not in POSTGRESQL:
        raise refusal(name, f"starts with “{parts.scheme}”", f"Only PostgreSQL will do. {remedy}")
    options = dict(parse_qsl(parts.query))
    settings = {
        "NAME": unquote(parts.path.lstrip("/")) or options.pop("dbname", ""),
        "USER": unquote(parts.username or "") or options.pop("user", ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or options.pop("host", ""),
        "PORT": str(port or options.pop("port", "")),
    }
    if not settings["NAME"]:
        raise refusal(name, "names no database", remedy)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "OPTIONS": {"connect_timeout": "10", **options},
    }
