"""python -m benchmarks.beside FACTS FOLDER BASELINES: the same questions asked of ours and of what others would use.

Each question is asked of all in turns, so that other work on the machine weighs on all; medians are kept. Several
questions of a sort are asked with other values, so that nobody answers from memory. The facets' answers of ours, of
plain SQL and of Datasette are compared before.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import django

from . import datasette, plain
from .asking import Visitor
from .measuring import child_result
from .pages import facts_of, warmed
from .questions import WORDS, Addresses
from .serving import site

TURNS = 7
TURNS_OF_THE_SLOW = 1
SLOW = ("naive", "sql")

Questions = Sequence[dict[str, list[str]]]


def to_compare(facts: dict[str, Any]) -> list[dict[str, list[str]]]:
    """Questions of every sort, whose answers must be the same."""
    facets = facts["facets"]
    some = {name: facets[name][:2] for name in plain.NINE}
    return [
        {},
        {"region": some["region"]},
        {"region": ["null"], "year": some["year"]},
        {"programme": some["programme"][:1], "kind": [some["kind"][0], "null"]},
        {"announcement": some["announcement"], "status": some["status"][:1]},
        {"kind_not": some["kind"], "fiscal": some["fiscal"]},
        {"region_not": ["null"], "instrument_not": some["instrument"][:1], "band": some["band"][:1]},
        {"status": ["null"], "band_not": ["null"]},
        {"date_from": ["2012"], "date_to": ["2016"], "amount_min": ["20000"], "amount_max": ["150000"]},
        {"recipient": facts["records"]["most"][:1]},
        *({"q": [found[0][0]]} for found in facts["words"].values()),
        {"q": [facts["words"]["15 000"][1][0]], "region": some["region"][:1], "year_not": some["year"][:1]},
    ]


def ours(question: plain.Question) -> dict[str, dict[str, tuple[int, Any]]]:
    """The facets of our selection, as the pages have them."""
    from django.http import QueryDict

    from grants.search.grant_selection import GrantSelection

    selection = GrantSelection(QueryDict(urlencode([(name, one) for name, many in question.items() for one in many])))
    if selection.problems:
        raise ValueError(f"{question}: {selection.problems}")
    found = {
        facet.name: {one.value: (one.sums.count, one.sums.total) for one in facet.choices} for facet in selection.facets
    }
    return {**found, "": {"": (selection.sums.count, selection.sums.total)}}


def compare(facts: dict[str, Any], cursor: Any, theirs: Callable[..., Any] | None) -> list[str]:
    """Where the three do not say the same."""
    wrong = []
    for question in to_compare(facts):
        truth = plain.facets(cursor, question)
        found = ours(question)
        wrong += [f"no facet {name}" for name in plain.NINE if name not in found]
        wrong += [f"ours, {question}: {fault}" for fault in plain.differences(truth, found)]
        can_say = not question.keys() - set(plain.FACETS)
        can_say = can_say and not any("null" in values[1:] for values in question.values())
        if theirs and can_say:
            # Its counts follow all filters, the facet's own too, and leave out what is not known.
            names = [name for name in plain.NINE if name not in question]
            known = {name: {v: one for v, one in truth[name].items() if v != "null"} for name in names}
            told = plain.differences(known, theirs(question, names), sums=False)
            wrong += [f"Datasette, {question}: {fault}" for fault in told]
    return wrong


def asked(facts: dict[str, Any]) -> dict[str, Questions]:
    """The questions of each sort."""
    regions = facts["facets"]["region"]
    everything: Questions = [{}]
    return {
        "everything": everything,
        "one region": [{"region": [region]} for region in regions[:TURNS]],
        **{f"words, {name}": [{"q": [word]} for word, _hits in facts["words"][name]] for name in WORDS},
    }


Ask = Callable[[plain.Question], float]


def in_turns(questions: Questions, servers: Mapping[str, Ask]) -> dict[str, dict[str, Any]]:
    """Milliseconds of each server, median and all. The slow ones take part in the first turns only."""
    taken: dict[str, list[float]] = {name: [] for name in servers}
    for turn in range(TURNS):
        for name, ask in servers.items():
            if turn < TURNS_OF_THE_SLOW or not name.startswith(SLOW):
                taken[name].append(ask(questions[turn % len(questions)]))
    return {name: {"ms": median(all_of), "all": [round(one, 1) for one in all_of]} for name, all_of in taken.items()}


def over_http(port: int, address: Callable[[plain.Question], str]) -> Ask:
    visitor = Visitor(port)

    def ask(question: plain.Question) -> float:
        answer = visitor.ask(address(question))
        if answer.status != 200:
            raise RuntimeError(f"{answer.path} answered {answer.status}")
        return answer.ms

    return ask


def in_sql(cursor: Any, names: Sequence[str]) -> Ask:
    def ask(question: plain.Question) -> float:
        began = time.perf_counter()
        plain.facets(cursor, question, names)
        return 1000 * (time.perf_counter() - began)

    return ask


def with_facets(facts: dict[str, Any], port: int, theirs: Any, naive: int | None, cursor: Any) -> Iterator[Any]:
    """Each sort of question: ours once a turn with all facets, the others with four and with nine."""
    for name, questions in asked(facts).items():
        servers = {"ours": over_http(port, Addresses("fr").selection)}
        for facets in (plain.FOUR, plain.NINE):
            servers[f"sql {len(facets)}"] = in_sql(cursor, facets)
            if theirs:
                address = partial(datasette.address, theirs[1], facets=facets)
                servers[f"datasette {len(facets)}"] = over_http(theirs[0], address)
        if naive:
            servers["naive"] = over_http(naive, as_query)
        yield name, in_turns(questions, servers)


def as_query(question: plain.Question) -> str:
    return "/?" + urlencode([(name, one) for name, many in question.items() for one in many])


def one_record(facts: dict[str, Any], port: int, theirs: Any, cursor: Any) -> dict[str, Any]:
    """The page of one grant beside Datasette's row."""
    chosen = facts["records"]["grant"][:TURNS]
    cursor.execute("SELECT public_id, id FROM grants_grant WHERE public_id = ANY (%s)", [chosen])
    keys = dict(cursor.fetchall())
    french = Addresses("fr")
    servers = {"ours": over_http(port, lambda one: french.of("grant-detail", one["id"][0]))}
    if theirs:
        servers["datasette"] = over_http(theirs[0], lambda one: f"/{theirs[1].stem}/grants/{keys[one['id'][0]]}")
    return in_turns([{"id": [public_id]} for public_id in chosen], servers)


