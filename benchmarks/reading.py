"""Reading: each aim of public pages with its floor, and what it is held against measured beside it.

The floors are those of a million grants; of smaller registries the figures are only told, but an answer that is not the
same as plain SQL's is WRONG at any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from .databases import Server
from .kept import loaded
from .measuring import Row, divide, in_child, percentile
from .questions import MIX

MILLION, SMALL = 1_000_000, 10_000
Result = dict[str, Any]
Tell = Callable[[str], None]

PAGE_MS = 50
SMALL_RATIO = 2
WORDS_MS = {"5 000": 50, "15 000": 80, "100 000": 250}
# Beside Datasette: without words, with words, one record. Beside the naive list.
FACETS, FACETS_WITH_WORDS, RECORD, NAIVE = 10, 4, 1, 20
CSV, JSON_LINES, XLSX = 0.5, 0.3, 3
FIRST_BYTE_MS, GROWN_MB = 200, 30
PAGES_A_SECOND, UNCHANGED_MS = 100, 5
TOLD = 3


class Reading:
    """The measurements of one run, each in a process of its own over a registry that is kept."""

    def __init__(self, server: Server, size: int, baselines: bool, tell: Tell) -> None:
        self.server, self.size, self.baselines, self.tell = server, size, baselines, tell
        self.small = min(size, SMALL)
        self.databases = {rows: loaded(server, rows, tell) for rows in {self.small, size}}
        for arguments in (["compile_messages", "--verbosity=0"], ["collectstatic", "--verbosity=0", "--no-input"]):
            server.manage(self.databases[size], *arguments)

    def child(self, rows: int, module: str, *arguments: Any) -> Result:
        environment = self.server.environment(self.databases[rows])
        return in_child(module, *map(str, arguments), environment=environment, server_cpu=self.server.cpu_seconds)

    def facts(self, rows: int) -> Path:
        """The file of what requests are drawn from."""
        return self.server.folder / "reading" / f"{self.databases[rows]}.json"

    def aimed(self, floor: float) -> float | None:
        """The floor, at the size that it was set for."""
        return floor if self.size >= MILLION else None


def run(server: Server, size: int, baselines: bool, tell: Tell, plans: Path) -> Iterator[Row]:
    """All rows for a size; without `baselines`, those that need what others would use are left out.

    The plans of the dearest statements go to the file `plans`. What fails is a row that says so, and the rest goes on.
    """
    bench = Reading(server, size, baselines, tell)
    for words_of_it, step in STEPS:
        tell(words_of_it)
        try:
            yield from step(bench, plans) if step is statements else step(bench)
        except RuntimeError as fault:
            yield Row(words_of_it, None, wrong=f"WRONG: {' '.join(str(fault).split())[-400:]}")


def pages_of(bench: Reading) -> Iterator[Row]:
    """Aims 1, 2 and 5: what one server is asked."""
    bench.child(bench.small, "benchmarks.pages", bench.facts(bench.small))
    address = bench.server.address(bench.databases[bench.small])
    facts = bench.facts(bench.size), bench.facts(bench.small)
    mixed = bench.child(bench.size, "benchmarks.pages", facts[0], "beside", facts[1], address)
    yield from mixed_pages(bench, mixed["large"], mixed["small"])
    found = bench.child(bench.size, "benchmarks.pages", facts[0], "words", "unchanged", "press")
    yield from words(bench, found["words"])
    yield from throughput(bench, found)


def wrong(faults: Sequence[str]) -> str:
    """The first faults, in a line; "" where there is none."""
    more = f" (and {len(faults) - TOLD} more)" if len(faults) > TOLD else ""
    return f"WRONG: {'; '.join(faults[:TOLD])}{more}" if faults else ""


def milliseconds(requests: Sequence[Result], key: str = "ms") -> list[float]:
    return [one[key] for one in requests if one[key] is not None]


# ── Aim 1 ────────────────────────────────────────────────────────────────────────────────────────────────


def mixed_pages(bench: Reading, found: Result, small: Result) -> Iterator[Row]:
    """Two hundred pages, the same at ten thousand grants, and each sort of page."""
    taken, few = milliseconds(found["requests"]), milliseconds(small["requests"])
    p95, again = percentile(taken, 0.95), milliseconds(found["again"])
    name = f"p95 of {len(taken)} mixed pages, {bench.size:,} grants"
    note = (
        f"median {median(taken):.1f} ms, longest {max(taken):.0f} ms ({longest(found['requests'])}); "
        f"{found['cpu_ms']:.1f} ms of processors a page; "
        f"the same asked again: median {median(again):.1f}, p95 {percentile(again, 0.95):.1f} ms"
    )
    faults = wrong(found["wrong"])
    yield Row(name, p95, "ms", None, p95, bench.aimed(PAGE_MS), True, note, faults, {"pages": found})
    before = percentile(few, 0.95)
    name = f"p95 of {len(taken)} mixed pages beside the same of {bench.small:,} grants"
    note = (
        f"medians {median(taken):.1f} and {median(few):.1f} ms; "
        f"{found['cpu_ms']:.1f} and {small['cpu_ms']:.1f} ms of processors a page"
    )
    floor = bench.aimed(SMALL_RATIO)
    yield Row(name, p95, "ms", before, p95 / before, floor, True, note, wrong(small["wrong"]), {"pages": small})
    for sort in MIX:
        of_sort = milliseconds([one for one in found["requests"] if one["sort"] == sort])
        of_few = milliseconds([one for one in small["requests"] if one["sort"] == sort])
        yield Row(
            f"  {sort}: median of {len(of_sort)}",
            *(median(of_sort), "ms", median(of_few), median(of_sort) / median(of_few)),
            note=f"p95 {percentile(of_sort, 0.95):.1f} ms" if len(of_sort) >= 20 else f"longest {max(of_sort):.1f} ms",
        )


def longest(requests: Sequence[Result]) -> str:
    return str(max(requests, key=lambda one: one["ms"])["path"])


# ── Aim 2 ────────────────────────────────────────────────────────────────────────────────────────────────


def words(bench: Reading, found: Result) -> Iterator[Row]:
    """Words by how often they are found; the whole page with its facets beside its first row."""
    for name, result in found.items():
        taken, hits = milliseconds(result["requests"]), [count for _word, count in result["words"]]
        heads, rows = milliseconds(result["requests"], "head_ms"), milliseconds(result["requests"], "row_ms")
        p95 = percentile(taken, 0.95)
        first = f", its first row {median(rows):.1f} ms" if rows else ", and no row in it"
        cold = milliseconds(result["requests"][::2])  # each word is asked twice: then it may be remembered
        said = ", ".join(word for word, _count in result["words"])
        yield Row(
            f"p95 of words found in {min(hits):,} to {max(hits):,} grants, with all facets",
            *(p95, "ms", None, p95, bench.aimed(WORDS_MS[name]), True),
            note=f"median {median(taken):.1f} ms, of words asked for the first time {median(cold):.1f} ms; "
            f"its first byte {median(heads):.1f} ms{first}; {said}",
            wrong=wrong(result["wrong"]),
            figures=result,
        )


# ── Aim 3 ────────────────────────────────────────────────────────────────────────────────────────────────


def beside_others(bench: Reading) -> Iterator[Row]:
    """Each question beside Datasette, the naive list and plain SQL."""
    folder = bench.server.folder
    found = bench.child(bench.size, "benchmarks.beside", bench.facts(bench.size), folder, bench.baselines)
    faults = wrong(found["wrong"])
    yield Row("facets that ours, plain SQL and Datasette count differently", len(found["wrong"]), wrong=faults)
    for name, servers in found["facets"].items():
        yield from one_question(bench, name, servers)
    record, deep = found["record"], found["deep"]
    theirs = record.get("datasette", {}).get("ms")
    ratio = divide(theirs, record["ours"]["ms"])
    yield Row("one grant, beside Datasette", record["ours"]["ms"], "ms", theirs, ratio, bench.aimed(RECORD))
    if "naive" in deep:
        yield naive(bench, "the last pages of everything", deep["ours"]["ms"], deep["naive"]["ms"])


def one_question(bench: Reading, name: str, servers: Result) -> Iterator[Row]:
    """A question with four facets, with nine, and the naive list's."""
    mine = servers["ours"]["ms"]
    floor = FACETS_WITH_WORDS if name.startswith("words") else FACETS
    for facets in (4, 9):
        in_sql, theirs = servers[f"sql {facets}"]["ms"], servers.get(f"datasette {facets}", {}).get("ms")
        title = f"{name}, {facets} facets, beside " + ("Datasette" if theirs else "plain SQL")
        note = f"plain SQL {in_sql:.0f} ms; the page of ours has all nine facets, with sums" if theirs else ""
        beside = theirs or in_sql
        held = bench.aimed(floor) if theirs else None
        yield Row(title, mine, "ms", beside, divide(beside, mine), held, note=note, figures=servers)
    if "naive" in servers:
        yield naive(bench, name, mine, servers["naive"]["ms"])


