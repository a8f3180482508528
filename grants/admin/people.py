"""Who wrote: the person, the command or the database account that an event of the history names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _


def who_wrote(record: models.Model) -> tuple[str, datetime | None]:
    """Who wrote `record` last and when."""
    events: Any = record.events  # type: ignore[attr-defined]
    event = events.select_related("pgh_context").order_by("-pgh_id").first()
    if event is None:
        return _("somebody"), None
    return name_of(event, names_of([event])), event.pgh_created_at


def names_of(events: Iterable[Any]) -> dict[int, str]:
    """The names of the users in the contexts of `events`, by primary key: one query."""
    wanted = {user for event in events if (user := _metadata(event).get("user"))}
    users = get_user_model()._default_manager.in_bulk(wanted) if wanted else {}
    return {pk: user.get_full_name() or user.get_username() for pk, user in users.items()}


def name_of(event: Any, names: dict[int, str]) -> str:
    """The person, or else the command, or else the database account behind an event."""
    told = _metadata(event)
    if user := told.get("user"):
        return names.get(user) or _("account %(number)s, deleted since") % {"number": user}
    if command := told.get("command"):
        return _("command %(command)s") % {"command": command}
    return _("database account %(account)s") % {"account": event.pgh_db_user}


def _metadata(event: Any) -> dict[str, Any]:
    context = event.pgh_context
    return (context.metadata or {}) if context is not None else {}
