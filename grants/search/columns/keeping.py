"""The columns that this process keeps, always at the registry's version of the moment."""

from threading import Lock

import numpy as np
from django.db import DEFAULT_DB_ALIAS

from grants.models import registry_version
from grants.models.one_state import one_state
from grants.models.registry_version import Changes

from .bodies import Bodies
from .raw import Raw, read_all, read_some
from .table import Columns

# Beyond this, reading all grants at once is as quick.
MANY = 20_000


class _Keeper:
    """Holds the latest columns. One thread reads them anew while the others wait: none shows what is no longer so."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.columns: Columns | None = None

    def current(self) -> Columns:
        version = registry_version.current()
        if version.pending:
            # Of a transaction that may yet come to nothing: for its own eyes, never kept.
            return Columns(version.number, read_all())
        columns = self.columns
        if columns is None or columns.version != version.number:
            with self.lock:
                columns = self.columns
                # Another thread may have read what is newer than our request; a restored dump is older than both.
                if columns is None or columns.version != registry_version.ask().number:
                    columns = self.columns = _read(columns)
        return columns


def _read(before: Columns | None) -> Columns:
    """The columns as they are now, from those of before where little has changed."""
    with one_state(DEFAULT_DB_ALIAS, unhurried=True):
        number = registry_version.ask().number
        changes = registry_version.changes_since(before.version) if before else None
        if before is None or changes is None or len(changes.grants) + len(changes.organisations) > MANY:
            return Columns(number, read_all())
        come = read_some(changes.grants, changes.organisations)
        return Columns(number, before.raw.replaced(_touched(before, changes, come), come))


def _touched(columns: Columns, changes: Changes, come: Raw) -> np.ndarray:
    """Which rows may have changed: those named, those of recipients named, and those that come again.

    A recipient that was a natural person has no key of its own in the columns: only its rows as they come tell.
    """
    keys = np.union1d(np.array(list(changes.grants), dtype=np.int64), come.key)
    return np.isin(columns.raw.key, keys) | np.isin(columns.raw.recipient, list(changes.organisations))


_keeper = _Keeper()
_bodies: tuple[Columns, Bodies] | None = None


def current() -> Columns:
    """The columns at the registry's present version. One query where nothing has changed."""
    return _keeper.current()


def current_bodies() -> Bodies:
    """Every published organisation, with what it receives at the same version."""
    global _bodies
    columns = current()
    kept = _bodies
    if kept is None or kept[0] is not columns:
        with _keeper.lock:
            kept = _bodies
            if kept is None or kept[0] is not columns:
                kept = _bodies = (columns, Bodies.read(columns))
    return kept[1]
