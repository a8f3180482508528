"""How far a step has come, told while it works, and the wish to stop it, heard while it works.

The engine only counts in memory. A thread writes the counts on a connection of its own, so that they are seen before
the step's transaction ends, and reads there whether somebody wants the step to stop.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import OperationalError, connection, transaction

from .phases import PHASES

logger = logging.getLogger(__name__)
BEAT = 0.5
WRITE = """
    UPDATE grants_importprogress SET phase = %(phase)s, done = %(done)s, total = %(total)s, heartbeat = now(),
        phase_started_at = now() - make_interval(secs => %(seconds)s)
    WHERE import_batch_id = %(import_id)s RETURNING cancel_requested
"""


def server_error(error: Exception) -> BaseException | None:
    """What PostgreSQL said: COPY tells it as it is, Django wraps the rest."""
    return error if isinstance(error, psycopg.Error) else error.__cause__


class Stopped(Exception):
    """The step is to stop, and to leave everything as it was."""


class Cancelled(Stopped):
    """Somebody cancelled the import."""


class GivenBack(Stopped):
    """The worker is being stopped: another one will do this step from its beginning."""


@dataclass
class Phase:
    """What is being done, how many rows of how many are, and since when."""

    code: str = "queued"
    total: int | None = None
    done: int = 0
    since: float = field(default_factory=time.monotonic)

    def as_values(self) -> dict[str, Any]:
        """What is written of it."""
        seconds = time.monotonic() - self.since
        return {"phase": self.code, "done": self.done, "total": self.total, "seconds": seconds}


class Quiet:
    """A progress that nobody watches: for a command line, for tests, and as what the engine may count on."""

    def phase(self, code: str, total: int | None = None) -> None:
        """Begin a phase (a code of PHASES) of `total` rows, if that is known."""

    def advance(self, rows: int = 1) -> None:
        """Say that so many rows more are done."""

    def check(self) -> None:
        """Raise Cancelled or GivenBack if the step is to stop. Cheap: call it every few thousand rows."""

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """A statement that runs in this block is broken off when the step is to stop. For work outside a transaction.

        Raises Cancelled or GivenBack.
        """
        yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The step's one transaction. A statement that runs in it is broken off when the step is to stop.

        Nothing is broken off once COMMIT is on its way. Raises Cancelled or GivenBack, everything rolled back.
        """
        with transaction.atomic():
            yield


class Progress(Quiet):
    """The progress of one import's step, seen by the page. Use as a context manager, in the thread that works."""

    def __init__(self, import_id: int, is_ending: Callable[[], bool] = lambda: False) -> None:
        """`is_ending` says whether the worker is being stopped."""
        self.import_id = import_id
        self.is_ending = is_ending
        self.now = Phase()
        self.stop: type[Stopped] | None = None
        self.working: psycopg.Connection[Any] | None = None  # whose statement may be broken off, while it may
        self.guard = threading.Lock()
        self.finished = False
        self.news = threading.Event()  # what should be told without waiting for the next beat
        self.thread = threading.Thread(target=self.watch, name=f"progress of import {import_id}", daemon=True)

    def __enter__(self) -> Progress:
        # Read here: the thread would see another connection of Django's.
        parameters = connection.get_connection_params()
        self.parameters = {name: parameters[name] for name in parameters.keys() - {"cursor_factory", "context"}}
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.finished = True
        self.news.set()
        self.thread.join()

    def phase(self, code: str, total: int | None = None) -> None:
        if code not in PHASES:
            raise ValueError(f"{code} is not listed in PHASES")
        self.now = Phase(code, total)
        self.news.set()
        self.check()

    def advance(self, rows: int = 1) -> None:
        self.now.done += rows

    def check(self) -> None:
        if self.stop:
            raise self.stop(self.import_id)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        # The inner block ends before COMMIT is sent: a commit is never cancelled.
        with transaction.atomic(), self.breakable():
            yield

    @contextmanager
    def breakable(self) -> Iterator[None]:
        self.check()
        connection.ensure_connection()
        with self.guard:
            self.working = connection.connection
        try:
            yield
        except (OperationalError, psycopg.OperationalError) as error:
            if isinstance(server_error(error), psycopg.errors.QueryCanceled):
                self.check()
            raise
        finally:
            with self.guard:  # waits for a cancellation under way
                self.working = None
        self.check()

    def watch(self) -> None:
        """Write the counts and hear the wish to stop, until the step ends. What fails here does not harm the step."""
        is_last = False
        while not is_last:
            try:
                with psycopg.connect(**self.parameters, autocommit=True) as own:
                    own.execute("SET lock_timeout = '1s'")
                    while not is_last:
                        is_last = self.beat()
                        self.tell(own)
            except psycopg.Error:
                logger.warning("The progress of import %s cannot be told.", self.import_id, exc_info=True)
                is_last = is_last or self.beat()

    def beat(self) -> bool:
        """Wait for the next moment to tell something; whether it is the last."""
        self.news.wait(BEAT)
        self.news.clear()
        return self.finished

    def tell(self, own: psycopg.Connection[Any]) -> None:
        """Write once, hear once, and break off the statement that runs, if the step is to stop."""
        row = own.execute(WRITE, {**self.now.as_values(), "import_id": self.import_id}).fetchone()
        if not self.stop:
            self.stop = Cancelled if row and row[0] else GivenBack if self.is_ending() else None
        if self.stop:
            with self.guard:
                if self.working:
                    self.working.cancel_safe(timeout=5)
