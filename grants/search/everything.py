"""One question to every noun at once."""

from dataclasses import dataclass
from typing import Any

from grants.models import Announcement, Grant, Organisation, Programme, Project, Source

from .words import matching

# The order in which the answers are shown, and what each page needs beside the record itself.
NOUNS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Programme, ()),
    (Announcement, ("programme",)),
    (Organisation, ("region",)),
    (Project, ("organisation",)),
    (Grant, ("recipient", "programme")),
    (Source, ()),
)


@dataclass(frozen=True)
class Group:
    """The published records of one noun that answer: the nearest few, and how many there are in all."""

    kind: str
    records: list[Any]
    count: int


def search_everything(words: str, limit: int = 10) -> list[Group]:
    """Return a group for every noun with an answer, its nearest `limit` records first. No words, no answer."""
    if not words.strip():
        return []
    groups = []
    for model, related in NOUNS:
        found = matching(model.objects.published(), words)
        nearest = list(found.select_related(*related).order_by("-rank", "pk")[: limit + 1])
        # Counting again is only worth it where there are more than fit.
        count = found.count() if len(nearest) > limit else len(nearest)
        if nearest:
            groups.append(Group(model._meta.model_name, nearest[:limit], count))
    return groups
