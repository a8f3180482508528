"""Projects: what the money is for."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.bilingual import pick

from .codes import not_empty
from .fields import Line, Prose
from .history import tracked
from .organisations import Organisation
from .publication import Publishable, PublishableQuerySet


class ProjectQuerySet(PublishableQuerySet):
    def published(self) -> Self:
        """What the public may see: never a natural person's project."""
        return super().published().exclude(organisation__is_natural_person=True)


@tracked
class Project(Publishable):
    """Something an organisation does with one or more grants."""

    title_fr = Line(_("title"))
    title_en = Line(_("title in English"), blank=True)
    description_fr = Prose(_("description"), blank=True)
    description_en = Prose(_("description in English"), blank=True)
    sectors_fr = Line(_("sectors"), blank=True)
    sectors_en = Line(_("sectors in English"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("organisation"),
    )

    objects = ProjectQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["title_fr", "pk"]
        constraints = [*Publishable.Meta.constraints, not_empty("project_has_a_title", "title_fr")]
        indexes = [
            # The public's list of projects is in this order, accents and case put aside.
            models.Index(
                models.Func(models.F("title_fr"), function="grants_fold", output_field=models.TextField()),
                "id",
                name="project_by_spelling",
                condition=models.Q(publication="published"),
            )
        ]

    def __str__(self) -> str:
        return pick(self, "title").value
