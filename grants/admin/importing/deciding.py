"""The buttons of an import: cancel, try again, import, take back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from grants.imports.jobs import enqueue, request_cancel
from grants.imports.steps import preview, undoing
from grants.imports.steps.tables import Tables
from grants.models import Import
from grants.models.codes import ImportState

from .access import (
    MOVED_ON,
    NotNow,
    Told,
    acted_import,
    do,
    lead_to,
    may_undo,
    refuse_stale,
    render,
    shown_import,
    why_not_undo,
)
from .report import counts_of, taken_back


def cancel_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Stop what runs for this import, or give up what waits to be looked at; nothing is written.

    The import is not locked while something runs: the very work that is to stop may hold it.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    batch = acted_import(request, object_id)
    if batch.state == ImportState.PREVIEW:
        return do(request, object_id, give_up)
    try:
        refuse_stale(request, batch)
        if not request_cancel(batch.pk):
            raise NotNow(_("Nothing runs for this import any more."))
    except NotNow as reason:
        messages.error(request, str(reason))
    return lead_to(batch)


def give_up(batch: Import) -> Told | None:
    """Leave a preview: its rows go, its file stays."""
    if batch.state != ImportState.PREVIEW:
        raise NotNow(MOVED_ON)
    batch.state = ImportState.CANCELLED
    batch.save(update_fields=["state"])
    Tables(batch.pk).drop()
    return None


def again_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Read the file (again), in the name of whoever asks: what they may not correct is refused."""

    def read(batch: Import) -> Told | None:
        batch.imported_by_id = request.user.pk
        batch.save(update_fields=["imported_by"])
        begin("read", batch)
        return None

    return do(request, object_id, read)


def begin(step: str, batch: Import) -> None:
    """Queue a step of the import, which the caller has locked. Raises NotNow."""
    if not enqueue(step, batch.pk):
        raise NotNow(_("This import is in no state for that, or the work waits already."))


def apply_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET asks, where rows are refused, whether the good ones come in alone; POST writes them."""
    if request.method == "POST":
        return do(request, object_id, lambda batch: _apply(request, batch))
    batch = acted_import(request, object_id)
    reasons = preview.can_apply(batch, request.user) if batch.state == ImportState.PREVIEW else []
    if batch.state != ImportState.PREVIEW or reasons:
        for reason in reasons:
            messages.error(request, reason)
        return lead_to(batch)
    summary = preview.summary(batch)
    context = {"title": _("Import the rows"), "summary": summary, "good": summary.new + summary.changed}
    return render(model_admin, request, "apply", batch, context)


def _apply(request: HttpRequest, batch: Import) -> Told | None:
    reasons = preview.can_apply(batch, request.user)
    if reasons:
        raise NotNow(" ".join(map(str, reasons)))
    if batch.rows_refused and request.POST.get("good_rows") != "yes":
        raise NotNow(_("Some rows are refused: say whether the good ones come in without them."))
    batch.only_good_rows = bool(batch.rows_refused)
    batch.report = {**batch.report, "previewed": counts_of(batch)}
    batch.save(update_fields=["only_good_rows", "report"])
    begin("apply", batch)
    return None


def undo_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """GET says what would go, what would return and what is kept; POST takes the import back."""
    if request.method == "POST":
        return do(request, object_id, lambda batch: _undo(request, batch))
    batch = shown_import(request, object_id)
    if not may_undo(request.user, batch):
        raise PermissionDenied
    if batch.state != ImportState.APPLIED or "context" not in batch.report:
        messages.error(request, _("There is nothing to take back."))
        return lead_to(batch)
    if reason := why_not_undo(request.user, batch):
        messages.error(request, str(reason))
        return lead_to(batch)
    found = undoing.foresee(batch)
    facts = {"removed": found.removed, "restored": found.restored, "records": found.kept, "count": found.kept_count}
    context = {"title": _("Take this import back"), "undone": taken_back(facts)}
    return render(model_admin, request, "undo", batch, context)


def _undo(request: HttpRequest, batch: Import) -> Told | None:
    if not may_undo(request.user, batch):
        raise PermissionDenied
    if "context" in batch.report and (reason := why_not_undo(request.user, batch)):
        raise NotNow(str(reason))
    batch.undone_by_id = request.user.pk
    batch.save(update_fields=["undone_by"])
    begin("undo", batch)
    return None
