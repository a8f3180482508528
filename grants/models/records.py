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
            )
        ]


class PublicIdQuerySet(models.QuerySet):
    """Records found by their public id, also from fixtures."""

    def get_by_natural_key(self, public_id: str) -> Any:
        return self.get(public_id=public_id)
