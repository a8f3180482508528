"""What people see of an import at work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from grants.imports.jobs import Cancelled, GivenBack, Progress, Quiet, describe
from grants.imports.jobs.describing import time_in_words
from grants.models import ImportProgress
from tests.factories import ImportFactory
from tests.imports.jobs.waiting import wait_until

NOW = timezone.now()
at_work = pytest.mark.django_db(transaction=True)


def batch_at_work(**values):
    """An import being applied, as far as `values` say."""
    batch = ImportFactory(state="applying")
    values = {"phase": "grants", "heartbeat": NOW, "phase_started_at": NOW - timedelta(seconds=10)} | values
    ImportProgress.objects.create(pk=batch.pk, **values)
    return batch


@pytest.mark.django_db
def test_rows_rate_and_time_left_are_told():
    view = describe(batch_at_work(done=250_000, total=1_000_000))
    assert (view.label, view.percent, view.rate, view.seconds_left) == ("écriture des aides", 25, 25_000, 30)
    assert view.time_left == "environ 30 secondes"


@pytest.mark.django_db
def test_without_a_total_no_share_and_no_time_left_are_told():
    view = describe(batch_at_work(done=250_000))
    assert (view.percent, view.rate, view.seconds_left, view.time_left) == (None, 25_000, None, "")


@pytest.mark.django_db
def test_a_step_that_nobody_has_been_at_for_a_while_says_so():
    assert describe(batch_at_work(heartbeat=timezone.now() - timedelta(minutes=1))).is_interrupted
    assert not describe(batch_at_work(heartbeat=timezone.now())).is_interrupted


@pytest.mark.parametrize(
    ("beat", "words"), [(0, "en attente de son tour"), (90, "le programme de travail ne tourne pas")]
)
@pytest.mark.django_db
def test_what_waits_says_whether_anybody_is_there_to_do_it(beat, words):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        seen = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
        cursor.execute(seen, [beat])
    assert words in describe(batch_at_work(phase="queued")).label


@pytest.mark.django_db
def test_an_import_that_nobody_works_on_shows_no_progress():
    assert not describe(ImportFactory(state="applied")).is_working


@pytest.mark.django_db
def test_the_view_is_plain_values_as_json():
    plain = describe(batch_at_work(done=5, total=10)).as_json()
    assert plain["done"] == 5
    assert {type(value) for value in plain.values()} <= {str, int, bool, type(None)}


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (3, "quelques secondes", "a few seconds"),
        (42, "environ 40 secondes", "about 40 seconds"),
        (58, "environ 1 minute", "about 1 minute"),
        (400, "environ 7 minutes", "about 7 minutes"),
    ],
)
def test_the_time_left_is_as_precise_as_it_can_be(seconds, french, english):
    assert time_in_words(seconds) == french
    with translation.override("en"):
        assert time_in_words(seconds) == english


@at_work
def test_counts_are_seen_while_the_transaction_is_open():
    batch = batch_at_work()
    with Progress(batch.pk) as progress, progress.transaction():
        progress.phase("grants", total=10)
        progress.advance(4)
        wait_until(lambda: ImportProgress.objects.get(pk=batch.pk).done == 4, 5)


@at_work
def test_the_last_counts_are_written_when_the_step_ends():
    batch = batch_at_work()
    with Progress(batch.pk) as progress:
        progress.phase("search", total=10)
        progress.advance(10)
    told = ImportProgress.objects.get(pk=batch.pk)
    assert (told.phase, told.done, told.total) == ("search", 10, 10)


@at_work
def test_the_wish_to_cancel_is_heard_between_rows():
    batch = batch_at_work()
    with Progress(batch.pk) as progress:
        ImportProgress.objects.update(cancel_requested=True)
        wait_until(lambda: progress.stop, 5)
        with pytest.raises(Cancelled):
            progress.check()


@at_work
def test_a_worker_that_is_stopped_gives_its_work_back():
    batch = batch_at_work()
    with Progress(batch.pk, is_ending=lambda: True) as progress:
        wait_until(lambda: progress.stop, 5)
        with pytest.raises(GivenBack):
            progress.check()


@at_work
def test_losing_the_connection_that_tells_does_not_harm_the_step():
    batch = batch_at_work()
    with Progress(batch.pk) as progress:
        progress.phase("grants")
        wait_until(others_ended, 5)
        progress.advance(7)
        wait_until(lambda: ImportProgress.objects.get(pk=batch.pk).done == 7, 5)


def others_ended():
    """End every other connection to this test's database; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%grants_importprogress%'"
        )
        return cursor.fetchone()[0]


@at_work
def test_an_import_without_a_row_of_progress_is_worked_on_all_the_same():
    with Progress(ImportFactory(state="applying").pk) as progress, progress.transaction():
        progress.phase("grants")


def test_a_phase_without_words_is_a_mistake():
    with pytest.raises(ValueError, match="nonsense"):
        Progress(1).phase("nonsense")


@pytest.mark.django_db
def test_a_quiet_progress_asks_nothing_of_anybody():
    quiet = Quiet()
    with quiet.transaction():
        quiet.phase("grants", total=3)
        quiet.advance(3)
        quiet.check()
    assert not ImportProgress.objects.exists()
