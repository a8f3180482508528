"""What every change leaves behind: a row in the record's event table, written by PostgreSQL itself.

The triggers work per statement, so that one UPDATE of a million rows is as well remembered as a form's.
Who and why come from the context of the request or command; SQL typed outside the application leaves the
database account instead.
"""

import pghistory
import pghistory.models
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


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


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: keep the history of every insert, update and delete of `model`, by whatever road."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}Event",
        base_model=HistoryEvent,
        obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True),
        context_field=pghistory.ContextForeignKey(db_index=True),
        level=pgtrigger.Statement,
        append_only=True,
        meta={"default_permissions": ()},
    )(model)
