"""Two resources for the invented sheet: one as the documentation of django-import-export writes them, and its fastest.

https://django-import-export.readthedocs.io/en/stable/advanced_usage.html (creating related records),
https://django-import-export.readthedocs.io/en/stable/bulk_import.html
"""

from typing import Any

from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CharWidget, DecimalWidget, ForeignKeyWidget
from tablib import Dataset

from grants.models import Grant, Organisation, Programme, Region

PERSON = "Particulier ou entreprise individuelle"


def organisation_of(row: dict[str, Any], region: Region) -> Organisation:
    """The recipient that a row describes."""
    return Organisation(
        name_fr=row["recipient_name"],
        city=row["recipient_city"],
        region=region,
        is_natural_person=row["recipient_type"] == PERSON,
    )


class GrantFields(ModelResource):
    """The columns of the sheet."""

    reference = Field("reference", "award_id", CharWidget())
    date = Field("date", "announcement_date", CharWidget())
    title_fr = Field("title_fr", "project_title", CharWidget())
    description_fr = Field("description_fr", "description", CharWidget())
    amount = Field("amount", "amount", DecimalWidget())
    agreement_start = Field("agreement_start", "start_date", CharWidget())
    agreement_end = Field("agreement_end", "end_date", CharWidget(), default=None)

    class Meta:
        abstract = True


class StockResource(GrantFields):
    """A query for each row's grant, recipient and programme; what is missing is made on the way."""

    recipient = Field("recipient", "recipient_name", ForeignKeyWidget(Organisation, "name_fr"))
    programme = Field("programme", "programme", ForeignKeyWidget(Programme, "name_fr"))

    class Meta:
        model = Grant
        fields = (*GrantFields.fields, "recipient", "programme")
        import_id_fields = ("reference",)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        Programme.objects.get_or_create(name_fr=row["programme"])
        if not Organisation.objects.filter(name_fr=row["recipient_name"]).exists():
            organisation_of(row, Region.objects.get(name_fr=row["region"])).save()


class Remembered(ForeignKeyWidget):
    """A reference found without a query: all of them are known before the first row."""

    def remember(self) -> None:
        self.known = {record.name_fr: record for record in self.model.objects.all()}

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        return self.known[value]


class TunedResource(GrantFields):
    """Bulk writes, one query for the grants, one for each sort of reference, no differences to show."""

    recipient = Field("recipient", "recipient_name", Remembered(Organisation, "name_fr"))
    programme = Field("programme", "programme", Remembered(Programme, "name_fr"))

    class Meta:
        model = Grant
        fields = (*GrantFields.fields, "recipient", "programme")
        import_id_fields = ("reference",)
        instance_loader_class = CachedInstanceLoader
        use_bulk = True
        batch_size = 1000
        skip_diff = True

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        rows = dataset.dict
        names = {row["programme"] for row in rows} - set(Programme.objects.values_list("name_fr", flat=True))
        Programme.objects.bulk_create(Programme(name_fr=name) for name in names)
        regions = {region.name_fr: region for region in Region.objects.all()}
        known = set(Organisation.objects.values_list("name_fr", flat=True))
        new = {row["recipient_name"]: row for row in rows if row["recipient_name"] not in known}
        made = [organisation_of(row, regions[row["region"]]) for row in new.values()]
        Organisation.objects.bulk_create(made, batch_size=1000)
        for name in ("recipient", "programme"):
            self.fields[name].widget.remember()
