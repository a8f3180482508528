"""Bringing sheets in: each aim with its floor, and what it is held against measured beside it.

Times that stand against one another are measured in turns, and their medians compared, for other work on the machine
weighs on both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from .databases import Server
from .files import sheet
from .measuring import Row, divide, in_child

STOCK_ROWS = 1_000
SMALL, MIDDLE = 10_000, 100_000
MB = 1_000_000
Result = dict[str, Any]
Tell = Callable[[str], None]


class Bench:
    """The measurements of one run, each told when it begins."""

    def __init__(self, server: Server, tell: Tell) -> None:
        self.server, self.tell = server, tell
        self.files = server.folder / "files"

    def sheet(self, rows: int, **more: Any) -> Path:
        return sheet(self.files, rows, **more)

    def child(self, database: str, module: str, *arguments: Any, settings: str = "otnregistry.settings") -> Result:
        """One measurement in a process of its own, told with its seconds."""
        words = " ".join(Path(str(argument)).name for argument in (module.removeprefix("benchmarks."), *arguments))
        environment = self.server.environment(database, settings)
        result = in_child(module, *map(str, arguments), environment=environment, server_cpu=self.server.cpu_seconds)
        self.tell(f"  {words}: {result['wall']:.1f} s" if "wall" in result else f"  {words}")
        return result

    def ours(self, database: str, file: Path, *steps: str) -> Result:
        return self.child(database, "benchmarks.ours", file, *(steps or ("apply",)))

    def floor(self, database: str, verb: str, file: Path) -> Result:
        return self.child(database, "benchmarks.floor", verb, file)

    def stock(self, kind: str, rows: int) -> Result:
        """The two requests of django-import-export's admin."""
        with self.server.database("bench_stock") as database:
            return self.child(
                database, "benchmarks.stock", kind, self.sheet(rows), settings="benchmarks.stock.settings"
            )


def run(server: Server, size: int, baselines: bool, tell: Tell) -> Iterator[Row]:
    """All rows for a size; without `baselines`, those that need what others would use are left out."""
    bench = Bench(server, tell)
    small, middle = min(size, SMALL), min(size, MIDDLE)
    yield from beside_stock(bench, small, baselines)
    at_middle = once(bench, middle)
    yield from preview_and_undo(middle, at_middle)
    yield from beside_floor(bench, size, at_middle, baselines)
    yield from as_workbook(bench, middle, at_middle)
    yield from under_way(bench, size)


def once(bench: Bench, rows: int) -> Result:
    """A sheet into an empty registry, and taken back."""
    bench.tell(f"{rows:,} rows into an empty registry, and taken back")
    with bench.server.database("bench_ours") as database:
        return bench.ours(database, bench.sheet(rows), "apply", "undo")


