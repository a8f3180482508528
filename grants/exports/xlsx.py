"""XLSX files: typed cells, a header row that stays in sight, a title and a language for screen readers."""

import re
import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager

from .cells import Column, digits, plain
from .escaping import safe_csv_text

CELL_CHARACTERS = 32_767
EXACT_NUMBER = Decimal(10) ** 15
MONEY_FORMAT = "#,##0.00"
WIDTHS = {"text": 32, "identifier": 20, "money": 18, "integer": 12, "date": 14, "boolean": 10, "any": 20}


def write_xlsx(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, title: str = "", language: str = "fr"
) -> IO[bytes]:
    """An open temporary file, at its start, that holds one sheet named after ``title``.

    Text is never a formula nor a link; what exceeds a cell's 32 767 characters is cut and ends with « … ».
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Workbook(file, options | {"strings_to_numbers": False, "nan_inf_to_errors": False})
    book.set_properties({"title": title, "language": language})
    _Sheet(book, columns, title).fill(rows)
    book.close()
    file.seek(0)
    return file


def sheet_name(title: str) -> str:
    """The title as a sheet may be called: 31 characters, none of those that spreadsheets refuse."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")[:31].strip(" '")
    # « History » is taken: spreadsheets keep that name for themselves.
    return name if name and name.casefold() != "history" else "Registre"


class _Sheet:
    """The one sheet of a download, filled row after row."""

    def __init__(self, book: Workbook, columns: Sequence[Column], title: str) -> None:
        self.columns = columns
        self.sheet = book.add_worksheet(sheet_name(title))
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.money = book.add_format({"num_format": MONEY_FORMAT})
        self.as_text = book.add_format({"num_format": "@"})
        # Keeps a text that begins like a formula from becoming one when somebody edits the cell.
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})

    def fill(self, rows: Iterable[Sequence[Any]]) -> None:
        self.sheet.freeze_panes(1, 0)
        self.sheet.repeat_rows(0)
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, WIDTHS[column.kind])
            self.sheet.write_string(0, index, column.name, self.bold)
        number = 0
        for number, row in enumerate(rows, 1):
            for index, (column, value) in enumerate(zip(self.columns, row, strict=True)):
                self._write(number, index, column, value)
        if self.columns:
            self.sheet.autofilter(0, 0, number, len(self.columns) - 1)

    def _write(self, row: int, index: int, column: Column, value: Any) -> None:
        value = plain(value, column.kind)
        if value is None:
            return
        if isinstance(value, bool):
            self.sheet.write_boolean(row, index, value)
        elif isinstance(value, Decimal | int) and -EXACT_NUMBER < value < EXACT_NUMBER:
            is_money = column.kind == "money" or (column.kind == "any" and isinstance(value, Decimal))
            self.sheet.write_number(row, index, value, self.money if is_money else None)
        else:
            text = digits(value) if isinstance(value, Decimal | int) else value
            self._write_text(row, index, column, text)

    def _write_text(self, row: int, index: int, column: Column, text: str) -> None:
        if len(text) > CELL_CHARACTERS:
            text = text[: CELL_CHARACTERS - 1] + "…"
        layout = self.as_text if column.kind in ("identifier", "date") else None
        self.sheet.write_string(row, index, text, self.quoted if safe_csv_text(text) != text else layout)


class _Core(Core):
    """The document's properties, with the language, which the library does not write."""

    def _write_cp_category(self) -> None:
        super()._write_cp_category()
        self._xml_data_element("dc:language", self.properties["language"])


class _Packager(Packager):
    def _write_core_file(self) -> None:
        core = _Core()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()


class _Workbook(Workbook):
    def _get_packager(self) -> Packager:
        return _Packager()
