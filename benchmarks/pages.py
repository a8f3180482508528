"""python -m benchmarks.pages FACTS SECTION…: the site over the registry of our environment, asked over HTTP.
python -m benchmarks.pages FACTS beside SMALL_FACTS ADDRESS: two hundred requests of every sort, and as many of a small
registry in another database, in turns, so that other work on the machine weighs on both.

Sections: words, press (as many pages as two connections can have),
unchanged (conditional requests). FACTS is kept from one run to the next. No request is conditional but in the last
section, and no address is asked for twice but where that is said.
"""

from __future__ import annotations

import html
import math
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
import psutil
import psycopg

from . import plain
from .asking import Answer, Visitor, press, warm
from .databases import database_seconds
from .kept import remembered
from .measuring import child_result, percentile
from .questions import WORDS, Asked, Draw, look_up, with_words
from .serving import Site, site

DEEPEST = 20_000
WARMING = 120
ATTEMPTS = 6
PRESSING = 10  # seconds
CONDITIONAL = 100
FAULTS_TOLD = 5
BLOCK = 20  # requests of one registry, then of the other


def facts_of(file: Path) -> dict[str, Any]:
    """The facts of the registry, with the number of its pages."""
    from grants.public.lists import PAGE_SIZE

    facts = remembered(file, look_up)
    return {**facts, "pages": min(math.ceil(facts["size"] / PAGE_SIZE), DEEPEST)}


def timed(asked: Asked, answer: Answer) -> dict[str, Any]:
    """What is kept of a request."""
    return {
        "sort": asked.sort,
        "path": asked.path,
        "status": answer.status,
        "ms": round(answer.ms, 2),
        "head_ms": round(answer.head_ms, 2),
        "row_ms": answer.row_ms and round(answer.row_ms, 2),
        "bytes": len(answer.body),
    }


def ask_all(port: int, requests: Sequence[Asked]) -> tuple[list[dict[str, Any]], list[str]]:
    """The figures of the requests, one after another, and what is wrong with the pages that came."""
    visitor = Visitor(port)
    answers = [visitor.ask(asked.path) for asked in requests]
    visitor.close()
    return [timed(*pair) for pair in zip(requests, answers, strict=True)], wrong_pages(requests, answers)


def wrong_pages(requests: Sequence[Asked], answers: Sequence[Answer], cursor: Any = None) -> list[str]:
    """The pages that are none, and the selections whose page does not say how many grants plain SQL finds."""
    from django.db import connection

    from grants.values import wording

    faults = [f"{answer.path} answered {answer.status}" for answer in answers if answer.status != 200]
    pairs = [pair for pair in zip(requests, answers, strict=True) if pair[0].question is not None]
    expected = plain.counts(cursor or connection.cursor(), [asked.question or {} for asked, _answer in pairs])
    for (asked, answer), count in zip(pairs, expected, strict=True):
        # An empty selection may say so in words.
        if count and answer.status == 200 and wording.number(count, asked.language) not in text_of(answer.body):
            faults.append(f"{asked.path} does not say {count:,}")
    return faults


def text_of(body: bytes) -> str:
    return html.unescape(body.decode())


def warmed(place: Site, facts: dict[str, Any]) -> None:
    """Ask until each process of the web server has worked. Raises RuntimeError where one of them never does."""
    paths = [asked.path for asked in Draw(facts, seed=2).mixed()[:WARMING]]
    before = processors(place.web.children())
    for attempt in range(1, ATTEMPTS):
        warm(place.port, paths, connections=4 * attempt)
        worked = [now - then for now, then in zip(processors(place.web.children()), before, strict=True)]
        if min(worked) > max(worked) / 10:
            return
    raise RuntimeError(f"the processes of the web server worked {worked} s: one of them never answers")


def processors(processes: Sequence[psutil.Process]) -> list[float]:
    """Seconds of processors that each has taken."""
    return [sum(process.cpu_times()[:2]) for process in processes]


def all_processors(place: Site) -> float:
    """Seconds of processors of the web server and of the database."""
    return sum(processors([place.web, *place.web.children()])) + database_seconds(Path(os.environ["VAR_DIR"]))


