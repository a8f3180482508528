"""One question to every noun at once.

Ranking reads each vector, so that only some of the records are ranked where thousands answer: the newest grants, the
first organisations by name. Counts are exact: of grants and organisations whatever they are, of other nouns up to a
bound that says so.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from grants.models import Announcement, Grant, Organisation, Programme, Project, SearchEntry, Source

from .grant_selection import GrantSelection
from .organisation_selection import OrganisationSelection
from .words import Question, Rank, tidy, why_unanswerable

# The order in which the answers are shown, and what each page needs beside the record itself.
NOUNS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Programme, ()),
    (Announcement, ("programme",)),
    (Organisation, ("region",)),
    (Project, ("organisation",)),
    (Grant, ("recipient", "programme")),
    (Source, ()),
)
MOST_RANKED = 500  # records of a noun
MOST_COUNTED = 10_000  # records of a noun that is not counted in memory


@dataclass(frozen=True)
class Group:
    """The published records of one noun that answer: the nearest few, and how many there are in all.

    Where `there_are_more`, the count is only the least there are.
    """

    kind: str
    records: list[Any]
    count: int
    there_are_more: bool = False


def search_everything(words: str, limit: int = 10) -> list[Group]:
    """Return a group for every noun with an answer, its nearest `limit` records first.

    No words, or words that cannot be searched for: no answer. Two queries a noun, however many records answer.
    """
    words = tidy(words)
    if not words or why_unanswerable(words):
        return []
    groups = []
    for model, related in NOUNS:
        keys, count = _keys(model, words)
        if keys:
            records = _nearest(model, words, keys, limit, related)
            in_memory = model in (Grant, Organisation)
            bounded = count if in_memory else min(count, MOST_COUNTED)
            groups.append(Group(model._meta.model_name, records, bounded, bounded < count))
    return groups


def _keys(model: Any, words: str) -> tuple[list[int], int]:
    """The keys of some of the published records that answer, and how many there are."""
    if model is Grant:
        grants = GrantSelection(QueryDict(urlencode({"q": words})))
        return grants.keys(0, MOST_RANKED), grants.sums.count
    if model is Organisation:
        organisations = OrganisationSelection(QueryDict(urlencode({"q": words, "role": "all"})))
        return organisations.keys(0, MOST_RANKED), organisations.count
    found = RawSQL("SELECT grants_found(%s, %s)", (model._meta.model_name, words))
    keys = list(
        model.objects.published().filter(pk__in=found).order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1]
    )
    return sorted(keys)[:MOST_RANKED], len(keys)


def _nearest(model: Any, words: str, keys: list[int], limit: int, related: tuple[str, ...]) -> list[Any]:
    entry = SearchEntry.objects.filter(kind=model._meta.model_name, record_id=OuterRef("pk"))
    rank = entry.values_list(Rank(F("vector"), Question(Value(words))))
    found = model.objects.published().filter(pk__in=keys).annotate(rank=Subquery(rank))
    return list(found.select_related(*related).order_by("-rank", "pk")[:limit])
