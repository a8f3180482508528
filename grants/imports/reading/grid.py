"""The titles of a sheet, and what each row owes them."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError
from ..sheets import Limits, Value

# Tabs and line ends are ordinary inside a cell; nothing else below the space is.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass
class Grid:
    """Titles of the columns, found in row ``header_row``; ``delimiter`` is "" in a workbook."""

    headers: list[str]
    header_row: int
    limits: Limits
    title: str = ""
    delimiter: str = ""
    _untitled: set[int] = field(default_factory=set)

    @classmethod
    def under(
        cls, titles: list[Any], header_row: int, limits: Limits, *, title: str = "", delimiter: str = ""
    ) -> "Grid":
        """The grid below a row of titles; raises SheetError for a repeated, unreadable or too long row."""
        headers = ["" if value is None else " ".join(str(value).split()) for value in titles]
        while not headers[-1]:
            headers.pop()
        check_width(len(headers), limits, title)
        grid = cls(headers, header_row, limits, title, delimiter)
        grid._check_titles()
        return grid

    def _check_titles(self) -> None:
        seen: dict[str, int] = {}
        for index, header in enumerate(self.headers):
            for message, params in self._text_faults(header):
                raise self._error(message, self.header_row, index, header, params)
            key = header.casefold()
            if key and key in seen:
                params = {"first": letters(seen[key]), "second": letters(index)}
                message = _(
                    "This title stands twice, in columns %(first)s and %(second)s. Each title must be used once."
                )
                raise SheetError(message, params=params, row=self.header_row, column=header, sheet=self.title)
            seen[key] = index

    def unwrapped(self, values: list[Any]) -> list[Any]:
        """The cells of a text row that was put between quotation marks as a whole, else the row as it is."""
        if len(values) != 1 or not self.delimiter or len(self.headers) == 1:
            return values
        try:
            inner = next(csv.reader([str(values[0])], delimiter=self.delimiter, strict=True))
        except (csv.Error, StopIteration):
            return values
        return [cell.strip() or None for cell in inner] if len(inner) == len(self.headers) else values

    def fitted(self, values: list[Any]) -> list[Value]:
        """One value per title: short rows are filled with None; errors() refuses what hangs over."""
        width = len(self.headers)
        return (values + [None] * (width - len(values)))[:width]

    def errors(self, number: int, values: list[Any]) -> Iterator[SheetError]:
        """Everything wrong with the cells of row ``number``."""
        yield from self._length_errors(number, values)
        for index, value in enumerate(values):
            if isinstance(value, str):
                for message, params in self._text_faults(value):
                    yield self._error(message, number, index, value, params)

    def _length_errors(self, number: int, values: list[Any]) -> Iterator[SheetError]:
        width = len(self.headers)
        if self.delimiter and any(value is not None for value in values[width:]):
            message = _(
                "This row has more cells (%(cells)s) than there are titles (%(titles)s). "
                "A cell that contains “%(delimiter)s” must be put between quotation marks."
            )
            shown = "⇥" if self.delimiter == "\t" else self.delimiter
            params = {"cells": len(values), "titles": width, "delimiter": shown}
            yield SheetError(message, params=params, row=number)
            return
        if self.delimiter and len(values) == 1 and width > 1 and self.delimiter in str(values[0]):
            message = _("This whole row stands between quotation marks and cannot be cut into cells.")
            yield SheetError(message, row=number)
            return
        for index, value in enumerate(values):
            if value is not None and (index >= width or not self.headers[index]):
                yield from self._untitled_error(number, index, value)

    def _untitled_error(self, number: int, index: int, value: Any) -> Iterator[SheetError]:
        """Once per column: the fault is in the titles, not in each row."""
        if index in self._untitled:
            return
        self._untitled.add(index)
        message = _("This column has values but no title in row %(header)s. The first filled row must hold the titles.")
        yield self._error(message, number, index, value, {"header": self.header_row})

    def _text_faults(self, text: str) -> Iterator[tuple[Any, dict[str, Any]]]:
        control = CONTROL.search(text)
        if control:
            params = {"code": f"U+{ord(control.group()):04X}", "position": control.start() + 1}
            yield _("This cell contains the control character %(code)s at position %(position)s."), params
        if "\ufffd" in text:
            yield (
                _("A character of this cell is lost (“�”). Save the file again as UTF-8, or type it anew."),
                {},
            )
        if len(text) > self.limits.characters:
            params = {"found": len(text), "most": self.limits.characters}
            yield _("This cell has %(found)s characters; %(most)s at most are accepted."), params

    def _error(self, message: Any, row: int, index: int, value: Any, params: dict[str, Any]) -> SheetError:
        name = self.headers[index] if index < len(self.headers) and self.headers[index] else letters(index)
        return SheetError(message, params=params, row=row, column=name, value=value, sheet=self.title or None)


def check_width(columns: int, limits: Limits, title: str = "") -> None:
    """Raise SheetError for more columns than ``limits`` accept."""
    if columns > limits.columns:
        message = _("This sheet has %(found)s columns; %(most)s at most are accepted.")
        raise SheetError(message, params={"found": columns, "most": limits.columns}, sheet=title or None)


def too_many_rows(limits: Limits, title: str = "") -> SheetError:
    """The error for a sheet that has more filled rows than ``limits`` accept."""
    message = _("This sheet has too many rows: %(most)s at most are accepted. Cut it into several files.")
    return SheetError(message, params={"most": limits.rows}, sheet=title or None)


def letters(index: int) -> str:
    """The spreadsheet's name of a column counted from 0: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
