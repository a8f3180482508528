"""Saving without losing anybody's change: rows are locked, their versions compared, and all is saved or nothing."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, InternalError, connection, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from .forms import LineForm, LineFormSet, TopForm
from .keys import is_key
from .refusals import explain
from .widgets import OVERRIDES


class LockedForms(admin.ModelAdmin):
    """Change forms that tell the second of two editors, and show what PostgreSQL refused beside what was typed."""

    form = TopForm
    formfield_overrides = OVERRIDES

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address fills in beforehand, without references that no record can have."""
        found = super().get_changeform_initial_data(request)
        related: dict[str, Any] = {
            field.name: field.related_model for field in self.opts.concrete_fields if field.is_relation
        }
        return {
            name: value for name, value in found.items() if name not in related or is_key(related[name], str(value))
        }

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record; locked first where it is about to be written, so that the second of two saves sees the first."""
        if request.method == "POST" and connection.in_atomic_block:
            self._lock(object_id)
        return super().get_object(request, object_id, from_field)

    def _lock(self, object_id: str) -> None:
        try:
            pk = self.model._meta.pk.to_python(object_id)
        except ValidationError:
            return  # no record has such a key: Django says so
        self.model._base_manager.select_for_update().filter(pk=pk).values_list("pk").first()

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        found = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "POST":
            found["queryset"] = found["queryset"].select_for_update(of=("self",))
        return found

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form. A refusal of PostgreSQL undoes the whole save and comes back as a message over what was typed."""
        try:
            # Constraints that wait for the end of the transaction speak here, not after the answer is made.
            with transaction.atomic(savepoint=True):
                return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, InternalError) as error:
            return self._show_again(request, error, *args, **kwargs)

    def _show_again(self, request: Any, error: DatabaseError, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            raise error
        request.refused_by_database = explain(error)
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Gather the conflicts of the form and of its rows for the template."""
        forms: list[Form] = [context["adminform"].form]
        for formset in context.get("inline_admin_formsets") or []:
            forms += formset.formset.initial_forms
        context["conflicts"] = [
            {"conflict": form.conflict, "record": form.instance} for form in forms if getattr(form, "conflict", None)
        ]
        return super().render_change_form(request, context, *args, **kwargs)


class Lines:
    """What inlines share: locked rows, no empty row until asked for."""

    form = LineForm
    formset = LineFormSet
    formfield_overrides = OVERRIDES
    extra = 0
    view_on_site = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.form.request = request
        return formset

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The hidden version goes with the first fields (a page that only shows has none)."""
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        return with_version(fieldsets) if self.can_write(request, obj) else fieldsets

    def can_write(self, request: HttpRequest, obj: Any) -> bool:
        """Whether rows of this inline may be written at all."""
        return self.has_change_permission(request, obj) or self.has_add_permission(request, obj)  # type: ignore[attr-defined]


class TabularLines(Lines, admin.TabularInline):
    """Rows of a few short fields."""


class StackedLines(Lines, admin.StackedInline):
    """Rows of many fields."""


class ShownLines(admin.TabularInline):
    """Rows to read and follow, edited on their own page."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def with_version(fieldsets: Any) -> list[Any]:
    """The same fieldsets with the hidden field `seen_version` at the end of the first one."""
    (title, options), *others = fieldsets
    fields = [*options["fields"], "seen_version"]
    return [(title, {**options, "fields": fields}), *others]