def beside_stock(bench: Bench, rows: int, baselines: bool) -> Iterator[Row]:
    """Aim 1: rows a second beside django-import-export, stock and tuned."""
    bench.tell(f"{rows:,} rows, preview and apply, beside django-import-export")
    taken, tuned, stock = [], [], []
    for turn in range(3):
        with bench.server.database("bench_ours") as database:
            taken.append(bench.ours(database, bench.sheet(rows)))
        if baselines and turn < 2:
            tuned.append(bench.stock("tuned", rows))
            stock.append(bench.stock("stock", min(rows, STOCK_ROWS) // (2 - turn)))
    rate = rows / median(result["wall"] for result in taken)
    figures = {"ours": taken, "tuned": tuned, "stock": stock}
    if not baselines:
        yield Row(f"CSV of {rows:,} rows, preview and apply", rate, "rows/s", figures=figures)
        return
    rates = [result["rows"] / result["wall"] for result in stock]
    said = ", ".join(f"{result['rows']:,} rows {each:.0f}/s" for result, each in zip(stock, rates, strict=True))
    yield Row(
        f"CSV of {rows:,} rows, preview and apply, beside stock django-import-export",
        *(rate, "rows/s", max(rates), rate / max(rates), from_size(rows, SMALL, 50)),
        note=f"its two requests: {said}; its preview page has {stock[-1]['page_bytes'] / MB:.1f} MB; "
        + per_thousand(taken, stock),
        figures=figures,
    )
    fastest = max(result["rows"] / result["wall"] for result in tuned)
    yield Row(
        f"CSV of {rows:,} rows, preview and apply, beside its fastest (bulk, cached lookups, no differences)",
        *(rate, "rows/s", fastest, rate / fastest, from_size(rows, SMALL, 10)),
        note=per_thousand(taken, tuned),
    )


def per_thousand(ours: list[Result], theirs: list[Result]) -> str:
    """Seconds of processors for a thousand rows, which other work on the machine changes less than the clock's."""
    one, other = (
        median(1000 * (each["cpu_own"] + each["cpu_server"]) / each["grants"] for each in results)
        for results in (ours, theirs)
    )
    return f"a thousand rows: {one:.2f} s of processors beside {other:.2f}, {other / one:.0f}×"


def preview_and_undo(rows: int, result: Result) -> Iterator[Row]:
    """Aim 4: the preview beside the apply; the undo."""
    laps = result["laps"]
    preview = laps["keep"] + laps["read"] + laps["page"]
    yield Row(
        f"preview of {rows:,} rows beside their apply",
        *(preview, "s", laps["apply"], preview / laps["apply"], from_size(rows, MIDDLE, 0.6), True),
        note=f"of it: keeping the file {laps['keep']:.1f} s, reading and comparing {laps['read']:.1f} s, "
        f"its first page {laps['page']:.2f} s",
    )
    yield Row(
        f"undo of {rows:,} rows beside their apply", laps["undo"], "s", laps["apply"], laps["undo"] / laps["apply"]
    )


def beside_floor(bench: Bench, size: int, at_middle: Result, baselines: bool) -> Iterator[Row]:
    """Aims 2 and 3: into an empty registry, the same again, and a revision, beside plain SQL."""
    bench.tell(f"{size:,} rows, the same again, and revised")
    files = [bench.sheet(size), bench.sheet(size), bench.sheet(size, revision=1)]
    turns = 3 if size <= MIDDLE else 1
    ours: list[list[Result]] = [[], [], []]
    floors: list[list[Result]] = [[], [], []]
    for _ in range(turns):
        if baselines:
            with bench.server.database("bench_floor") as database:
                for place, (verb, file) in enumerate(zip(("fill", "again", "again"), files, strict=True)):
                    floors[place].append(bench.floor(database, verb, file))
                    bench.server.tidy(database)
        with bench.server.database("bench_ours") as database:
            for place, file in enumerate(files):
                ours[place].append(bench.ours(database, file))
                bench.server.tidy(database)
    words = ["into an empty registry", "the same again, nothing changed", "2 % changed and 1 % new"]
    for place, (what, most) in enumerate(zip(words, (2, 3, 3), strict=True)):
        yield beside(f"CSV of {size:,} rows, {what}", ours[place], floors[place], from_size(size, MIDDLE, most))
    rate = size / median(result["wall"] for result in ours[0])
    if size > MIDDLE:
        other = at_middle["new"] / at_middle["wall"]
        name = f"rows a second of {size:,} rows beside {MIDDLE:,}"
        yield Row(name, rate, "rows/s", other, rate / other, 0.6)


def beside(name: str, ours: list[Result], floors: list[Result], most: float | None) -> Row:
    """The whole road beside the least it can cost; the rows and sums must agree."""
    taken = median(result["wall"] for result in ours)
    least = median(result["wall"] for result in floors) if floors else None
    counts = ", ".join(f"{what} {ours[0][what]:,}" for what in ("new", "changed", "refused"))
    note = f"{counts}; {processors(ours):.1f} s of processors"
    wrong = ""
    if floors:
        note += f" beside {processors(floors):.1f}"
        differ = [fact for fact in ("new", "changed", "amount_sum") if ours[0][fact] != floors[0][fact]]
        wrong = "; ".join(f"{fact} is {ours[0][fact]}, and should be {floors[0][fact]}" for fact in differ)
    figures = {"ours": ours, "floor": floors}
    return Row(name, taken, "s", least, divide(taken, least), most, True, note, wrong, figures)


def processors(results: list[Result]) -> float:
    """Seconds of processors, ours and the database's."""
    return median(result["cpu_own"] + result["cpu_server"] for result in results)


def from_size(rows: int, least: int, floor: float) -> float | None:
    """The floor, for sheets as large as the one that it was set for; of smaller ones the figure is only told."""
    return floor if rows >= least else None


def as_workbook(bench: Bench, rows: int, csv: Result) -> Iterator[Row]:
    """Aim 5: an XLSX beside the CSV of the same rows, and the memory of both."""
    bench.tell(f"{rows:,} rows as XLSX")
    with bench.server.database("bench_ours") as database:
        result = bench.ours(database, bench.sheet(rows, ending="xlsx"))
    yield Row(
        f"XLSX of {rows:,} rows beside the CSV",
        *(result["wall"], "s", csv["wall"], result["wall"] / csv["wall"], from_size(rows, MIDDLE, 1.5), True),
        figures={"ours": [result]},
    )
    yield most_memory(f"memory of the process that works, CSV of {rows:,} rows", csv["memory"], 300)
    yield most_memory(f"memory of the process that works, XLSX of {rows:,} rows", result["memory"], 300)
    children = max(csv["memory_children"], result["memory_children"])
    yield Row(f"memory of the child that reads the XLSX of {rows:,} rows", children / MB, "MB")


def most_memory(name: str, held: int, most: float) -> Row:
    return Row(name, held / MB, "MB", None, held / MB, most, True)


def under_way(bench: Bench, rows: int) -> Iterator[Row]:
    """Aim 6: what visitors and editors notice while rows come in."""
    first = min(rows, SMALL)
    bench.tell(f"{rows:,} rows come in while people read and edit")
    for arguments in (["compile_messages", "--verbosity=0"], ["collectstatic", "--verbosity=0", "--no-input"]):
        bench.server.manage("bench_template", *arguments)
    with bench.server.database("bench_traffic") as database:
        files = bench.sheet(first), bench.sheet(rows, revision=1)
        result = bench.child(database, "benchmarks.traffic", *files)
    quiet, busy = result["quiet_p95"] * 1000, result["busy_p95"] * 1000
    yield Row(
        f"p95 of public pages while {rows:,} rows come in, beside quiet",
        *(busy, "ms", quiet, busy / quiet, 2, True),
        note=f"{result['requests']} pages; while read {result['reading_p95'] * 1000:.0f} ms, "
        f"while applied {result['applying_p95'] * 1000:.0f} ms",
        figures=result,
    )
    wait = result["longest_lock_wait"]
    yield Row("longest wait for a lock meanwhile", wait, "s", None, wait, 1, True)
    longest, lost = result["save_longest"], result["saves_lost"] + len(result["save_faults"])
    wrong = f"{lost} saves lost or refused: {', '.join(result['save_faults'][:1])}" if lost else ""
    note = f"{result['saves']} saves, p95 {result['save_p95'] * 1000:.0f} ms"
    yield Row("an editor's longest save meanwhile", longest, "s", None, longest, 1, True, note, wrong)
    yield most_memory(f"memory of the worker, CSV of {rows:,} rows", result["worker_memory"], 300)
    sent = bench.sheet(rows, revision=1).stat().st_size / MB
    yield most_memory(f"growth of the web server's process, upload of {sent:.0f} MB", result["web_growth"], 50)
