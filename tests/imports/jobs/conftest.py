"""Imports at work: a stand-in for the engine, and workers that can be killed."""

import signal

import pytest
from django.db import connection

from tests.imports.jobs import standin
from tests.imports.jobs.waiting import wait_until

PATIENCE = 20


@pytest.fixture
def engine(transactional_db, monkeypatch):
    """The stand-in's tables, and an empty queue. What the stand-in changes is put back."""
    from grants.imports.jobs import housekeeping, steps

    monkeypatch.setattr(steps, "ENGINE", dict(steps.ENGINE))
    monkeypatch.setattr(housekeeping, "SWEEP", housekeeping.SWEEP)
    standin.take_the_engines_place()
    yield from with_tables()


@pytest.fixture
def real_engine(engine, monkeypatch):
    """The engine itself in the place of its stand-in, in this process too."""
    from grants.imports.jobs import steps

    monkeypatch.setattr(steps, "ENGINE", standin.REAL_ENGINE)


def with_tables():
    """The stand-in's tables, and an empty queue."""
    forget = "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE; DROP TABLE IF EXISTS {}, {}"
    forget = forget.format(standin.ROWS_TABLE, standin.READ_TABLE)
    with connection.cursor() as cursor:
        cursor.execute(forget)
        cursor.execute(standin.MAKE_TABLES)
    yield
    with connection.cursor() as cursor:
        cursor.execute(forget)


@pytest.fixture
def start_worker(engine):
    """Start workers on the test's own database; none outlives the test."""
    started = []

    def start(**variables):
        started.append(standin.start_worker(connection.settings_dict["NAME"], **variables))
        return started[-1]

    yield start
    for process in started:
        if process.is_alive():
            process.kill()
        process.join()


@pytest.fixture
def finish(start_worker):
    """Let a worker that nothing kills do what waits, and stop it in order."""

    def finish(is_done, **variables):
        process = start_worker(**variables)
        wait_until(is_done, PATIENCE)
        process.terminate()
        process.join(PATIENCE)
        assert process.exitcode == 0

    return finish


@pytest.fixture
def killed(start_worker):
    """Start a worker and wait for the death that it was promised."""

    def killed(**variables):
        process = start_worker(**variables)
        process.join(PATIENCE)
        assert process.exitcode == -signal.SIGKILL

    return killed