class Visit:
    """The two hundred requests of one registry, some at a time."""

    def __init__(self, place: Site, facts: dict[str, Any]) -> None:
        self.place, self.visitor = place, Visitor(place.port)
        self.requests = Draw(facts, seed=1).mixed()
        self.answers: list[Answer] = []
        self.again: list[Answer] = []
        self.seconds = 0.0  # of processors, for the first answers

    def go_on(self, answers: list[Answer]) -> None:
        before = all_processors(self.place)
        for asked in self.requests[len(answers) : len(answers) + BLOCK]:
            answers.append(self.visitor.ask(asked.path))
        if answers is self.answers:
            self.seconds += all_processors(self.place) - before

    def result(self, cursor: Any = None) -> dict[str, Any]:
        return {
            "requests": [timed(*pair) for pair in zip(self.requests, self.answers, strict=True)],
            "again": [timed(*pair) for pair in zip(self.requests, self.again, strict=True)],
            "wrong": wrong_pages(self.requests, self.answers, cursor),
            "cpu_ms": 1000 * self.seconds / len(self.requests),
        }


def mixed(facts: dict[str, Any], small_facts: dict[str, Any], address: str) -> dict[str, Any]:
    """Two hundred requests of each registry; then the very same again."""
    with site(worker=False) as large, site(worker=False, database=address) as little:
        visits = [Visit(large, facts), Visit(little, small_facts)]
        warmed(large, facts)
        warmed(little, small_facts)
        for turn in ("answers", "again"):
            while len(getattr(visits[0], turn)) < len(visits[0].requests):
                for visit in visits:
                    visit.go_on(getattr(visit, turn))
    with psycopg.connect(address) as other:
        return {"large": visits[0].result(), "small": visits[1].result(other.cursor())}


def words(place: Site, facts: dict[str, Any]) -> dict[str, Any]:
    """Each size of words: the whole page with its facets, and its first row."""
    found = {}
    for name in WORDS:
        requests, wrong = ask_all(place.port, with_words(facts, name))
        found[name] = {"requests": requests, "wrong": wrong, "words": facts["words"][name]}
    return found


def pressed(place: Site, facts: dict[str, Any]) -> dict[str, Any]:
    """Lists of grants, each another, over two connections."""
    pages, seconds, statuses = press(place.port, Draw(facts, seed=3).endless(), PRESSING)
    wrong = [] if statuses == [200] else [f"statuses {statuses}"]
    return {"pages": pages, "seconds": seconds, "wrong": wrong}


def unchanged(place: Site, facts: dict[str, Any]) -> dict[str, Any]:
    """Pages asked for again by whoever has them."""
    visitor = Visitor(place.port)
    paths = [asked.path for asked in Draw(facts, seed=4).mixed({"one facet": 8, "grant": 4, "home": 2})]
    tags = {path: visitor.ask(path).headers.get("etag", "") for path in paths}
    wrong = [f"{path} has no ETag" for path, tag in tags.items() if not tag]
    taken = []
    for turn in range(CONDITIONAL):
        path = paths[turn % len(paths)]
        answer = visitor.ask(path, {"If-None-Match": tags[path]})
        taken.append(answer.ms)
        if answer.status != 304:
            wrong.append(f"{path} answered {answer.status} to who had it")
    visitor.close()
    return {"p95": percentile(taken, 0.95), "median": percentile(taken, 0.5), "wrong": wrong[:FAULTS_TOLD]}


SECTIONS: dict[str, Callable[[Site, dict[str, Any]], dict[str, Any]]] = {
    "words": words,
    "press": pressed,
    "unchanged": unchanged,
}


def main(file: Path, sections: Sequence[str]) -> None:
    """Without sections, only the facts are looked up."""
    facts = facts_of(file)
    with child_result(watch=False) as result:
        if sections[:1] == ["beside"]:
            result.update(mixed(facts, facts_of(Path(sections[1])), sections[2]))
        elif sections:
            with site(worker=False) as place:
                warmed(place, facts)
                for section in sections:
                    result[section] = SECTIONS[section](place, facts)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), sys.argv[2:])
