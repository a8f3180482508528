"""One visitor's requests over HTTP, each with what was waited for."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

PATIENCE = 600
BLOCK = 1 << 16
# The first grant of a list: a link to its page, by the id that the registry dealt.
ROW = re.compile(rb'href="(?:/en/grants|/aides)/[1-9][0-9a-z]{5,}/"')


@dataclass
class Answer:
    """Milliseconds until the head, the first row and the last byte had come."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    head_ms: float
    row_ms: float | None
    ms: float


class Visitor:
    """A connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """One request, to its last byte."""
        try:
            return self._ask(path, headers or {})
        except (OSError, http.client.HTTPException):  # the server may close what it has kept open long enough
            self.connection.close()
            return self._ask(path, headers or {})

    def _ask(self, path: str, headers: Mapping[str, str]) -> Answer:
        began = time.perf_counter()
        self.connection.request("GET", path, headers=dict(headers))
        answer = self.connection.getresponse()
        head, row, body = since(began), None, bytearray()
        while block := answer.read1(BLOCK):
            body += block
            if row is None and ROW.search(body):
                row = since(began)
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(path, answer.status, named, bytes(body), head, row, since(began))

    def close(self) -> None:
        with suppress(OSError):
            self.connection.close()


def since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


def each(threads: int, work: Callable[[int], None]) -> None:
    """Do the work with the numbers 0, 1… at once. Raises the first fault."""
    faults: list[BaseException] = []

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException as fault:  # told to who waits
            faults.append(fault)

    started = [threading.Thread(target=guarded, args=[number]) for number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    if faults:
        raise faults[0]


def warm(port: int, paths: Sequence[str], connections: int = 4) -> None:
    """Ask for all these pages, over several connections, so that every process of the server has worked."""

    def visit(number: int) -> None:
        visitor = Visitor(port)
        for path in paths[number::connections]:
            visitor.ask(path)
        visitor.close()

    each(connections, visit)


def press(port: int, paths: Iterable[str], seconds: float, connections: int = 2) -> tuple[int, float, list[int]]:
    """Ask for one page after another over so many connections: how many came, in which time, the statuses met."""
    waiting, lock = iter(paths), threading.Lock()
    statuses: list[int] = []
    began = time.perf_counter()

    def visit(number: int) -> None:
        visitor = Visitor(port)
        while time.perf_counter() - began < seconds:
            with lock:
                path = next(waiting, None)
            if path is None:
                break
            statuses.append(visitor.ask(path).status)
        visitor.close()

    each(connections, visit)
    return len(statuses), time.perf_counter() - began, sorted(set(statuses))


def shuffled(items: Iterable[str], seed: int = 1) -> list[str]:
    found = list(items)
    random.Random(seed).shuffle(found)  # noqa: S311
    return found
