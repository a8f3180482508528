"""What all records share: a version that counts their changes, and when they were made and last changed."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

# Whoever writes, PostgreSQL alone sets these three columns. A write that changes nothing leaves them as they were,
# so that loading the same fixture or sheet twice is no change at all.
COUNT_CHANGES = """
    NEW.version := OLD.version;
    NEW.created_at := OLD.created_at;
    NEW.modified_at := OLD.modified_at;
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.version := OLD.version + 1;
        NEW.modified_at := now();
    END IF;
    RETURN NEW;
"""


# TRUNCATE takes all rows at once: no trigger of rows sees it, and no event would be left. What empties the tables
# between tests says so in this setting.
REFUSE_TRUNCATION = """
    IF coalesce(current_setting('grants.may_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION 'TRUNCATE would leave no history of %: use DELETE', TG_TABLE_NAME;
    END IF;
    RETURN NULL;
"""


def refuse(name: str, condition: pgtrigger.Q, message: str) -> pgtrigger.Trigger:
    """A trigger that refuses the updates of rows that fit `condition`, with `message`."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=condition,
        func=f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';",
    )


def keep_from_truncation() -> pgtrigger.Trigger:
    """A trigger that refuses to empty a table without a trace."""
    return pgtrigger.Trigger(
        name="no_truncation",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=REFUSE_TRUNCATION,
    )


class Record(models.Model):
    """A row that knows its version. `version` is what a form sends back to prove that nobody wrote in between."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), db_default=Now(), editable=False)
    modified_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="count_changes", when=pgtrigger.Before, operation=pgtrigger.Update, func=COUNT_CHANGES
            ),
            # History follows a row by its key.
            refuse("keep_key", pgtrigger.Q(old__id__df=pgtrigger.F("new__id")), "the key of a record never changes"),
            keep_from_truncation(),
        ]


class PublicIdQuerySet(models.QuerySet):
    """Records found by their public id, also from fixtures."""

    def get_by_natural_key(self, public_id: str) -> Any:
        return self.get(public_id=public_id)
