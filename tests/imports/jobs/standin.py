"""A stand-in for the engine, and workers that use it: real processes, which can be killed.

Its steps write ROWS rows into a table of their own, pass the fault points in the engine's order, and move the import
in the same transaction.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from multiprocessing.context import ForkServerProcess

ROWS = 50
ROWS_TABLE, READ_TABLE = "standin_rows", "standin_read"
MAKE_TABLES = "".join(
    f"CREATE TABLE {table} (import_id bigint, number int, PRIMARY KEY (import_id, number));"
    for table in (ROWS_TABLE, READ_TABLE)
)
# What the environment may ask of the one who applies: a statement to run first, seconds to pause with nothing sent.
STATEMENT, PAUSE = "STANDIN_STATEMENT", "STANDIN_PAUSE"
REAL = "STANDIN_REAL"  # set: the worker uses the engine itself
FROZEN = "STANDIN_FROZEN"  # seconds after which a worker counts as frozen


REAL_ENGINE = {
    "read": "grants.imports.steps.running.run_reading",
    "apply": "grants.imports.steps.running.run_applying",
    "undo": "grants.imports.steps.running.run_undoing",
}


def run_reading(import_id, progress):
    from grants.imports.faults import faultpoint

    faultpoint("after_upload")
    progress.phase("reading", total=ROWS)
    with progress.transaction():
        faultpoint("while_reading")
        write(READ_TABLE, import_id, progress, "while_staging")
        faultpoint("after_staging")
        progress.phase("matching")
        move(import_id, "preview")
        faultpoint("after_matching")


def run_applying(import_id, progress):
    from django.db import connection

    from grants.imports.faults import faultpoint

    progress.phase("organisations")
    with progress.transaction():
        faultpoint("apply_started")
        with connection.cursor() as cursor:
            cursor.execute(os.environ.get(STATEMENT, "SELECT 1"))
        time.sleep(float(os.environ.get(PAUSE, 0)))
        faultpoint("after_organisations")
        progress.phase("grants", total=ROWS)
        write(ROWS_TABLE, import_id, progress)
        faultpoint("after_grants")
        progress.phase("search")
        faultpoint("after_search")
        move(import_id, "applied")
        faultpoint("before_commit")
    faultpoint("after_commit")


def run_undoing(import_id, progress):
    from django.db import connection

    from grants.imports.faults import faultpoint

    progress.phase("undoing")
    with progress.transaction():
        faultpoint("undo_started")
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {ROWS_TABLE} WHERE import_id = %s", [import_id])
        move(import_id, "undone")
        faultpoint("undo_before_commit")


def run_nothing(import_id, progress):
    """An engine that forgets its work."""


def write(table, import_id, progress, fault=""):
    """Write the rows one by one; a second time is refused by the table's key."""
    from django.db import connection

    from grants.imports.faults import faultpoint

    with connection.cursor() as cursor:
        for number in range(ROWS):
            cursor.execute(f"INSERT INTO {table} VALUES (%s, %s)", [import_id, number])
            progress.advance()
            if fault and number == ROWS // 2:
                faultpoint(fault)


def count(table, import_id):
    """How many rows of the import a table holds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE import_id = %s", [import_id])
        return cursor.fetchone()[0]


def move(import_id, state):
    from grants.models import Import

    Import.objects.filter(pk=import_id).update(state=state)


def take_the_engines_place():
    from grants.imports.jobs import housekeeping, steps

    for step, function in (("read", run_reading), ("apply", run_applying), ("undo", run_undoing)):
        steps.ENGINE[step] = f"{__name__}.{function.__name__}"
    housekeeping.SWEEP = "builtins.list"


def be_quick():
    """Wait for nothing longer than a test must."""
    from grants.imports.jobs import rescue, tasks, worker

    rescue.MOMENT, worker.RESCUE_EVERY, tasks.PAUSE = 0.2, 0.2, 0.2
    rescue.FROZEN = float(os.environ.get(FROZEN, rescue.FROZEN))


def work(database, variables):
    """What a worker's process does."""
    os.environ.pop("PGOPTIONS", None)  # what a test may lose, a worker may not
    os.environ.update(variables)
    from django.db import connections

    from grants.imports.jobs.worker import work as really_work

    connections.settings["default"]["NAME"] = database
    be_quick()
    if os.environ.get(REAL) is None:
        take_the_engines_place()
    really_work(patience=0.3)


def start_worker(database, **variables) -> ForkServerProcess:
    """A worker in a process of its own, forked from a clean one in which Django is ready."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.imports.jobs.nursery"])
    process = context.Process(target=work, args=(database, variables))
    process.start()
    return process
