"""The page of an import: whatever step it is at."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from grants.imports.jobs import describe
from grants.imports.jobs.queueing import AT_WORK
from grants.imports.steps.tables import Tables
from grants.models import Import
from grants.models.codes import ImportState

from .access import lead_to, render, shown_import
from .choosing import came_before
from .looking import preview_context
from .report import refusals, report_context


def page_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Progress, refusal, preview or report: where the import stands."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    batch = shown_import(request, object_id)
    if batch.state == ImportState.PREVIEW and request.GET.get("then") == "names":
        return lead_to(batch, "names")  # where the person was before the rows were judged again
    template, context_of = STEPS[ImportState(batch.state)]
    if batch.state == ImportState.PREVIEW and not rows_wait(batch):
        template, context_of = "stopped", _stopped
    context = {"title": str(batch), **context_of(request, batch)}
    return render(model_admin, request, template, batch, context)


def progress_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """How far the work is, as JSON, for the script of the page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    batch = shown_import(request, object_id)
    return JsonResponse({**describe(batch).as_json(), "state": batch.state, "version": batch.version})


def rows_wait(batch: Import) -> bool:
    """Whether the rows that were read still wait: a crash of PostgreSQL empties their tables, time sweeps them."""
    return Tables(batch.pk).exist()


def _working(request: HttpRequest, batch: Import) -> dict[str, Any]:
    return {"tab": "preview", "progress": describe(batch)}


def _stopped(request: HttpRequest, batch: Import) -> dict[str, Any]:
    return {
        "tab": "preview",
        "progress": describe(batch),
        "came_before": came_before(batch),
        "refusals": refusals(batch),
    }


Context = Callable[[HttpRequest, Import], dict[str, Any]]
STEPS: dict[ImportState, tuple[str, Context]] = {
    **dict.fromkeys(AT_WORK.values(), ("progress", _working)),
    ImportState.PREVIEW: ("preview", preview_context),
    ImportState.APPLIED: ("report", report_context),
    ImportState.UNDONE: ("report", report_context),
    ImportState.REFUSED: ("stopped", _stopped),
    ImportState.CANCELLED: ("stopped", _stopped),
    ImportState.FAILED: ("stopped", _stopped),
}
