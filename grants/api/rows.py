"""Records as JSON objects that PostgreSQL writes: one query, no model instance."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Func, IntegerField, QuerySet, Value

from grants.exports.lines import clean_json

from .fields import ApiField


def json_rows(records: QuerySet, fields: Sequence[ApiField]) -> list[bytes]:
    """The records in their order, each one JSON object of these fields, without control characters."""
    connection = connections[records.db]
    try:
        sql, params = records.values_list(*(field.get() for field in fields)).query.sql_with_params()
    except EmptyResultSet:
        return []
    names = ", ".join(connection.ops.quote_name(field.name) for field in fields)
    with connection.cursor() as cursor:
        # Django's own SQL inside, and names of ours, quoted.
        cursor.execute(f"SELECT row_to_json(named)::text FROM ({sql}) AS named ({names})", params)  # noqa: S608
        return clean_json([f"{line}\n".encode() for (line,) in cursor.fetchall()])


def in_order_of(records: QuerySet, keys: Iterable[int]) -> QuerySet:
    """Those of the records that have these keys, in the order of the keys."""
    wanted = list(keys)
    place = Func(Value(wanted), "pk", template="array_position(%(expressions)s)", output_field=IntegerField())
    return records.filter(pk__in=wanted).order_by(place) if wanted else records.none()


def array(rows: Iterable[bytes]) -> bytes:
    """A JSON array of what is JSON already."""
    return b"[" + b",\n".join(rows) + b"]"


def with_parts(row: bytes, parts: dict[str, bytes]) -> bytes:
    """A JSON object with more members, whose values are JSON already. Names are ours: nothing to escape."""
    more = b"".join(b',"' + name.encode() + b'":' + value for name, value in parts.items())
    return row[:-1] + more + b"}"
