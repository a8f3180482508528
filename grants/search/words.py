"""Full-text search over the index that PostgreSQL keeps (models/search_entries.py).

Accents, case and punctuation are put aside; French and English stems both count, and so do words as they stand.
`terms` tells what a question may be made of. The rows of the index are never read one after the other (see
migration 0010): hence PostgreSQL's own functions `grants_hits` and `grants_found`.
"""

from typing import Any

import numpy as np
from django.db import connection, models
from django.db.models import F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants.models import SearchEntry, SearchKind

from . import terms

LONGEST = 200  # characters of a question
PASTED = {0xAD: None, 0x2BC: "’"}  # the soft hyphen; the apostrophe that counts as a letter
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


class Rank(Func):
    """How near a vector is to a question: the higher the nearer."""

    function = "ts_rank"
    output_field = models.FloatField()


def tidy(words: str) -> str:
    """A question with single spaces, without what pasted texts hide inside of words."""
    return " ".join(words.translate(PASTED).split())


def why_unanswerable(words: str) -> str | Promise:
    """Return why `words` cannot be searched for and what to do, in the reader's language; empty when they can."""
    if "\x00" in words:
        return _("The search has a character that cannot be searched for.")
    if len(words) > LONGEST:
        return _("The search is longer than 200 characters: shorten it.")
    if terms.has_open_quotation(words):
        return _("A quotation mark is not closed. Put one on each side, as in “built heritage”, or none.")
    if beginning := terms.short_beginning(words):
        advice = _("“%(word)s” would find nearly everything: write at least two letters before the star, as in herit*.")
        return advice % {"word": beginning[:20]}
    asked = [term for term in terms.terms(words) if not term.is_little]
    if sum(len(term.words) for term in asked) > MOST_WORDS:
        return _("The search has more than twelve words: keep the most telling ones.")
    return "" if any(not term.is_excluded for term in asked) else _why_nothing_is_asked(words, asked)


def _why_nothing_is_asked(words: str, excluded: list[terms.Term]) -> str | Promise:
    if not words.strip():
        return ""
    if excluded:
        return _("The search only says what to leave out. Add what to look for, as in heritage -church.")
    if terms.terms(words):
        return _(
            "The search has only words that are everywhere, such as “the”. Add a more telling one, or put them in "
            "quotation marks to find them as they stand, as in “on the land”."
        )
    return _("The search has no letter or digit to look for. Write a word, as in heritage.")


def entries(kind: SearchKind, words: str) -> QuerySet[SearchEntry]:
    """Return the index entries of one noun that answer `words`, each with its `rank`."""
    question = Question(Value(words))
    return SearchEntry.objects.filter(Found(F("vector"), question), kind=kind).annotate(
        rank=Rank(F("vector"), question)
    )


def matching(queryset: QuerySet, words: str) -> QuerySet:
    """Narrow `queryset` to the records that answer `words`, annotated with `rank` (the higher the nearer).

    Empty words leave it as it is; words that cannot be searched for (see `why_unanswerable`) find nothing.
    """
    words = tidy(words)
    if not words:
        return queryset.annotate(rank=Value(0.0, output_field=models.FloatField()))
    if why_unanswerable(words):
        return queryset.none()
    kind = SearchKind(queryset.model._meta.model_name)
    entry = SearchEntry.objects.filter(kind=kind, record_id=OuterRef("pk"))
    ranks = entry.values_list(Rank(F("vector"), Question(Value(words))))
    found = RawSQL("SELECT grants_found(%s, %s)", (str(kind), words))
    return queryset.filter(pk__in=found).annotate(rank=Subquery(ranks))


def hits(words: str, kind: SearchKind) -> np.ndarray:
    """The keys of the records of one noun that answer `words`, published or not, in no order. One query, or none."""
    words = tidy(words)
    if not words or why_unanswerable(words):
        return np.empty(0, dtype=np.int64)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_hits(%s, %s)", (str(kind), words))
        (found,) = cursor.fetchone()
    return np.frombuffer(found or b"", dtype=">i8").astype(np.int64)
