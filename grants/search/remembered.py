"""A small memory of answers that depend on what is published, on the language and on nothing else.

Each process has its own. An answer is remembered under the registry's version, so that a correction shows at once; of
a transaction that has not committed its changes, nothing is. What is remembered is shared: read it, never change it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from grants.bilingual import current_language
from grants.models import registry_version

Answer = TypeVar("Answer")

MOST = 300  # answers; those asked for longest ago are forgotten first


class Memory:
    """The answers asked for last; for several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer of this key, made where it is not known. Two threads may make it at once: both are right."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = make()
        with self._lock:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return answer

    def __len__(self) -> int:
        return len(self._answers)


_memory = Memory(MOST)


def remembered(key: Hashable, make: Callable[[], Answer]) -> Answer:
    """What `make()` gave for `key` at this version of the registry, in this language.

    `make` must read what is published and nothing else (no request, no clock), and give what can be read many times:
    a list, never a queryset or a generator.
    """
    version = registry_version.current()
    if version.pending:
        return make()
    return _memory.get((key, current_language(), version.number), make)
