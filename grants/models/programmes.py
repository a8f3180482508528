"""Funding programmes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.bilingual import pick

from .codes import not_empty
from .cycles import refuse_cycle
from .fields import Line, PartialDateField, Prose, PublicIdField
from .history import tracked
from .organisations import Organisation
from .publication import Publishable


@tracked
class Programme(Publishable):
    """A funding programme, such as the Offensive de transformation numérique. Its public id is its slug (« otn »)."""

    public_id = PublicIdField(
        _("public id"),
        unique=True,
        help_text=_("The last word of its address, such as otn. Left empty, one is dealt. It never changes."),
    )
    name_fr = Line(_("name"))
    name_en = Line(_("name in English"), blank=True)
    acronym = Line(_("acronym"), max_length=30, blank=True)
    objective_fr = Prose(_("objective"), blank=True)
    objective_en = Prose(_("objective in English"), blank=True)
    launched = PartialDateField(_("launched"), help_text=_("May be only a month: mars 2021."))
    administrator = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="administered",
        verbose_name=_("administering organisation"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent programme"),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name_fr", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            not_empty("programme_has_a_name", "name_fr"),
            models.CheckConstraint(
                name="programme_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message=_("A programme cannot be its own parent."),
            ),
        ]

    def clean(self) -> None:
        refuse_cycle(self, "parent")

    def __str__(self) -> str:
        name = pick(self, "name").value
        return f"{name} ({self.acronym})" if self.acronym else name
