"""The sheet of grants, with the projects they fund in one column."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from grants.imports.columns import ManyField, SheetField
from grants.imports.widgets import References
from grants.models import Grant, Project

from .base import SheetMeta, SheetResource


class GrantResource(SheetResource):
    """Grants. A row without id finds its grant by reference and programme."""

    columns = (
        *("recipient", "funder", "programme", "announcement", "reference"),
        *("amount", "currency", "negative_reason", "total_project_cost", "instrument"),
        *("title_fr", "title_en", "description_fr", "description_en"),
        *("benefit_region", "benefit_place"),
        *("date", "agreement_start", "agreement_end", "status", "status_date"),
    )
    companions = ("recipient", "funder", "announcement", "benefit_region")

    class Meta(SheetMeta):
        model = Grant

    def more_columns(self) -> Iterable[SheetField]:
        yield ManyField("projects", _("projects"), References(self.lookups.of(Project)), empty=[])
