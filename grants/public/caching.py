"""Pages that everybody may keep, and that are never out of date: each answer carries a mark of what it was made of.

The mark (ETag) is made of the registry's version, of the release that runs and of the day. Whoever kept a page asks
again with its mark; where nothing has changed, 304 is answered before any view runs.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import cache
from hashlib import blake2s
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from grants.models import registry_version
from grants.models.registry_version import Version

from . import bounded

# The doors that show the same to everybody, and the request's headers that their answers depend on.
DOORS: dict[str, tuple[str, ...]] = {"public": (), "site": (), "api": ("Accept-Language",)}
KEEP = "public, no-cache"  # may be kept by all, shown only after asking whether it still stands
FORGET = "no-store"
# nginx does not store what says no-cache. This it stores, and asks about each time (docs/operations.md).
STORED_AND_STALE = "@1"

SHOWN_SETTINGS = (
    *("OPERATOR_NAME", "CONTACT_EMAIL", "SITE_URL", "TIME_ZONE"),
    *("PUBLISHER_PREFIX", "DEPARTMENT_NUMBER", "RECIPIENTS_ARE_IN"),
)
# A date says when to the second only. One that is younger might be given twice.
SETTLED_SECONDS = 60
STARTED = time.time()


class Marks(NamedTuple):
    """`modified`: seconds since 1970, None while it is too soon to say."""

    etag: str
    modified: int | None


class CachingMiddleware:
    """Asks for the registry's version before anything is read, limits the time of what follows, marks the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as after:
            request.after = after  # type: ignore[attr-defined]
            response = self.get_response(request)
            self._head(request, response)
            if response.streaming and getattr(request, "is_limited", False):
                # It is read while it is sent.
                response._resource_closers.append(bounded.put_back)  # type: ignore[attr-defined]
                request.is_limited = False  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """304 where the visitor has it already."""
        if request.method not in ("GET", "HEAD") or door_of(request) not in DOORS:
            return None
        try:
            version = self._begin(request)
        except Error:
            return None  # no database: the view finds out, and says so
        if version.pending or settings.DEBUG:
            return None
        request.marks = marks = marks_of(request, version)  # type: ignore[attr-defined]
        return HttpResponseNotModified() if is_known(request, marks) else None

    def _begin(self, request: HttpRequest) -> Version:
        request.is_limited = True  # type: ignore[attr-defined]
        request.after.callback(_end, request)  # type: ignore[attr-defined]
        version = registry_version.ask(bounded.milliseconds_for(request.path))
        request.after.enter_context(registry_version.during(version))  # type: ignore[attr-defined]
        return version

    def process_exception(self, request: HttpRequest, wrong: Exception) -> HttpResponse | None:
        """503 where PostgreSQL was stopped."""
        if getattr(request, "is_limited", False) and bounded.was_cancelled(wrong):
            return bounded.answer_to(request, door_of(request))
        return None

    def _head(self, request: HttpRequest, response: HttpResponseBase) -> None:
        door = door_of(request)
        if request.resolver_match and door not in DOORS:
            return
        _vary(response, DOORS.get(door, ()))
        if response.cookies:
            response["Cache-Control"] = f"private, {FORGET}"
        elif not response.has_header("Cache-Control"):
            response["Cache-Control"] = KEEP if response.status_code < 400 else FORGET
        marks = getattr(request, "marks", None)
        if marks and response.status_code in (200, 304) and response["Cache-Control"] == KEEP:
            response["ETag"] = marks.etag
            response["X-Accel-Expires"] = STORED_AND_STALE
            if marks.modified:
                response["Last-Modified"] = http_date(marks.modified)


def _end(request: HttpRequest) -> None:
    if request.is_limited:  # type: ignore[attr-defined]
        bounded.put_back()


def door_of(request: HttpRequest) -> str:
    """The door that this address belongs to, empty where there is nothing."""
    match = request.resolver_match
    return match.namespaces[0] if match and match.namespaces else ""


def _vary(response: HttpResponseBase, names: tuple[str, ...]) -> None:
    """The language of an address is in the address: LocaleMiddleware's Accept-Language would part what is the same."""
    there = response.get("Vary", "").split(", ")
    del response["Vary"]
    if kept := [name for name in there if name and name.lower() != "accept-language"] + list(names):
        patch_vary_headers(response, kept)


def marks_of(request: HttpRequest, version: Version) -> Marks:
    """What the answer to this request is made of. Pages and files tell the day, so the day counts."""
    today = midnight()
    question = "&".join(sorted(request.META.get("QUERY_STRING", "").split("&")))
    asked = [request.headers.get(name, "") for name in DOORS[door_of(request)]]
    parts = (str(version.number), release(), today.date().isoformat(), request.path, question, *asked)
    digest = blake2s("\n".join(parts).encode(errors="backslashreplace"), digest_size=16).hexdigest()
    modified = int(max(version.number / 1_000_000, STARTED, today.timestamp()))
    return Marks(f'W/"{digest}"', modified if modified <= time.time() - SETTLED_SECONDS else None)


def midnight() -> datetime:
    """When this day began, where the registry is."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def is_known(request: HttpRequest, marks: Marks) -> bool:
    """Whether the visitor's copy, if it has one, is what would be answered."""
    if known := request.headers.get("If-None-Match"):
        return marks.etag in {tag if tag.startswith("W/") else f"W/{tag}" for tag in parse_etags(known)}
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and marks.modified is not None and marks.modified <= since <= time.time()


@cache
def release() -> str:
    """A digest of all that pages are made of and that is installed: code, templates, words, libraries, settings."""
    digest = blake2s(digest_size=16)
    for folder in (Path(apps.get_app_config("grants").path), Path(settings.BASE_DIR) / "otnregistry"):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".po":
                digest.update(f"\n{file.relative_to(folder.parent)}\n".encode() + file.read_bytes())
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    digest.update(collected.read_bytes() if collected.exists() else b"")
    libraries = sorted(f"{one.name} {one.version}" for one in metadata.distributions())
    shown = [f"{name}={getattr(settings, name, '')}" for name in SHOWN_SETTINGS]
    digest.update("\n".join([*libraries, *shown]).encode())
    return digest.hexdigest()
