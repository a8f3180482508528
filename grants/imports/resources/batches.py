"""The record that an import leaves of itself: which file, by whom, what came of its rows."""

import re
from dataclasses import dataclass, field
from typing import Any

import tablib
from django.db import models
from django.utils import timezone
from pghistory import context

from grants.imports.errors import SheetError
from grants.imports.results import SheetResult
from grants.imports.steps.plan import Plan
from grants.imports.steps.verdicts import as_facts, tally
from grants.models import Import
from grants.models.codes import ImportState

ERRORS_KEPT = 200
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")


@dataclass
class Bringing:
    """One sheet being brought in. `seen` is the digest of the preview that was confirmed, "" for none."""

    user: Any = None
    file_name: str = ""
    fingerprint: str = ""
    seen: str = ""
    sheet: str = ""
    dry_run: bool = True
    row_numbers: list[int] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    batch: Import | None = None

    @classmethod
    def of(cls, dataset: tablib.Dataset, dry_run: bool, kwargs: dict[str, Any]) -> "Bringing":
        """What the caller and the dataset say of the file; takes our own arguments out of `kwargs`."""
        return cls(
            user=kwargs.get("user"),
            file_name=plain_file_name(kwargs.get("file_name") or ""),
            fingerprint=kwargs.pop("fingerprint", ""),
            seen=kwargs.pop("seen", ""),
            sheet=getattr(getattr(dataset, "sheet", None), "sheet", "")[:120],
            dry_run=dry_run,
            row_numbers=list(getattr(dataset, "row_numbers", [])),
        )

    def row_number(self, position: int) -> int:
        """The sheet's own number of the row at `position` (from 1); below one row of titles where it has none."""
        return self.row_numbers[position - 1] if self.row_numbers else position + 1

    def context(self) -> dict[str, Any]:
        """What the history remembers of every change that the sheet makes."""
        known = {"file": self.file_name, "sheet": self.sheet, "user": getattr(self.user, "pk", None)}
        return {name: value for name, value in known.items() if value}

    def start(self, model: type[models.Model]) -> Import:
        """Make the Import that the records will point to."""
        self.batch = self._new(model)
        self.batch.save()
        context(import_id=self.batch.pk)
        return self.batch

    def finish(self, result: SheetResult, plan: Plan, history: Any) -> None:
        """Write what came of it, with what undoing it needs."""
        if self.batch is None:
            return
        for name, value in as_facts(tally(plan)).items():
            setattr(self.batch, name, value)
        self.batch.applied_at = timezone.now()
        self.batch.report = {"columns": plan.columns, "identity": plan.identity, "context": str(history.id)}
        self.batch.save()

    def record_refusal(self, result: SheetResult, model: type[models.Model]) -> Import:
        """Remember an import of which nothing was written, and why."""
        batch = self._new(model)
        batch.state = ImportState.REFUSED
        batch.errors = [_as_json(problem) for problem in result.problems[:ERRORS_KEPT]]
        self._count(batch, result)
        batch.save()
        return batch

    def _new(self, model: type[models.Model]) -> Import:
        return Import(
            file_name=self.file_name,
            fingerprint=self.fingerprint,
            sheet=self.sheet,
            noun=model._meta.model_name or "",
            imported_by=self.user,
            mapping=self.mapping,
        )

    def _count(self, batch: Import, result: SheetResult) -> None:
        batch.rows_new, batch.rows_changed = result.new, result.changed
        batch.rows_unchanged, batch.rows_refused = result.unchanged, result.refused
        batch.rows_read = result.new + result.changed + result.unchanged + result.refused


def _as_json(problem: SheetError) -> dict[str, Any]:
    value = None if problem.value is None else str(problem.value)[:200]
    return {"row": problem.row, "column": problem.column, "value": value, "message": problem.words}


def plain_file_name(name: str) -> str:
    """The name of a file without folders or hidden characters, 255 characters at most."""
    return _HIDDEN.sub("", re.split(r"[\\/]", name)[-1])[:255]
