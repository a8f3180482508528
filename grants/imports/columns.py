"""Columns of the sheets that come in and go out: each stated once, named in French, in English and by machine.

A column is made from the model's own field, so that its label, obligation, choices and shape are said in one place.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from import_export.fields import Field
from rapidfuzz import fuzz, process

from grants.models.fields import MoneyField, PartialDateField
from grants.values.folding import fold

from . import widgets
from .errors import SheetError
from .lookups import Lookups

LANGUAGES = ("fr", "en")
NEAR = 60


class SheetField(Field):
    """One column. `column_name` is its machine name, `label` what people read at its head.

    A `required` column must be there when rows become new records. A blank cell empties the value, but where the
    model always wants one (`keeps_when_blank`), it leaves the value, or a new record's default, as it is.
    """

    def __init__(
        self,
        name: str,
        label: Any,
        widget: widgets.CellWidget,
        *,
        attribute: str | None = None,
        empty: Any = "",
        required: bool = False,
        readonly: bool = False,
        keeps_when_blank: bool = False,
    ) -> None:
        super().__init__(attribute or name, name, widget, readonly=readonly)
        self.label = label
        self.empty = empty
        self.required = required
        self.keeps_when_blank = keeps_when_blank

    def read(self, row: dict[str, Any]) -> Any:
        """The cell's value, `empty` where it is blank. Raises ValidationError."""
        value = self.widget.clean(row[self.column_name], row=row)
        return self.empty if value is None or value == "" else value

    def titles(self) -> set[str]:
        """Every title that it answers to, folded."""
        found = {fold(self.column_name)}
        for language in LANGUAGES:
            with override(language):
                found.add(fold(str(self.label)))
        return found

    def show(self, instance: models.Model) -> str:
        """The value as the preview shows it."""
        return self.widget.show(self.get_value(instance))


class ManyField(SheetField):
    """A column of several things, separated by semicolons."""

    def get_value(self, instance: models.Model) -> Any:
        return self.stored(instance) if instance.pk else []

    def stored(self, instance: models.Model) -> list[Any]:
        """What the database holds, in a stable order."""
        return sorted(getattr(instance, self.attribute).all(), key=lambda record: record.pk)


def column_for(model: type[models.Model], name: str, lookups: Lookups) -> SheetField:
    """The column of a model's field."""
    field: Any = model._meta.get_field(name)
    has_default = field.has_default() and not field.null
    return SheetField(
        name,
        field.verbose_name,
        widget_for(field, lookups),
        empty=None if field.null else "",
        required=not field.blank and not has_default,
        keeps_when_blank=has_default and bool(field.get_default() != ""),
    )


def widget_for(field: models.Field, lookups: Lookups) -> widgets.CellWidget:
    """How the cells of a model's field are read and written."""
    if isinstance(field, models.ForeignKey):
        return widgets.Reference(lookups.of(field.related_model), companion=f"{field.name}_name")
    if field.choices:
        return widgets.Code(field.choices)
    if isinstance(field, models.BooleanField):
        return widgets.YesNo()
    if isinstance(field, PartialDateField):
        return widgets.Day()
    if isinstance(field, MoneyField):
        return widgets.Amount()
    if isinstance(field, models.DecimalField):
        return widgets.Number()
    return widgets.Text()


def companion_of(column: SheetField) -> SheetField:
    """The read-only column that says by name what `column` says by public id."""
    reference = column.widget
    return SheetField(
        reference.companion,
        format_lazy("{} ({})", column.label, _("in words")),
        widgets.Text(),
        attribute=f"{column.attribute}__{reference.lookup.main_name}",
        readonly=True,
    )


def match_headers(headers: Iterable[str], columns: Iterable[SheetField]) -> dict[str, str]:
    """The machine name of each title. Raises SheetError for all that are unknown or mean the same column."""
    columns = list(columns)
    known = {title: column for column in columns for title in column.titles()}
    found: dict[str, str] = {}
    errors = []
    for header in headers:
        if not header:
            continue
        column = known.get(fold(header))
        if column is None:
            errors.append(_unknown(header, known))
        elif column.column_name in found.values():
            first = next(title for title, name in found.items() if name == column.column_name)
            message = _("This column says the same as the column “%(other)s”. Keep one of them.")
            errors.append(SheetError(message, params={"other": first}, column=header))
        else:
            found[header] = column.column_name
    if errors:
        errors[0].others = errors[1:]
        raise errors[0]
    return found


def _unknown(header: str, known: dict[str, SheetField]) -> SheetError:
    near = process.extractOne(fold(header), list(known), scorer=fuzz.WRatio, score_cutoff=NEAR)
    if near is None:
        return SheetError(_("This column is not known. Take it out or rename it."), column=header)
    message = _("This column is not known. Did you mean “%(nearest)s”?")
    return SheetError(message, params={"nearest": known[near[0]].label}, column=header)


def missing_columns(columns: Iterable[SheetField], present: Iterable[str]) -> list[SheetError]:
    """One error for each obligatory column that is not there."""
    there = set(present)
    message = _("This column is missing: new records need it.")
    return [
        SheetError(message, column=str(column.label))
        for column in columns
        if column.required and column.column_name not in there
    ]
