"""What the public may know of a grant's past: when it was published, and what was corrected since.

Only states that were public count, only public fields, and no name: neither of staff nor of a recipient.
"""

import datetime
import itertools
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext

from grants.models import Grant
from grants.models import codes as c

from .corrected_fields import Change, changes_between, persons_among

MOST_EVENTS = 200


@dataclass(frozen=True)
class Moment:
    """One day in a grant's public life."""

    day: datetime.date
    words: str
    changes: list[Change]


def public_history(grant: Grant) -> list[Moment]:
    """The public life of a grant, the latest first. One query, two where its recipient was corrected."""
    events = grant.events.exclude(pgh_label="delete")  # type: ignore[attr-defined]
    states = list(events.order_by("-pgh_id")[:MOST_EVENTS])[::-1]
    others = (state for state in states if state.recipient_id != grant.recipient_id)
    persons = {state.recipient_id for state in states} if grant.is_private else persons_among(others)
    moments = [_moment(before, after, persons) for before, after in itertools.pairwise([None, *states])]
    return [moment for moment in reversed(moments) if moment]


def _moment(before: Any, after: Any, persons: set[int]) -> Moment | None:
    """`persons` are the keys of the recipients of whom nothing may be told."""
    day = timezone.localdate(after.pgh_created_at)
    was, is_now = (state is not None and state.publication == c.Publication.PUBLISHED for state in (before, after))
    if was and is_now:
        is_private = not persons.isdisjoint((before.recipient_id, after.recipient_id))
        changes = changes_between(Grant, before, after, is_private=is_private)
        return Moment(day, pgettext("history", "Corrected"), changes) if changes else None
    if is_now:
        return Moment(timezone.localdate(after.published_at), pgettext("history", "Published"), [])
    return Moment(day, pgettext("history", "Withdrawn"), []) if was else None
