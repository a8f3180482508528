"""The announcement of the registry that a draft speaks of too: another source of the same act, or the same again."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q
from rapidfuzz import fuzz

from grants.models import Announcement, Citation, Communique, Figure, Grant, Source
from grants.models.codes import Measure, Nature, Publication, Scope
from grants.values.folding import fold, organisation_key
from grants.values.partial_dates import PartialDate

from .draft import Draft
from .typed import date_in, number_or_none

NEAR_DAYS = 14  # a second source may come days after the act
ALIKE = 85  # of 100: titles of one act resemble each other
ENOUGH, SURE = 50, 75  # points of 100
MOST = 5
LOOKED_AT = 100  # announcements that are compared

# What speaks for an announcement, in points of 100.
POINTS = {"same_source": 100, "same_day": 25, "near_date": 15, "same_programme": 25, "same_title": 40, "same_total": 30}
SAME_PAIRS = 60  # where all the pairs of the shorter list are in the other
ONE_OF_MANY = 30  # the same document, where it tells of several acts: the day decides


@dataclass(frozen=True, slots=True)
class Candidate:
    """An announcement that the text may speak of: points of 100, and the codes of what speaks for it (POINTS, and
    same_pairs, same_recipients)."""

    announcement: Announcement
    score: int
    reasons: list[str] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether making another announcement would most likely tell the same act twice."""
        return self.score >= SURE


def recognise(draft: Draft, communique: Communique | None = None) -> list[Candidate]:
    """The announcements that the draft may speak of, the likeliest first. `communique`: the text that it came from."""
    said = _Said(draft)
    cited = _of_the_source(draft, communique)
    found = {one.pk: one for one in _near_in_time(said).order_by("-pk")[:LOOKED_AT]}
    found |= _all().filter(pk__in=cited | _with_pairs(said)).in_bulk()
    grants, totals = _grants_of(set(found)), _totals_of(set(found))
    points = POINTS["same_source"] if len(cited) == 1 else ONE_OF_MANY
    candidates = [
        _judge(one, said, points * (one.pk in cited), grants.get(one.pk, []), totals.get(one.pk, set()))
        for one in found.values()
    ]
    ranked = sorted(candidates, key=lambda one: (-one.score, -one.announcement.pk))
    return [one for one in ranked if one.score >= ENOUGH][:MOST]


class _Said:
    """What the draft says of the act."""

    def __init__(self, draft: Draft) -> None:
        self.programme = draft.announcement.programme
        self.titles = [fold(one) for one in (draft.announcement.title_fr, draft.announcement.title_en) if one.strip()]
        try:
            self.date = date_in(draft.announcement.date)
        except ValidationError:
            self.date = None
        taken = [grant for grant in draft.grants if grant.take]
        known = [grant for grant in taken if grant.organisation]
        self.pairs = {(grant.organisation, number_or_none(grant.amount)) for grant in known}
        self.recipients = {grant.organisation for grant in known}
        self.names = {organisation_key(grant.name) for grant in taken} - {""}
        self.totals = {
            number_or_none(figure.value)
            for figure in draft.figures
            if figure.take and (figure.about, figure.measure, figure.scope) == ("announcement", "aid", "act")
        }

    def has_others_than(self, grants: "list[_Kept]") -> bool:
        """Whether both name recipients, and none is the same: two acts of one day may have one title or one total."""
        if not grants or not (self.recipients or self.names):
            return False
        theirs, called = {one.recipient for one in grants}, {organisation_key(one.name) for one in grants}
        return not self.recipients & theirs and not self.names & called


class _Kept(NamedTuple):
    """A grant of the registry: whose it is, what they are called, how much."""

    recipient: int
    name: str
    amount: Decimal | None


def _all() -> Any:
    return Announcement.objects.exclude(publication=Publication.WITHDRAWN).select_related("programme")


def _of_the_source(draft: Draft, communique: Communique | None) -> set[int]:
    """The announcements that this very document was filed for."""
    same = Q(pk=draft.source.existing or 0)
    if draft.source.url.strip():
        same |= Q(url=draft.source.url.strip())
    if communique is not None and communique.source_id:
        same |= Q(pk=communique.source_id)
    sources = Source.objects.filter(same)
    found = set(Citation.objects.filter(source__in=sources).values_list("announcement", flat=True))
    found |= set(Figure.objects.filter(source__in=sources).values_list("announcement", flat=True))
    return found - {None}  # type: ignore[return-value]


