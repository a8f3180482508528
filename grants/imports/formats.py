"""The formats of the staff's import and export screens (django-import-export), on our own reader and writers.

The stock ones refuse every ODS, semicolons, cp1252 and French amounts, and let ``==1+1`` out as a live cell.
"""

import logging
from collections.abc import Iterator
from typing import Any

import tablib
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from import_export.formats import base_formats

from grants.exports.escaping import unescape
from grants.exports.writers import Column, write_csv, write_ods, write_xlsx

from .errors import SheetError
from .reading import Sheet, read_sheet

logger = logging.getLogger(__name__)


class SheetDataset(tablib.Dataset):
    """A dataset that remembers where it comes from.

    ``row_numbers`` are the sheet's own numbers, one per row, for messages that people can follow;
    ``sheet`` holds the rest: encoding, delimiter, title, doubts.
    """

    def __init__(self, sheet: Sheet, rows: list[list[Any]]) -> None:
        super().__init__(*rows, headers=sheet.headers)
        self.sheet = sheet
        self.row_numbers = [row.number for row in sheet.rows]

    def row_number(self, position: int) -> int:
        """The sheet's own number of the dataset's row, itself counted from 1 as import results count."""
        return self.row_numbers[position - 1]


class SheetFormat(base_formats.Format):
    """What our formats share; ``kind`` is the reader's name of the format."""

    kind = ""
    title = ""
    content_type = ""

    def __init__(self, encoding: str | None = None) -> None:
        # The screens pass an encoding to every format; ours find it in the file.
        super().__init__()

    def get_title(self) -> str:
        return self.title

    def get_extension(self) -> str:
        return self.kind

    def get_content_type(self) -> str:
        return self.content_type

    def is_binary(self) -> bool:
        """Always: text too is given and taken as bytes, so that finding its encoding is our affair."""
        return True

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> SheetDataset:
        """The first filled sheet of the file; raises SheetError, worded for the person who chose the file."""
        sheet = read_sheet(in_stream, "", kind=self.kind)
        return SheetDataset(sheet, [[self.read_cell(value) for value in row.values] for row in sheet.rows])

    def read_cell(self, value: Any) -> Any:
        """A cell as resources expect it: text is "" rather than None when blank."""
        return "" if value is None else value

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The dataset as the bytes of a file; each cell is written after its own type."""
        columns = [Column(str(header), kind="any") for header in dataset.headers or []]
        return self.write(columns, iter(dataset), dataset.title or "")

    def write(self, columns: list[Column], rows: Iterator[Any], title: str) -> bytes:
        """The bytes of a file; each format has its own writer."""
        raise NotImplementedError


class CSV(SheetFormat):
    """Text cut by commas, semicolons or tabs when read; by commas when written."""

    kind = "csv"
    title = "CSV"
    content_type = "text/csv; charset=utf-8"

    def read_cell(self, value: Any) -> Any:
        return unescape(super().read_cell(value))

    def write(self, columns: list[Column], rows: Iterator[Any], title: str) -> bytes:
        return b"".join(write_csv(columns, rows))


class XLSX(SheetFormat):
    """Excel workbooks since 2007."""

    kind = "xlsx"
    title = "XLSX"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, columns: list[Column], rows: Iterator[Any], title: str) -> bytes:
        with write_xlsx(columns, rows, title=title, language=get_language() or "fr") as file:
            return file.read()


class ODS(SheetFormat):
    """OpenDocument workbooks, as LibreOffice writes them."""

    kind = "ods"
    title = "ODS"
    content_type = "application/vnd.oasis.opendocument.spreadsheet"

    def write(self, columns: list[Column], rows: Iterator[Any], title: str) -> bytes:
        with write_ods(columns, rows, title=title, language=get_language() or "fr") as file:
            return file.read()


class XLS(SheetFormat):
    """Excel workbooks before 2007: read, never written."""

    kind = "xls"
    title = "XLS"
    content_type = "application/vnd.ms-excel"

    def can_export(self) -> bool:
        return False


FORMATS = [CSV, XLSX, ODS, XLS]

# The screens give numbers and dates as such to the formats of this list, and their text to the others.
# A number given as text would be escaped in CSV when negative, and be no number in a workbook.
base_formats.BINARY_FORMATS += [format_ for format_ in FORMATS if format_ not in base_formats.BINARY_FORMATS]


def reading_errors(error: Exception, file: str) -> list[Any]:
    """What a form shows when a file could not be read: our own sentences, or a plain one for a fault of ours.

    ``file`` is the name its owner gave it. A fault of ours goes to the log with its traceback.
    """
    if isinstance(error, SheetError):
        return error.sentences(file)
    logger.error("A sheet could not be read", exc_info=error)
    return [_("This file could not be read. The fault is on our side and has been recorded.")]
