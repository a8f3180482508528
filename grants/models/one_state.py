"""Several statements that see one and the same state of the registry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction


@contextmanager
def one_state(database: str) -> Iterator[None]:
    """All statements inside see the registry as it is at the first of them, and cannot change it.

    Inside a transaction of somebody else's, that transaction decides what is seen.
    """
    connection = connections[database]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=database):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
