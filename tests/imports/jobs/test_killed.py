"""A worker dies, freezes or loses the database: the import is wholly in or wholly out, and goes on or says so."""

import os
import signal

import pytest
from django.db import connection

from grants.imports.jobs import describe, enqueue
from grants.models import Import, ImportProgress
from tests.factories import ImportFactory
from tests.imports.jobs.standin import ROWS, ROWS_TABLE, count
from tests.imports.jobs.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
BEGINNINGS = {"read": "reading", "apply": "preview", "undo": "applied"}


def queued(step):
    """An import that waits for `step`."""
    batch = ImportFactory(state=BEGINNINGS[step])
    if step == "undo":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {ROWS_TABLE} SELECT %s, generate_series(1, %s)", [batch.pk, ROWS])
    assert enqueue(step, batch.pk)
    return batch


def state(batch):
    return Import.objects.values_list("state", flat=True).get(pk=batch.pk)


def no_job_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        return cursor.fetchone()[0] == 0


def test_killed_while_a_statement_runs_it_goes_on(start_worker, finish):
    batch = queued("apply")
    process = start_worker(STANDIN_STATEMENT="SELECT pg_sleep(300)")
    wait_until(lambda: sleepers() == 1, 20)
    os.kill(process.pid, signal.SIGKILL)
    finish(no_job_waits)
    assert (state(batch), count(ROWS_TABLE, batch.pk), sleepers()) == ("applied", ROWS, 0)


def test_a_step_that_kills_three_workers_is_given_up_with_a_reason(killed, finish):
    batch = queued("apply")
    for _ in range(3):
        killed(OTN_FAULT="after_grants")
    finish(no_job_waits, OTN_FAULT="after_grants")
    batch.refresh_from_db()
    assert (batch.state, count(ROWS_TABLE, batch.pk)) == ("failed", 0)
    assert "trois fois" in describe(batch).failure


def test_an_undoing_given_up_leaves_the_import_applied(killed, finish):
    batch = queued("undo")
    for _ in range(3):
        killed(OTN_FAULT="undo_started")
    finish(no_job_waits)
    assert (state(batch), count(ROWS_TABLE, batch.pk)) == ("applied", ROWS)


def test_a_worker_frozen_for_long_loses_its_import(start_worker, finish):
    batch = queued("apply")
    process = start_worker(STANDIN_PAUSE="300")
    wait_until(lambda: ImportProgress.objects.get(pk=batch.pk).phase == "organisations", 20)
    os.kill(process.pid, signal.SIGSTOP)
    finish(no_job_waits, STANDIN_FROZEN="1")
    assert (state(batch), count(ROWS_TABLE, batch.pk)) == ("applied", ROWS)


def test_when_the_database_drops_every_connection_the_import_goes_on(start_worker):
    batch = queued("apply")
    workers = [start_worker(STANDIN_PAUSE="1")]
    wait_until(lambda: ImportProgress.objects.get(pk=batch.pk).phase == "organisations", 20)
    drop_every_connection()

    def is_applied():
        if not workers[-1].is_alive():  # as what runs it does
            workers.append(start_worker())
        return state(batch) == "applied"

    wait_until(is_applied, 20)
    assert count(ROWS_TABLE, batch.pk) == ROWS


def drop_every_connection():
    """As a restart of the server does, but for this test's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def sleepers():
    """How many connections sleep in the database of this test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
        )
        return cursor.fetchone()[0]
