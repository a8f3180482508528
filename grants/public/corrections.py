"""Every correction of what was public, the latest first: what changed, from what to what, what was withdrawn.

Read from the history that PostgreSQL keeps of each noun. Nothing here is of a natural person or of a field that is
not public; of what is no longer public, only its notice.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.lookups import Exact
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from grants.bilingual import Text, pick
from grants.models import Announcement, Figure, Grant, Organisation, Programme, Project, Source
from grants.models.codes import Publication
from grants.models.subjects import subject_of
from grants.search.remembered import remembered

from .corrected_fields import FIELDS, Change, changes_between, persons_among
from .feeds import MOST_ENTRIES, Entry, RegistryFeed, name_of

PAGE_SIZE = 50
# In the order in which corrections of the same moment stand; what naming each needs.
NOUNS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "announcement": (Announcement, ()),
    "figure": (Figure, ("programme", "announcement", "organisation", "project", "grant__recipient")),
    "grant": (Grant, ("recipient",)),
    "organisation": (Organisation, ()),
    "programme": (Programme, ()),
    "project": (Project, ()),
    "source": (Source, ()),
}

# Where a natural person may stand behind a record: then nothing of it is told. Joins, not `published()`: a query for
# each row of the history would read all that is published first.
PERSONS: dict[type[Model], tuple[str, ...]] = {
    Organisation: ("",),
    Project: ("organisation__",),
    Figure: ("organisation__", "project__organisation__", "grant__recipient__"),
}


class Place(NamedTuple):
    """Where a correction stands: its moment, its noun, the row of its history."""

    at: datetime.datetime
    kind: str
    event: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.%fZ}~{self.kind}~{self.event}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """Read what `str` wrote. Raises ValueError."""
        at, kind, event = text.split("~")
        moment = datetime.datetime.fromisoformat(at)
        if kind not in NOUNS or moment.tzinfo is None or not event.isascii() or not 0 < int(event) < 2**63:
            raise ValueError(text)
        return cls(moment, kind, int(event))


@dataclass(frozen=True)
class Correction:
    """One correction in words. `title` is empty where the record may no longer be named."""

    place: Place
    noun: str
    title: Text | str
    href: str
    is_withdrawal: bool
    changes: list[Change]
    notice: Text | str
    public_id: str

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.place.at)

    @property
    def words(self) -> str:
        return pgettext("history", "Withdrawn") if self.is_withdrawal else pgettext("history", "Corrected")


# ── From the history ─────────────────────────────────────────────────────────────────────────────────────


class Differs(Func):
    """Whether two rows differ; unknown values are alike."""

    arg_joiner = " IS DISTINCT FROM "
    template = "(%(expressions)s)"
    output_field = BooleanField()
    conditional = True


def _row(columns: Iterable[Any]) -> Func:
    return Func(*columns, function="ROW", output_field=CharField())


def _public_difference(model: type[Model]) -> Q:
    """That a state of the history and the one after it (the outer row) differ in a field that is public."""
    names = [field.name.removesuffix("_id") for field in FIELDS[model]]
    differ = Q(Differs(_row(F(name) for name in names), _row(OuterRef(name) for name in names)))
    hidden = [field.name for field in FIELDS[model] if field.is_private]
    if not hidden:
        return differ
    told = [name for name in names if name not in hidden]
    numbers = Q(Differs(_row(F(name) for name in told), _row(OuterRef(name) for name in told)))
    # Neither now nor in the two states.
    public = Q(pgh_obj__recipient__is_natural_person=False)
    for recipient in ("recipient_id", OuterRef("recipient_id")):
        public &= ~Q(Exists(_persons(recipient)))
    return numbers | (public & differ)


def _persons(recipient: Any) -> QuerySet:
    """The natural person, if it is one, that a column of the history points to."""
    return Organisation.objects.filter(pk=OuterRef(recipient), is_natural_person=True)


def _events(model: type[Model]) -> QuerySet:
    """The rows of the history after which something public was no longer the same, with the row `previous` to each."""
    history = model._meta.get_field("events").related_model._default_manager
    was_public = Q(publication=Publication.PUBLISHED)
    is_withdrawal = Q(Exact(OuterRef("publication"), Value(Publication.WITHDRAWN.value)))
    earlier = history.filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    told = Case(When(was_public & (is_withdrawal | _public_difference(model)), then=F("pgh_id")))
    previous = earlier.annotate(told=told).values("told")[:1]
    still_public = Q(publication=Publication.PUBLISHED, pgh_obj__publication=Publication.PUBLISHED)
    # The publication itself is never later than the moment that it writes down.
    later = history.filter(pgh_label="update", pgh_created_at__gt=F("published_at"))
    events = later.filter(still_public | Q(publication=Publication.WITHDRAWN))
    for person in PERSONS.get(model, ()):
        events = events.exclude(**{f"pgh_obj__{person}is_natural_person": True})
    return events.annotate(previous=Subquery(previous)).filter(previous__isnull=False)


def _before(kind: str, place: Place) -> Q:
    """The rows of one noun's history that stand after `place` in the list, which is the latest first."""
    earlier, same = Q(pgh_created_at__lt=place.at), Q(pgh_created_at=place.at)
    if kind == place.kind:
        return earlier | (same & Q(pgh_id__lt=place.event))
    return earlier | same if kind > place.kind else earlier


