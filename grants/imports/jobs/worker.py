"""The process that does the queued work, until it is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate.contrib.django import app, connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from .rescue import rescue
from .tasks import housekeeping

logger = logging.getLogger(__name__)
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESCUE_EVERY = 5.0  # seconds


def work(*, concurrency: int = 2, patience: float = 5, follow_stdin: bool = False) -> None:
    """Do the queued work until a signal, or with `follow_stdin` the end of the standard input, asks to stop.

    What runs then has `patience` seconds to end; after that it is rolled back and queued again.
    """
    asyncio.run(run(concurrency, patience, follow_stdin))


async def run(concurrency: int, patience: float, follow_stdin: bool) -> None:
    """The worker, and beside it what rescues the work of workers that died."""
    parameters = {**connector_params(), "application_name": "otnregistry worker"}
    # An app of its own: the tasks themselves go on queueing on Django's connection.
    own = app.with_connector(PsycopgConnector(kwargs=parameters, min_size=2, max_size=4))
    async with own.open_async():
        worker = Worker(
            **own.worker_defaults,
            app=own,
            concurrency=concurrency,
            shutdown_graceful_timeout=patience,
            fetch_job_polling_interval=1,
            install_signal_handlers=False,
        )
        stop_when_asked(worker, follow_stdin)
        rescuing = asyncio.create_task(keep_rescuing())
        try:
            await worker.run()
        finally:
            rescuing.cancel()


def stop_when_asked(worker: Worker, follow_stdin: bool) -> None:
    """Stop in order on each of the polite signals, and when whoever holds the other end of our input is gone."""
    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        loop.add_signal_handler(number, worker.stop)
    if follow_stdin:
        loop.add_reader(sys.stdin.fileno(), heed_the_end, loop, worker)


def heed_the_end(loop: asyncio.AbstractEventLoop, worker: Worker) -> None:
    """Stop at the end of the standard input; whatever else comes on it is not read."""
    if not os.read(sys.stdin.fileno(), 4096):
        loop.remove_reader(sys.stdin.fileno())
        worker.stop()


async def keep_rescuing() -> None:
    """Look every few seconds for jobs that have lost their worker."""
    await sync_to_async(clear_up)()
    while True:
        await sync_to_async(look_once)()
        await asyncio.sleep(RESCUE_EVERY)


def clear_up() -> None:
    """Ask for the daily housekeeping now too: a registry on a desk is seldom on at the hour."""
    with suppress(AlreadyEnqueued):
        housekeeping.defer()


def look_once() -> None:
    """Rescue, on a connection that may have been lost since the last time."""
    close_old_connections()
    try:
        rescue()
    except Exception:
        logger.warning("Cannot look for jobs without a worker.", exc_info=True)
