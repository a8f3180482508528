"""Who may see an import and who may act on it, its addresses, and the deeds that two tabs cannot both do."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import allowed
from grants.imports.steps import undoing
from grants.models import Import

from ..keys import is_key

Told = str | Promise

MOVED_ON = _("This import moved on since you opened that page. This is where it stands now.")


class NotNow(Exception):
    """What was asked cannot be done; the message is a whole sentence."""


def model_of(noun: str) -> type[models.Model]:
    """The model whose records the rows become. Raises LookupError."""
    return apps.get_model("grants", noun)


def may_import(user: Any, noun: str) -> bool:
    """Whether `user` may add and change the records of `noun`, as an import does."""
    model = model_of(noun)
    return allowed(user, "add", Import) and allowed(user, "add", model) and allowed(user, "change", model)


def may_undo(user: Any, batch: Import) -> bool:
    """Whether `user` may take back what this import did."""
    return may_import(user, batch.noun) and user.has_perm("grants.undo_import")


def why_not_undo(user: Any, batch: Import) -> Told:
    """What keeps somebody who may undo imports from undoing this one, "" for nothing."""
    if allowed(user, "publish", model_of(batch.noun)) or not undoing.touches_published(batch):
        return ""
    return _("Some of these records are published: only somebody who may publish them can take this import back.")


def shown_import(request: HttpRequest, object_id: str) -> Import:
    """The import whose page this person may see. Raises Http404 and PermissionDenied."""
    found = Import.objects.select_related("imported_by", "undone_by", "programme")
    batch = found.filter(pk=object_id).first() if is_key(Import, object_id) else None
    if batch is None:
        raise Http404
    if not (allowed(request.user, "view", Import) and allowed(request.user, "view", model_of(batch.noun))):
        raise PermissionDenied
    return batch


def acted_import(request: HttpRequest, object_id: str) -> Import:
    """The same, for somebody who may act on it. Raises PermissionDenied too."""
    batch = shown_import(request, object_id)
    if not may_import(request.user, batch.noun):
        raise PermissionDenied
    return batch


def address(batch: Import, page: str = "change", **query: Any) -> str:
    """The address of a page of the import."""
    return reverse(f"admin:grants_import_{page}", args=[batch.pk], query=query or None)


def lead_to(batch: Import, page: str = "change", **query: Any) -> HttpResponseRedirect:
    """To a page of the import."""
    return HttpResponseRedirect(address(batch, page, **query))


def render(
    model_admin: Any, request: HttpRequest, template: str, batch: Import | None, context: dict[str, Any]
) -> HttpResponse:
    """A page of an import (or of none yet), in the staff's frame."""
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "object": batch,
        "batch": batch,
        "subtitle": str(batch) if batch and context["title"] != str(batch) else None,
        "may_act": batch is not None and may_import(request.user, batch.noun),
    }
    request.current_app = model_admin.admin_site.name  # type: ignore[attr-defined]
    return TemplateResponse(request, f"admin/grants/import/{template}.html", {**frame, **context})


def do(
    request: HttpRequest, object_id: str, deed: Callable[[Import], Told | None], page: str = "change", **query: str
) -> HttpResponse:
    """Lock the import, do `deed` to it, tell what it says, and lead to `page` with `query`.

    Only by POST, by somebody who may import, and on the import as their page showed it. Where `deed` raises NotNow,
    nothing is done and the reason is told.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    batch = acted_import(request, object_id)
    try:
        with transaction.atomic():
            told = deed(lock(request, batch))
    except NotNow as reason:
        messages.error(request, str(reason))
        return lead_to(batch)
    if told:
        messages.success(request, str(told))
    return lead_to(batch, page, **query)


def lock(request: HttpRequest, batch: Import) -> Import:
    """The import, locked until the transaction ends. Raises NotNow where it is not as the person's page showed it."""
    # Whoever holds the lock is moving the import on: waiting for them would only tell the same later.
    locked = Import.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=batch.pk).first()
    if locked is None:
        raise NotNow(MOVED_ON)
    refuse_stale(request, locked)
    return locked


def refuse_stale(request: HttpRequest, batch: Import) -> None:
    """Raise NotNow where the import moved on since the page of this form was opened."""
    if request.POST.get("seen_version") != str(batch.version):
        raise NotNow(MOVED_ON)
