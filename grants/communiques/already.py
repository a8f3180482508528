"""Which lines of a draft are grants that the announcement has already, and which are new."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from grants.models import Announcement, Grant
from grants.models.codes import GrantStatus, Publication

SAME, COMPLETES, DIFFERS, NEW = "same", "completes", "differs", "new"


@dataclass(frozen=True, slots=True)
class Promise:
    """A line of a draft: its place, whose it is, how much of what (None: the text gives no amount)."""

    position: int
    recipient: int
    amount: Decimal | None
    currency: str = "CAD"


@dataclass(frozen=True, slots=True)
class Pair:
    """A promise and the grant that it is already (None: it is new).

    `how`: same (also where the text says no amount), completes (the text gives the amount that the registry lacks),
    differs, new.
    """

    position: int
    grant: Grant | None
    how: str


def grants_of(announcement: Announcement) -> QuerySet[Grant]:
    """The grants that an announcement has and that still stand."""
    grants = Grant.objects.filter(announcement=announcement).exclude(publication=Publication.WITHDRAWN)
    return grants.exclude(status=GrantStatus.CANCELLED).select_related("recipient").order_by("pk")


def paired(promises: Iterable[Promise], grants: Iterable[Grant]) -> list[Pair]:
    """Each promise with its grant, one to one: the same amount of the same recipient first, then the nearest amount."""
    promises, left = list(promises), list(grants)
    found: dict[int, Pair] = {}
    for promise in promises:
        same = [grant for grant in _of(promise, left) if (grant.amount, grant.currency) == _said(promise)]
        if same:
            left.remove(same[0])
            found[promise.position] = Pair(promise.position, same[0], SAME)
    for promise in promises:
        others = _of(promise, left)
        if promise.position not in found and others:
            nearest = min(others, key=lambda grant: _apart(promise, grant))
            left.remove(nearest)
            found[promise.position] = Pair(promise.position, nearest, _how(promise, nearest))
    return [found.get(one.position) or Pair(one.position, None, NEW) for one in promises]


def _of(promise: Promise, grants: list[Grant]) -> list[Grant]:
    return [grant for grant in grants if grant.recipient_id == promise.recipient]


def _said(promise: Promise) -> tuple[Decimal | None, str]:
    return promise.amount, promise.currency


def _apart(promise: Promise, grant: Grant) -> tuple[bool, Decimal]:
    """How far two amounts are from each other: one that is unknown is nearer than one that is another."""
    if promise.amount is None or grant.amount is None:
        return False, Decimal(0)
    return True, abs(promise.amount - grant.amount)


def _how(promise: Promise, grant: Grant) -> str:
    if promise.amount is None:
        return SAME
    return COMPLETES if grant.amount is None else DIFFERS
