"""The form of any record: nobody's change is lost, and nothing is saved that PostgreSQL would refuse."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import may_change
from grants.models import Publishable
from grants.models.codes import Publication
from grants.models.leaning import supports_of

from .conflicts import MESSAGE, Conflict, find_conflict
from .widgets import SeenVersionField


class RecordForm(forms.ModelForm):
    """A form that carries the version it was made from (`seen_version`) and comes back when that is no longer so."""

    request: ClassVar[HttpRequest | None] = None
    seen_version = SeenVersionField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conflict: Conflict | None = None
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_version()
        self._check_supports()
        return cleaned

    def _check_version(self) -> None:
        """Come back with both values where somebody wrote between the opening of the form and now."""
        if not self.instance.pk or not self.has_changed():
            return
        if self.cleaned_data.get("seen_version") == self.instance.version:
            return
        self.conflict = find_conflict(self)
        self.add_error(None, MESSAGE)

    def _check_supports(self) -> None:
        """A published record leans on published ones only; nothing new leans on what was withdrawn or merged."""
        for name, _model in supports_of(type(self.instance)):
            support = self.cleaned_data.get(name)
            if isinstance(support, Publishable) and (why := self._why_not(name, support)):
                self.add_error(name, why)

    def _why_not(self, name: str, support: Publishable) -> ValidationError | None:
        names = {"record": str(support)}
        if kept := getattr(support, "merged_into", None):
            return ValidationError(
                _("“%(record)s” is merged into “%(kept)s”: choose that one."), params={**names, "kept": str(kept)}
            )
        is_new = not self.instance.pk or name in self.changed_data
        if is_new and support.publication == Publication.WITHDRAWN:
            return ValidationError(
                _("“%(record)s” has been withdrawn: nothing new can refer to it."), code="withdrawn", params=names
            )
        if getattr(self.instance, "is_published", False) and not support.is_published:
            return ValidationError(
                _("“%(record)s” is not published, and this record is: publish it first."),
                code="unpublished",
                params=names,
            )
        return None

    def validate_constraints(self) -> None:
        """Check every constraint of the table, also those on columns that the form does not show."""
        try:
            self.instance.validate_constraints(exclude=self._not_yet_known())
        except ValidationError as errors:
            self._update_errors(errors)

    def _not_yet_known(self) -> set[str]:
        return {name for name in self.errors if name != "__all__"}


class TopForm(RecordForm):
    """The form of the record itself, which also tells what PostgreSQL refused when it was written."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if refusal := getattr(self.request, "refused_by_database", None):
            self.add_error(None, refusal)
        return cleaned


class LineForm(RecordForm):
    """The form of a row under a record."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # In a table the heading of the column names the field for the eye only.
            for widget in (field.widget, getattr(field.widget, "widget", None)):  # the one inside its buttons too
                if widget is not None:
                    widget.attrs.setdefault("aria-label", field.label or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        user = getattr(self.request, "user", None)
        if user and self.instance.pk and self.has_changed() and not may_change(user, self.instance):
            self.add_error(None, _("This row is published: your account may not correct it."))
        return cleaned

    def _not_yet_known(self) -> set[str]:
        """A row under a record that is not saved yet has nothing to be compared with."""
        parents = {
            field.name
            for field in self.instance._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.is_cached(self.instance)
            and (parent := field.get_cached_value(self.instance)) is not None
            and parent.pk is None
        }
        return super()._not_yet_known() | parents


class LineFormSet(forms.BaseInlineFormSet):
    """Rows under a record. One that somebody changed meanwhile, or that was public, is not deleted unawares."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete")

    def clean(self) -> None:
        super().clean()
        for form in self.initial_forms:
            if self.can_delete and self._should_delete_form(form) and form.instance.pk:
                self._check_deletion(form)

    def _check_deletion(self, form: Any) -> None:
        row = form.instance
        if getattr(row, "published_at", None) is not None:
            raise ValidationError(
                _("“%(row)s” was published and cannot be deleted: withdraw it."), params={"row": str(row)}
            )
        # A form that found its conflict already holds the newer version.
        if form.conflict is not None or str(form["seen_version"].data) != str(row.version):
            form.data = form.data.copy()
            form.data[form.add_prefix("seen_version")] = str(row.version)
            raise ValidationError(
                _("“%(row)s” was changed while you were about to delete it. Look at it again."),
                params={"row": str(row)},
            )
