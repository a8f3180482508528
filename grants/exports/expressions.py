"""Values of a sheet as PostgreSQL gives them: text, numbers, truth, or nothing; never a model instance.

Paths are those of filters: `programme__public_id`.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Expression, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, NullIf, Replace

SEPARATOR = "; "


def text(path: str) -> Expression:
    """A text, a code or a partial date as it is stored; nothing rather than an empty text."""
    return NullIf(F(path), Value(""), output_field=TextField())


def moment(path: str) -> Expression:
    """A date and time in UTC, to the second."""
    utc = Func(F(path), Value("UTC"), template="(%(expressions)s)", arg_joiner=" AT TIME ZONE ")
    return Func(utc, Value('YYYY-MM-DD HH24:MI:SS"+00:00"'), function="to_char", output_field=TextField())


def in_words(path: str, words: Iterable[tuple[Any, Any]], otherwise: Expression | None = None) -> Expression:
    """What stands for a code or a truth in words; `otherwise` where nothing does."""
    cases = [When(**{path: code}, then=Value(str(word))) for code, word in words]
    return Case(*cases, default=otherwise, output_field=TextField())


def joined(records: QuerySet, field: str, *, escaped: bool = False) -> Expression:
    """A text of each of the records, in their order; `escaped` puts a backslash before their own semicolons."""
    return together(records, escape(F(field)) if escaped else F(field))


def together(records: QuerySet, each: Any) -> Expression:
    """The expression's texts for the records, in their order."""
    texts = Func(
        ArraySubquery(records.values_list(each)), Value(SEPARATOR), function="array_to_string", output_field=TextField()
    )
    return NullIf(texts, Value(""), output_field=TextField())


def escape(part: Any) -> Expression:
    """The part of a cell of several, its own semicolons marked as such."""
    return Replace(part, Value(";"), Value("\\;"), output_field=TextField())


def around(start: str, path: str, end: str) -> Expression:
    """The text between two others."""
    parts = (Value(start), F(path), Value(end))
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


def unless(path: str, then: Expression | F) -> Expression:
    """`then`, but nothing where the truth at `path` holds."""
    return Case(When(**{path: False}, then=then))


def spelled(truth: Expression | F) -> Expression:
    """A truth as `true` or `false`."""
    return Cast(truth, TextField())
