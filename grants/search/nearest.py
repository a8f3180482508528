"""« Vouliez-vous dire… »: the nearest word of the registry, for a word that is found nowhere in it.

The words offered are those of names and titles that the public may read: organisations and their other names,
programmes, announcements, projects. Never a natural person's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import F, Func, TextField
from rapidfuzz import process
from rapidfuzz.distance import OSA

from grants.models import Announcement, Grant, Organisation, Programme, Project, SearchEntry, Source, registry_version
from grants.models.one_state import one_state
from grants.values.folding import fold

from .marking import WRITTEN
from .terms import LITTLE_WORDS, wanted
from .words import tidy, why_unanswerable

NAMED: tuple[Any, ...] = (Organisation, Programme, Announcement, Project)
EVERY: tuple[Any, ...] = (*NAMED, Grant, Source)

MOST_WORDS = 200_000  # of the vocabulary, those of most records first
MOST_MENDED = 3  # words of a question
SHORTEST, LONGEST = 3, 40  # letters of a word that can be mended
AS_NEAR = 20  # words as near among which the most frequent is offered
LOOKED_AT = 1_000  # records with a word, for one that is public


def did_you_mean(question: str) -> str | None:
    """The question with each word that is found nowhere replaced by its nearest. None: nothing to mend, or no better.

    Meant for a question without answers: three queries and one a mended word, and one for the words of the registry
    after each change of what is published.
    """
    question = tidy(question)
    if not question or why_unanswerable(question):
        return None
    lost = _nowhere(_words_of(question))
    if not lost or len(lost) > MOST_MENDED:
        return None
    known = vocabulary()
    nearest = {word: known.nearest(word) for word in lost}
    if not all(nearest.values()):
        return None
    mended = _replace(question, {word: _as_written(near) for word, near in nearest.items() if near})
    return None if _nowhere([mended]) else mended


def _words_of(question: str) -> list[str]:
    """The words that could be mended: asked for, whole, of letters."""
    every = dict.fromkeys(word for term in wanted(question) if not term.is_beginning for word in term.words)
    return [word for word in every if len(word) >= SHORTEST and word.isalpha() and word not in LITTLE_WORDS]


def _replace(question: str, mended: dict[str, str]) -> str:
    return WRITTEN.sub(lambda found: mended.get(fold(found[0]), found[0]), question)


# ── What is found nowhere ────────────────────────────────────────────────────────────────────────────────

IS_PUBLIC = (
    "(hit.noun = '{noun}' AND EXISTS (SELECT FROM ({published}) AS public (id) WHERE public.id = hit.id OFFSET 0))"
)


def _nowhere(questions: list[str]) -> list[str]:
    """Those that no published record answers. One query."""
    if not questions:
        return []
    conditions, parameters = [], []
    for model in EVERY:
        published, found = model.objects.published().order_by().values("pk").query.sql_with_params()
        conditions.append(IS_PUBLIC.format(noun=model._meta.model_name, published=published))
        parameters += found
    asked = f"""SELECT asked FROM unnest(%s::text[]) AS asked WHERE NOT EXISTS (
        SELECT FROM grants_some_found(asked, %s) AS hit WHERE {" OR ".join(conditions)})"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [questions, LOOKED_AT, *parameters])
        lost = {row[0] for row in cursor.fetchall()}
    return [question for question in questions if question in lost]


# ── The words there are ──────────────────────────────────────────────────────────────────────────────────

COUNTED = """
SELECT word, count(*) FROM ({words}) AS every (word)
WHERE length(word) BETWEEN %s AND %s AND word !~ '[0-9]' GROUP BY word ORDER BY count(*) DESC, word LIMIT %s
"""


class Vocabulary:
    """The folded words of public names, and of how many records each is."""

    def __init__(self, counts: Iterable[tuple[str, int]]) -> None:
        self.counts = dict(counts)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        for word in self.counts:
            self.by_length[len(word)].append(word)

    def nearest(self, word: str) -> str | None:
        """The word fewest slips away (letters added, left out, changed or swapped), the most frequent of these."""
        slips = 1 if len(word) < 5 else 2 if len(word) < 10 else 3
        found: list[tuple[str, int]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            near = process.extract(
                word, self.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=AS_NEAR
            )
            found += [(each, distance) for each, distance, _place in near]
        if not found:
            return None
        return min(found, key=lambda each: (each[1], each[0][0] != word[0], -self.counts[each[0]], each[0]))[0]


@dataclass(frozen=True)
class _Kept:
    vocabulary: Vocabulary
    version: int
    until: float  # it may serve for a later version too


RESTING = 100  # times as long as the reading took: a hundredth of the time, at most, goes to reading

_kept: _Kept | None = None
_lock = Lock()


def vocabulary() -> Vocabulary:
    """The words of the registry, kept by each process.

    Where it takes long to read they may be those of a short while ago: what is offered is looked up again anyhow (see
    `did_you_mean`), so that a word no longer public is offered to nobody.
    """
    global _kept
    version = registry_version.current()
    if version.pending:
        return _read_vocabulary()
    with _lock:
        if _kept is None or (_kept.version != version.number and monotonic() > _kept.until):
            began = monotonic()
            words = _read_vocabulary()
            _kept = _Kept(words, version.number, monotonic() + RESTING * (monotonic() - began))
        return _kept.vocabulary


def _read_vocabulary() -> Vocabulary:
    selects: list[str] = []
    parameters: list[Any] = []
    for model in NAMED:
        entries = SearchEntry.objects.filter(
            kind=model._meta.model_name, record_id__in=model.objects.published().order_by().values("pk")
        )
        words = entries.order_by().values(word=Func(F("names"), function="tsvector_to_array", output_field=TextField()))
        sql, found = words.query.sql_with_params()
        selects.append(f"SELECT unnest(names) FROM ({sql}) AS {model._meta.model_name} (names)")  # noqa: S608 (our own)
        parameters += found
    # All of them, for many questions: the time of a single one does not limit it.
    with one_state(DEFAULT_DB_ALIAS, unhurried=True), connection.cursor() as cursor:
        cursor.execute(COUNTED.format(words=" UNION ALL ".join(selects)), [*parameters, SHORTEST, LONGEST, MOST_WORDS])
        return Vocabulary(cursor.fetchall())


WRITTEN_IN = """
(SELECT concat_ws(' ', french, english) FROM grants_words_of_{noun} WHERE id = (
    SELECT named.id FROM grants_some_named('{noun}', %s::tsquery, %s) AS named (id)
    JOIN ({published}) AS public (id) USING (id) LIMIT 1))
"""


def _as_written(word: str) -> str:
    """The word with its accents, as a public name has it; in small letters unless all are capitals. One query."""
    selects, parameters = [], []
    for model in NAMED:
        published, found = model.objects.published().order_by().values("pk").query.sql_with_params()
        selects.append(WRITTEN_IN.format(noun=model._meta.model_name, published=published))
        parameters += [f"'{word}'", LOOKED_AT, *found]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects) + " LIMIT 1", parameters)
        row = cursor.fetchone()
    for piece in WRITTEN.findall(row[0]) if row else ():
        if fold(piece) == word:
            return str(piece if piece.isupper() else piece.lower())
    return word
