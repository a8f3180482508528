"""The names that the registry knows: those that stand in a text, and the organisation that a name means.

Drafts count, and natural persons too: staff alone read communiqués. Nothing is kept in memory: a text has a few
thousand runs of words that could be a name, and PostgreSQL's indexes tell which of them are, however many organisations
there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db import connection
from rapidfuzz import fuzz

from grants.models import Grant, Organisation, Programme
from grants.models.codes import GrantStatus, Publication
from grants.models.organisations import MOST_MERGES
from grants.values.folding import ARTICLES, LEGAL_SUFFIXES, fold, initials, organisation_key

from .draft import Near
from .reading.answers import Known, Reading
from .storable import storable

LONGEST_NAME = 10  # telling words
MOST_TEXT = 200_000  # characters in which names are looked for
MOST_PROGRAMMES = 5_000
MOST_NEAR = 5
MOST_GRANTS = 1_000  # of one recipient, among which the one that is corrected is looked for
NEAR = 80  # of 100: people choose among what is offered
SUBSET = 0.9  # what a name counts for that holds the other one whole
SAME_ACRONYM = 70  # how near the names must be for one acronym to mean one organisation
COMMON_WORD = 400  # a word that so many names share tells nothing
BEGINNING = 4  # letters by which a misspelt word is found

CHUNK = re.compile(r"\S+")
OF_KEYS = """
SELECT grants_organisation_key(name_fr), name_fr, id FROM grants_organisation
WHERE grants_organisation_key(name_fr) = ANY(%(keys)s)
UNION ALL SELECT grants_organisation_key(name_en), name_en, id FROM grants_organisation
WHERE grants_organisation_key(name_en) = ANY(%(keys)s) AND name_en <> ''
UNION ALL SELECT grants_organisation_key(name), name, organisation_id FROM grants_organisationname
WHERE grants_organisation_key(name) = ANY(%(keys)s)
"""
WITH_WORDS = """
SELECT asked, array_agg(id) FROM unnest(%s::text[]) AS asked,
LATERAL grants_some_named('organisation', asked::tsquery, %s) AS hit (id) GROUP BY asked
"""
NAMES_OF = """
SELECT id, name_fr FROM grants_organisation WHERE id = ANY(%(pks)s)
UNION ALL SELECT id, name_en FROM grants_organisation WHERE id = ANY(%(pks)s) AND name_en <> ''
UNION ALL SELECT organisation_id, name FROM grants_organisationname WHERE organisation_id = ANY(%(pks)s)
"""


def known_names(text: str = "") -> Known:
    """The programmes, and the names of organisations that may stand in `text`, all as the registry writes them."""
    keys = list(dict.fromkeys(_runs(storable(text[:MOST_TEXT]))))
    written = {name for _key, name, _pk in _rows(OF_KEYS, {"keys": keys})} if keys else set()
    return Known(tuple(_programmes()), frozenset(written))


def match(name: str, acronym: str = "") -> tuple[Organisation | None, list[Near]]:
    """The one organisation of this name, alias or acronym (None: none, or several), and what else it may be."""
    pk, nearest = Registry([(name, acronym)]).organisation(name, acronym)
    return (None if pk is None else Organisation.objects.get(pk=pk)), nearest


def names_of(reading: Reading) -> "Registry":
    """The registry, asked at once for every name of a reading (see `draft_of`)."""
    grants = [*reading.grants, *reading.questions]
    wanted = [(grant.recipient, grant.acronym) for grant in grants]
    wanted += [(correction.recipient, "") for correction in reading.corrections]
    wanted += [(name, "") for grant in grants for name in (grant.host, grant.funder) if name]
    return Registry(wanted)


class Registry:
    """The organisations and programmes that names mean. A few queries for all of `wanted`: (name, acronym) each."""

    def __init__(self, wanted: Iterable[tuple[str, str]] = ()) -> None:
        wanted = list(dict.fromkeys(wanted))
        keys = {key for name, acronym in wanted for key in _keys(name, acronym)}
        found = _rows(OF_KEYS, {"keys": sorted(keys)}) if keys else []
        self._kept = _followed({pk for _key, _name, pk in found})
        self._called: dict[str, set[int]] = defaultdict(set)
        for key, _name, pk in found:
            self._called[key].add(self._kept[pk])
        unknown = {storable(organisation_key(name)) for name, acronym in wanted if self._one(name, acronym) is None} - {
            ""
        }
        self._near = _near(unknown)
        offered = {pk for pks in self._called.values() for pk in pks} | {
            pk for near in self._near.values() for pk in near
        }
        self._labels = dict(Organisation.objects.filter(pk__in=offered).values_list("pk", "name_fr"))
        self._programmes: dict[str, set[int]] | None = None

    def organisation(self, name: str, acronym: str = "") -> tuple[int | None, list[Near]]:
        """The organisation of exactly this name (alias, acronym), and the nearest ones where there is no such one."""
        pk = self._one(name, acronym)
        if pk is not None:
            return pk, []
        scores = dict.fromkeys(self._called.get(organisation_key(name), ()), 100)
        for short in _shorts(name, acronym):
            for found in self._called.get(short, ()):
                scores.setdefault(found, 90)
        for found, score in self._near.get(organisation_key(name), {}).items():
            scores[found] = max(score, scores.get(found, 0))
        ranked = sorted((found for found in scores if found in self._labels), key=lambda found: (-scores[found], found))
        return None, [Near(found, self._labels[found], scores[found]) for found in ranked[:MOST_NEAR]]

    def programme(self, name: str) -> int | None:
        """The one programme of this name or acronym."""
        if self._programmes is None:
            self._programmes = defaultdict(set)
            for pk, *names in Programme.objects.values_list("pk", "name_fr", "name_en", "acronym")[:MOST_PROGRAMMES]:
                for one in filter(None, map(fold, names)):
                    self._programmes[one].add(pk)
        found = self._programmes.get(fold(name), set()) if fold(name) else set()
        return next(iter(found)) if len(found) == 1 else None

    def grant(self, recipient: str, amount: Decimal | None) -> tuple[int | None, Decimal | None]:
        """The one grant to this recipient of `amount`, else its only one; and its amount in the registry."""
        pk = self._one(recipient, "")
        standing = Grant.objects.exclude(publication=Publication.WITHDRAWN).exclude(status=GrantStatus.CANCELLED)
        theirs = list(standing.filter(recipient=pk).values_list("pk", "amount")[:MOST_GRANTS]) if pk else []
        found = [one for one in theirs if one[1] == amount] or theirs
        return found[0] if len(found) == 1 else (None, None)

    def _one(self, name: str, acronym: str) -> int | None:
        """The one that is meant. An acronym alone means an organisation only where the names look alike too."""
        hits = self._called.get(organisation_key(name), set())
        by_acronym = self._called.get(organisation_key(acronym), set()) if acronym else set()
        if len(hits) > 1:
            hits = hits & by_acronym
        elif not hits and len(by_acronym) == 1 and self._alike(name, next(iter(by_acronym))):
            hits = by_acronym
        return next(iter(hits)) if len(hits) == 1 else None

    def _alike(self, name: str, pk: int) -> bool:
        known = Organisation.objects.filter(pk=pk).values_list("name_fr", flat=True).first() or ""
        return fuzz.token_sort_ratio(organisation_key(name), organisation_key(known)) >= SAME_ACRONYM


def _programmes() -> Iterator[tuple[str, str]]:
    """Every name and acronym, each with what to call the programme."""
    for names in Programme.objects.values_list("acronym", "name_fr", "name_en")[:MOST_PROGRAMMES]:
        called = names[0] or names[1]
        yield from ((name, called) for name in names if name)


def _runs(text: str) -> Iterator[str]:
    """The runs of telling words that begin like a name: with a capital or a digit."""
    words: list[tuple[str, bool]] = []
    folded: dict[str, list[str]] = {}
    for chunk in CHUNK.findall(text):
        if chunk not in folded:
            folded[chunk] = [
                word for word in fold(chunk).split() if word not in ARTICLES and word not in LEGAL_SUFFIXES
            ]
        begins = not chunk.islower()
        words += [(word, begins) for word in folded[chunk]]
    for place, (_word, begins) in enumerate(words):
        if begins:
            run = [word for word, _begins in words[place : place + LONGEST_NAME]]
            yield from (" ".join(run[:length]) for length in range(1, len(run) + 1))


def _keys(name: str, acronym: str) -> list[str]:
    return [key for key in (storable(organisation_key(name)), *map(storable, _shorts(name, acronym))) if key]


def _shorts(name: str, acronym: str) -> list[str]:
    """The acronym given, and the one that the name would have."""
    made = initials(name)
    return [short for short in (organisation_key(acronym), made if len(made) > 2 else "") if short]


def _followed(pks: set[int]) -> dict[int, int]:
    """What each organisation was merged into, in the end."""
    kept = {pk: pk for pk in pks}
    for _turn in range(MOST_MERGES):
        rows = Organisation.objects.filter(pk__in=set(kept.values()), merged_into__isnull=False)
        merged = dict(rows.values_list("pk", "merged_into"))
        if not merged:
            break
        kept = {pk: merged.get(at, at) for pk, at in kept.items()}
    return kept


def _near(keys: set[str]) -> dict[str, dict[int, int]]:
    """Key → organisations whose names are near, with their scores: those that share a telling word are compared."""
    words = {key: {word for word in key.split() if len(word) > 2} for key in keys}
    sharing = _sharing({word for some in words.values() for word in some})
    if not sharing:
        return {}
    known = defaultdict(list)
    for pk, name in _rows(NAMES_OF, {"pks": sorted({pk for pks in sharing.values() for pk in pks})}):
        known[pk].append(organisation_key(name))
    kept = _followed(set(known))
    near: dict[str, dict[int, int]] = {}
    for key, some in words.items():
        scores: dict[int, int] = {}
        for pk in {pk for word in some for pk in sharing.get(word, ())}:
            score = max((_likeness(key, other) for other in known[pk]), default=0)
            if score >= NEAR:
                scores[kept[pk]] = max(score, scores.get(kept[pk], 0))
        near[key] = scores
    return near


def _sharing(words: set[str]) -> dict[str, list[int]]:
    """Word → the organisations with it in a name; with its beginning where the registry has no such word: it may be
    misspelt. Words that too many names have are left out."""
    found = _named({word: f"'{word}'" for word in words})
    strange = {word: f"'{word[:BEGINNING]}':*" for word in words - set(found) if len(word) > BEGINNING}
    return {word: pks for word, pks in (found | _named(strange)).items() if len(pks) <= COMMON_WORD}


def _named(asked: dict[str, str]) -> dict[str, list[int]]:
    """Word → the organisations whose names answer its question to the index of names."""
    if not asked:
        return {}
    rows = dict(_rows(WITH_WORDS, [sorted(set(asked.values())), COMMON_WORD + 1]))
    return {word: rows[question] for word, question in asked.items() if question in rows}


def _likeness(one: str, other: str) -> int:
    return round(max(fuzz.token_sort_ratio(one, other), SUBSET * fuzz.token_set_ratio(one, other)))


def _rows(sql: str, parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)  # type: ignore[arg-type]
        return cursor.fetchall()
