"""The blank sheet of a noun: titles with help in comments, lists to choose from, and a second sheet that explains."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from .dictionary import ColumnWords, columns_of
from .nouns import noun_sheet
from .nouns.sheet_columns import SheetColumn

ROWS = 20_000  # rows that the validation covers
LONGEST_LIST = 255  # characters that a workbook keeps of a list to choose from
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # of a validation's message
WIDTHS = {"prose": 50, "text": 28, "reference": 28, "names": 28, "address": 28}
# What the registry says of its own records has no place in a sheet that is filled by hand, but for the id.
KEPT = frozenset(["public_id"])


def write_template(noun: str, language: str) -> bytes:
    """An XLSX file with the titles of a noun's sheet in `language` and no row. Raises KeyError for an unknown noun."""
    with override(language):
        return _write(noun)


def template_columns(noun: str) -> list[SheetColumn]:
    """The columns that people fill in."""
    return [column for column in noun_sheet(noun).columns if not column.readonly or column.name in KEPT]


def _write(noun: str) -> bytes:
    buffer = io.BytesIO()
    columns = template_columns(noun)
    by_name = {words.name: words for words in columns_of(noun)}
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {
            "title": book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1, "text_wrap": True}),
            "needed": book.add_format({"bold": True, "bg_color": "#F7D9A8", "border": 1, "text_wrap": True}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
            "text": book.add_format({"num_format": "@"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        sheet = book.add_worksheet(str(noun_sheet(noun).model._meta.verbose_name_plural)[:31])
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            _write_column(sheet, index, column, by_name[column.name], formats)
        _write_help(book.add_worksheet(_("Help")), [by_name[column.name] for column in columns], formats)
    return buffer.getvalue()


def _write_column(sheet: Any, index: int, column: SheetColumn, words: ColumnWords, formats: dict[str, Any]) -> None:
    sheet.write_string(0, index, words.label, formats["needed" if column.required else "title"])
    sheet.write_comment(0, index, help_of(words), {"x_scale": 2.2, "y_scale": 1.8, "author": _("the registry")})
    # Text keeps what people type: leading zeros, « mars 2021 », long numbers.
    cells = "money" if column.kind == "amount" else "text"
    sheet.set_column(index, index, WIDTHS.get(column.kind, 16), formats[cells])
    if rule := rule_of(column, words):
        said = {"input_title": words.label[:LONGEST_TITLE], "input_message": help_of(words)[:LONGEST_MESSAGE]}
        sheet.data_validation(1, index, ROWS, index, rule | said)


def help_of(words: ColumnWords) -> str:
    """What a cell is for and how it is written, in a few lines."""
    lines = [words.meaning, _("%(label)s: %(text)s") % {"label": _("Obligation"), "text": words.obligation_words}]
    lines.append(_("%(label)s: %(text)s") % {"label": _("Format"), "text": words.format})
    if words.example:
        lines.append(_("%(label)s: %(text)s") % {"label": _("Example"), "text": words.example})
    return "\n".join(line for line in lines if line)


def rule_of(column: SheetColumn, words: ColumnWords) -> dict[str, Any]:
    """The validation of a column's cells, where a workbook can say it. It warns: the reader takes more spellings."""
    warning = {"error_type": "warning", "error_title": words.label[:LONGEST_TITLE], "error_message": words.format[:255]}
    if column.choices and column.kind == "code":
        labels = [label for _code, label in words.choices]
        if len(",".join(labels)) <= LONGEST_LIST:
            return {"validate": "list", "source": labels} | warning
    if column.kind == "yesno":
        return {"validate": "list", "source": [_("yes"), _("no")]} | warning
    if column.kind == "amount":
        return {"validate": "decimal", "criteria": "between", "minimum": -1e14, "maximum": 1e14} | warning
    if column.kind == "integer":
        return {"validate": "integer", "criteria": ">=", "value": 0} | warning
    if column.kind == "date":
        # Text of 4, 7 or 10 characters: a year, a month or a day.
        return {"validate": "length", "criteria": "between", "minimum": 4, "maximum": 25} | warning
    if column.kind == "text" and column.longest:
        return {"validate": "length", "criteria": "<=", "value": column.longest} | warning
    return {}


def _write_help(sheet: Any, columns: list[ColumnWords], formats: dict[str, Any]) -> None:
    """One text below the other, in one column: a reader then never takes this sheet for the one with the rows."""
    sheet.set_column(0, 0, 110)
    row = 0
    for words in columns:
        sheet.write_string(row, 0, f"{words.label} ({words.name})", formats["title"])
        for line in [*help_of(words).splitlines(), choices_of(words)]:
            if line:
                row += 1
                sheet.write_string(row, 0, line, formats["wrapped"])
        row += 2


def choices_of(words: ColumnWords) -> str:
    """The choices of a column in one line, "" where it has none."""
    labels = "; ".join(label for _code, label in words.choices)
    return _("%(label)s: %(text)s") % {"label": _("Choices"), "text": labels} if labels else ""
