"""What visitors ask: two hundred requests of every kind, drawn by chance from what the registry holds.

`facts` is what the draws are made from: the values of each facet, the records of each noun, words by how often they
are found, the number of grants. They are looked up once for a registry and kept beside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from . import make_grants, plain

LANGUAGES = ("fr", "en")
SORTS = [f"{sign}{name}" for name in ("date", "amount", "recipient", "region", "status") for sign in ("", "-")]
# The pages of each sort among two hundred.
MIX = {
    "home": 8,
    "list": 18,
    "one facet": 22,
    "two facets": 20,
    "three facets": 16,
    "excluded": 10,
    "not provided": 10,
    "amount band": 8,
    "range": 10,
    "sorted": 20,
    "deep page": 10,
    "grant": 14,
    "recipient, few grants": 6,
    "recipient, most grants": 4,
    "programme": 6,
    "announcement": 6,
    "charts": 6,
    "map": 6,
}
VALUES_KEPT = 40
# Shares of the grants that words are found in: 5 000, 15 000 and 100 000 of a million.
WORDS = {"5 000": 0.005, "15 000": 0.015, "100 000": 0.1}
EACH = 8


@dataclass(frozen=True)
class Asked:
    """A page: its sort, its address, and where it is a selection of grants, the question."""

    sort: str
    path: str
    language: str
    question: plain.Question | None = None


# ── What the registry holds ──────────────────────────────────────────────────────────────────────────────


def look_up() -> dict[str, Any]:
    """The facts of the registry of our environment."""
    from django.db import connection

    with connection.cursor() as cursor:
        found = plain.facets(cursor, {})
        size = found[""][""][0]
        facets = {name: most_frequent(found[name]) for name in plain.NINE}
        return {"size": size, "facets": facets, "words": words(cursor, size), "records": records(cursor)}


def most_frequent(values: dict[str, tuple[int, Any]]) -> list[str]:
    """The known values that most grants have, the commonest first."""
    ranked = sorted(((count, value) for value, (count, _total) in values.items() if value != "null"), reverse=True)
    return [value for _count, value in ranked[:VALUES_KEPT]]


def candidates() -> list[str]:
    """The words that the invented sheet is made of, single ones and pairs."""
    single = {*make_grants.NOUNS_M, *make_grants.NOUNS_F, *make_grants.VERBS, *make_grants.SURNAMES}
    single |= {form for pair in make_grants.ADJECTIVES for form in pair}
    single |= {word for text in make_grants.DEVERBALS for word in text.split()}
    single |= {city for _weight, cities in make_grants.REGIONS.values() for city in cities.split("|")}
    plain_words = sorted(word for word in single if len(word) > 4 and word.isalpha())
    pairs = [f"{noun} {verb}" for noun in make_grants.NOUNS_M[:12] for verb in make_grants.VERBS[:6]]
    return plain_words + pairs


def words(cursor: Any, size: int) -> dict[str, list[tuple[str, int]]]:
    """For each share of WORDS the candidates that come nearest, with how many grants have them."""
    hits = []
    for word in candidates():
        cursor.execute(
            "SELECT count(*) FROM grants_searchentry WHERE kind = 'grant' AND vector @@ grants_question(%s)", [word]
        )
        hits.append((word, cursor.fetchone()[0]))
    near: dict[str, list[tuple[str, int]]] = {}
    for name, share in WORDS.items():
        hits.sort(key=lambda one: abs(one[1] - share * size))
        chosen = hits[:EACH]
        near[name] = []
        for word, _count in chosen:
            near[name].append((word, plain.counts(cursor, [{"q": [word]}])[0]))
    return near


RECORDS = {
    "grant": "SELECT public_id FROM grants_grant WHERE publication = 'published' AND id % {step} = 0 LIMIT 200",
    "most": """SELECT o.public_id FROM grants_grant g JOIN grants_organisation o ON o.id = g.recipient_id
        WHERE g.publication = 'published' AND NOT o.is_natural_person GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 8""",
    "few": """SELECT o.public_id FROM grants_grant g JOIN grants_organisation o ON o.id = g.recipient_id
        WHERE g.publication = 'published' AND NOT o.is_natural_person GROUP BY 1 HAVING count(*) <= 3
        ORDER BY 1 LIMIT 60""",
    "programme": """SELECT p.public_id FROM grants_grant g JOIN grants_programme p ON p.id = g.programme_id
        WHERE g.publication = 'published' GROUP BY 1 ORDER BY count(*) DESC, 1""",
    "announcement": """SELECT a.public_id FROM grants_grant g JOIN grants_announcement a ON a.id = g.announcement_id
        WHERE g.publication = 'published' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 60""",
}


def records(cursor: Any) -> dict[str, list[str]]:
    """Public ids of each noun: the organisations with the most and the fewest grants, programmes by size."""
    cursor.execute("SELECT greatest(max(id) / 211, 1) FROM grants_grant")
    step = cursor.fetchone()[0]
    found = {}
    for name, statement in RECORDS.items():
        cursor.execute(statement.format(step=step))
        found[name] = [public_id for (public_id,) in cursor.fetchall()]
    return found


# ── What is asked of it ──────────────────────────────────────────────────────────────────────────────────


class Draw:
    """Requests drawn from the facts; the same seed gives the same."""

    def __init__(self, facts: dict[str, Any], seed: int) -> None:
        self.facts = facts
        self.chance = random.Random(seed)  # noqa: S311
        self.seen: set[str] = set()

    def mixed(self, mix: dict[str, int] = MIX) -> list[Asked]:
        """All of the mix, in an order of chance."""
        made = [self.one(sort) for sort, often in mix.items() for _turn in range(often)]
        self.chance.shuffle(made)
        return made

    def one(self, sort: str) -> Asked:
        """A request of that sort, another than before where there is another."""
        for _attempt in range(30):
            language = self.chance.choice(LANGUAGES)
            question, path = self.make(sort, language)
            if path not in self.seen:
                break
        self.seen.add(path)
        return Asked(sort, path, language, question)

    def make(self, sort: str, language: str) -> tuple[plain.Question | None, str]:
        address, records = Addresses(language), self.facts["records"]
        details: dict[str, tuple[str, str]] = {
            "grant": ("grant", "grant"),
            "recipient, few grants": ("organisation", "few"),
            "recipient, most grants": ("organisation", "most"),
            "programme": ("programme", "programme"),
            "announcement": ("announcement", "announcement"),
        }
        if sort == "home":
            return None, address.of("home")
        if sort == "list":
            noun = self.chance.choice(["grant", "organisation", "programme", "announcement", "project", "source"])
            # The shortest of these lists has four pages in a registry that is measured, perhaps one in a smaller.
            last = 3 if self.facts["size"] >= 10_000 else 1
            return None, address.of(f"{noun}-list") + f"?page={self.chance.randint(1, last)}"
        if sort in details:
            noun, among = details[sort]
            return None, address.of(f"{noun}-detail", self.chance.choice(records[among]))
        question, more = self.selection(sort)
        return question, address.selection(question, **more)

    def selection(self, sort: str) -> tuple[dict[str, list[str]], dict[str, Any]]:
        """The question of a list of grants, and what else its address says."""
        chance = self.chance
        if sort in ("one facet", "two facets", "three facets"):
            names = chance.sample(plain.NINE[:-1], ("one facet", "two facets", "three facets").index(sort) + 1)
            return {name: self.values(name) for name in names}, {}
        if sort == "excluded":
            name = chance.choice(plain.NINE)
            return {f"{name}_not": self.values(name)}, {}
        if sort == "not provided":
            name = chance.choice(plain.NINE)
            more = {} if chance.random() < 0.5 else {chance.choice([n for n in plain.NINE if n != name]): None}
            return {name: ["null"], **{other: self.values(other) for other in more}}, {}
        if sort == "amount band":
            return {"band": self.values("band"), **self.maybe("region")}, {}
        if sort == "range":
            return self.range(), {}
        if sort == "sorted":
            return self.maybe("region"), {"sort": chance.choice(SORTS)}
        if sort == "deep page":
            last = self.facts["pages"]
            return {}, {"page": last - chance.randint(0, min(40, last // 2)), "sort": chance.choice(SORTS)}
        return self.maybe(chance.choice(plain.NINE)), {"view": sort}

    def values(self, name: str) -> list[str]:
        """One value of a facet, or two."""
        known = self.facts["facets"][name]
        return sorted(self.chance.sample(known, min(len(known), self.chance.choice([1, 1, 1, 2]))))

    def maybe(self, name: str) -> dict[str, list[str]]:
        return {name: self.values(name)} if self.chance.random() < 0.6 else {}

    def range(self) -> dict[str, list[str]]:
        first = self.chance.randint(2007, 2024)
        dates = {"date_from": [str(first)], "date_to": [str(first + self.chance.randint(0, 3))]}
        low = self.chance.choice([1000, 25000, 100000, 500000])
        amounts = {"amount_min": [str(low)], "amount_max": [str(low * self.chance.randint(2, 20))]}
        return self.chance.choice([dates, amounts, {**dates, **amounts}])

    def endless(self) -> Iterator[str]:
        """Addresses of lists of grants, each another: selections of several facets, in every order."""
        while True:
            names = self.chance.sample(plain.NINE, self.chance.randint(1, 3))
            question = {name: self.values(name) for name in names}
            address = Addresses(self.chance.choice(LANGUAGES))
            path = address.selection(question, sort=self.chance.choice(SORTS))
            if path not in self.seen:
                self.seen.add(path)
                yield path


class Addresses:
    """The addresses of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def of(self, name: str, *arguments: str) -> str:
        from django.urls import reverse
        from django.utils.translation import override

        with override(self.language):
            return reverse(f"public:{name}", args=arguments)

    def selection(self, question: plain.Question, **more: Any) -> str:
        """The list of grants; the page's own parameters come last."""
        pairs = [(name, value) for name, values in question.items() for value in values]
        query = urlencode([*pairs, *more.items()])
        return self.of("grant-list") + (f"?{query}" if query else "")


def with_words(facts: dict[str, Any], name: str) -> list[Asked]:
    """The requests of a size of words: each word alone in one language, then with a facet in the other."""
    made, regions = [], facts["facets"]["region"]
    for at, (word, _hits) in enumerate(facts["words"][name]):
        first, second = LANGUAGES if at % 2 else reversed(LANGUAGES)
        with_facet = {"q": [word], "region": [regions[at % len(regions)]]}
        for language, question in ((first, {"q": [word]}), (second, with_facet)):
            made.append(Asked(name, Addresses(language).selection(question), language, question))
    return made
