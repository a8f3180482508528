"""What the public may know of a grant's past: when it was published, and what was corrected since.

Only states that were public count, only public fields, and no name: neither of staff nor of a recipient.
"""

import datetime
import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from grants.bilingual import current_language
from grants.models import Grant
from grants.models import codes as c
from grants.values import wording
from grants.values.partial_dates import PartialDate

MOST_EVENTS = 200
WORDS = {"reference", "benefit_place"}  # never told of a grant to a natural person


@dataclass(frozen=True)
class Change:
    """One field: its words, what it was, what it became (both empty where only the fact of a change is told)."""

    label: str | Promise
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Moment:
    """One day in a grant's public life."""

    day: datetime.date
    words: str
    changes: list[Change]


def _money(value: Any) -> str:
    return _("not provided") if value is None else wording.money(value, current_language())


def _date(value: PartialDate | None) -> str:
    return wording.date(value, current_language()) if value else _("not provided")


def _text(value: Any) -> str:
    return str(value) if value else _("not provided")


def _label(codes: Any) -> Callable[[Any], str]:
    return lambda value: str(codes(value).label) if value in codes.values else _text(value)


# Field, words, and how its value reads. None: that it changed is told, not what it was.
FIELDS: tuple[tuple[str, Any, Callable[[Any], str] | None], ...] = (
    ("amount", gettext_lazy("Amount"), _money),
    ("currency", gettext_lazy("Currency"), _text),
    ("total_project_cost", gettext_lazy("Total project cost"), _money),
    ("instrument", gettext_lazy("Instrument"), _label(c.Instrument)),
    ("status", gettext_lazy("Status"), _label(c.GrantStatus)),
    ("status_date", gettext_lazy("Status as of"), _date),
    ("date", gettext_lazy("Date"), _date),
    ("agreement_start", gettext_lazy("Start of the agreement"), _date),
    ("agreement_end", gettext_lazy("End of the agreement"), _date),
    ("reference", gettext_lazy("Reference"), _text),
    ("benefit_place", gettext_lazy("Place that benefits"), _text),
    ("recipient_id", gettext_lazy("Recipient"), None),
    ("funder_id", gettext_lazy("Funder"), None),
    ("programme_id", gettext_lazy("Programme"), None),
    ("announcement_id", gettext_lazy("Announcement"), None),
    ("benefit_region_id", gettext_lazy("Region that benefits"), None),
    ("title_fr", gettext_lazy("Title"), None),
    ("title_en", gettext_lazy("Title in English"), None),
    ("description_fr", gettext_lazy("Description"), None),
    ("description_en", gettext_lazy("Description in English"), None),
)


def public_history(grant: Grant) -> list[Moment]:
    """The public life of a grant, the latest first. One query."""
    events = grant.events.exclude(pgh_label="delete")  # type: ignore[attr-defined]
    states = list(events.order_by("-pgh_id")[:MOST_EVENTS])[::-1]
    moments = [_moment(before, after, grant.is_private) for before, after in itertools.pairwise([None, *states])]
    return [moment for moment in reversed(moments) if moment]


def _moment(before: Any, after: Any, is_private: bool) -> Moment | None:
    day = timezone.localdate(after.pgh_created_at)
    was, is_now = (state is not None and state.publication == c.Publication.PUBLISHED for state in (before, after))
    if was and is_now:
        changes = _changes(before, after, is_private)
        return Moment(day, pgettext("history", "Corrected"), changes) if changes else None
    if is_now:
        return Moment(timezone.localdate(after.published_at), pgettext("history", "Published"), [])
    return Moment(day, pgettext("history", "Withdrawn"), []) if was else None


def _changes(before: Any, after: Any, is_private: bool) -> list[Change]:
    changes = []
    for name, label, in_words in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            if in_words is None or (is_private and name in WORDS):
                changes.append(Change(label))
            else:
                changes.append(Change(label, in_words(old), in_words(new)))
    return changes
