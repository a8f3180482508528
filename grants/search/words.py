"""Full-text search over the index that PostgreSQL keeps (models/search_entries.py).

Accents, case and punctuation are put aside; French and English stems both count, and so do words as they stand.
Several words must all be there; "quoted words" must follow one another; OR and -word work as on other search pages.
"""

from typing import Any

import numpy as np
from django.db import connection, models
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models import SearchEntry, SearchKind

LONGEST = 200  # characters of a question
MOST_WORDS = 12  # PostgreSQL's time grows with the square of the words (0.7 s for 200 of them, 6 s for 1 000)


class TSQuery(models.Field):
    """The type of a full-text question; never a column."""

    def db_type(self, connection: Any) -> str:
        return "tsquery"


class Question(Func):
    """`grants_question(words)`: the words in French, in English or as they stand."""

    function = "grants_question"
    output_field = TSQuery()


class Found(models.Lookup):
    """`vector @@ question`."""

    lookup_name = "found"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}", (*left_params, *right_params)


def why_unanswerable(words: str) -> str | Promise:
    """Return why `words` cannot be searched for, in the reader's language; empty when they can."""
    if "\x00" in words:
        return _("The search has a character that cannot be searched for.")
    if len(words) > LONGEST:
        return _("The search is longer than 200 characters: shorten it.")
    if len(set(words.split())) > MOST_WORDS:
        return _("The search has more than twelve words: keep the most telling ones.")
    return ""


def entries(kind: SearchKind, words: str) -> QuerySet[SearchEntry]:
    """Return the index entries of one noun that answer `words`, each with its `rank`."""
    question = Question(Value(words))
    found = Found(F("vector"), question)
    # Weights tell the dictionaries apart, not what matters more: all count alike.
    rank = Func(
        F("vector"),
        question,
        function="ts_rank",
        template="%(function)s('{1,1,1,1}', %(expressions)s)",
        output_field=models.FloatField(),
    )
    return SearchEntry.objects.filter(found, kind=kind).annotate(rank=rank)


def matching(queryset: QuerySet, words: str) -> QuerySet:
    """Narrow `queryset` to the records that answer `words`, annotated with `rank` (the higher the nearer).

    Empty words leave it as it is; words that cannot be searched for (see `why_unanswerable`) find nothing.
    """
    words = " ".join(words.split())
    if not words:
        return queryset.annotate(rank=Value(0.0, output_field=models.FloatField()))
    if why_unanswerable(words):
        return queryset.none()
    found = entries(SearchKind(queryset.model._meta.model_name), words)
    ranks = found.filter(record_id=OuterRef("pk")).values("rank")[:1]
    return queryset.filter(pk__in=found.values("record_id")).annotate(rank=Subquery(ranks))


HITS = """
    SELECT string_agg(int8send(record_id), ''::bytea) FROM grants_searchentry
    WHERE kind = %s AND vector @@ grants_question(%s)
"""


def hits(words: str, kind: SearchKind) -> np.ndarray:
    """The keys of the records of one noun that answer `words`, published or not. One query."""
    with connection.cursor() as cursor:
        cursor.execute(HITS, (str(kind), words))
        (found,) = cursor.fetchone()
    return np.frombuffer(found or b"", dtype=">i8").astype(np.int64)
