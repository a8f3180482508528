"""make bench: everything measured in one go, printed as one table and written as JSON.

SIZE=10000|100000|1000000 (100 000), BASELINES=off leaves out what others would use, ONLY=imports|exports|reading|
communiques, RELOAD=on fills the registries that are read anew, EXAMPLES=folder reads other press releases than ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from otnregistry import environment as env
from otnregistry.local import BASE_DIR

from . import communiques, imports, reading
from .databases import Server
from .measuring import Row, in_child
from .table import as_text, circumstances, line, write_json

SIZES = "10000, 100000 or 1000000"
SEED = "1"


def main() -> int:
    """0 where every floor is held, 1 where one is not."""
    size = env.whole_number("SIZE", default=100_000, least=200, most=1_000_000)
    baselines = env.switch("BASELINES", default=True)
    only = env.choice("ONLY", ["IMPORTS", "EXPORTS", "READING", "COMMUNIQUES", "ALL"], default="ALL")
    server = Server(env.folder("VAR_DIR", BASE_DIR / "var") / "bench")
    load = os.getloadavg()
    tell(f"{size:,} rows, {os.cpu_count()} processors, load {load[0]:.1f}; data in {server.folder}")
    rows: list[Row] = []
    file = server.folder / f"bench-{size}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    if only not in ("READING", "COMMUNIQUES"):
        tell("migrating…")
        server.make_template()
    if only in ("IMPORTS", "ALL"):
        for row in imports.run(server, size, baselines, tell):
            rows.append(row)
    if only in ("EXPORTS", "ALL"):
        rows += exported(server, size, tell)
    if only in ("READING", "ALL"):
        for row in reading.run(server, size, baselines, tell, file.with_suffix(".plans.txt")):
            rows.append(row)
            tell("  " + "  ".join(filter(None, line(row))))
    if only in ("COMMUNIQUES", "ALL"):
        communiques.ready()
        rows += communiques.run([env.folder("EXAMPLES", communiques.OURS)], tell)
    facts = circumstances(
        size=size,
        seed=SEED,
        baselines=baselines,
        postgresql=server.version(),
        load_before=load,
        load_after=os.getloadavg(),
    )
    print("\n" + as_text(rows))
    write_json(file, rows, facts)
    failed = [row.name for row in rows if row.verdict == "FAIL"]
    print(f"\n{sum(row.verdict == 'PASS' for row in rows)} floors held, {len(failed)} not. {file}")
    return 1 if failed else 0


def exported(server: Server, size: int, tell: Callable[[str], None]) -> list[Row]:
    """The rows of exports.py, measured in a process of their own."""
    tell(f"{size:,} rows go out")
    with server.database("bench_exports") as database:
        environment = server.environment(database)
        result = in_child("benchmarks.exported", size, environment=environment, server_cpu=server.cpu_seconds)
    return [Row(**row) for row in result["rows"]]


def tell(words: str) -> None:
    """What is being measured now, beside the table."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
