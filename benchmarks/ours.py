"""python -m benchmarks.ours FILE [apply] [undo]: one sheet the whole road that the worker takes, and what it took.

The file is kept, read, compared with the registry; the first page of the preview is made; it is applied; it is taken
back. Each step is the very one that a job of the queue runs, its progress told and its lock held.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import django

from .measuring import Stopwatch, child_result

NEXT = {"apply": "applying", "undo": "undoing"}
DONE = {"read": "preview", "apply": "applied", "undo": "undone"}


def pieces(file: Path) -> Iterator[bytes]:
    """A file as an upload brings it."""
    with file.open("rb") as opened:
        while piece := opened.read(1 << 16):
            yield piece


def take(step: str, pk: int) -> None:
    """Let the worker's code do a step. Raises SystemExit where the import does not end as it should."""
    from grants.imports.jobs.steps import take_step
    from grants.models import Import

    if step in NEXT:
        Import.objects.filter(pk=pk).update(state=NEXT[step])
    take_step(step, pk)
    batch = Import.objects.get(pk=pk)
    if batch.state != DONE[step]:
        raise SystemExit(f"{step} left the import {batch.state}: {batch.report}")


def main(file: Path, steps: list[str]) -> None:
    from django.contrib.auth import get_user_model
    from django.db.models import Sum

    from grants.imports.steps import preview
    from grants.imports.steps.files import store_file
    from grants.models import Grant, Import

    user, _ = get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    with child_result() as result:
        watch = Stopwatch()
        batch = Import.objects.create(file_name=file.name, noun="grant", state="reading", imported_by=user)
        store_file(batch, pieces(file))
        watch.lap("keep")
        take("read", batch.pk)
        watch.lap("read")
        batch.refresh_from_db()
        preview.summary(batch)
        result["shown"] = len(list(preview.rows(batch, limit=50)))
        watch.lap("page")
        for step in steps:
            take(step, batch.pk)
            watch.lap(step)
            if step == "apply":
                batch.refresh_from_db()
                for count in ("read", "new", "changed", "unchanged", "refused"):
                    result[count] = getattr(batch, f"rows_{count}")
        result["laps"] = watch.laps
        result["wall"] = sum(seconds for name, seconds in watch.laps.items() if name != "undo")
        result["grants"] = Grant.objects.count()
        result["amount_sum"] = str(Grant.objects.aggregate(total=Sum("amount"))["total"])


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), sys.argv[2:])
