"""What can be wrong with a row: stable codes, and their words said in the reader's language when somebody looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .errors import SheetError

MESSAGES: dict[str, Any] = {
    # One cell
    "empty": _("This cell must not be empty."),
    "not_an_amount": _("“%(value)s” is not an amount. Write it like 2 307 663 $, 2307663.50 or 2,3 M$."),
    "not_a_number": _("“%(value)s” is not a number."),
    "not_a_whole_number": _("“%(value)s” is not a whole number."),
    "too_much": _("“%(value)s” is more than the registry has room for."),
    "not_a_date": _("“%(value)s” is not a date. Write it like 2021, 2021-03, mars 2021 or 2022-04-20."),
    "no_such_day": _("“%(value)s”: that day does not exist."),
    "no_such_month": _("“%(value)s”: that month does not exist."),
    "year_out_of_range": _("“%(value)s”: that year is out of range."),
    "not_in_the_list": _("“%(value)s” is not in the list. Write one of these: %(choices)s."),
    "neither_yes_nor_no": _("“%(value)s” is neither yes nor no. Write oui, non, yes, no, 1 or 0."),
    "unknown_region": _("“%(value)s” is no administrative region. Write its two-digit code or its official name."),
    "unknown_currency": _("“%(value)s” is no currency. Write its three letters, such as CAD."),
    "too_long": _("This text has %(length)s characters; %(longest)s fit."),
    "hidden_character": _("This text has a hidden character (%(character)s) in position %(position)s."),
    "not_a_neq": _("A NEQ has exactly ten digits, without spaces."),
    "not_an_address": _("An address starts with http:// or https://."),
    # One row
    "ends_before_it_starts": _("The agreement cannot end before it starts."),
    "negative_without_reason": _("A negative amount needs a stated reason."),
    "negative_cost": _("The total project cost cannot be negative."),
    "two_currencies": _("The amount is in %(other)s, and its own column says “%(value)s”."),
    "not_one_record": _("It must be about exactly one record."),
    "another_unit": _("This measure is counted in another unit."),
    "damaged": _("The cells of this row have shifted: it cannot be read."),
    # Rows beside the registry and beside each other
    "unknown": _("“%(value)s” is not in the registry. Create it first, or import it."),
    "ambiguous": _("“%(value)s” may be several records: %(candidates)s. Write the public id instead."),
    "disagreement": _("“%(value)s” is the id of “%(record)s”, and the next column says “%(name)s”."),
    "not_an_id": _("A public id has lower-case letters, digits and single hyphens, and starts with a letter."),
    "id_of_a_record_gone": _("This id was that of a record that is gone: choose another."),
    "circle": _("Records of this sheet would belong to one another in a circle."),
    "unknown_id": _("No record has this id. Leave the cell empty to make a new record."),
    "repeated_id": _("Row %(row)s already speaks of this record."),
    "repeated_reference": _("Row %(row)s already has this reference."),
    "several_with_reference": _("Several grants of this programme have this reference. Write the public id."),
    "not_published_by_import": _("An import does not publish: this record is “%(state)s” and stays so."),
    "changed_since_export": _("Somebody has changed this record since the sheet was exported: export it again."),
    "may_not_change": _("This record is published or merged, and your account may not correct it."),
    "missing_column": _("This column is missing: new records need it."),
    "leaning": _("This record is published, and what this cell names is not."),
    "changed_meanwhile": _("Somebody has changed this record since the preview: it was left as it is."),
    "withdrawn": _("“%(record)s” was withdrawn or merged: nothing new can lean on it."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a row. `column` is a machine name, "" for the whole row; `value` what the cell holds.

    `params` fill the message; they are texts and numbers, so that a problem can wait in a table.
    """

    row: int
    column: str
    value: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, column: Any = None) -> str:
        """What is wrong, in words. `column` is the SheetColumn, for the choices that its message may list."""
        return message_of(self.code, {"value": self.value[:80], **self.params}, column)

    def error(self, column: Any = None, sheet: str = "") -> SheetError:
        """The same as a SheetError, with the column's label as title."""
        label = str(column.label) if column is not None else self.column
        place: dict[str, Any] = {
            "row": self.row,
            "column": label or None,
            "value": self.value or None,
            "sheet": sheet or None,
        }
        return SheetError(self.message(column), **place)


def message_of(code: str, params: Mapping[str, Any], column: Any = None) -> str:
    """The message of a code, in the reader's language; a placeholder without a value stays visible as an ellipsis."""
    if code == "unreadable":  # the reader's own words, kept as they are looked up
        return gettext(params.get("words", "")) % _Known(params.get("params") or {})
    if code == "constraint":
        return constraint_message(str(params.get("constraint", "")))
    words = str(MESSAGES.get(code, code))
    choices = ", ".join(str(label) for _code, label in getattr(column, "choices", ()) or ())
    return words % _Known({"choices": choices, **params})


def constraint_message(name: str) -> str:
    """What a constraint of the registry says when it is violated."""
    for model in apps.get_app_config("grants").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    return gettext("The registry's rules refuse this row (%(rule)s).") % {"rule": name}


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"
