"""The page that merges two organisations: which one is kept, and what moves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from grants.actions.merging import merge_organisations
from grants.actions.publication import Refused
from grants.models import Organisation

from .refusals import explain


def ask_merge(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """From the list: go to the page of the question, when two organisations are chosen."""
    chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
    if len(chosen) != 2:
        model_admin.message_user(request, _("Choose exactly two organisations to merge."), messages.ERROR)
        return None
    query = {"one": chosen[0], "other": chosen[1]}
    return HttpResponseRedirect(reverse("admin:grants_organisation_merge", query=query))


def merge_view(model_admin: Any, request: HttpRequest) -> HttpResponse:
    """GET shows the two with what belongs to each; POST with `kept` merges the other into it."""
    if not model_admin.has_merge_permission(request):
        raise PermissionDenied
    pair = _pair(request)
    if len(pair) != 2:
        model_admin.message_user(request, _("Choose exactly two organisations to merge."), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:grants_organisation_changelist"))
    kept = next((one for one in pair if str(one.pk) == request.POST.get("kept")), None)
    if request.method == "POST" and kept is not None:
        return _merge(model_admin, request, kept, next(one for one in pair if one is not kept))
    if request.method == "POST":
        model_admin.message_user(request, _("Say which of the two is kept."), messages.ERROR)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Merge two organisations"),
        "opts": model_admin.opts,
        "pair": [{"organisation": one, "belongings": belongings(one)} for one in pair],
    }
    return TemplateResponse(request, "admin/grants/merge.html", context)


def _pair(request: HttpRequest) -> list[Organisation]:
    wanted = [text for text in (request.GET.get("one", ""), request.GET.get("other", "")) if text.isdecimal()]
    keys = [int(text) for text in wanted if len(text) < 19]
    return list(Organisation.objects.filter(pk__in=keys).order_by("pk").select_related("region"))


def _merge(model_admin: Any, request: HttpRequest, kept: Organisation, merged: Organisation) -> HttpResponse:
    try:
        merge_organisations(kept=kept, merged=merged, by=request.user)
    except Refused as refused:
        for message in refused.messages:
            model_admin.message_user(request, message, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
    except (IntegrityError, InternalError) as error:
        model_admin.message_user(request, explain(error), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
    told = _("“%(merged)s” is merged into “%(kept)s”.") % {"merged": merged, "kept": kept}
    model_admin.message_user(request, told, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:grants_organisation_change", args=[kept.pk]))


def belongings(organisation: Organisation) -> list[tuple[str, int]]:
    """What leads to an organisation, as (noun, how many): what a merge would move."""
    found = []
    for relation in Organisation._meta.related_objects:
        if relation.on_delete is models.DO_NOTHING:
            continue  # the history keeps what was
        count = relation.related_model._base_manager.filter(**{relation.field.name: organisation}).count()
        if count:
            label = f"{relation.related_model._meta.verbose_name_plural} ({relation.field.verbose_name})"
            found.append((label, count))
    return found
