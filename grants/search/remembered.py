"""A small memory of answers that depend on what is published, on the language and on nothing else.

Each process has its own. An answer is remembered under the registry's version, so that a correction shows at once; of
a transaction that has not committed its changes, nothing is. What is remembered is shared: read it, never change it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS

from grants.bilingual import current_language
from grants.models import registry_version
from grants.models.one_state import one_state

Answer = TypeVar("Answer")

MOST = 300  # answers; those asked for longest ago are forgotten first


class Memory:
    """The answers asked for last; for several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        self._locks: dict[Hashable, tuple[Any, int]] = {}

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of this key, made where it is not known, by one thread while the others wait for it."""
        found, answer = self._known(key)
        if found:
            return answer
        with self._making(key):
            found, answer = self._known(key)
            if not found:
                answer = make()
                self._keep(key, answer)
        return answer

    def _known(self, key: Hashable) -> tuple[bool, Any]:
        with self._lock:
            if key not in self._answers:
                return False, None
            self._answers.move_to_end(key)
            return True, self._answers[key]

    def _keep(self, key: Hashable, answer: Any) -> None:
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)

    @contextmanager
    def _making(self, key: Hashable) -> Iterator[None]:
        """Only one thread makes this answer. Answers are made of others, never in a circle: nobody waits for ever."""
        with self._lock:
            lock, waiting = self._locks.get(key, (RLock(), 0))
            self._locks[key] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._locks.pop(key)
                if waiting > 1:
                    self._locks[key] = (lock, waiting - 1)

    def __len__(self) -> int:
        return len(self._answers)


_memory = Memory(MOST)


def remembered(key: Hashable, make: Callable[[], Answer], *, worded: bool = True) -> Answer:
    """What `make()` gave for `key` at this version of the registry, in this language (or in any, unless `worded`).

    `make` must read what is published and nothing else (no request, no clock), and give what can be read many times:
    a list, never a queryset or a generator.
    """
    version = registry_version.current()
    if version.pending:
        return make()

    def unhurried() -> Answer:
        # It serves many requests: the time of a single one does not limit it.
        with one_state(DEFAULT_DB_ALIAS, unhurried=True):
            return make()

    return _memory.get((key, current_language() if worded else "", version.number), unhurried)
