"""The 17 administrative regions of Québec, and two values for money that has no single one."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import Line
from .history import tracked
from .records import Record

WHOLE_QUEBEC = "QC"
OUTSIDE_OR_UNKNOWN = "HQ"


class RegionQuerySet(models.QuerySet):
    def get_by_natural_key(self, code: str) -> Any:
        return self.get(code=code)


@tracked
class Region(Record):
    """An administrative region: two-character code and official name.

    Codes and names: Institut de la statistique du Québec, « Régions administratives » (décret 1389-89 and later).
    `QC` (ensemble du Québec) and `HQ` (hors Québec / non précisé) are the registry's own.
    """

    code = models.CharField(
        _("code"), max_length=2, unique=True, validators=[RegexValidator(r"^(0[1-9]|1[0-7]|QC|HQ)$")]
    )
    name_fr = Line(_("official name"), unique=True)
    name_en = Line(_("name in English"), blank=True)
    economic_region = models.CharField(_("Statistics Canada economic region"), max_length=4, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("administrative region")
        verbose_name_plural = _("administrative regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="region_code_known", condition=models.Q(code__regex=r"^(0[1-9]|1[0-7]|QC|HQ)$"))
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_fr}"

    def natural_key(self) -> tuple[str]:
        return (self.code,)
