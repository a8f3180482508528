"""How far an import has come, in words and figures, for a page and as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from procrastinate.contrib.django.models import ProcrastinateWorker

from grants.models import Import, ImportProgress

from .phases import PHASES
from .queueing import AT_WORK

SILENCE = timedelta(seconds=15)
WORKER_SILENCE = timedelta(seconds=30)  # a worker beats every ten
REASONS = {
    "stopped": gettext_lazy("The worker stopped three times while doing this. Nothing was changed."),
    "database": gettext_lazy("The database refused three times to do this. Nothing was changed."),
    "disk_full": gettext_lazy("The disk of the database is full. Nothing was changed."),
    "error": gettext_lazy("The registry made a mistake, which its log describes. Nothing was changed."),
}


@dataclass(frozen=True)
class ProgressView:
    """What a page shows of an import at work. Rows a second; seconds."""

    is_working: bool  # a step waits or runs
    phase: str = ""  # a code of PHASES
    label: str = ""
    done: int = 0
    total: int | None = None
    percent: int | None = None
    rate: int | None = None
    seconds_left: int | None = None
    time_left: str = ""
    attempt: int = 0
    is_cancelling: bool = False
    is_interrupted: bool = False  # nobody has been at it for a while: it will be taken up again by itself
    failure: str = ""  # why the last step came to nothing

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def describe(batch: Import) -> ProgressView:
    """How far the import has come."""
    failure = batch.report.get("failure") or {}
    words = str(REASONS.get(failure.get("reason", ""), ""))
    progress = ImportProgress.objects.filter(pk=batch.pk).first()
    if batch.state not in AT_WORK.values() or progress is None:
        return ProgressView(is_working=batch.state in AT_WORK.values(), failure=words)
    seconds = (progress.heartbeat - progress.phase_started_at).total_seconds()
    rate = progress.done / seconds if seconds >= 1 and progress.done else None
    total = progress.total
    left = max(total - progress.done, 0) / rate if rate and total else None
    return ProgressView(
        is_working=True,
        phase=progress.phase,
        label=label_of(progress.phase),
        done=progress.done,
        total=total,
        percent=min(100 * progress.done // total, 100) if total else None,
        rate=round(rate) if rate else None,
        seconds_left=None if left is None else round(left),
        time_left="" if left is None else time_in_words(left),
        attempt=progress.attempts,
        is_cancelling=progress.cancel_requested,
        is_interrupted=progress.phase != "queued" and timezone.now() - progress.heartbeat > SILENCE,
    )


def label_of(phase: str) -> str:
    """What is being done, in words; where nobody is there to do it, that."""
    latest = timezone.now() - WORKER_SILENCE
    if phase == "queued" and not ProcrastinateWorker.objects.filter(last_heartbeat__gt=latest).exists():
        return _("waiting: no worker is running")
    return str(PHASES.get(phase, phase))


def time_in_words(seconds: float) -> str:
    """A time to wait, no more precise than it can be known."""
    if seconds < 10:
        return _("a few seconds")
    if seconds < 55:
        count = round(seconds / 10) * 10
        return ngettext("about %(count)s second", "about %(count)s seconds", count) % {"count": count}
    count = max(round(seconds / 60), 1)
    return ngettext("about %(count)s minute", "about %(count)s minutes", count) % {"count": count}
