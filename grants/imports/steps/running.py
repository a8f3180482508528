"""The steps of an import, from its file to records and back. Each is one transaction that also moves its state.

run_reading    file → understood, staged, matched, judged: PREVIEW (or REFUSED, with the reason in words)
run_applying   PREVIEW → APPLIED
run_undoing    APPLIED → UNDONE
"""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pghistory
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from grants.imports.errors import SheetError
from grants.imports.faults import faultpoint
from grants.imports.jobs.progress import Quiet
from grants.imports.nouns import Caster, map_titles, noun_sheet
from grants.imports.reading import Understanding, Wishes, understand
from grants.models import Import
from grants.models.codes import ImportState

from .applying import apply
from .checking import check
from .files import opened_file
from .identity import find_targets
from .matching import gather_names, keep_decisions, recognise
from .plan import Plan, plan_of
from .staging import stage
from .tables import room_to_work, tell_planner
from .undoing import undo
from .verdicts import Tally, as_facts, judge, tally

ERRORS_KEPT = 200
# What reading says of an import. What staff decide meanwhile is not overwritten.
FOUND = [
    *("sheet", "profile", "mapping", "understanding", "report", "currency", "errors", "state"),
    *("rows_read", "rows_new", "rows_changed", "rows_unchanged", "rows_refused", "rows_excluded", "amount_sum"),
]


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────


def run_reading(import_id: int, progress: Quiet) -> None:
    """Read the file and compare it with the registry; nothing of the registry is written but the import's own state."""
    batch = Import.objects.get(pk=import_id)
    faultpoint("after_upload")
    try:
        with room_to_work(), progress.breakable():
            counted = read_again(batch, progress)
    except SheetError as error:
        refuse_file(batch, error)
    else:
        finish_reading(batch, counted)


def read_again(batch: Import, progress: Quiet) -> Tally:
    """Read the file, unless only the names were decided since: then the staged rows are judged again."""
    if batch.report.get("read_as") == reading_key(batch) and plan_of(batch).tables.are_filled():
        return compare(plan_of(batch), progress, anew=False)
    progress.phase("reading")
    with opened_file(batch) as path:
        return read_file(batch, path, progress)


