"""What a measurement is: seconds on the wall and of processors, memory at its highest, and a verdict."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from otnregistry.local import BASE_DIR

MARK = "BENCH-RESULT "


@dataclass
class Row:
    """One line of the table. `ratio` stands against `floor`: at least it, or with `at_most` at most it.

    A row without floor tells a figure only. Figures are in `unit`.
    """

    name: str
    ours: float | None
    unit: str = ""
    baseline: float | None = None
    ratio: float | None = None
    floor: float | None = None
    at_most: bool = False
    note: str = ""
    wrong: str = ""  # what makes the figure worthless, however good it is
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """PASS or FAIL; "" where there is nothing to hold it against."""
        if self.wrong:
            return "FAIL"
        if self.floor is None or self.ratio is None:
            return ""
        return "PASS" if (self.ratio <= self.floor if self.at_most else self.ratio >= self.floor) else "FAIL"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "verdict": self.verdict}


def divide(one: float | None, other: float | None) -> float | None:
    """The ratio of two figures, None where it means nothing."""
    return one / other if one is not None and other else None


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that `share` of them do not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


class Stopwatch:
    """Wall seconds from lap to lap, under names."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.last = time.perf_counter()

    def lap(self, name: str) -> float:
        """End a lap; the next begins. Laps of one name add up."""
        now = time.perf_counter()
        seconds = now - self.last
        self.laps[name] = self.laps.get(name, 0) + seconds
        self.last = now
        return seconds


def high_water(pid: int) -> int:
    """The most memory (RSS, bytes) that a process has held since it began; 0 where the system does not say."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


class Children(threading.Thread):
    """Watches the memory of the children of a process, which is gone when they are. Use as a context manager."""

    def __init__(self, pid: int | None = None) -> None:
        super().__init__(daemon=True)
        self.parent = psutil.Process(pid)
        self.ended = threading.Event()
        self.most = 0

    def run(self) -> None:
        while not self.ended.wait(0.03):
            try:
                pids = [child.pid for child in self.parent.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.most = max([self.most, *map(high_water, pids)])

    def __enter__(self) -> Children:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.join()


@contextmanager
def child_result(*, watch: bool = True) -> Iterator[dict[str, Any]]:
    """In a process started by `in_child`: what is put in here is its result, with its memory and processor time.

    Watching the children's memory takes a little of a processor; milliseconds are measured without.
    """
    result: dict[str, Any] = {}
    began = os.times()
    with Children() if watch else nullcontext() as children:
        yield result
    now = os.times()
    result["cpu_own"] = sum(now[:4]) - sum(began[:4])
    result["memory"] = high_water(os.getpid())
    result["memory_children"] = children.most if children else 0
    print(MARK + json.dumps(result), flush=True)


def in_child(
    module: str, *arguments: str | int, environment: dict[str, str], server_cpu: Callable[[], float]
) -> dict[str, Any]:
    """Run `python -m module` and give its result, with the processor time of the database beside.

    Raises RuntimeError with the last words of a process that fails.
    """
    before = server_cpu()
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode or not lines:
        raise RuntimeError(f"{' '.join(command[2:])} failed:\n{done.stderr[-4000:]}")
    return {**json.loads(lines[-1].removeprefix(MARK)), "cpu_server": server_cpu() - before}
