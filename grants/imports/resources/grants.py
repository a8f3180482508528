"""The sheet of grants, with the projects they fund in one column."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.imports.columns import ManyField, SheetField
from grants.imports.errors import SheetError
from grants.imports.widgets import References, text_of
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

    def find_without_key(self, row: dict[str, Any]) -> models.Model | None:
        reference = text_of(row.get("reference"))
        if not reference:
            return None
        try:
            programme = self.fields["programme"].read(row) if "programme" in row else None
        except ValidationError:
            return None  # the row is refused for it
        found = list(self.get_queryset().filter(reference=reference, programme=programme)[:2])
        if len(found) > 1:
            message = _("Several grants of this programme have this reference. Write the public id.")
            raise ValidationError({"reference": ValidationError(message, code="ambiguous")})
        return found[0] if found else None

    def before_save_instance(self, instance: models.Model, row: dict[str, Any], **kwargs: Any) -> None:
        super().before_save_instance(instance, row, **kwargs)
        instance.import_batch = self.bringing.batch
        instance.import_row = self.row_number

    def doubts_about(self, instance: models.Model) -> list[SheetError]:
        """The registry may have this grant already."""
        alike = self.get_queryset().filter(
            recipient=instance.recipient,
            programme=instance.programme,
            amount=instance.amount,
            date=instance.date,
        )
        ids = list(alike.values_list("public_id", flat=True)[:5])
        if not ids:
            return []
        message = _("The same recipient already has the same amount on the same date: %(ids)s.")
        return [SheetError(message, params={"ids": ", ".join(ids)}, row=self.row_number)]
