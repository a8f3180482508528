"""The columns of a resource as PostgreSQL gives them, for exports of any size.

The same cells as the resource's own `export()` renders from model instances, a test compares the two; but a million
records go out as they are read.
"""

from typing import Any

from django.db import models
from django.db.models import Expression, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Collate, Concat
from django.utils.translation import gettext

from grants.exports import expressions
from grants.exports.cells import Column, Kind
from grants.exports.tables import Field, Table
from grants.models.organisations import OrganisationName

from .columns import SheetField
from .formats import CSV, ODS, XLSX, SheetFormat
from .resources import SheetResource
from .resources.organisations import OtherNames
from .widgets import Amount, Code, Day, Reference, References, YesNo

IDENTIFIERS = {"public_id", "code", "neq", "reference", "fingerprint"}


class JSONLines(SheetFormat):
    """One JSON object a line, by the machine's names of the columns: written, never read."""

    kind = "jsonl"
    title = "JSON Lines"
    content_type = "application/jsonl; charset=utf-8"

    def can_import(self) -> bool:
        return False


EXPORT_FORMATS = [CSV, XLSX, ODS, JSONLines]


def table_of(resource: SheetResource, records: QuerySet, names: list[str] | None = None) -> Table:
    """The records with the resource's columns, or those named, their titles and codes in the language of the moment."""
    columns = resource.get_export_fields(names)
    return Table(records, [_field(column, resource._meta.model) for column in columns])


def _field(column: SheetField, model: type[models.Model]) -> Field:
    kind, value = _value(column, model)
    return Field(Column(str(column.label), str(column.label), kind), value, key=column.column_name)


def _value(column: SheetField, model: type[models.Model]) -> tuple[Kind, Expression | F]:
    """How a column is written and where its value is, according to how its cells are read."""
    at, widget = column.attribute, column.widget
    if isinstance(widget, OtherNames):
        return "text", _other_names(widget)
    if isinstance(widget, References):
        back: Any = model._meta.get_field(at).remote_field.name
        records = widget.lookup.model._default_manager.filter(**{back: OuterRef("pk")}).order_by("pk")
        return "identifier", expressions.joined(records, widget.lookup.key_field, escaped=True)
    if isinstance(widget, Reference):
        return "identifier", expressions.text(f"{at}__{widget.lookup.key_field}")
    if isinstance(widget, Code):
        return "text", _coded(at, widget)
    if isinstance(widget, YesNo):
        return "text", expressions.in_words(at, [(True, gettext("yes")), (False, gettext("no"))])
    if isinstance(widget, Day):
        return "date", expressions.text(at)
    if isinstance(widget, Amount):
        return "money", F(at)
    return _as_stored(at, model)


def _as_stored(path: str, model: type[models.Model]) -> tuple[Kind, Expression | F]:
    field: Any = None
    for step in path.split("__"):
        field = (field.related_model if field else model)._meta.get_field(step)
    if isinstance(field, models.DateTimeField):
        return "date", expressions.moment(path)
    if isinstance(field, models.IntegerField):
        return "integer", F(path)
    return "identifier" if path in IDENTIFIERS else "text", expressions.text(path)


def _coded(path: str, widget: Code) -> Expression:
    words = [(code, label) for code, label in widget.labels.items() if code]
    return expressions.in_words(path, words, otherwise=expressions.text(path))


def _other_names(widget: OtherNames) -> Expression:
    """« name [kind]; name [kind] », sorted as the widget's values are."""
    names = OrganisationName.objects.filter(organisation=OuterRef("pk")).order_by(Collate("name", "C"), "kind")
    each = Concat(F("name"), Value(" ["), _coded("kind", widget.kinds), Value("]"), output_field=TextField())
    return expressions.together(names, expressions.escape(each))
