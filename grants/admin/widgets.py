"""Inputs that give a value back as people write it, so that what is read in the form can be typed in it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from grants.bilingual import current_language
from grants.models.fields import Line, MoneyField, MoneyFormField, PartialDateField, Prose
from grants.values import wording
from grants.values.amounts import BadAmount, read_amount
from grants.values.partial_dates import PartialDate


class AmountInput(forms.TextInput):
    """Shows 2307663 as « 2 307 663 » or "2,307,663"; what was typed stays as typed."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"class": "vAmountField", "inputmode": "decimal", "size": 18, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return wording.money(value, current_language()).replace("$", "").strip()
        return super().format_value(value)


class PartialDateInput(forms.TextInput):
    """Shows 2021-03 as « mars 2021 »; what was typed stays as typed."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"class": "vPartialDateField", "size": 18, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, PartialDate):
            return wording.date(value, current_language())
        return super().format_value(value)


class FigureValueField(MoneyFormField):
    """A figure as people write it: « 29 millions », « 48 500 », « 25 % »."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removesuffix("%").strip()
        return super().to_python(value)

    @staticmethod
    def precision_of(text: str) -> Decimal | None:
        """The unit of the last digit where words scale the number (« 54,6 millions » gives 100 000), else None."""
        try:
            amount = read_amount(text)
        except BadAmount:
            return None
        return amount.precision if amount.precision > 1 else None


class SeenVersionField(forms.IntegerField):
    """The version of the record that a form was made from. It is never a change of its own."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, label=_("version"))

    def clean(self, value: Any) -> int | None:
        try:
            return super().clean(value)
        except ValidationError:
            return None  # tampered with: no version was seen

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


OVERRIDES: dict[type[models.Field], dict[str, Any]] = {
    MoneyField: {"widget": AmountInput},
    PartialDateField: {"widget": PartialDateInput},
    models.URLField: {"assume_scheme": "https"},
    Line: {"widget": forms.TextInput(attrs={"class": "vTextField"})},
    Prose: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
}
