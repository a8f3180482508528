"""What is read in press releases, held beside their answer keys, and how long it takes.

`python -m benchmarks.communiques [FOLDER…]` prints each text's score and faults; it needs no database.
`ONLY=communiques make bench` prints the table (EXAMPLES=folder over texts of one's own).
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path

import docx

from otnregistry.local import BASE_DIR

from .answer_keys import Example, Score, examples, score
from .measuring import Row

OURS = BASE_DIR / "tests" / "communiques" / "examples"
PAGE = 3_000  # characters
TRIES = 5
FLOORS = (
    ("precision", "recipient–amount pairs: precision", 0.95),
    ("recall", "recipient–amount pairs: recall", 0.90),
    ("totals", "stated totals with value, qualifier and scope", 0.90),
    ("verdicts", "verdicts of reconciliation", 0.95),
)


def scores(folder: Path) -> list[Score]:
    """Read each text of a folder, knowing no names, and hold what was read beside its key."""
    from grants.communiques.reading.read import read
    from grants.communiques.told import told

    return [score(example, told(read(example.text))) for example in examples(folder)]


def together(each: Iterable[Score]) -> Score:
    """All scores as one."""
    total = Score("all")
    for one in each:
        total += one
    return total


def run(folders: list[Path], tell: Callable[[str], None]) -> Iterator[Row]:
    """The rows of the table: what is right over all folders, and the time of a page."""
    each = [one for folder in folders for one in scores(folder)]
    tell(as_lines(each))
    total = together(each)
    for name, words, floor in FLOORS:
        share = getattr(total, name)
        yield Row(words, share.right, f"of {share.of}", ratio=share.ratio, floor=floor)
    yield Row("pairs asked about instead of taken", total.asked)
    yield Row("numbers that are no grant, taken for one", total.taken)
    yield Row("texts without a fault", sum(one.is_perfect for one in each), f"of {len(each)}")
    texts = [example for folder in folders for example in examples(folder)]
    yield from times(texts)


def times(texts: list[Example]) -> Iterator[Row]:
    """A page of text, ten and a hundred pages, and a page all the way from the bytes of a document to the object."""
    from grants.communiques.documents import read_document
    from grants.communiques.reading.read import read
    from grants.communiques.told import told

    pages = [example.text for example in texts if example.text.strip()]
    if not pages:
        return
    seconds = [best(lambda text=text: read(text)) for text in pages]
    per_page = sum(seconds) / (sum(map(len, pages)) / PAGE)
    slowest = max(second / len(text) * PAGE for second, text in zip(seconds, pages, strict=True))
    yield Row("reading a page, on average", per_page * 1000, "ms", ratio=per_page * 1000, floor=100, at_most=True)
    yield Row("reading a page, the slowest text", slowest * 1000, "ms", ratio=slowest * 1000, floor=100, at_most=True)
    whole = "\n\n".join(pages)
    for many in (10, 100):
        text = (whole * (many * PAGE // len(whole) + 1))[: many * PAGE]
        took = best(lambda text=text: read(text), tries=1)
        yield Row(f"reading {many} pages", took * 1000, "ms", note=f"{took / many * 1000:.1f} ms a page")
    page = (whole * (PAGE // len(whole) + 1))[:PAGE]
    for kind, content in documents(page).items():
        took = best(lambda content=content: told(read(read_document(content, "page").text)))
        yield Row(f"a page as {kind}, from its bytes to the object", took * 1000, "ms")


def documents(page: str) -> dict[str, bytes]:
    """The same text as documents of several kinds."""
    word, bytes_ = docx.Document(), io.BytesIO()
    for line in page.splitlines():
        word.add_paragraph(line)
    word.save(bytes_)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in page.splitlines())
    return {
        "plain text": page.encode(),
        "HTML": f"<!DOCTYPE html><html lang='fr'><body><main>{paragraphs}</main></body></html>".encode(),
        "DOCX": bytes_.getvalue(),
    }


def best(action: Callable[[], object], tries: int = TRIES) -> float:
    """The least seconds of a few tries: what else the machine did is not ours."""
    taken = []
    for _ in range(tries):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return min(taken)


def as_lines(each: list[Score]) -> str:
    """A line for each text, its faults below it, and one for all."""
    width = max((len(one.name) for one in each), default=3)
    head = "  ".join(name.rjust(9) for name in Score.SHARES)
    lines = [f"{'':{width}}  {head}"]
    for one in [*each, together(each)]:
        shares = "  ".join(str(getattr(one, name)).rjust(9) for name in Score.SHARES)
        lines.append(f"{one.name:{width}}  {shares}")
        lines += [f"    {fault}" for fault in one.faults]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """0 where every floor is held, 1 where one is not."""
    ready()
    from .table import as_text

    folders = [Path(argument) for argument in arguments] or [OURS]
    rows = list(run(folders, print))
    print("\n" + as_text(rows))
    return any(row.verdict == "FAIL" for row in rows)


def ready() -> None:
    """Make the registry's settings readable; no database is asked."""
    import django

    for name, value in {
        "DJANGO_SETTINGS_MODULE": "otnregistry.settings",
        "SECRET_KEY": "only-to-read-the-settings-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": "postgres://localhost/none",
    }.items():
        os.environ.setdefault(name, value)
    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
