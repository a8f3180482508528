"""The public life of a grant: when it was published, withdrawn, and which of its public fields were corrected.

Neither names nor values are told: what the fields hold now is in the record, who wrote it is nobody's business.
"""

import itertools
from typing import Any

from django.utils import timezone

from grants.models import Grant
from grants.models.codes import Publication

MOST_EVENTS = 200
# Columns of the registry, and what the API calls them.
SAME: tuple[str, ...] = (
    "amount",
    "currency",
    "total_project_cost",
    "instrument",
    "status",
    "status_date",
    "date",
    "agreement_start",
)
SAME += ("agreement_end", "reference", "benefit_place", "title_fr", "title_en", "description_fr", "description_en")
SAME += ("recipient_id", "funder_id", "programme_id", "announcement_id")
FIELDS = {**{name: name for name in SAME}, "benefit_region_id": "benefit_region"}


def history_of(public_id: str) -> list[dict[str, Any]]:
    """What happened in public, the latest first. One query."""
    events = Grant.pgh_event_model.objects.filter(pgh_obj__public_id=public_id).exclude(pgh_label="delete")  # type: ignore[attr-defined]
    wanted = ("publication", "published_at", "pgh_created_at", *FIELDS)
    states = list(events.order_by("-pgh_id").values(*wanted)[:MOST_EVENTS])[::-1]
    told = [_moment(before, after) for before, after in itertools.pairwise([None, *states])]
    return [one for one in reversed(told) if one]


def _moment(before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any] | None:
    assert after is not None  # noqa: S101 (only the first `before` is None)
    was = before is not None and before["publication"] == Publication.PUBLISHED
    is_now = after["publication"] == Publication.PUBLISHED
    day = timezone.localdate(after["pgh_created_at"]).isoformat()
    if was and is_now:
        changed = [said for column, said in FIELDS.items() if before[column] != after[column]]  # type: ignore[index]
        return {"date": day, "event": "corrected", "fields": changed} if changed else None
    if is_now:
        day = timezone.localdate(after["published_at"]).isoformat()
        return {"date": day, "event": "published", "fields": []}
    return {"date": day, "event": "withdrawn", "fields": []} if was else None