def _near_in_time(said: _Said) -> Any:
    if said.date is None:
        return _all().none()
    first, last = _days(said.date)
    first -= datetime.timedelta(days=NEAR_DAYS)
    last += datetime.timedelta(days=NEAR_DAYS)
    coarse = {day.isoformat()[:length] for day in (first, last, *_days(said.date)) for length in (4, 7)}
    return _all().filter(Q(date__gte=first.isoformat(), date__lte=last.isoformat()) | Q(date__in=coarse))


def _with_pairs(said: _Said) -> set[int]:
    """The announcements, of whatever day, that promised one of these amounts to the same recipient."""
    there = Grant.objects.filter(recipient__in=said.recipients, announcement__isnull=False)
    pairs = there.exclude(publication=Publication.WITHDRAWN).values_list("announcement", "recipient", "amount")
    return {key for key, *pair in pairs[: LOOKED_AT * 10] if pair[1] is not None and tuple(pair) in said.pairs}


def _grants_of(keys: set[int]) -> dict[int, list[_Kept]]:
    grants = Grant.objects.filter(announcement__in=keys).exclude(publication=Publication.WITHDRAWN).order_by()
    found = defaultdict(list)
    rows = grants.values_list("announcement", "recipient", "recipient__name_fr", "amount")
    for key, recipient, name, amount in rows:
        found[key].append(_Kept(recipient, name, amount))
    return found


def _totals_of(keys: set[int]) -> dict[int, set[Decimal]]:
    figures = Figure.objects.filter(
        announcement__in=keys, measure=Measure.AID, scope=Scope.ACT, nature=Nature.COMMITMENT
    ).exclude(publication=Publication.WITHDRAWN)
    found = defaultdict(set)
    for key, value in figures.order_by().values_list("announcement", "value"):
        found[key].add(value)
    return found


def _judge(
    announcement: Announcement,
    said: _Said,
    source_points: int,
    grants: list[_Kept],
    totals: set[Decimal],
) -> Candidate:
    how_near = _how_near(said.date, announcement.date)
    checks = {
        "same_source": source_points > 0,
        "same_day": how_near == "same_day",
        "near_date": how_near == "near_date",
        "same_programme": announcement.programme_id == said.programme,
        "same_title": _same_title(announcement, said.titles),
        "same_total": bool(totals & said.totals),
    }
    reasons = [reason for reason, holds in checks.items() if holds]
    score = source_points + sum(POINTS[reason] for reason in reasons if reason != "same_source")
    if share := _share(said.pairs, {(grant.recipient, grant.amount) for grant in grants}):
        reasons.append("same_pairs")
        score += round(SAME_PAIRS * share)
    elif share := _share(said.recipients, {grant.recipient for grant in grants}):
        reasons.append("same_recipients")
        score += round(SAME_PAIRS * share / 2)
    if not set(reasons) - {"same_day", "near_date", "same_programme"} and how_near != "same_day":
        score = 0  # a programme announces often: nearly the same day says nothing by itself
    if source_points < SURE and said.has_others_than(grants):
        score = min(score, SURE - 1)
    return Candidate(announcement, min(score, 100), reasons)


def _share(ours: set[Any], theirs: set[Any]) -> float:
    """How much of the shorter list is in the other."""
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0


def _same_title(announcement: Announcement, titles: list[str]) -> bool:
    known = [fold(title) for title in (announcement.title_fr, announcement.title_en) if title]
    return any(fuzz.token_sort_ratio(one, other) >= ALIKE for one in titles for other in known)


def _how_near(one: PartialDate | None, other: PartialDate | None) -> str:
    """same_day, near_date or "": dates known to the month or year meet wherever they may be the same day."""
    if one is None or other is None:
        return ""
    if one == other:
        return "same_day" if one.precision == "day" else "near_date"
    (first, last), (begin, end) = _days(one), _days(other)
    apart = max((begin - last).days, (first - end).days, 0)
    return "near_date" if apart <= NEAR_DAYS else ""


def _days(date: PartialDate) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a date may be."""
    first = datetime.date(date.year, date.month or 1, date.day or 1)
    if date.day:
        return first, first
    after = datetime.date(date.year + 1, 1, 1)
    if date.month:
        after = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return first, after - datetime.timedelta(days=1)
