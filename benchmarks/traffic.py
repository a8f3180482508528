"""python -m benchmarks.traffic FIRST FILE: what visitors and editors notice while a sheet comes in.

FIRST is imported and published. Then, while the worker reads and applies FILE, a visitor goes from page to page, an
editor saves, and the locks of the database are watched. Some of what the editor saves, the sheet changes too.
"""

from __future__ import annotations

import csv
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
import psycopg

from otnregistry import environment as env

from .measuring import child_result, high_water, percentile
from .ours import pieces, take
from .serving import Reader, Site, site
from .uploading import upload

QUIET_REQUESTS = 200
LONGEST_WAIT = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)::float FROM pg_locks
    WHERE NOT granted AND waitstart IS NOT NULL
"""
PUBLISH = """
    UPDATE {table} SET publication = 'published', ready_at = now(), published_at = now() WHERE publication = 'draft'
"""


class Repeated(threading.Thread):
    """Does something again and again until it is stopped; keeps what each turn gave."""

    def __init__(self, work: Callable[[], float], pause: float) -> None:
        super().__init__(daemon=True)
        self.work, self.pause = work, pause
        self.ended = threading.Event()
        self.found: list[float] = []
        self.faults: list[str] = []

    def run(self) -> None:
        while not self.ended.wait(self.pause):
            try:
                self.found.append(self.work())
            except Exception as error:  # told in the result: a failed save is a figure too
                self.faults.append(f"{type(error).__name__}: {error}"[:200])

    def stop(self) -> None:
        self.ended.set()
        self.join()


def prepare(file: Path, user: Any) -> None:
    """Bring in the first sheet and show it to the public."""
    from django.db import connection

    from grants.imports.steps.files import store_file
    from grants.models import Import

    batch = Import.objects.create(file_name=file.name, noun="grant", state="reading", imported_by=user)
    store_file(batch, pieces(file))
    take("read", batch.pk)
    take("apply", batch.pk)
    with connection.cursor() as cursor:
        for table in ("grants_organisation", "grants_programme", "grants_grant"):
            cursor.execute(PUBLISH.format(table=table))
        cursor.execute("ANALYZE")


def paths() -> list[str]:
    """The pages of a visit: home, lists, searches, records; in both languages."""
    from django.urls import reverse
    from django.utils.translation import override

    from grants.models import Grant, Organisation

    made = []
    for language in ("fr", "en"):
        with override(language):
            lists = [reverse(f"public:{noun}-list") for noun in ("grant", "organisation", "programme")]
            search = reverse("public:search")
            made += [reverse("public:home"), *lists, f"{lists[0]}?q=patrimoine", f"{search}?q=ecole"]
            for noun, records in (("grant", Grant), ("organisation", Organisation)):
                some = records.objects.published().order_by("pk").values_list("public_id", flat=True)[:2000:400]
                made += [reverse(f"public:{noun}-detail", args=[public_id]) for public_id in some]
    return made


def amended(first: Path, file: Path) -> list[str]:
    """The references of the first sheet's rows that the other sheet says otherwise."""
    with first.open(encoding="utf-8", newline="") as one, file.open(encoding="utf-8", newline="") as other:
        pairs = zip(csv.DictReader(one), csv.DictReader(other), strict=False)
        return [was["award_id"] for was, now in pairs if was["award_id"] == now["award_id"] and was != now]