def latest_corrections(size: int, before: Place | None = None) -> tuple[list[Correction], Place | None]:
    """At most `size` corrections, the latest first, from after `before`; and the place to go on from, if any.

    One query for all nouns, then two for each noun among the answers; one more where recipients were corrected.
    """
    parts = []
    for kind, (model, _needed) in NOUNS.items():
        events = _events(model)
        events = events.filter(_before(kind, before)) if before else events
        newest = events.annotate(noun=Value(kind)).order_by("-pgh_created_at", "-pgh_id")[: size + 1]
        parts.append(newest.values_list("pgh_created_at", "noun", "pgh_id", "previous"))
    found = [(Place(*row[:3]), row[3]) for row in _together(parts, size + 1)]
    told = _in_words(found[:size])
    return told, (found[size - 1][0] if len(found) > size else None)


def corrections_now() -> tuple[list[Correction], Place | None]:
    """The latest of all, remembered as long as nothing published changes."""
    return remembered("corrections", lambda: latest_corrections(PAGE_SIZE))


def _together(parts: list[QuerySet], size: int) -> list[tuple[Any, ...]]:
    first, *others = parts
    return list(first.union(*others, all=True).order_by("-pgh_created_at", "noun", "-pgh_id")[:size])


def _in_words(found: list[tuple[Place, int]]) -> list[Correction]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for place, previous in found:
        wanted[place.kind] += [place.event, previous]
    states = {kind: _states(kind, events) for kind, events in wanted.items()}
    grants = states.get("grant", {}).values()
    persons = persons_among(state for state in grants if state.recipient_id != state.pgh_obj.recipient_id)
    return [
        _correction(place, states[place.kind][previous], states[place.kind][place.event], persons)
        for place, previous in found
    ]


def _states(kind: str, events: list[int]) -> dict[int, Any]:
    model, needed = NOUNS[kind]
    related = ["pgh_obj", *(f"pgh_obj__{name}" for name in needed)]
    history = model._meta.get_field("events").related_model._default_manager
    return history.select_related(*related).in_bulk(events)


def _correction(place: Place, before: Any, after: Any, persons: set[int]) -> Correction:
    record = after.pgh_obj
    is_withdrawal = after.publication == Publication.WITHDRAWN
    is_private = isinstance(record, Grant) and (
        record.is_private or not persons.isdisjoint((before.recipient_id, after.recipient_id))
    )
    changes = changes_between(type(record), before, after, is_private=is_private)
    return Correction(
        place=place,
        noun=str(record._meta.verbose_name),
        title="" if is_withdrawal else name_of(_named(record)),
        href=_address(record),
        is_withdrawal=is_withdrawal,
        changes=[] if is_withdrawal else changes,
        notice=pick(record, "withdrawal_notice") if is_withdrawal else "",
        public_id=record.public_id,
    )


def _named(record: Any) -> Any:
    """A figure goes by what it is about."""
    return subject_of(record)[1] if isinstance(record, Figure) else record


def _address(record: Any) -> str:
    shown = _named(record)
    if isinstance(record, Figure) and not shown.is_published:
        return ""
    return reverse(f"public:{shown._meta.model_name}-detail", args=[shown.public_id])


# ── As a page and as a feed ──────────────────────────────────────────────────────────────────────────────


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """`/corrections/` and `/en/corrections/`; `before` goes on where a page ended."""
    asked = request.GET.get("before", "")
    try:
        before = Place.parse(asked) if asked else None
    except (ValueError, OverflowError) as wrong:
        raise Http404 from wrong
    told, following = latest_corrections(PAGE_SIZE, before) if before else corrections_now()
    context = {
        "title": _("Corrections"),
        "description": _("What was corrected or withdrawn in the registry after it was published, and when."),
        "corrections": told,
        "following": following,
        "is_later_page": before is not None,
        "no_index": before is not None,
    }
    return render(request, "grants/pages/corrections.html", context)


class CorrectionsFeed(RegistryFeed):
    """`corrections.atom`."""

    def key(self, followed: Any) -> str:
        return "corrections"

    def heading(self, followed: Any) -> str:
        return _("Corrections")

    def page(self, followed: Any) -> str:
        return reverse("public:corrections")

    def entries(self, followed: Any) -> list[Entry]:
        return [_entry(one) for one in corrections_now()[0][:MOST_ENTRIES]]


def _entry(one: Correction) -> Entry:
    named = str(one.title) or one.noun
    changed = [
        _("%(label)s: %(before)s → %(after)s") % {"label": change.label, "before": change.before, "after": change.after}
        if change.before
        else str(change.label)
        for change in one.changes
    ]
    return Entry(
        key=f"correction/{one.place.kind}/{one.public_id}/{one.place.at.astimezone(datetime.UTC):%Y%m%dT%H%M%S%fZ}",
        title=_("%(label)s: %(text)s") % {"label": one.words, "text": named},
        address=one.href or reverse("public:corrections"),
        published=one.place.at,
        updated=one.place.at,
        summary=" · ".join(changed) or str(one.notice),
        about=(one.noun,),
    )
