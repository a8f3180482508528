"""A new import: the file, what its rows are, and the work of reading it queued in the same transaction."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.imports.jobs import enqueue
from grants.imports.nouns import SHEETS
from grants.imports.profiles import all_profiles
from grants.imports.resources.batches import plain_file_name
from grants.imports.steps.files import store_file
from grants.models import Import, Programme
from grants.models.codes import ImportState

from .access import lead_to, may_import, model_of, render

MEGABYTE = 1024 * 1024
# The reader looks at what is in the file; this only spares a long upload of something else.
ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".xls", ".ods")


class ChooseForm(forms.Form):
    """Which file, what its rows are, and what the rows do not say."""

    file = forms.FileField(label=gettext_lazy("File"), allow_empty_file=True)
    noun = forms.ChoiceField(label=gettext_lazy("Its rows are"))
    programme = forms.ModelChoiceField(
        Programme.objects.none(),
        label=gettext_lazy("Programme of the rows that name none"),
        required=False,
        empty_label=gettext_lazy("none"),
    )
    profile = forms.ChoiceField(
        label=gettext_lazy("Profile"),
        required=False,
        help_text=gettext_lazy("Which titles stand for which columns. It is found by itself where nothing is chosen."),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nouns = importable(user)
        self.fields["noun"].choices = [(noun, capfirst(model_of(noun)._meta.verbose_name_plural)) for noun in nouns]
        self.fields["programme"].queryset = Programme.objects.order_by("name_fr", "pk")
        profiles = {profile.name: profile.label for noun in nouns for profile in all_profiles(noun)}
        self.fields["profile"].choices = [("", _("find it")), *profiles.items()]
        self.fields["file"].help_text = _("CSV, TSV, XLSX, XLS or ODS, %(limit)s MB at most.") % {
            "limit": settings.UPLOAD_LIMIT_MB
        }

    def clean_file(self) -> Any:
        """Refuse at once what can be refused without reading it."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_MB * MEGABYTE:
            told = _("This file has %(size)s; the registry takes %(limit)s MB at most.")
            sizes = {"size": filesizeformat(file.size), "limit": settings.UPLOAD_LIMIT_MB}
            raise ValidationError(told % sizes, code="too_large")
        if not file.size:
            raise ValidationError(_("This file is empty."), code="empty")
        if not file.name.lower().endswith(ENDINGS):
            told = _("The name of this file ends in no format that can be read: CSV, TSV, XLSX, XLS or ODS.")
            raise ValidationError(told, code="format")
        return file


def choose_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST keeps the file and queues its reading."""
    if not importable(request.user):
        raise PermissionDenied
    if request.method == "POST":
        form = ChooseForm(request.user, request.POST, request.FILES)
        if form.is_valid():
            return lead_to(_begin(request, form.cleaned_data))
    else:
        form = ChooseForm(request.user, initial={"noun": request.GET.get("noun", "grant")})
    context = {"title": _("Import a spreadsheet"), "form": form}
    return render(model_admin, request, "choose", None, context)


def importable(user: Any) -> list[str]:
    """The nouns that `user` may import."""
    return [noun for noun, sheet in SHEETS.items() if sheet.comes_in and may_import(user, noun)]


def _begin(request: HttpRequest, chosen: dict[str, Any]) -> Import:
    """Keep the file, piece by piece, and queue the work: all of it or nothing.

    A file that came in already is kept but not read: its page asks first.
    """
    with transaction.atomic():
        batch = Import.objects.create(
            file_name=plain_file_name(chosen["file"].name),
            noun=chosen["noun"],
            programme=chosen["programme"],
            wishes={"profile": chosen["profile"]} if chosen["profile"] else {},
            imported_by=request.user,
            state=ImportState.READING,
        )
        store_file(batch, chosen["file"].chunks())
        if came_before(batch):
            Import.objects.filter(pk=batch.pk).update(state=ImportState.CANCELLED)
        else:
            enqueue("read", batch.pk)
    return batch


def came_before(batch: Import) -> list[Import]:
    """The imports of the very same file, as the same noun, that are applied: the latest first."""
    if not batch.fingerprint:
        return []
    same = Import.objects.filter(fingerprint=batch.fingerprint, noun=batch.noun, state=ImportState.APPLIED)
    return list(same.exclude(pk=batch.pk).select_related("imported_by")[:5])
