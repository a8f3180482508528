"""Draft → ready → published → withdrawn: the states of a record, who moved it there and when.

`PublishableQuerySet.published()` is the only definition of public in the registry. PostgreSQL keeps the dates in
step with the state, refuses to delete what was public (its address must go on answering), and `leaning.py` refuses
a published record that leans on one the public may not see.
"""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import DatabaseDefault
from django.utils.translation import gettext_lazy as _

from .codes import Publication, Waiver
from .fields import Line, PublicIdField
from .records import PublicIdQuerySet, Record, refuse


class PublishableQuerySet(PublicIdQuerySet):
    """The states in words."""

    def published(self) -> Self:
        """What the public may see."""
        return self.filter(publication=Publication.PUBLISHED)

    def withdrawn(self) -> Self:
        """What the public saw once and may not see now: its address answers 410."""
        return self.filter(withdrawn_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(publication=Publication.DRAFT)

    def ready(self) -> Self:
        return self.filter(publication=Publication.READY)


def _by(verb: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=verb,
    )


def _at(verb: Any) -> models.DateTimeField:
    return models.DateTimeField(verb, null=True, blank=True, editable=False)


# Never public yet, or withdrawn once and being prepared again (its address still answers 410).
NOT_PUBLIC_NOW = Q(published_at__isnull=True, withdrawn_at__isnull=True) | Q(
    published_at__isnull=False, withdrawn_at__isnull=False
)


# The events of deletions know which ids had been given to records that are gone.
NEVER_AGAIN = pgtrigger.Func(
    """
    IF EXISTS (
        SELECT 1 FROM new_rows JOIN "{meta.db_table}event" gone
            ON gone.public_id = new_rows.public_id AND gone.pgh_obj_id <> new_rows.id
        WHERE gone.pgh_label = 'delete'
    ) THEN
        RAISE EXCEPTION 'a public id is never given twice'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'public_id_never_again', TABLE = '{meta.db_table}';
    END IF;
    RETURN NULL;
    """
)


class Publishable(Record):
    """A record that the public may come to see."""

    public_id = PublicIdField(_("public id"), unique=True, editable=False)
    publication = models.CharField(
        _("publication"),
        max_length=9,
        choices=Publication,
        default=Publication.DRAFT,
        editable=False,
        db_index=True,
    )
    ready_by = _by(_("made ready by"))
    ready_at = _at(_("made ready"))
    published_by = _by(_("published by"))
    published_at = _at(_("published"))
    four_eyes_waiver = models.CharField(
        _("four-eyes exception"),
        max_length=13,
        choices=Waiver,
        default=Waiver.NONE,
        blank=True,
        editable=False,
    )
    withdrawn_by = _by(_("withdrawn by"))
    withdrawn_at = _at(_("withdrawn"))
    withdrawal_notice_fr = Line(_("withdrawal notice (French)"), blank=True, editable=False)
    withdrawal_notice_en = Line(_("withdrawal notice (English)"), blank=True, editable=False)

    class Meta(Record.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish", "withdraw")
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Protect(
                name="keep_published",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            refuse(
                "keep_public_id",
                pgtrigger.Q(old__public_id__df=pgtrigger.F("new__public_id")),
                "the public id of a record never changes",
            ),
            refuse(
                "keep_published_at",
                pgtrigger.Q(old__published_at__isnull=False, new__published_at__isnull=True),
                "what was public once stays known as such",
            ),
            pgtrigger.Trigger(
                name="public_id_never_again",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func=NEVER_AGAIN,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_dates_fit_publication",
                condition=(Q(publication=Publication.DRAFT, ready_at__isnull=True) & NOT_PUBLIC_NOW)
                | (Q(publication=Publication.READY, ready_at__isnull=False) & NOT_PUBLIC_NOW)
                | Q(
                    publication=Publication.PUBLISHED,
                    ready_at__isnull=False,
                    published_at__isnull=False,
                    withdrawn_at__isnull=True,
                )
                | Q(publication=Publication.WITHDRAWN, published_at__isnull=False, withdrawn_at__isnull=False),
                violation_error_message=_("The dates of publication do not fit the state of publication."),
            ),
            models.CheckConstraint(
                name="%(class)s_four_eyes",
                condition=~Q(publication=Publication.PUBLISHED)
                | Q(ready_by__isnull=True)
                | Q(published_by__isnull=True)
                | ~Q(ready_by=F("published_by"))
                | Q(four_eyes_waiver__in=[Waiver.SETTING, Waiver.ADMINISTRATOR]),
                violation_error_message=_("Who made a record ready cannot publish it."),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_after_published",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("published_at")),
                violation_error_message=_("A record cannot be withdrawn before it was published."),
            ),
        ]

    objects = PublishableQuerySet.as_manager()

    def validate_unique(self, exclude: Any = None) -> None:
        """As Django does, but for an id that PostgreSQL has yet to deal: asking for it would deal one a row."""
        if isinstance(self.public_id, DatabaseDefault):
            exclude = {*(exclude or ()), "public_id"}
        super().validate_unique(exclude)

    def natural_key(self) -> tuple[str]:
        return (self.public_id,)

    @property
    def is_published(self) -> bool:
        return self.publication == Publication.PUBLISHED