def naive(bench: Reading, name: str, ours: float, theirs: float) -> Row:
    title = f"{name}, beside a naive Django list"
    return Row(title, ours, "ms", theirs, divide(theirs, ours), bench.aimed(NAIVE))


# ── Aim 4 ────────────────────────────────────────────────────────────────────────────────────────────────


def files(bench: Reading) -> Iterator[Row]:
    """Everything as CSV, JSON lines and XLSX: rows a second, the first byte, the memory."""
    found = bench.child(bench.size, "benchmarks.downloads", bench.facts(bench.size), bench.baselines)
    rows, copied = found["rows"], found["rows"] / found["copy"]
    written = found.get("xlsxwriter")
    beside: dict[str, tuple[str, float | None, float]] = {
        "csv": ("COPY TO STDOUT", copied, CSV),
        "jsonl": ("COPY TO STDOUT", copied, JSON_LINES),
        "xlsx": ("XlsxWriter", written and written["rows"] / written["seconds"], XLSX),
    }
    for ending, (what, theirs, floor) in beside.items():
        result = found[ending]
        rate = rows / result["seconds"]
        faults = [] if result["status"] == 200 else [f"answered {result['status']}"]
        if ending != "xlsx" and result["status"] == 200 and not rows <= result["lines"] <= rows + 1:
            faults.append(f"{result['lines']:,} lines for {rows:,} grants")
        note = f"{result['bytes'] / 1e6:.0f} MB in {result['seconds']:.1f} s, over HTTP"
        name = f"{ending} of {rows:,} grants, rows a second beside {what}"
        ratio = divide(rate, theirs)
        yield Row(name, rate, "/s", theirs, ratio, bench.aimed(floor), note=note, wrong=wrong(faults), figures=result)
        first, grown = result["first_ms"], result["grown"]
        yield Row(f"{ending}: first byte", first, "ms", None, first, bench.aimed(FIRST_BYTE_MS), True)
        yield Row(f"{ending}: growth of the web server", grown, "MB", None, grown, bench.aimed(GROWN_MB), True)


