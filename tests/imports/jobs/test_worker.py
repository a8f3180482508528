"""The worker's process: it takes what is queued, stops in order, and works one merge at a time."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from grants.imports.jobs import enqueue, request_cancel
from grants.models import Import, ImportProgress
from tests.factories import ImportFactory
from tests.imports.jobs.standin import ROWS, ROWS_TABLE, count
from tests.imports.jobs.waiting import wait_until
from tests.otnregistry.processes import PROJECT

pytestmark = pytest.mark.django_db(transaction=True)


def queued(step, state):
    batch = ImportFactory(state=state)
    assert enqueue(step, batch.pk)
    return batch


def state(batch):
    return Import.objects.values_list("state", flat=True).get(pk=batch.pk)


def phase(batch):
    return ImportProgress.objects.get(pk=batch.pk).phase


def test_what_is_queued_while_it_waits_is_taken_up_soon(finish):
    batches = []

    def is_done():
        if not batches:
            batches.append(queued("apply", "preview"))
        return state(batches[0]) == "applied"

    finish(is_done)


def test_a_running_import_is_cancelled_in_the_middle_of_a_statement(finish):
    batch = queued("apply", "preview")

    def is_cancelled():
        if phase(batch) == "organisations" and not ImportProgress.objects.get(pk=batch.pk).cancel_requested:
            request_cancel(batch.pk)
        return state(batch) == "preview"

    finish(is_cancelled, STANDIN_STATEMENT="SELECT pg_sleep(300)")
    assert count(ROWS_TABLE, batch.pk) == 0


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_worker_that_is_stopped_gives_its_work_back_and_the_next_one_does_it(ending, start_worker, finish):
    batch = queued("apply", "preview")
    process = start_worker(STANDIN_STATEMENT="SELECT pg_sleep(300)")
    wait_until(lambda: phase(batch) == "organisations", 20)
    os.kill(process.pid, ending)
    process.join(20)
    assert (process.exitcode, state(batch)) == (0, "applying")
    assert ImportProgress.objects.get(pk=batch.pk).attempts == 0
    finish(lambda: state(batch) == "applied")
    assert count(ROWS_TABLE, batch.pk) == ROWS


def test_two_merges_never_run_at_the_same_time(start_worker, finish):
    first, second = queued("apply", "preview"), queued("apply", "preview")
    start_worker(STANDIN_STATEMENT="SELECT pg_sleep(2)")
    wait_until(lambda: phase(first) == "organisations", 20)
    assert phase(second) == "queued"
    finish(lambda: state(second) == "applied")
    assert state(first) == "applied"


def test_a_sheet_is_read_while_another_import_is_applied(start_worker):
    applied, read = queued("apply", "preview"), queued("read", "reading")
    start_worker(STANDIN_STATEMENT="SELECT pg_sleep(300)")
    wait_until(lambda: phase(applied) == "organisations", 20)
    wait_until(lambda: state(read) == "preview", 20)


def test_two_workers_do_each_step_once(start_worker, finish):
    batches = [queued("read", "reading") for _ in range(6)]
    start_worker()
    finish(lambda: all(state(batch) == "preview" for batch in batches))


def test_the_command_stops_when_its_input_ends(engine):
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    command = [sys.executable, "manage.py", "run_worker", "--follow-stdin"]
    variables = {**os.environ, "DATABASE_URL": address}
    with subprocess.Popen(command, cwd=PROJECT, env=variables, stdin=subprocess.PIPE) as process:
        wait_until(is_registered, 30)
        process.stdin.close()
        assert process.wait(30) == 0


def is_registered():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return cursor.fetchone()[0] == 1
