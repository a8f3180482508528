"""What could be meant, while it is typed: organisations, programmes and announcements whose words begin so.

Acronyms and former names lead to the organisation. Read from the words of names that the index keeps apart, a bounded
number of them: where thousands begin so, more letters tell them apart.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from grants.bilingual import Text, pick
from grants.models import Announcement, Organisation, OrganisationName, Programme
from grants.values.folding import fold

MOST = 8
LONGEST = 80  # characters of what is typed
SHORTEST = 2  # letters of the word being typed
# Programmes before announcements before organisations, where they answer as well.
NAMED: tuple[Any, ...] = (Programme, Announcement, Organisation)
LOOKED_AT = 2_000  # names that begin so, of each noun
COMPARED = 60  # published ones among them, of each noun: of those with the very words, and of the others


@dataclass(frozen=True)
class Suggestion:
    """A published record: its name, the noun and public id of its page, and the other name that was meant, if any."""

    label: Text
    kind: str
    public_id: str
    note: str = ""


@dataclass(frozen=True)
class _Candidate:
    suggestion: Suggestion
    names: tuple[str, ...]  # folded


def suggest(typed: str, limit: int = MOST) -> list[Suggestion]:
    """The records nearest to what is typed, at most `limit`. One query, one a noun that answers, one for names."""
    words = fold(typed.replace("\x00", "")[:LONGEST]).split()
    if not words or len(words[-1]) < SHORTEST:
        return []
    keys = _keys(words)
    candidates = [candidate for model in NAMED for candidate in _candidates(model, keys[model], words)]
    candidates.sort(key=lambda candidate: _distance(candidate, words))
    return [candidate.suggestion for candidate in candidates[:limit]]


def _keys(words: list[str]) -> dict[Any, list[int]]:
    """Of each noun, the keys of published records whose names have these words: as they are, or the last begun."""
    very = " & ".join(f"'{word}'" for word in words)
    selects: list[str] = []
    parameters: list[Any] = []
    for place, model in enumerate(NAMED):
        published, found = model.objects.published().order_by().values("pk").query.sql_with_params()
        for asked in (very, f"{very}:*"):
            selects.append(
                f"""(SELECT {place}, named.id FROM grants_some_named(%s, %s::tsquery, %s) AS named (id)
                JOIN ({published}) AS public (id) USING (id) LIMIT %s)"""  # noqa: S608 (SQL of our own)
            )
            parameters += [model._meta.model_name, asked, LOOKED_AT, *found, COMPARED]
    keys: dict[Any, list[int]] = {model: [] for model in NAMED}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(selects), parameters)
        for place, key in cursor.fetchall():
            keys[NAMED[place]].append(key)
    return keys


def _candidates(model: Any, keys: list[int], words: list[str]) -> list[_Candidate]:
    if not keys:
        return []
    records = list(model.objects.published().filter(pk__in=keys).order_by())
    others: dict[int, list[str]] = {record.pk: [record.acronym] for record in records if getattr(record, "acronym", "")}
    if model is Organisation:
        for owner, name in OrganisationName.objects.filter(organisation__in=keys).values_list("organisation", "name"):
            others.setdefault(owner, []).append(name)
    return [_candidate(record, others.get(record.pk, []), words) for record in records]


def _candidate(record: Any, others: list[str], words: list[str]) -> _Candidate:
    field = "title" if isinstance(record, Announcement) else "name"
    label = pick(record, field)
    own = [fold(getattr(record, f"{field}_{language}")) for language in ("fr", "en")]
    also = {name: fold(name) for name in others}
    meant = "" if _answers(fold(label.value), words) else next((n for n in also if _answers(also[n], words)), "")
    suggestion = Suggestion(label, record._meta.model_name, record.public_id, meant)
    return _Candidate(suggestion, tuple(filter(None, [*own, *also.values()])))


def _answers(name: str, words: list[str]) -> bool:
    """Whether the words are all in a folded name, the last one perhaps unfinished."""
    there = name.split()
    return all(word in there for word in words[:-1]) and any(word.startswith(words[-1]) for word in there)


def _distance(candidate: _Candidate, words: list[str]) -> tuple[Any, ...]:
    """How far a record is from what is typed: named so, begins so, has the words whole, has them begun."""
    typed = " ".join(words)
    ways = [
        0 if name == typed else 1 if name.startswith(typed) else 2 if set(words) <= set(name.split()) else 3
        for name in candidate.names
    ]
    label = fold(candidate.suggestion.label.value)
    return (min(ways, default=4), len(label), label, candidate.suggestion.public_id)
