"""Two people on one form: what each of them wrote, so that the second one can choose and nothing typed is lost.

The history keeps the record as it stood at the version that the form was made from. A field that this person left as
it was then takes the value stored meanwhile; a field that they changed keeps their value, shown beside the other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import who_wrote
from .showing import show, show_value

MESSAGE = _(
    "Somebody changed this record while you were editing it. Nothing was saved. Compare the values below, then "
    "save again."
)


@dataclass(frozen=True)
class Difference:
    """One field: this person's value and the one stored meanwhile. `kept` tells which of the two the form now holds."""

    label: str
    mine: str
    stored: str
    is_mine_kept: bool


@dataclass(frozen=True)
class Conflict:
    """Who wrote meanwhile, when, and the fields in which the two differ."""

    who: str
    when: datetime
    differences: list[Difference]


def find_conflict(form: Any) -> Conflict:
    """Compare a bound form with the record as it is stored, and prepare the form to be shown and sent again."""
    record = form.instance
    base = record.events.filter(version=form.cleaned_data.get("seen_version") or 0).order_by("-pgh_id").first()
    form.data = form.data.copy()
    differences = [_difference(form, name, base) for name in form.changed_data]
    form.data[form.add_prefix("seen_version")] = str(record.version)
    who, when = who_wrote(record)
    return Conflict(who, when or record.modified_at, differences)


def _difference(form: Any, name: str, base: Any) -> Difference:
    mine = form.cleaned_data.get(name, form[name].data)
    stored = form.instance.__dict__.get(_attname(form, name), form.initial.get(name))
    touched = base is None or name in form.errors or not _same(mine, base.__dict__.get(_attname(form, name)))
    shown_mine = _show(form, name, mine)
    if not touched:
        _put_back(form, name)
    return Difference(
        str(form.fields[name].label or name), shown_mine, _show(form, name, _record_of(form, name, stored)), touched
    )


def _attname(form: Any, name: str) -> str:
    field = _model_field(form, name)
    return field.attname if field else name


def _model_field(form: Any, name: str) -> Any:
    try:
        return form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _same(mine: Any, before: Any) -> bool:
    mine = mine.pk if isinstance(mine, models.Model) else mine
    return (None if mine == "" else mine) == (None if before == "" else before)


def _record_of(form: Any, name: str, stored: Any) -> Any:
    field = _model_field(form, name)
    return getattr(form.instance, name) if field and field.is_relation and stored is not None else stored


def _show(form: Any, name: str, value: Any) -> str:
    field = _model_field(form, name)
    return show(field, value) if field and not isinstance(value, models.Model) else show_value(value)


def _put_back(form: Any, name: str) -> None:
    """Write the stored value in the data of the form, as the page would have sent it."""
    key, field = form.add_prefix(name), form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(field.widget, forms.CheckboxInput):
        if value:
            form.data[key] = "on"
        else:
            form.data.pop(key, None)
        return
    written = field.widget.format_value(value)
    written = written[0] if isinstance(written, list) and written else written
    form.data[key] = "" if written in (None, []) else str(written)
