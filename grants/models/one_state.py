"""Several statements that see one and the same state of the registry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def one_state(database: str, *, unhurried: bool = False) -> Iterator[None]:
    """All statements inside see the registry as it is at the first of them, and cannot change it.

    Inside a transaction of somebody else's, that transaction decides what is seen. `unhurried`: for work that serves
    many requests, which the time of a single one does not limit.
    """
    connection = connections[database]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=database):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            if unhurried:
                cursor.execute("SET LOCAL statement_timeout = 0")
        yield