# ── Aims 5 and 6 ─────────────────────────────────────────────────────────────────────────────────────────


def throughput(bench: Reading, found: Result) -> Iterator[Row]:
    """Lists a second over two connections, each another; pages that the visitor already has."""
    pressed, unchanged = found["press"], found["unchanged"]
    rate = pressed["pages"] / pressed["seconds"]
    note = f"{pressed['pages']:,} selections, no two alike"
    faults = wrong(pressed["wrong"])
    name = "lists of grants a second, two connections"
    yield Row(name, rate, "/s", None, rate, bench.aimed(PAGES_A_SECOND), note=note, wrong=faults)
    p95, note = unchanged["p95"], f"median {unchanged['median']:.1f} ms"
    name = "p95 of a page that has not changed (304)"
    yield Row(name, p95, "ms", None, p95, bench.aimed(UNCHANGED_MS), True, note, wrong(unchanged["wrong"]))


def statements(bench: Reading, plans: Path) -> Iterator[Row]:
    """Statements for each sort of page, which must be as many in a small registry."""
    few, many = (
        bench.child(rows, "benchmarks.looking", bench.facts(rows), plans)["statements"]
        for rows in (bench.small, bench.size)
    )
    faults = [
        f"{sort} runs {many[sort]} statements, and {few[sort]} in the small registry"
        for sort in many
        if many[sort] > few[sort]
    ]
    dearest = max(many, key=lambda sort: many[sort])
    note = ", ".join(f"{sort} {count}" for sort, count in many.items())
    ratio = divide(many[dearest], few[dearest])
    yield Row(
        f"statements of a page, at most ({dearest})",
        *(many[dearest], "", few[dearest], ratio, 1 if bench.size > bench.small else None, True),
        note=f"{note}; plans in {plans.name}",
        wrong=wrong(faults),
        figures={"statements": many, "small": few},
    )


STEPS: list[tuple[str, Callable[..., Iterator[Row]]]] = [
    ("200 pages, words, two connections at once", pages_of),
    ("the same questions asked of others", beside_others),
    ("everything as files", files),
    ("statements and plans", statements),
]
