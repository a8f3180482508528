"""The registry's version: a number that changes exactly when something published does (kept by migration 0009).

What was made of one version may be shown as long as that version stands. A transaction that changed published records
and did not commit yet has no number of its own: while it is `pending`, nothing that it reads may be kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection

VERSION = """
SELECT version.number, EXISTS (SELECT FROM grants_registrychange WHERE number IS NULL){more}
FROM (SELECT) AS always LEFT JOIN grants_registryversion AS version ON true
"""
LIMIT = ", set_config('statement_timeout', %s, false)"

CHANGES = """
SELECT version.number, version.complete_since, change.number, change.kind, change.touched
FROM grants_registryversion AS version
LEFT JOIN grants_registrychange AS change ON change.number > %s
"""

# What a change of too many records, or of these at all, leaves unsaid.
REACHING = {"grant", "organisation", "region", "registry"}


@dataclass(frozen=True, slots=True)
class Version:
    """`number`: microseconds since 1970 of the last commit that changed what is public. `pending`: this very
    transaction changed it further (or no number is known), so that nothing read now may be kept."""

    number: int
    pending: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys of the grants and organisations that changed, came or went; with a grant, its projects and citations, with
    an organisation its names."""

    grants: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)


_of_request: ContextVar[Version | None] = ContextVar("registry_version", default=None)


def current() -> Version:
    """The version as the request began (see `during`); elsewhere as it is now. At most one query."""
    return _of_request.get() or ask()


def ask(milliseconds: int | None = None) -> Version:
    """The version as it is now. One query, which also limits the session's next statements to `milliseconds` each."""
    with connection.cursor() as cursor:
        if milliseconds is None:
            cursor.execute(VERSION.format(more=""))
        else:
            cursor.execute(VERSION.format(more=LIMIT), [str(milliseconds)])
        number, pending = cursor.fetchone()[:2]
    return Version(number or 0, pending or number is None)


@contextmanager
def during(version: Version) -> Iterator[None]:
    """`current()` answers this version inside: what is read later is at least as new."""
    token = _of_request.set(version)
    try:
        yield
    finally:
        _of_request.reset(token)


def changes_since(number: int) -> Changes | None:
    """What changed after that version, as far as it is committed. None: the log cannot tell, read everything again."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [number])
        rows = cursor.fetchall()
    if not rows:
        return None
    now, complete_since = rows[0][:2]
    logged = [row[2:] for row in rows if row[2] is not None]
    if number == now and not logged:
        return Changes()
    # A number of another time (a restored dump), a log cut short, or one that does not reach up to now.
    if not complete_since <= number < now or now not in {change for change, _kind, _touched in logged}:
        return None
    return _gathered(logged)


def _gathered(logged: list[tuple[int, str, list[int] | None]]) -> Changes | None:
    changes = Changes()
    touched_by_kind = {"grant": changes.grants, "organisation": changes.organisations}
    for _number, kind, touched in logged:
        if kind in REACHING and (touched is None or kind == "region"):
            return None
        if kind in touched_by_kind and touched is not None:
            touched_by_kind[kind].update(touched)
    return changes
