"""What a draft says beside what an announcement of the registry has already: which is the same, which is new."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from grants.models import Announcement, Figure, Grant
from grants.models.codes import GrantStatus, Publication

from .draft import Draft, FigureDraft
from .typed import date_in, number_or_none

SAME, COMPLETES, DIFFERS, NEW = "same", "completes", "differs", "new"


@dataclass(frozen=True, slots=True)
class Promise:
    """A line of a draft: its place, whose it is (None: an organisation still to be made), how much of what."""

    position: int
    recipient: int | None
    amount: Decimal | None
    currency: str = "CAD"


@dataclass(frozen=True, slots=True)
class GrantBeside:
    """A line of the draft (None: the text does not name it) and a grant of the registry (None: it has none yet).

    `how`: same (also where one of the two says nothing), completes (the text gives the amount that the registry
    lacks), differs, new; "" for a grant that the text does not name.
    """

    position: int | None
    grant: Grant | None
    how: str


@dataclass(frozen=True, slots=True)
class FigureBeside:
    """A figure of the draft and what other sources state of the same measure. `how`: same, differs or new."""

    position: int
    figures: list[Figure]
    how: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A draft beside the announcement that it joins. Only what is taken is compared."""

    announcement: Announcement
    grants: list[GrantBeside]
    figures: list[FigureBeside]


def beside(draft: Draft, announcement: Announcement) -> Beside:
    """The draft beside `announcement`. Two queries."""
    promises = [
        Promise(position, line.organisation, number_or_none(line.amount), line.currency)
        for position, line in enumerate(draft.grants)
        if line.take
    ]
    grants = list(grants_of(announcement))
    pairs = paired(promises, grants)
    named = {pair.grant.pk for pair in pairs if pair.grant}
    pairs += [GrantBeside(None, grant, "") for grant in grants if grant.pk not in named]
    stated = _stated_of(announcement)
    figures = [_beside_figure(place, line, stated) for place, line in enumerate(draft.figures) if line.take]
    return Beside(announcement, pairs, figures)


def grants_of(announcement: Announcement) -> QuerySet[Grant]:
    """The grants that an announcement has and that still stand."""
    grants = Grant.objects.filter(announcement=announcement).exclude(publication=Publication.WITHDRAWN)
    return grants.exclude(status=GrantStatus.CANCELLED).select_related("recipient").order_by("pk")


def paired(promises: Iterable[Promise], grants: Iterable[Grant]) -> list[GrantBeside]:
    """Each promise with the grant that it is already, one to one: the same amount first, then the nearest one."""
    promises, left = list(promises), list(grants)
    found: dict[int, GrantBeside] = {}
    for promise in promises:
        same = [grant for grant in left if _same_recipient(promise, grant) and _amount(grant) == _said(promise)]
        if same:
            left.remove(same[0])
            found[promise.position] = GrantBeside(promise.position, same[0], SAME)
    for promise in promises:
        others = [grant for grant in left if _same_recipient(promise, grant)]
        if promise.position not in found and others:
            nearest = min(others, key=lambda grant: _apart(promise, grant))
            left.remove(nearest)
            found[promise.position] = GrantBeside(promise.position, nearest, _how(promise, nearest))
    return [found.get(one.position) or GrantBeside(one.position, None, NEW) for one in promises]


def _same_recipient(promise: Promise, grant: Grant) -> bool:
    return promise.recipient is not None and grant.recipient_id == promise.recipient


def _amount(grant: Grant) -> tuple[Decimal | None, str]:
    return grant.amount, grant.currency


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


def _stated_of(announcement: Announcement) -> list[Figure]:
    figures = Figure.objects.exclude(publication=Publication.WITHDRAWN).select_related("source")
    of_both = figures.filter(announcement=announcement) | figures.filter(programme=announcement.programme_id)
    return list(of_both.order_by("pk"))


def _beside_figure(position: int, line: FigureDraft, stated: list[Figure]) -> FigureBeside:
    same = [figure for figure in stated if _same_subject(line, figure)]
    value = number_or_none(line.value)
    if not same:
        return FigureBeside(position, [], NEW)
    return FigureBeside(position, same, SAME if any(figure.value == value for figure in same) else DIFFERS)


def _same_subject(line: FigureDraft, figure: Figure) -> bool:
    if (line.measure, line.scope, line.nature) != (figure.measure, figure.scope, figure.nature):
        return False
    if line.about == "announcement":
        return figure.announcement_id is not None
    # What was true of a programme on another day does not disagree.
    return figure.programme_id is not None and _date(line.as_of) == figure.as_of


def _date(text: str) -> object:
    try:
        return date_in(text)
    except ValidationError:
        return None
