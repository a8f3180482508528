"""Queries that every list page asks alike, put into SQL once: Django takes longer to write them than they take."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

KEYS = object()  # stands for the keys until they are known


class CompiledQuery:
    """A query of values about the records that have certain keys.

    `make` is given what stands for the keys (as in `pk__in=`). Values come as PostgreSQL gives them: a partial date
    is its text.
    """

    def __init__(self, make: Callable[[RawSQL], QuerySet]) -> None:
        self.make = make

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...]]:
        return self.make(RawSQL("SELECT unnest(%s::bigint[])", [KEYS])).query.sql_with_params()

    def rows(self, keys: Sequence[int]) -> list[tuple[Any, ...]]:
        """The values of the records with these keys. One query."""
        sql, parameters = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(keys) if one is KEYS else one for one in parameters])
            return cursor.fetchall()
