"""A step runs once, alone, and leaves its import where it can go on from."""

import threading

import pytest
from django.db import connection, transaction

from grants.imports.jobs import describe, enqueue, request_cancel
from grants.imports.jobs.queueing import AT_WORK
from grants.imports.jobs.steps import Busy, alone, take_step
from grants.models import Import, ImportProgress
from tests.factories import ImportFactory
from tests.imports.jobs.standin import ROWS, ROWS_TABLE, count
from tests.imports.jobs.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("engine")]


def state(batch):
    return Import.objects.values_list("state", flat=True).get(pk=batch.pk)


def jobs():
    """What is in the queue: name and status of each import's job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queueing_lock, status::text FROM procrastinate_jobs WHERE task_name <> 'imports.housekeeping'"
        )
        return cursor.fetchall()


def elsewhere(act):
    """Do something in a thread, on its own connection; the thread."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_what_is_queued_goes_when_its_transaction_does():
    batch = ImportFactory(state="preview")
    with transaction.atomic():
        assert enqueue("apply", batch.pk)
        transaction.set_rollback(True)
    assert (state(batch), jobs()) == ("preview", [])


def test_a_second_click_queues_nothing():
    batch = ImportFactory(state="preview")
    assert [enqueue("apply", batch.pk), enqueue("apply", batch.pk)] == [True, False]
    assert jobs() == [(f"apply {batch.pk}", "todo")]


def test_two_clicks_at_the_same_moment_queue_one_job():
    batch = ImportFactory(state="preview")
    done, other = threading.Event(), []
    with transaction.atomic():
        assert enqueue("apply", batch.pk)
        thread = elsewhere(lambda: (other.append(enqueue("apply", batch.pk)), done.set()))
        assert done.wait(5), "the second click waits for the first"
    thread.join()
    assert (other, len(jobs())) == ([False], 1)


@pytest.mark.parametrize(("step", "wrong"), [("apply", "reading"), ("apply", "applied"), ("undo", "preview")])
def test_a_step_begins_only_from_where_it_may(step, wrong):
    batch = ImportFactory(state=wrong)
    assert not enqueue(step, batch.pk)
    assert (state(batch), jobs()) == (wrong, [])


@pytest.mark.parametrize("step", AT_WORK)
def test_what_waits_is_cancelled_at_once(step):
    before = {"read": "reading", "apply": "preview", "undo": "applied"}[step]
    batch = ImportFactory(state=before)
    enqueue(step, batch.pk)
    assert request_cancel(batch.pk)
    assert state(batch) == {"read": "cancelled", "apply": "preview", "undo": "applied"}[step]
    assert jobs() == [(f"{step} {batch.pk}", "cancelled")]


def test_nothing_is_cancelled_where_nothing_waits():
    batch = ImportFactory(state="preview")
    assert not request_cancel(batch.pk)


def test_a_step_that_is_done_is_not_done_again():
    batch = ImportFactory(state="applying")
    take_step("apply", batch.pk)
    take_step("apply", batch.pk)
    assert (state(batch), count(ROWS_TABLE, batch.pk)) == ("applied", ROWS)


def test_a_step_is_refused_while_another_connection_is_at_it():
    batch = ImportFactory(state="applying")
    at_work, may_go = threading.Event(), threading.Event()

    def hold():
        with alone(batch.pk):
            at_work.set()
            may_go.wait(5)

    thread = elsewhere(hold)
    at_work.wait(5)
    with pytest.raises(Busy):
        take_step("apply", batch.pk)
    may_go.set()
    thread.join()
    take_step("apply", batch.pk)
    assert state(batch) == "applied"


def test_a_running_statement_is_broken_off_when_the_import_is_cancelled(monkeypatch):
    batch = ImportFactory(state="preview")
    enqueue("apply", batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    monkeypatch.setenv("STANDIN_STATEMENT", "SELECT pg_sleep(60)")
    thread = elsewhere(lambda: take_step("apply", batch.pk))
    wait_until(lambda: ImportProgress.objects.get(pk=batch.pk).phase == "organisations", 10)
    assert request_cancel(batch.pk)
    thread.join(10)
    assert (state(batch), count(ROWS_TABLE, batch.pk)) == ("preview", 0)


SLOW_COMMIT = """
    CREATE FUNCTION standin_slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(2); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON standin_rows DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.number = 1) EXECUTE FUNCTION standin_slow();
"""


def test_a_commit_is_never_broken_off():
    batch = ImportFactory(state="applying")
    ImportProgress.objects.create(pk=batch.pk)
    with connection.cursor() as cursor:
        cursor.execute(SLOW_COMMIT)
    thread = elsewhere(lambda: take_step("apply", batch.pk))
    try:
        wait_until(committing, 10)
        ImportProgress.objects.filter(pk=batch.pk).update(cancel_requested=True)
        thread.join(10)
        assert (state(batch), count(ROWS_TABLE, batch.pk)) == ("applied", ROWS)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION standin_slow CASCADE")


def committing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = 'COMMIT' AND wait_event = 'PgSleep'"
        )
        return cursor.fetchone()[0] == 1


def test_what_the_database_refuses_is_tried_three_times_then_given_up(monkeypatch):
    batch = ImportFactory(state="applying")
    monkeypatch.setenv("STANDIN_STATEMENT", "DO $$ BEGIN RAISE 'no room' USING ERRCODE = 'disk_full'; END $$")
    for _ in range(2):
        with pytest.raises(Exception, match="no room"):
            take_step("apply", batch.pk)
        assert state(batch) == "applying"
    take_step("apply", batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.report["failure"]) == ("failed", {"step": "apply", "reason": "disk_full"})


def test_a_mistake_of_ours_is_not_tried_again(monkeypatch):
    batch = ImportFactory(state="applying")
    monkeypatch.setenv("STANDIN_STATEMENT", "SELECT 1/0")
    take_step("apply", batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.report["failure"]["reason"]) == ("failed", "error")
    assert "erreur" in describe(batch).failure


def test_an_engine_that_leaves_the_import_as_it_was_is_a_mistake(monkeypatch):
    from grants.imports.jobs import steps

    batch = ImportFactory(state="applying")
    monkeypatch.setitem(steps.ENGINE, "apply", "tests.imports.jobs.standin.run_nothing")
    take_step("apply", batch.pk)
    assert state(batch) == "failed"
