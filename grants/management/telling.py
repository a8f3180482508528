"""What a command tells while it works, and when the database does not answer."""

from __future__ import annotations

import time
from typing import Any

from django.db import Error, OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from grants.imports.jobs import PHASES, Quiet

BEAT = 0.5  # seconds between two lines


class Telling(Quiet):
    """A progress that is written on one line of a terminal, again and again; on anything else, nowhere."""

    def __init__(self, stream: Any) -> None:
        """`stream` is the command's standard error."""
        self.stream = stream
        self.is_seen = stream.isatty()
        self.code, self.done, self.told, self.width = "", 0, 0.0, 0
        self.total: int | None = None

    def __enter__(self) -> Telling:
        return self

    def __exit__(self, *_: object) -> None:
        self.put("")
        if self.is_seen:
            self.stream.write("\r", ending="")

    def phase(self, code: str, total: int | None = None) -> None:
        self.code, self.total, self.done = code, total, 0
        self.tell()

    def advance(self, rows: int = 1) -> None:
        self.done += rows
        if time.monotonic() - self.told >= BEAT:
            self.tell()

    def tell(self) -> None:
        """Write the line anew."""
        self.told = time.monotonic()
        words = str(PHASES.get(self.code, self.code))
        if self.done:
            words += f" {self.done}/{self.total}" if self.total else f" {self.done}"
        self.put(words)

    def put(self, words: str) -> None:
        """Write over what is there."""
        if self.is_seen:
            self.stream.write("\r" + words.ljust(self.width), ending="")
            self.stream.flush()
            self.width = len(words)


def why_no_answer(error: Error) -> str:
    """Why the database could not do it, in one sentence."""
    reason = " ".join(str(error).split())
    if isinstance(error, ProgrammingError) and "does not exist" in reason:
        return _("The database is not ready: run manage.py migrate. (%(reason)s)") % {"reason": reason}
    if isinstance(error, OperationalError):
        return _("The database does not answer: %(reason)s. Nothing was written.") % {"reason": reason}
    return _("The database refused this: %(reason)s. Nothing was written.") % {"reason": reason}
