"""What goes beside the rows of a sheet: it waits in files while the rows take the connection."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from typing import Any

from django.utils.translation import override

from grants.imports.reading import SheetLine
from grants.values.folding import fold

LONGEST_VALUE = 200
# What lines that are no data carry of themselves.
LONGEST_EXCLUDED = 500


def spooled() -> Any:
    """A text that stays in memory while it is short."""
    return tempfile.SpooledTemporaryFile(1 << 22, "w+", encoding="utf-8")


class Aside:
    """What goes beside the rows: it waits in files while the rows take the connection."""

    parts = {
        "problems": ("number", "column_name", "value", "code", "params"),
        "excluded": ("number", "reason", "cells", "amount"),
        "lines": ("number", "column_name", "position", "key", "written", "extra"),
    }

    def __enter__(self) -> Aside:
        self.stack = ExitStack()
        self.files = {part: self.stack.enter_context(spooled()) for part in self.parts}
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def add(self, part: str, *values: Any) -> None:
        """Put one row aside. PostgreSQL has no zero byte."""
        line = json.dumps(values, ensure_ascii=True, default=str)
        self.files[part].write(line.replace("\\u0000", "\\ufffd") + "\n")

    def add_fault(self, line: SheetLine) -> None:
        """A row that could not be read: the reader's own words, kept so that any language can say them."""
        with override(None):
            words = str(line.fault.message)  # type: ignore[union-attr]
        params = {"words": words, "params": getattr(line.fault, "params", None) or {}}
        value = str(getattr(line.fault, "value", "") or "")[:LONGEST_VALUE]
        self.add("problems", line.number, "", value, "unreadable", params)

    def add_excluded(self, line: SheetLine, amount: Any) -> None:
        """A line that is no data."""
        cells = " | ".join(str(cell) for cell in line.cells if cell is not None)[:LONGEST_EXCLUDED]
        self.add("excluded", line.number, line.reason or line.kind, cells, None if amount is None else str(amount))

    def add_many(self, number: int, column: Any, things: Any) -> None:
        """The things that one cell holds: texts, or (name, kind)."""
        for position, thing in enumerate(things):
            written, extra = thing if isinstance(thing, tuple) else (thing, "")
            self.add("lines", number, column.name, position, fold(written), written, extra)

    def copy_into(self, cursor: Any, table: str, part: str, columns: tuple[str, ...]) -> None:
        """Write what waits into its table."""
        file = self.files[part]
        file.seek(0)
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for line in file:
                values = json.loads(line)
                copy.write_row([json.dumps(value) if isinstance(value, dict) else value for value in values])
