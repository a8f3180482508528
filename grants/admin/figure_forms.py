"""Forms of figures: a value typed as it was said, its unit known from its measure."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from grants.models import Figure
from grants.models.codes import UNIT_OF, Measure

from .forms import LineForm, TopForm
from .widgets import AmountInput, FigureValueField


class FigureManners(forms.ModelForm):
    """What both forms of a figure do."""

    value = FigureValueField(
        label=capfirst(Figure._meta.get_field("value").verbose_name),
        max_digits=16,
        decimal_places=2,
        widget=AmountInput,
    )

    class Meta:
        # Without its own: `value` is declared above, the other fields are the admin's to choose.
        widgets = {"precision": AmountInput}
        field_classes = {"precision": FigureValueField}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        measure = cleaned.get("measure")
        if measure in Measure.values:
            self.instance.unit = UNIT_OF[Measure(measure)]
        self._take_precision(cleaned)
        return cleaned

    def _take_precision(self, cleaned: dict[str, Any]) -> None:
        """« 29 millions » says by itself how precise it is, unless the editor says otherwise."""
        typed = self["value"].data
        if "precision" in self.fields and cleaned.get("precision") is None and isinstance(typed, str):
            cleaned["precision"] = FigureValueField.precision_of(typed)


class FigureForm(FigureManners, TopForm):
    """The form of a figure on its own page."""


class FigureLineForm(FigureManners, LineForm):
    """The form of a figure under the record that it is about."""
