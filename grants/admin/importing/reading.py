"""The views of « Ce qui a été compris »: to look, to decide otherwise, to keep the mapping as a profile."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.imports.jobs.queueing import MAY_BEGIN
from grants.imports.profiles import all_profiles, save_profile
from grants.models import Import, ImportProfile
from grants.models.codes import ImportState
from grants.models.fields import Line

from .access import NotNow, Told, do, may_import, render, shown_import
from .deciding import begin
from .questions import head_of, missing_of, questions_of
from .understood import UnderstoodForm

# Before it is read there is nothing to decide otherwise.
MAY_DECIDE = [state for state in MAY_BEGIN["read"] if state != ImportState.READING]


class ProfileForm(forms.Form):
    """The name under which a mapping is kept."""

    name = Line(gettext_lazy("name of the profile"), max_length=80).formfield()


def reading_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET shows what was understood; POST keeps what is decided otherwise and reads again."""
    if request.method == "POST":
        return do(request, object_id, lambda batch: _decide(request, batch))
    batch = shown_import(request, object_id)
    form = _form_of(batch)
    context = {
        "title": _("What was understood"),
        "tab": "reading",
        "form": form,
        "doubts": form.understanding.doubts,
        "missing": [str(form.sheet_columns.by_name[name].label) for name in missing_of(batch)],
        "destroyed": [facts for facts in form.understanding.columns if facts.destroyed],
        "may_decide": may_import(request.user, batch.noun) and batch.state in MAY_DECIDE,
        "profile_form": ProfileForm(),
    }
    return render(model_admin, request, "reading", batch, context)


def _form_of(batch: Import, *data: Any) -> UnderstoodForm:
    return UnderstoodForm(batch, questions_of(batch), head_of(batch), *data)


def _decide(request: HttpRequest, batch: Import) -> Told | None:
    if batch.state not in MAY_DECIDE:
        raise NotNow(_("How a file is read can be decided before it is imported, not after."))
    form = _form_of(batch, request.POST)
    if not form.is_valid():
        raise NotNow(_("That form held a choice that it does not offer. Nothing was changed."))
    batch.wishes = form.wishes()
    batch.save(update_fields=["wishes"])
    begin("read", batch)
    return None


def profile_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Keep the mapping of the import as a profile, under a name."""
    return do(request, object_id, lambda batch: _keep(request, batch), page="reading")


def _keep(request: HttpRequest, batch: Import) -> Told | None:
    form = ProfileForm(request.POST)
    if not form.is_valid():
        raise NotNow(" ".join(str(error) for errors in form.errors.values() for error in errors))
    name = form.cleaned_data["name"]
    known = {profile.name for profile in all_profiles(batch.noun)}
    if name in known or ImportProfile.objects.filter(name=name).exists():
        raise NotNow(_("There is a profile of that name already: choose another."))
    save_profile(name, batch, request.user)
    return _("The mapping is kept as the profile “%(name)s”.") % {"name": name}
