"""The form of an organisation: it comes back once when the organisation may already be there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.actions.duplicates import Likeness, likely_duplicates

from .forms import TopForm


class OrganisationForm(TopForm):
    """Lists the organisations that may be the same one; « save anyway » says that they are not."""

    save_anyway = forms.BooleanField(required=False, label=_("It is another organisation: save anyway"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.likely: list[Likeness] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.likely = self._find_likely()
        if self.likely and not cleaned.get("save_anyway"):
            self.add_error(
                None, _("This organisation may already be in the registry. Nothing was saved: look at the list below.")
            )
        return cleaned

    def _find_likely(self) -> list[Likeness]:
        found: dict[int, Likeness] = {}
        for name in ("name_fr", "name_en"):
            written = self.cleaned_data.get(name)
            if written and name in self.changed_data:
                for likeness in likely_duplicates(written, exclude_pk=self.instance.pk):
                    found.setdefault(likeness.organisation.pk, likeness)
        return list(found.values())
