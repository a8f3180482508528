"""A sheet brought in, or an import taken back, at once in this process: the road of the command line.

Reading is one transaction, applying another: whatever ends the process, an import is wholly in or wholly out, and what
was read waits to be looked at. A trial is one transaction that is taken back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.bilingual import current_language
from grants.models import Import, Programme
from grants.models.codes import ImportState

from .errors import SheetError
from .jobs import Quiet
from .lookups import Lookups
from .outcome import Assumption, Outcome
from .reading import Understanding, Wishes, understand
from .refused_rows import excluded_of, refusals_of
from .resources.batches import plain_file_name
from .steps.files import store_file
from .steps.running import run_applying, run_reading, run_undoing

CHUNK = 1 << 20
ASKED = ("code", "column", "assumed", "options", "evidence")
DATE_STYLES = {"dmy", "mdy", "ymd"}


@dataclass(frozen=True)
class Order:
    """What is asked for. `programme` names that of the rows that name none; `reading` are the reader's Wishes.

    `date_order` and `number_style` answer for every column that could be read in two ways.
    """

    path: Path
    noun: str = "grant"
    profile: str = ""
    programme: str = ""
    reading: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    date_order: str = ""
    number_style: str = ""
    user: Any = None
    dry_run: bool = False
    all_or_nothing: bool = False


def bring_in(order: Order, progress: Quiet) -> Outcome:
    """Read the file and write its good rows; what came of it.

    Raises SheetError for what cannot be done as asked; a file that is refused is an Outcome with an error.
    """
    start = time.monotonic()
    programme = programme_called(order.programme)
    if order.dry_run:
        with transaction.atomic():
            outcome = outcome_of(read(order, programme, progress))
            transaction.set_rollback(True)
        return replace(outcome, dry_run=True, import_id=None).timed(time.monotonic() - start)
    batch = read(order, programme, progress)
    if may_write(batch, order):
        batch = write(batch, progress)
    return outcome_of(batch).timed(time.monotonic() - start)


def programme_called(text: str) -> Programme | None:
    """The programme of this public id, name or acronym. Raises SheetError."""
    if not text:
        return None
    try:
        return Lookups().of(Programme).find(text)  # type: ignore[return-value]
    except ValidationError as error:
        raise SheetError(" ".join(error.messages).replace("%", "%%"), params={"": ""}) from error


def read(order: Order, programme: Programme | None, progress: Quiet) -> Import:
    """Keep the file and compare its rows with the registry. Raises SheetError where the file cannot be opened."""
    with transaction.atomic():
        batch = Import.objects.create(
            file_name=plain_file_name(order.path.name),
            noun=order.noun,
            imported_by=order.user,
            programme=programme,
            state=ImportState.READING,
            only_good_rows=not order.all_or_nothing,
            wishes=wishes_of(order),
        )
        store_file(batch, pieces_of(order.path))
        with remembered(batch):
            run_reading(batch.pk, progress)
        batch.refresh_from_db()
        return batch


def wishes_of(order: Order) -> dict[str, Any]:
    """What is asked for, as the import keeps it."""
    reading = dict(order.reading)
    if order.date_order or order.number_style:
        with_styles(order, reading)
    found = {"reading": reading, "profile": order.profile, "constants": order.constants}
    return {name: value for name, value in found.items() if value}


def with_styles(order: Order, reading: dict[str, Any]) -> None:
    """Answer beforehand for the columns that could be read in two ways."""
    try:
        found = understand(order.path, order.path.name, Wishes(**reading))
    except SheetError:
        return  # told when the file is read
    dates = [facts.title for facts in found.columns if facts.date_style in DATE_STYLES]
    numbers = [facts.title for facts in found.columns if facts.looks_like in ("amount", "number")]
    if order.date_order:
        reading["date_styles"] = dict.fromkeys(dates, order.date_order)
    if order.number_style:
        reading["number_styles"] = dict.fromkeys(numbers, order.number_style)


def pieces_of(path: Path) -> Iterator[bytes]:
    """The file in pieces. Raises SheetError where it cannot be read."""
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece
    except OSError as error:
        message = _("This file cannot be opened: %(reason)s.")
        raise SheetError(message, params={"reason": error.strerror}, file=path.name) from error


@contextmanager
def remembered(batch: Import) -> Iterator[None]:
    """What the history remembers of every change."""
    known = {"file": batch.file_name, "import_id": batch.pk, "user": batch.imported_by_id}
    with pghistory.context(**{name: value for name, value in known.items() if value}):
        yield


def may_write(batch: Import, order: Order) -> bool:
    """Whether anything is to be written."""
    if batch.state != ImportState.PREVIEW or (batch.rows_refused and order.all_or_nothing):
        return False
    return bool(batch.rows_read)


def write(batch: Import, progress: Quiet) -> Import:
    """Write the good rows. Killed, it was never begun."""
    with transaction.atomic(), remembered(batch):
        Import.objects.filter(pk=batch.pk, state=ImportState.PREVIEW).update(state=ImportState.APPLYING)
        run_applying(batch.pk, progress)
        batch.refresh_from_db()
    return batch


def take_back(import_id: int, user: Any, progress: Quiet) -> Import:
    """Undo an import. Raises SheetError where it is not one that can be undone."""
    with transaction.atomic():
        batch = Import.objects.select_for_update().filter(pk=import_id).first()
        if batch is None or batch.state != ImportState.APPLIED:
            message = _("Import %(id)s is not there, or was not applied: there is nothing to undo.")
            raise SheetError(message, params={"id": import_id})
        Import.objects.filter(pk=import_id).update(state=ImportState.UNDOING, undone_by=user)
        with remembered(batch):
            run_undoing(import_id, progress)
        batch.refresh_from_db()
        return batch


def outcome_of(batch: Import) -> Outcome:
    """What came of an import, from what it keeps and its tables."""
    outcome = Outcome(file=batch.file_name, import_id=batch.pk)
    if batch.state == ImportState.REFUSED:
        return replace(outcome, error=refusal_of(batch))
    understanding = Understanding.from_json(batch.understanding)
    return replace(
        outcome,
        sheet=batch.sheet,
        header_row=understanding.header_row,
        encoding=understanding.encoding,
        delimiter=understanding.delimiter,
        profile=batch.profile,
        identity=batch.wishes.get("identity") or batch.report.get("identity", ""),
        mapping={title: batch.mapping[title] for title in understanding.titles if title in batch.mapping},
        ignored=[title for title in understanding.titles if title not in batch.mapping],
        rows_read=batch.rows_read,
        new=batch.rows_new,
        changed=batch.rows_changed,
        unchanged=batch.rows_unchanged,
        rows_refused=batch.rows_refused,
        refused=list(refusals_of(batch)),
        excluded=list(excluded_of(batch)),
        amount_sum=batch.amount_sum,
        currency=batch.currency,
        assumed=assumptions(batch, understanding),
        doubts=[str(doubt.error()) for doubt in understanding.doubts],
        applied=batch.state == ImportState.APPLIED,
    )


def refusal_of(batch: Import) -> str:
    """Why the file was refused, in sentences."""
    said = batch.report.get("refusal", {})
    return " ".join(said.get(current_language(), [])) or _("This file cannot be read.")


def assumptions(batch: Import, understanding: Understanding) -> list[Assumption]:
    """What was taken for granted where nobody answered."""
    asked = [vars(question) for question in understanding.questions]
    asked += batch.report.get("mapping", {}).get("questions", [])
    return [Assumption(**{name: question[name] for name in ASKED}) for question in asked]
