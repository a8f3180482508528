"""The report of an import that was applied or taken back, and the workbook of the rows that it refused."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.bilingual import current_language
from grants.imports import error_workbook
from grants.imports.jobs import describe
from grants.imports.profiles import all_profiles
from grants.models import Grant, Import, Organisation, OrganisationName, Programme
from grants.models.codes import ImportState

from .access import lead_to, may_undo, model_of, shown_import
from .looking import EXCLUDED, VERDICTS

KEPT_SHOWN = 200
BESIDE: dict[type[models.Model], Any] = {
    Organisation: gettext_lazy("New organisations"),
    Programme: gettext_lazy("New programmes"),
    OrganisationName: gettext_lazy("New other names"),
}
WHY: dict[str, Any] = {
    "changed": gettext_lazy("changed since"),
    "published": gettext_lazy("published since"),
    "used": gettext_lazy("used by another record"),
    "forbidden": gettext_lazy("its return is against the rules by now"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report_context(request: HttpRequest, batch: Import) -> dict[str, Any]:
    """What came of the import."""
    counts = counts_of(batch)
    previewed = batch.report.get("previewed") or counts
    return {
        "tab": "preview",
        "counts": [(VERDICTS[verdict], count) for verdict, count in counts.items()],
        "differences": [
            (VERDICTS[verdict], previewed[verdict], count)
            for verdict, count in counts.items()
            if previewed.get(verdict, count) != count
        ],
        "made": made_beside(batch),
        "profile": next((one.label for one in all_profiles(batch.noun) if one.name == batch.profile), batch.profile),
        "report": batch.report,
        "failure": describe(batch).failure,
        "records": _records(batch),
        "records_name": model_of(batch.noun)._meta.verbose_name_plural,
        "has_errors": error_workbook.can_be_made(batch),
        "refusals": refusals(batch),
        "undone": taken_back(batch.report["kept"]) if batch.report.get("kept") else None,
        "may_undo": "context" in batch.report and batch.state == ImportState.APPLIED and may_undo(request.user, batch),
    }


def refusals(batch: Import) -> list[str]:
    """Why the file was refused, in the language of the page."""
    said = batch.report.get("refusal", {}).get(current_language())
    return said or [
        str(error.get("message", error)) if isinstance(error, dict) else str(error) for error in batch.errors
    ]


def taken_back(facts: dict[str, Any]) -> dict[str, Any]:
    """What an undo does or did: `removed` and `restored` (noun → count), `records` that stay, their `count`."""
    return {
        "removed": _by_noun(facts["removed"]),
        "restored": _by_noun(facts["restored"]),
        "kept": [_kept(record) for record in facts["records"][:KEPT_SHOWN]],
        "kept_count": facts["count"],
    }


def _by_noun(counts: dict[str, int]) -> list[tuple[Any, int]]:
    return [(model_of(noun)._meta.verbose_name_plural, count) for noun, count in counts.items() if count]


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """One record that stays: what it is, where, and why."""
    model = model_of(record["noun"])
    labels = {field.column: str(field.verbose_name) for field in model._meta.concrete_fields}
    try:
        url = reverse(f"admin:grants_{record['noun']}_change", args=[record["pk"]])
    except NoReverseMatch:
        url = ""  # a line of another record
    fields = ", ".join(labels.get(column, column) for column in record["columns"])
    why = str(WHY.get(record["why"], record["why"]))
    return {
        "noun": model._meta.verbose_name,
        "id": record["id"],
        "url": url,
        "why": f"{why} ({fields})" if fields else why,
    }


def counts_of(batch: Import) -> dict[str, int]:
    """The rows by what becomes, or became, of them."""
    return {
        "new": batch.rows_new,
        "changed": batch.rows_changed,
        "unchanged": batch.rows_unchanged,
        "refused": batch.rows_refused,
        EXCLUDED: batch.rows_excluded,
    }


def made_beside(batch: Import) -> list[tuple[Any, int]]:
    """What the import made beside its own records, from the history: organisations, programmes, names remembered."""
    context = batch.report.get("context")
    found = []
    for model, label in BESIDE.items():
        if context and model._meta.model_name != batch.noun:
            events = model.events.rel.related_model.objects  # type: ignore[attr-defined]
            count = events.filter(pgh_context_id=context, pgh_label="insert").count()
            found.append((label, count))
    return [(label, count) for label, count in found if count]


def _records(batch: Import) -> str:
    """Where the records whose rows came from this import are listed; "" for a noun that does not remember it."""
    if batch.noun != Grant._meta.model_name or batch.state == ImportState.UNDONE:
        return ""
    return reverse("admin:grants_grant_changelist", query={"import_batch__id__exact": batch.pk})


def errors_view(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse | StreamingHttpResponse:
    """The refused rows as a spreadsheet, their bad cells marked."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    batch = shown_import(request, object_id)
    if not error_workbook.can_be_made(batch):
        messages.error(request, _("There is no refused row to download, or the file is no longer kept."))
        return lead_to(batch)
    response = StreamingHttpResponse(error_workbook.write(batch), content_type=XLSX)
    stem = batch.file_name.rpartition(".")[0] or batch.file_name
    response.headers["Content-Disposition"] = content_disposition_header(
        True, _("%(name)s (to correct)") % {"name": stem} + ".xlsx"
    )
    return response
