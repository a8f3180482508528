"""A selection in a dialect as a file that is sent while it is made."""

from collections.abc import Iterator
from typing import cast

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from grants.exports.about import About
from grants.exports.downloads import LICENCE_LINK, saved_as
from grants.models.one_state import one_state

from .dialect import Dialect, LeftOut, left_out


def dialect_file(dialect: Dialect, grants: QuerySet, about: About) -> StreamingHttpResponse | LeftOut:
    """The grants as a file to save; how many it leaves out is told in X-Rows-Left-Out.

    Where the standard knows no file of so few, only what is left out.
    """
    made = _made(dialect, grants, about)
    left = cast(LeftOut, next(made))
    if left.held < dialect.least:
        made.close()
        return left
    response = saved_as(cast(Iterator[bytes], made), dialect.content_type, about.file_name(dialect.ending))
    response["Link"] = f'{LICENCE_LINK}, <{dialect.standard}>; rel="describedby"'
    response["X-Rows-Left-Out"] = str(left.count)
    return response


def _made(dialect: Dialect, grants: QuerySet, about: About) -> Iterator[LeftOut | bytes]:
    """What is left out, then the file, both of one state of the registry."""
    with one_state(grants.db):
        left = left_out([dialect], grants)[dialect.ending]
        yield left
        yield from dialect.write(dialect.table(dialect.held(grants), about), about, left)
