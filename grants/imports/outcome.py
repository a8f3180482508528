"""What came of a sheet that was brought in by a command, as plain values and in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.bilingual import current_language
from grants.values.wording import money

from .errors import SheetError, visible

ALL_IN, SOME_REFUSED, FILE_REFUSED = 0, 1, 2
OPTIONS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that stays out, and why. `column` is the sheet's title, "" for the row as a whole.

    `others` is what else is wrong with the row, so that each row is told once.
    """

    row: int
    column: str
    value: str
    reason: str
    others: tuple[Refusal, ...] = ()

    def beside(self, others: Iterable[Refusal]) -> Refusal:
        """The same with what else is wrong."""
        return replace(self, others=tuple(others))

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        found: dict[str, Any] = {"row": self.row, "column": self.column, "value": self.value, "reason": self.reason}
        if self.others:
            found["others"] = [other.as_json() for other in self.others]
        return found

    def in_words(self) -> Iterator[str]:
        """One sentence for each thing wrong."""
        yield str(SheetError(self.reason, row=self.row, column=self.column or None, value=self.value or None))
        for other in self.others:
            yield from other.in_words()


@dataclass(frozen=True)
class Assumption:
    """Something that the file does not decide, and what was taken for granted. `column` is a title or ""."""

    code: str
    column: str
    assumed: str
    options: list[str]
    evidence: list[str]

    def __str__(self) -> str:
        words = str(ASSUMPTIONS.get(self.code, _("Not decided by the file: “%(code)s”."))) % {"code": self.code}
        place = SheetError(words, column=self.column or None)
        others = [option for option in self.options if option != self.assumed][:OPTIONS_SHOWN]
        said = _("Assumed: %(assumed)s.") % {"assumed": visible(self.assumed) or "—"}
        if others:
            said += " " + _("It could be: %(others)s.") % {"others": ", ".join(map(visible, others))}
        return f"{place} {said}"


@dataclass(frozen=True)
class Outcome:
    """What came of a file. Counts are rows; `amount_sum` is that of the rows accepted, in `currency`."""

    file: str
    sheet: str = ""
    header_row: int = 0
    profile: str = ""
    encoding: str = ""
    delimiter: str = ""
    identity: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    rows_read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    rows_refused: int = 0
    excluded: list[dict[str, Any]] = field(default_factory=list)
    amount_sum: Decimal | None = None
    currency: str = ""
    assumed: list[Assumption] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    seconds: float = 0
    dry_run: bool = False
    applied: bool = False
    import_id: int | None = None
    error: str = ""

    @property
    def status(self) -> int:
        """The status with which a command ends: 0 all in, 1 some rows refused, 2 file refused."""
        if self.error:
            return FILE_REFUSED
        return SOME_REFUSED if self.rows_refused else ALL_IN

    def timed(self, seconds: float) -> Outcome:
        """The same with the time that it took."""
        return replace(self, seconds=round(seconds, 3))

    def as_json(self) -> Iterator[str]:
        """One JSON object piece by piece, the long lists one item a line."""
        mark = "{"
        for name in (*JSON_NAMES, "error") if self.error else JSON_NAMES:
            value = getattr(self, name)
            yield f"{mark}\n  {json.dumps(name)}: "
            mark = ","
            if name in ("refused", "excluded"):
                yield from listed(item if isinstance(item, dict) else item.as_json() for item in value)
            elif name == "assumed":
                yield in_json([vars(assumption) for assumption in value])
            elif name == "amount_sum":
                yield in_json(str(value if value is not None else Decimal("0.00")))
            else:
                yield in_json(value)
        yield "\n}\n"

    def notes(self) -> Iterator[str]:
        """What somebody should know besides the figures."""
        if self.error:
            return
        yield from map(str, self.assumed)
        yield from self.doubts
        if not self.rows_read:
            yield _("This file has titles and no row of data: nothing was written.")

    def in_words(self) -> Iterator[str]:
        """The same, line by line, in the language active now."""
        if self.error:
            yield _("File refused: %(reason)s") % {"reason": self.error}
            return
        yield from self.how_it_was_read()
        yield from self.what_became_of_rows()
        for line in self.excluded:
            left_out = _("Row %(number)s left out: %(reason)s") % self.line_of(line)
            yield f"  {left_out}"
        yield from (f"  {words}" for refusal in self.refused for words in refusal.in_words())
        yield self.last_word()

    def how_it_was_read(self) -> Iterator[str]:
        """File, sheet, titles and columns."""
        file = _("File “%(name)s”, sheet “%(sheet)s”") if self.sheet else _("File “%(name)s”")
        yield file % {"name": visible(self.file), "sheet": visible(self.sheet)}
        titles = _("Titles in row %(row)s, profile “%(profile)s”.") if self.profile else _("Titles in row %(row)s.")
        yield titles % {"row": self.header_row, "profile": self.profile}
        if self.encoding:
            delimiter = {"\t": _("tab")}.get(self.delimiter, self.delimiter)
            yield _("Encoding %(encoding)s, cut by “%(delimiter)s”.") % {
                "encoding": self.encoding,
                "delimiter": delimiter,
            }
        for title, name in self.mapping.items():
            yield f"  {visible(title)} → {name}"
        if self.ignored:
            yield _("Not imported: %(titles)s.") % {"titles": ", ".join(map(visible, self.ignored))}

    def what_became_of_rows(self) -> Iterator[str]:
        """The counts and the sum."""
        yield _(
            "%(read)s rows read: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused."
        ) % {
            "read": self.rows_read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.rows_refused,
        }
        if self.amount_sum is not None:
            words = money(self.amount_sum, current_language(), self.currency or "CAD")
            yield _("Sum of the amounts accepted: %(sum)s.") % {"sum": words}

    def line_of(self, line: dict[str, Any]) -> dict[str, Any]:
        """What the sentence about a row that is no data needs."""
        return {"number": line["row"], "reason": line["reason"]}

    def last_word(self) -> str:
        """What was written, and how long it took."""
        if self.dry_run:
            return _("A trial: nothing was written. %(seconds)s s.") % {"seconds": self.seconds}
        if not self.applied:
            return _("Nothing was written. %(seconds)s s.") % {"seconds": self.seconds}
        written = self.new + self.changed
        return ngettext(
            "%(count)s record written by import %(id)s. %(seconds)s s.",
            "%(count)s records written by import %(id)s. %(seconds)s s.",
            written,
        ) % {"count": written, "id": self.import_id, "seconds": self.seconds}


def in_json(value: Any) -> str:
    """Plain values as JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def listed(items: Iterable[Any]) -> Iterator[str]:
    """A JSON list, one item a line."""
    mark = "["
    for item in items:
        yield f"{mark}\n    {in_json(item)}"
        mark = ","
    yield "[]" if mark == "[" else "\n  ]"


JSON_NAMES = (
    *("file", "sheet", "header_row", "profile", "encoding", "delimiter", "identity", "mapping", "ignored"),
    *("rows_read", "new", "changed", "unchanged", "refused", "excluded", "amount_sum", "currency", "assumed", "doubts"),
    *("seconds", "dry_run", "applied", "import_id"),
)
ASSUMPTIONS = {
    "date_order": gettext_lazy("These dates can be read in two ways."),
    "number_style": gettext_lazy("These numbers can be read in two ways."),
    "currency": gettext_lazy("The file does not say which currency its amounts are in."),
    "sheet": gettext_lazy("Several sheets could be the one to read."),
    "header": gettext_lazy("Several rows could be the titles."),
    "repeated_title": gettext_lazy("Several columns have this title."),
}