class Editor:
    """Saves a grant at a time, every third one a grant that the sheet changes too."""

    def __init__(self, references: list[str]) -> None:
        from grants.models import Grant

        some = Grant.objects.order_by("pk")
        self.any = list(some.values_list("pk", flat=True)[:5000])
        self.changed = list(some.filter(reference__in=references).values_list("pk", flat=True))
        self.saved: dict[int, str] = {}
        self.turn = 0

    def save(self) -> float:
        """One save, in seconds."""
        from grants.models import Grant

        self.turn += 1
        among = self.changed if self.turn % 3 == 0 and self.changed else self.any
        pk = among[self.turn * 37 % len(among)]
        began = time.perf_counter()
        grant = Grant.objects.get(pk=pk)
        grant.title_en = f"Seen by an editor {self.turn}"
        grant.save(update_fields=["title_en"])
        seconds = time.perf_counter() - began
        self.saved[pk] = grant.title_en
        return seconds

    def lost(self) -> int:
        """How many saves are no longer there."""
        from grants.models import Grant

        there = dict(Grant.objects.filter(pk__in=self.saved).values_list("pk", "title_en"))
        return sum(there.get(pk) != title for pk, title in self.saved.items())


def read_until(reader: Reader, is_done: Callable[[], bool], least: int) -> list[float]:
    """Ask for pages, at least so many, until something is done."""
    taken: list[float] = []
    while len(taken) < least or not is_done():
        taken.append(reader.ask()[1])
    return taken


def bring_in(place: Site, reader: Reader, file: Path, user: Any) -> dict[str, Any]:
    """Send the sheet as a browser does, let the worker read and apply it; what the visitor waited meanwhile."""
    from django.urls import reverse

    from grants.imports.jobs import enqueue
    from grants.models import Import

    before, began = place.web_memory(), time.perf_counter()
    upload(place.port, reverse("admin:grants_import_add"), file, user)
    found: dict[str, Any] = {"upload_seconds": time.perf_counter() - began}
    found["web_growth"] = max(most - before.get(pid, 0) for pid, most in place.web_memory().items())
    batch = Import.objects.latest("pk")
    for step, during, after in (("read", "reading", "preview"), ("apply", "applying", "applied")):
        began = time.perf_counter()
        if step == "apply" and not enqueue(step, batch.pk):
            raise SystemExit("the apply could not be queued")
        found[during] = read_until(reader, lambda: state(batch.pk) != during, 20)  # noqa: B023 (called at once)
        found[f"{step}_seconds"] = time.perf_counter() - began
        if state(batch.pk) != after:
            raise SystemExit(f"{step} left the import {state(batch.pk)}")
    return {**found, "worker_memory": high_water(place.worker.pid)}


def state(pk: int) -> str:
    from grants.models import Import

    return Import.objects.values_list("state", flat=True).get(pk=pk)


def main(first: Path, file: Path) -> None:
    from django.contrib.auth import get_user_model

    user, _ = get_user_model().objects.get_or_create(username="bench", is_superuser=True, is_staff=True)
    prepare(first, user)
    watching = psycopg.connect(env.text("DATABASE_URL"), autocommit=True)
    editor = Editor(amended(first, file))
    with child_result() as result, site() as place:
        reader = Reader(place.port, paths())
        read_until(reader, lambda: True, len(reader.paths) * 2)  # until everything is warm
        quiet = read_until(reader, lambda: True, QUIET_REQUESTS)
        saves = Repeated(editor.save, 0.25)
        waits = Repeated(lambda: watching.execute(LONGEST_WAIT).fetchone()[0], 0.05)
        for thread in (saves, waits):
            thread.start()
        found = bring_in(place, reader, file, user)
        for thread in (saves, waits):
            thread.stop()
        reading, applying = found.pop("reading"), found.pop("applying")
        result.update(
            found,
            quiet_p95=percentile(quiet, 0.95),
            busy_p95=percentile(reading + applying, 0.95),
            reading_p95=percentile(reading, 0.95),
            applying_p95=percentile(applying, 0.95),
            requests=len(reading) + len(applying),
            longest_lock_wait=max(waits.found, default=0.0),
            saves=len(saves.found),
            save_p95=percentile(saves.found or [0.0], 0.95),
            save_longest=max(saves.found, default=0.0),
            save_faults=saves.faults,
            saves_lost=editor.lost(),
        )
    with suppress(psycopg.Error):
        watching.close()


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), Path(sys.argv[2]))