def deepest(facts: dict[str, Any], port: int, naive: int | None) -> dict[str, Any]:
    """The last pages of everything beside OFFSET."""
    pages: Questions = [{"page": [str(facts["pages"] - turn)]} for turn in range(TURNS)]
    servers = {"ours": over_http(port, Addresses("fr").selection)}
    if naive:
        servers["naive"] = over_http(naive, as_query)
    return in_turns(pages, servers)


def main(file: Path, folder: Path, baselines: bool) -> None:
    from django.db import connection

    facts = facts_of(file)
    with child_result(watch=False) as result, ExitStack() as servers, connection.cursor() as cursor:
        theirs = naive = None
        if baselines:
            stored = folder / "datasette" / f"{file.stem}.db"
            stored.parent.mkdir(exist_ok=True)
            datasette.make(stored, cursor)
            theirs = (servers.enter_context(datasette.running(stored, folder / "datasette")), stored)
            naive = servers.enter_context(site("benchmarks.naive.settings", worker=False)).port
            result["versions"] = datasette.versions(folder / "datasette")
        place = servers.enter_context(site(worker=False))
        warmed(place, facts)
        port = place.port
        told = (lambda one, names: datasette.counts(*theirs, one, names)) if theirs else None
        result["wrong"] = compare(facts, cursor, told)
        result["facets"] = dict(with_facets(facts, port, theirs, naive, cursor))
        result["record"] = one_record(facts, port, theirs, cursor)
        result["deep"] = deepest(facts, port, naive)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "True")
