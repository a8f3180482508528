"""What the worker can do. Thin: each task names its import, and steps.py does it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from .housekeeping import keep_house
from .steps import MAY_PASS, Busy, alone, take_step

QUEUE = "imports"
PAUSE = 5.0  # seconds after which what the database refused is tried again


class WhileItMayHelp(BaseRetryStrategy):
    """Try again at once what a stopping worker gave back, soon what another holds, later what the database refused.

    How often, take_step decides: procrastinate counts what was given back too.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        waits = [(JobAborted, 0.0), (Busy, 1.0), *((kind, PAUSE) for kind in MAY_PASS)]
        wait = next((wait for kind, wait in waits if isinstance(exception, kind)), None)
        return None if wait is None else RetryDecision(retry_at=timezone.now() + timedelta(seconds=wait))


@app.task(name="imports.read", queue=QUEUE, retry=WhileItMayHelp(), pass_context=True)
def read(context: JobContext, *, import_id: int) -> None:
    """Read an import's sheet and compare it with the registry."""
    take_step("read", import_id, context.should_abort)


@app.task(name="imports.apply", queue=QUEUE, retry=WhileItMayHelp(), pass_context=True)
def apply(context: JobContext, *, import_id: int) -> None:
    """Write an import into the registry."""
    take_step("apply", import_id, context.should_abort)


@app.task(name="imports.undo", queue=QUEUE, retry=WhileItMayHelp(), pass_context=True)
def undo(context: JobContext, *, import_id: int) -> None:
    """Take an import back."""
    take_step("undo", import_id, context.should_abort)


@app.periodic(cron="17 7 * * *")
@app.task(name="imports.housekeeping", queue=QUEUE, queueing_lock="housekeeping", retry=WhileItMayHelp())
def housekeeping(timestamp: int = 0) -> None:
    """Clear away what nobody waits for any more, once a day."""
    with alone(0):
        keep_house()


TASKS: dict[str, Task[Any, Any, Any]] = {"read": read, "apply": apply, "undo": undo}