def reading_key(batch: Import) -> str:
    """What the staged rows were read from: the file, and all that was decided of how to read it."""
    wishes = {name: wish for name, wish in batch.wishes.items() if name != "names"}
    whose = [batch.imported_by_id, batch.programme_id]
    said = json.dumps([batch.fingerprint, batch.noun, whose, wishes], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def read_file(batch: Import, path: Path, progress: Quiet) -> Tally:
    """Understand, stage, match and judge the sheet at `path`; what was found stays on `batch`, not saved.

    Raises SheetError when the file is refused.
    """
    began = time.monotonic()
    found = understand(path, batch.file_name, Wishes(**batch.wishes.get("reading", {})))
    faultpoint("while_reading")
    sheet = noun_sheet(batch.noun)
    if not sheet.comes_in:
        raise SheetError(_("These records go out and never come in."))
    mapping = map_titles(sheet, found, batch.wishes.get("profile", ""), batch.wishes)
    caster = Caster(sheet, found, mapping)
    batch.sheet, batch.profile = found.sheet[:120], mapping.profile[:80]
    batch.understanding, batch.mapping = storable(found.to_json()), storable(mapping.columns)
    batch.report = {
        "columns": [column.name for column in caster.columns],
        "identity": mapping.identity,
        "mapping": storable(mapping.to_json()),
        "read_as": reading_key(batch),
    }
    plan = plan_of(batch)
    progress.phase("staging", total=rows_expected(found))
    stage(plan, path, found, caster, progress)
    batch.currency = currency_of(plan, mapping.constants, found)
    counted = compare(plan, progress)
    batch.report["seconds_read"] = round(time.monotonic() - began, 2)
    return counted


def storable(facts: dict[str, Any]) -> dict[str, Any]:
    """The same without zero bytes, which PostgreSQL does not keep."""
    return dict(json.loads(json.dumps(facts).replace("\\u0000", "\\ufffd")))


def rows_expected(found: Understanding) -> int | None:
    """How many rows the sheet that was chosen has, where the reader counted them."""
    return next((sheet.rows for sheet in found.sheets if sheet.chosen), None) or None


def currency_of(plan: Plan, constants: dict[str, Any], found: Understanding) -> str:
    """The currency of the amounts, "" where rows have several: their sum is then no amount of any."""
    if plan.has("currency"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT currency FROM {plan.tables.rows} WHERE currency IS NOT NULL
                GROUP BY 1 LIMIT 2"""
            )
            said = [str(currency) for (currency,) in cursor.fetchall()]
            if said:
                return said[0] if len(said) == 1 else ""
    return str(constants.get("currency") or found.currency or ("CAD" if plan.has("amount") else ""))


def compare(plan: Plan, progress: Quiet, *, anew: bool = True) -> Tally:
    """Match the staged rows with the registry and judge them."""
    progress.phase("matching")
    if anew:
        gather_names(plan)
    keep_decisions(plan)
    recognise(plan)
    progress.check()
    find_targets(plan)
    progress.phase("checking")
    check(plan)
    progress.check()
    counted = judge(plan)
    faultpoint("after_matching")
    return counted


def finish_reading(batch: Import, counted: Tally, state: str = ImportState.PREVIEW) -> None:
    """What the preview says first, kept with the import."""
    for name, value in as_facts(counted).items():
        setattr(batch, name, value)
    batch.errors, batch.state = [], state
    batch.save(update_fields=FOUND)


def refuse_file(batch: Import, error: SheetError) -> None:
    """The file cannot be read at all: say why, in both languages."""
    said = {}
    for language in ("fr", "en"):
        with override(language):
            said[language] = [str(each) for each in (error, *error.others)]
    batch.errors = said["fr"][:ERRORS_KEPT]
    batch.report = {**batch.report, "refusal": said}
    batch.state = ImportState.REFUSED
    batch.rows_read = batch.rows_new = batch.rows_changed = batch.rows_unchanged = batch.rows_refused = 0
    batch.save(update_fields=FOUND)


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────


def run_applying(import_id: int, progress: Quiet) -> None:
    """Write the rows that are good into the registry, all of them or none."""
    batch = Import.objects.get(pk=import_id)
    plan = plan_of(batch)
    if not plan.tables.are_filled():
        # A crash of PostgreSQL emptied the staging tables: the file is read again, what was decided is kept.
        with opened_file(batch) as path, room_to_work(), progress.breakable():
            counted = read_file(batch, path, progress)
        finish_reading(batch, counted, ImportState.APPLYING)
        plan = plan_of(batch)
    write(batch, plan, progress)


def write(batch: Import, plan: Plan, progress: Quiet) -> None:
    """The transaction of an import: records, history, search and the import's own outcome."""
    began = time.monotonic()
    with (
        pghistory.context(user=batch.imported_by_id, import_id=batch.pk, step="apply") as context,
        room_to_work(),
        progress.transaction(),
    ):
        locked = Import.objects.select_for_update().get(pk=batch.pk)
        if locked.state == ImportState.APPLIED:
            return
        apply(plan, progress)
        # Rows whose record somebody changed meanwhile are refused by now.
        counted = tally(plan)
        for name, value in as_facts(counted).items():
            setattr(locked, name, value)
        locked.state, locked.applied_at = ImportState.APPLIED, timezone.now()
        locked.report = {
            **locked.report,
            "context": str(context.id),
            "seconds_applied": round(time.monotonic() - began, 2),
        }
        progress.phase("committing")
        locked.save()
        faultpoint("before_commit")
    faultpoint("after_commit")
    tell_planner(plan.table)


def run_undoing(import_id: int, progress: Quiet) -> None:
    """Take the import back: what it made goes, what it changed returns, what staff changed since stays."""
    batch = Import.objects.get(pk=import_id)
    with (
        pghistory.context(user=batch.undone_by_id or batch.imported_by_id, import_id=batch.pk, step="undo"),
        room_to_work(),
        progress.transaction(),
    ):
        locked = Import.objects.select_for_update().get(pk=import_id)
        if locked.state == ImportState.UNDONE:
            return
        faultpoint("undo_started")
        kept = undo(locked, progress)
        locked.state, locked.undone_at = ImportState.UNDONE, timezone.now()
        locked.report = {**locked.report, "kept": kept}
        locked.save()
        faultpoint("undo_before_commit")
    tell_planner(plan_of(batch).table)
