"""The site as `make run` serves it, with its worker, on a port of this machine."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

from otnregistry.local import BASE_DIR, web_server

from .measuring import high_water

PATIENCE = 30


@dataclass
class Site:
    """Processes started by us: the web server and, where it was asked for, the worker."""

    port: int
    web: psutil.Process
    worker: psutil.Process | None = None

    def web_memory(self) -> dict[int, int]:
        """The most that each process of the web server has held, by its number."""
        return {child.pid: high_water(child.pid) for child in self.web.children()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def site(settings: str = "", *, worker: bool = True, database: str = "") -> Iterator[Site]:
    """The site over the database of our environment, or of another address. Raises TimeoutError where it does not
    answer."""
    port = free_port()
    commands = [[sys.executable, *web_server(f"127.0.0.1:{port}")]]
    if worker:
        commands.append([sys.executable, "manage.py", "run_worker"])
    chosen = {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": database}
    with serving(commands, port, {name: value for name, value in chosen.items() if value}) as started:
        yield Site(port, *(psutil.Process(process.pid) for process in started))


@contextmanager
def serving(
    commands: Sequence[Sequence[str]], port: int, environment: dict[str, str] | None = None
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start programs, wait until the port answers, and stop them afterwards."""
    around = {**os.environ, **(environment or {})}
    started = [subprocess.Popen(command, cwd=BASE_DIR, env=around, start_new_session=True) for command in commands]
    try:
        wait_for(port)
        yield started
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        time.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}")


class Reader:
    """A visitor that asks for one page after another, a moment between two, always in the same order of chance."""

    pause = 0.03

    def __init__(self, port: int, paths: Sequence[str]) -> None:
        self.port = port
        self.paths = paths
        self.chance = random.Random(1)  # noqa: S311
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self) -> tuple[str, float]:
        """One page: its path, and the seconds until its last byte. Raises RuntimeError for an answer but 200."""
        time.sleep(self.pause)
        path = self.chance.choice(self.paths)
        began = time.perf_counter()
        try:
            answer = self.request(path)
        except (OSError, http.client.HTTPException):  # the server may close what it has kept open long enough
            self.connection.close()
            answer = self.request(path)
        if answer != 200:
            raise RuntimeError(f"{path} answered {answer}")
        return path, time.perf_counter() - began

    def request(self, path: str) -> int:
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status
