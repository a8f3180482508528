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

from .corrected_fields import Change, changes_between

MOST_EVENTS = 200


@dataclass(frozen=True)
class Moment:
    """One day in a grant's public life."""

    day: datetime.date
    words: str
    changes: list[Change]


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
        changes = changes_between(Grant, before, after, is_private=is_private)
        return Moment(day, pgettext("history", "Corrected"), changes) if changes else None
    if is_now:
        return Moment(timezone.localdate(after.published_at), pgettext("history", "Published"), [])
    return Moment(day, pgettext("history", "Withdrawn"), []) if was else None
