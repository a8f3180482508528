"""Asking for a step, and asking it to stop."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from grants.models import Import, ImportProgress
from grants.models.codes import ImportState

# The state in which a step finds its import. The step's own transaction moves the import out of it: whoever comes
# second finds nothing to do.
AT_WORK = {"read": ImportState.READING, "apply": ImportState.APPLYING, "undo": ImportState.UNDOING}
# From where a step may begin.
MAY_BEGIN = {
    "read": (
        ImportState.READING,
        ImportState.PREVIEW,
        ImportState.REFUSED,
        ImportState.CANCELLED,
        ImportState.FAILED,
    ),
    "apply": (ImportState.PREVIEW,),
    "undo": (ImportState.APPLIED,),
}
# Where a step that was cancelled leaves its import: nothing was written, so it is where it was.
ONCE_CANCELLED = {"read": ImportState.CANCELLED, "apply": ImportState.PREVIEW, "undo": ImportState.APPLIED}
# Where one that cannot be done leaves it. What was applied is still in, even if it could not be taken back.
ONCE_FAILED = {"read": ImportState.FAILED, "apply": ImportState.FAILED, "undo": ImportState.APPLIED}


def enqueue(step: str, import_id: int) -> bool:
    """Move the import into the state of `step` ("read", "apply", "undo") and queue it, in the caller's transaction.

    False, and nothing done, where the import is not in a state from which the step may begin, where that step waits
    or runs already, or where somebody else is writing the import at this moment.
    """
    from procrastinate.contrib.django.models import ProcrastinateJob

    from .tasks import TASKS

    name = f"{step} {import_id}"
    with transaction.atomic():
        # Skipped where locked: whoever holds it is doing what a second click asks for.
        batch = Import.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=import_id).first()
        waiting = ProcrastinateJob.objects.filter(queueing_lock=name, status__in=["todo", "doing"])
        if batch is None or batch.state not in MAY_BEGIN[step] or waiting.exists():
            return False
        Import.objects.filter(pk=import_id).update(state=AT_WORK[step])
        fresh = {"phase": "queued", "done": 0, "total": None, "attempts": 0, "cancel_requested": False}
        times = {"phase_started_at": Now(), "heartbeat": Now()}
        ImportProgress.objects.update_or_create(pk=import_id, defaults={**fresh, **times})
        # What writes among the records goes one after another; sheets are read beside it.
        lock = f"import {import_id}" if step == "read" else "merge"
        TASKS[step].configure(lock=lock, queueing_lock=name).defer(import_id=import_id)
    return True


def request_cancel(import_id: int) -> bool:
    """Stop what waits or runs for this import; False if nothing does.

    What waits is taken out of the queue here. What runs stops within a second or two, having changed nothing; if it
    was already committing it ends instead.
    """
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    names = {f"{step} {import_id}": step for step in AT_WORK}
    with transaction.atomic():
        jobs = ProcrastinateJob.objects.filter(queueing_lock__in=names, status__in=["todo", "doing"])
        found = list(jobs)
        for job in found:
            step = names[job.queueing_lock or ""]
            if app.job_manager.cancel_job_by_id(job.pk):
                settle(step, import_id, ONCE_CANCELLED[step])
        if found:
            ImportProgress.objects.filter(pk=import_id).update(cancel_requested=True)
    return bool(found)


def settle(step: str, import_id: int, state: ImportState, **values: object) -> bool:
    """Leave the import of a step that did not come to its end in `state`; False if it did come to it after all."""
    return bool(Import.objects.filter(pk=import_id, state=AT_WORK[step]).update(state=state, **values))
