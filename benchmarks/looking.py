"""python -m benchmarks.looking FACTS PLANS: how many statements each sort of page runs, and the plan of the dearest.

Pages are asked of the application itself, without a server. PLANS is the file that the plans go to: with what each
step took and read, as PostgreSQL tells when it runs the statement once more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

from .measuring import child_result
from .pages import facts_of
from .questions import MIX, WORDS, Asked, Draw, with_words

PAGES_OF_A_SORT = 4
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, SETTINGS) "


@dataclass
class Statements:
    """Those of one page, by Django's own way of wrapping them."""

    count: int = 0
    dearest: tuple[float, str, Any] = (0.0, "", None)
    texts: list[str] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.dearest = max(self.dearest, (time.perf_counter() - began, sql, params), key=lambda one: one[0])


def look(client: Any, asked: Asked) -> Statements:
    """The statements of a page."""
    from django.db import connection

    statements = Statements()
    with connection.execute_wrapper(statements):
        answer = client.get(asked.path)
        if answer.streaming:
            for _piece in answer.streaming_content:
                pass
    return statements


def explained(statements: Statements) -> str:
    """The plan of the dearest statement, run again and taken back."""
    from django.db import connection, transaction

    seconds, sql, params = statements.dearest
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return f"{1000 * seconds:.1f} ms: {sql[:200]}\n"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EXPLAIN + sql, params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
        transaction.set_rollback(True)
    return f"{1000 * seconds:.1f} ms on the page\n{sql}\n{params}\n\n{plan}\n"


def main(file: Path, plans: Path) -> None:
    from django.test import Client

    facts, client = facts_of(file), Client(headers={"host": "127.0.0.1"})
    draw, sorts = Draw(facts, seed=6), {}
    for sort in MIX:
        sorts[sort] = [draw.one(sort) for _turn in range(PAGES_OF_A_SORT)]
    sorts |= {f"words, {name}": with_words(facts, name)[:PAGES_OF_A_SORT] for name in WORDS}
    with child_result(watch=False) as result:
        for asked in sorts["one facet"]:
            client.get(asked.path)  # what is counted once for all pages is counted now
        result["statements"] = {}
        told = []
        for sort, requests in sorts.items():
            found = [(look(client, asked), asked) for asked in requests]
            result["statements"][sort] = max(one.count for one, _asked in found)
            dearest, asked = max(found, key=lambda pair: pair[0].dearest[0])
            told.append(f"═══ {sort}: {asked.path}: {dearest.count} statements; the dearest took {explained(dearest)}")
        plans.write_text("\n".join(told))


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
