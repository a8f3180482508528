"""What an import did, or would do: each row's fate and, cell by cell, what changes."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from import_export.results import Result, RowResult

from .errors import SheetError


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that changes, as the preview shows it."""

    label: str
    before: str
    after: str


class SheetRowResult(RowResult):
    """What became of one row. `number` is the sheet's own, header counted; `doubts` do not prevent the import."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.problems: list[SheetError] = []
        self.doubts: list[SheetError] = []


class SheetResult(Result):
    """What became of all rows. `batch` is the Import that was recorded; `only_good_rows`: the others may stay out."""

    def __init__(self) -> None:
        super().__init__()
        self.file_problems: list[SheetError] = []
        self.file_doubts: list[SheetError] = []
        self.batch: Any = None
        self.only_good_rows = False

    @property
    def problems(self) -> list[SheetError]:
        """Everything that prevents the import: the file's faults first, then the rows' in their order."""
        return [*self.file_problems, *(problem for row in self.rows for problem in row.problems)]

    @property
    def doubts(self) -> list[SheetError]:
        """Everything that somebody should look at."""
        return [*self.file_doubts, *(doubt for row in self.rows for doubt in row.doubts)]

    def has_errors(self) -> bool:
        """Whether nothing may be written; one answer for all faults, so that the screens show them together."""
        if self.base_errors or self.file_problems:
            return True
        return not self.only_good_rows and any(row.problems for row in self.rows)

    def has_validation_errors(self) -> bool:
        return False

    @property
    def new(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_NEW]

    @property
    def changed(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_UPDATE]

    @property
    def unchanged(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_SKIP]

    @property
    def refused(self) -> int:
        return self.totals[RowResult.IMPORT_TYPE_INVALID] + self.totals[RowResult.IMPORT_TYPE_ERROR]

    @property
    def written_rows(self) -> list[SheetRowResult]:
        """The rows that become or change a record."""
        return [row for row in self.rows if row.is_new() or row.is_update()]

    def digest(self) -> str:
        """A fingerprint of what would be written, to tell whether a preview still holds."""
        seen = [
            [row.number, row.import_type, [[cell.before, cell.after] for cell in row.diff or []]] for row in self.rows
        ]
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()
