"""Draft → ready → published → withdrawn: the only road by which a record changes its state.

Each verb takes one record or several of one noun, in one transaction: all of them, or none and a `Refused` that says
of each why not. Rows are locked while they are judged, so that two people pressing two buttons make one outcome.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.models import Publishable
from grants.models.codes import Publication, Waiver
from grants.models.leaning import leaning_on, supports_of

from .permissions import allowed

NAMED = 3  # how many of the records in the way a message names


class Refused(ValidationError):
    """The verb cannot be done; `.messages` say why, one a record. Nothing was changed."""


Records = Publishable | Iterable[Publishable] | QuerySet


def make_ready(records: Records, *, by: Any) -> int:
    """Propose drafts (or withdrawn records to be shown again) for publication. Returns how many."""
    now = timezone.now()

    def judge(record: Publishable) -> str:
        return _wrong_state(record, Publication.DRAFT, Publication.WITHDRAWN)

    return _change(
        records,
        by,
        "change",
        judge,
        lambda record: {
            "publication": Publication.READY,
            "ready_by": by,
            "ready_at": now,
            "four_eyes_waiver": Waiver.NONE,
        },
    )


def return_to_draft(records: Records, *, by: Any) -> int:
    """Take ready records back for more work. Returns how many."""

    def judge(record: Publishable) -> str:
        return _wrong_state(record, Publication.READY)

    return _change(
        records,
        by,
        "change",
        judge,
        lambda record: {
            "publication": Publication.DRAFT,
            "ready_by": None,
            "ready_at": None,
        },
    )


def publish(records: Records, *, by: Any, exception: bool = False) -> int:
    """Show ready records to the public. Returns how many.

    Whoever made a record ready cannot publish it, unless the setting FOUR_EYES is off, or an administrator makes an
    exception: either way the record keeps why one person was enough.
    """
    now = timezone.now()
    if exception and not by.is_superuser:
        raise Refused(_("Only an administrator may make an exception."))
    waiver = _waiver(exception)
    alone: dict[int, str] = {}

    def judge(record: Publishable) -> str:
        if getattr(record, "merged_into_id", None):
            return _("It is merged into another organisation.")
        if wrong := _wrong_state(record, Publication.READY):
            return wrong
        alone[record.pk] = _one_pair_of_eyes(record, by)
        return (alone[record.pk] if not waiver else "") or _unpublished_supports(record)

    def change(record: Publishable) -> dict[str, Any]:
        return {
            "publication": Publication.PUBLISHED,
            "published_by": by,
            "published_at": now,
            "four_eyes_waiver": waiver if alone[record.pk] else Waiver.NONE,
            "withdrawn_by": None,
            "withdrawn_at": None,
            "withdrawal_notice_fr": "",
            "withdrawal_notice_en": "",
        }

    return _change(records, by, "publish", judge, change)


def withdraw(records: Records, *, by: Any, notice_fr: str, notice_en: str = "") -> int:
    """Take published records away from the public; their addresses answer with the dated notice. Returns how many."""
    if not notice_fr.strip():
        raise Refused(_("A withdrawal needs a notice for the public, in French at least."))
    now = timezone.now()

    def judge(record: Publishable) -> str:
        return _wrong_state(record, Publication.PUBLISHED) or _published_dependants(record)

    return _change(
        records,
        by,
        "withdraw",
        judge,
        lambda record: {
            "publication": Publication.WITHDRAWN,
            "withdrawn_by": by,
            "withdrawn_at": now,
            "withdrawal_notice_fr": notice_fr.strip(),
            "withdrawal_notice_en": notice_en.strip(),
        },
    )


def _change(
    records: Records,
    by: Any,
    verb: str,
    judge: Callable[[Publishable], str],
    change: Callable[[Publishable], dict[str, Any]],
) -> int:
    """Lock the records, judge each, and write all of the changes or none."""
    wanted = [records] if isinstance(records, Publishable) else list(records)
    if not wanted:
        return 0
    model = type(wanted[0])
    if not allowed(by, verb, model):
        raise Refused(_("Your account may not do this."))
    with transaction.atomic():
        found = {
            record.pk: record
            for record in model._base_manager.select_for_update(of=("self",))
            .filter(pk__in=[record.pk for record in wanted])
            .order_by("pk")
        }
        reasons = [
            _("%(record)s: %(reason)s") % {"record": record, "reason": reason}
            for record in found.values()
            if (reason := judge(record))
        ]
        if reasons:
            raise Refused(reasons)
        for record in found.values():
            fields = change(record)
            for name, value in fields.items():
                setattr(record, name, value)
            record.save(update_fields=list(fields))
    for record in wanted:  # the caller's copies now say what the database says
        record.refresh_from_db()
    return len(found)


def _wrong_state(record: Publishable, *right: Publication) -> str:
    if record.publication in right:
        return ""
    return _("It is %(state)s; only a record that is %(states)s can go this way.") % {
        "state": record.get_publication_display(),
        "states": pgettext("publication", " or ").join(str(state.label) for state in right),
    }


def _one_pair_of_eyes(record: Publishable, by: Any) -> str:
    """Why `by` would be the only one to have seen the record as it stands; empty where somebody else has."""
    if record.ready_by_id == by.pk:
        return _("You made it ready yourself; somebody else must publish it.")
    if _changed_since_ready(record, by):
        return _("You changed it after it was made ready; somebody else must publish it.")
    return ""


def _changed_since_ready(record: Publishable, by: Any) -> bool:
    """Whether `by` rewrote what the first pair of eyes saw, by whatever road: the history knows."""
    events = record.events  # type: ignore[attr-defined]
    own = events.filter(pgh_label="update", pgh_context__metadata__user=by.pk).aggregate(last=Max("pgh_id"))["last"]
    if own is None:
        return False
    # Events are numbered as they happen, where clocks may differ: the first that was ready is the making ready.
    made_ready = events.filter(publication=Publication.READY, ready_at=record.ready_at).aggregate(first=Min("pgh_id"))
    return own > (made_ready["first"] or 0)


def _waiver(exception: bool) -> Waiver:
    """What would let one person publish alone."""
    if not settings.FOUR_EYES:
        return Waiver.SETTING
    return Waiver.ADMINISTRATOR if exception else Waiver.NONE


def _unpublished_supports(record: Publishable) -> str:
    """What it leans on that the public may not see (models/leaning.py)."""
    supports = [getattr(record, name) for name, _model in supports_of(type(record))]
    missing = [str(support) for support in supports if support is not None and not support.is_published]
    if not missing:
        return ""
    return _("Publish first what it leans on: %(records)s.") % {"records": ", ".join(missing)}


def _published_dependants(record: Publishable) -> str:
    """What is published and leans on it."""
    names: list[str] = []
    for model, name in leaning_on(type(record)):
        leaning = model._base_manager.filter(**{name: record, "publication": Publication.PUBLISHED})
        names += [str(dependant) for dependant in leaning.order_by("pk")[: NAMED + 1]]
    if not names:
        return ""
    shown = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    return _("Withdraw first what leans on it: %(records)s.") % {"records": shown}
