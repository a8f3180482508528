"""What every change leaves behind: a row in the record's event table, written by PostgreSQL itself.

The triggers work per statement, so that one UPDATE of a million rows is as well remembered as a form's.
Who and why come from the context of the request or command; SQL typed outside the application leaves the
database account instead.
"""

from collections.abc import Callable

import pghistory
import pghistory.models
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from .records import keep_from_truncation

# Events are made by the triggers of their records (one deep), never by hand.
ONLY_BY_TRIGGERS = """
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'events are written by the triggers of records alone';
    END IF;
    RETURN NULL;
"""


class HistoryEvent(pghistory.models.Event):
    """A row as it stood after an insert or update, or before a delete."""

    pgh_id = models.BigAutoField(primary_key=True)
    pgh_db_user = models.CharField(
        _("database account"),
        max_length=63,
        db_default=models.Func(template="SESSION_USER", output_field=models.CharField()),
        editable=False,
    )

    class Meta:
        abstract = True


def only_by_triggers() -> pgtrigger.Trigger:
    """A trigger that refuses events which no change of a record made."""
    return pgtrigger.Trigger(
        name="only_by_triggers",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=ONLY_BY_TRIGGERS,
    )


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: keep the history of every insert, update and delete of `model`, by whatever road."""
    return _track(model, [])


def tracked_without(*fields: str) -> Callable[[type[models.Model]], type[models.Model]]:
    """The same, but events leave out `fields`: long texts that would be kept again with each change."""

    def track(model: type[models.Model]) -> type[models.Model]:
        return _track(model, list(fields))

    return track


def _track(model: type[models.Model], without: list[str]) -> type[models.Model]:
    indexes = []
    if any(field.name == "public_id" for field in model._meta.fields):
        gone = models.Q(pgh_label="delete")
        indexes = [models.Index(fields=["public_id"], condition=gone, name=f"{model._meta.model_name}_ids_gone")]
    if any(field.name == "published_at" for field in model._meta.fields):
        # Corrections are the changes that came after publication: few, and told the latest first.
        after = models.Q(pgh_label="update", pgh_created_at__gt=models.F("published_at"))
        latest = (models.F("pgh_created_at").desc(), models.F("pgh_id").desc())
        indexes.append(models.Index(*latest, condition=after, name=f"{model._meta.model_name}_set_right"))
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=without or None,
        model_name=f"{model.__name__}Event",
        base_model=HistoryEvent,
        obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True),
        context_field=pghistory.ContextForeignKey(db_index=True),
        level=pgtrigger.Statement,
        append_only=True,
        meta={
            "default_permissions": (),
            "indexes": indexes,
            "triggers": [keep_from_truncation(), only_by_triggers()],
        },
    )(model)
