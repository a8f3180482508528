"""Values as people read them, in lists, conflicts and histories."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db import models
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from grants.bilingual import current_language
from grants.models.codes import Unit
from grants.models.fields import MoneyField, PartialDateField
from grants.values import wording
from grants.values.partial_dates import PartialDate

EMPTY = "—"
LONGEST = 400  # characters of a text shown in a table


def show(field: models.Field, value: Any) -> str:
    """`value` of `field` in the words of the page's language; a foreign key's record by its name."""
    if value is None or value == "":
        return EMPTY
    if isinstance(field, MoneyField):
        return wording.money(value, current_language())
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return show_value(value)


def show_value(value: Any) -> str:
    """A value of any type, in words."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, PartialDate):
        return wording.date(value, current_language())
    if isinstance(value, Decimal):
        return wording.number(value, current_language())
    if hasattr(value, "tzinfo"):
        return formats.date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    text = str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def show_claim(value: Decimal | None, unit: str) -> str:
    """A figure's value in its unit."""
    if value is None:
        return EMPTY
    in_unit = {Unit.CAD: wording.money, Unit.PERCENT: wording.percent}.get(Unit(unit), wording.number)
    return in_unit(value, current_language())


def money_column(name: str, description: Any) -> Any:
    """A list column that shows the amount in the field `name`."""

    @admin.display(description=description, ordering=name)
    def column(self: Any, record: Any) -> str:
        value = getattr(record, name)
        return EMPTY if value is None else wording.money(value, current_language(), getattr(record, "currency", "CAD"))

    return column


def date_column(name: str, description: Any) -> Any:
    """A list column that shows the partial date in the field `name`."""

    @admin.display(description=description, ordering=name)
    def column(self: Any, record: Any) -> str:
        return show_value(getattr(record, name))

    return column


def in_words(model: type[models.Model], fieldsets: Any) -> list[Any]:
    """Fieldsets to read only: amounts and partial dates give way to their words."""
    return [
        (title, {**options, "fields": [_shown(model, name) for name in options["fields"]]})
        for title, options in fieldsets
    ]


def _shown(model: type[models.Model], name: Any) -> Any:
    if isinstance(name, list | tuple):
        return tuple(_shown(model, one) for one in name)
    field = next((field for field in model._meta.concrete_fields if field.name == name), None)
    if not isinstance(field, MoneyField | PartialDateField):
        return name

    @admin.display(description=field.verbose_name)
    def shown(record: Any) -> str:
        return show(field, getattr(record, field.attname))

    shown.__name__ = field.name
    return shown
