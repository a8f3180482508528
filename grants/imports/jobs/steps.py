"""One step of one import, by one process, with one outcome.

The connection that works holds an advisory lock of PostgreSQL for the length of the step. PostgreSQL drops it when
that connection ends, however it ends: whoever gets the lock knows that nobody else is at work on this import, and
a job that is said to run while nobody holds its lock has lost its worker.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pghistory
import psycopg
from django.db import Error, InterfaceError, NotSupportedError, OperationalError, connection, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from procrastinate.exceptions import JobAborted

from grants.models import Import, ImportProgress

from .progress import Cancelled, GivenBack, Progress, server_error
from .queueing import AT_WORK, ONCE_CANCELLED, ONCE_FAILED, settle

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
# The first half of the key of our advisory locks; the second is the import's own.
LOCK_SPACE = 1_869_901_417
ENGINE = {
    "read": "grants.imports.steps.running.run_reading",
    "apply": "grants.imports.steps.running.run_applying",
    "undo": "grants.imports.steps.running.run_undoing",
}


# Losing the connection, deadlocks, locks not had, a full disk.
MAY_PASS = (OperationalError, InterfaceError, psycopg.OperationalError)


class Busy(Exception):
    """Another connection still works on this import, perhaps that of a worker that has just died."""


def take_step(step: str, import_id: int, is_ending: Callable[[], bool] = lambda: False) -> None:
    """Do `step` unless it is done; leave the import in a state that says what came of it.

    Raises Busy or one of MAY_PASS when a later attempt may do better, and JobAborted when the worker is being stopped
    (`is_ending`).
    """
    with alone(import_id), pghistory.context(command="run_worker", step=step, import_id=import_id):
        if not waits_for(step, import_id):
            return
        attempts = count_attempt(import_id)
        if attempts > MOST_ATTEMPTS:
            fail(step, import_id, "stopped")
            return
        try:
            run_engine(step, import_id, is_ending)
        except Cancelled:
            settle(step, import_id, ONCE_CANCELLED[step])
        except GivenBack as error:
            ImportProgress.objects.filter(pk=import_id).update(attempts=F("attempts") - 1, phase="queued")
            raise JobAborted from error
        except MAY_PASS as error:
            logger.warning("Attempt %s to %s import %s failed.", attempts, step, import_id, exc_info=True)
            if attempts < MOST_ATTEMPTS:
                raise
            is_full = isinstance(server_error(error), psycopg.errors.DiskFull)
            fail(step, import_id, "disk_full" if is_full else "database")
        except Exception:
            logger.exception("Import %s cannot %s.", import_id, step)
            fail(step, import_id, "error")


def waits_for(step: str, import_id: int) -> bool:
    """Whether the import is in the state that the step finds it in."""
    return Import.objects.filter(pk=import_id, state=AT_WORK[step]).exists()


def run_engine(step: str, import_id: int, is_ending: Callable[[], bool]) -> None:
    """Let the engine do the step. Raises RuntimeError if it says that it did and the import is where it was."""
    with Progress(import_id, is_ending) as progress:
        import_string(ENGINE[step])(import_id, progress)
    if waits_for(step, import_id):
        raise RuntimeError(f"The engine did not move import {import_id} on")


@contextmanager
def alone(import_id: int) -> Iterator[None]:
    """Hold the lock of an import on this thread's connection. Raises Busy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, import_id])
        if not cursor.fetchone()[0]:
            raise Busy(import_id)
    try:
        notice_our_death()
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_SPACE, import_id])


def notice_our_death() -> None:
    """Let the server look every second, also within a statement, whether we still live; else it works for nobody."""
    # Not every system that PostgreSQL runs on can tell.
    with suppress(NotSupportedError, OperationalError, Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '1s'")


def count_attempt(import_id: int) -> int:
    """Remember, before anything can go wrong, that the step was begun once more; how many times that makes."""
    progress, _ = ImportProgress.objects.get_or_create(pk=import_id)
    ImportProgress.objects.filter(pk=import_id).update(attempts=F("attempts") + 1)
    return progress.attempts + 1


def fail(step: str, import_id: int, reason: str) -> None:
    """Leave the import of a step that cannot be done, saying why (a code of describing.REASONS)."""
    connection.close_if_unusable_or_obsolete()
    batch = Import.objects.get(pk=import_id)
    report = {**batch.report, "failure": {"step": step, "reason": reason}}
    settle(step, import_id, ONCE_FAILED[step], report=report)
