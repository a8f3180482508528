"""XLSX sheets with marked cells, as the programs that people use open them."""

import io
from decimal import Decimal

import openpyxl
import python_calamine

from grants.exports.cells import Column
from grants.exports.marked import COMMENTS, MarkedRow, MarkedSheet, stream_marked_xlsx

COLUMNS = [Column("a", "Nom", "identifier"), Column("b", "Montant", "any"), Column("c", "Date", "date")]


def workbook(*sheets):
    """The bytes of a workbook of these sheets."""
    return b"".join(stream_marked_xlsx(sheets, title="essai.csv"))


def opened(*rows):
    """The only sheet of a workbook, as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook(MarkedSheet("Essai", COLUMNS, rows)))).active


def test_a_marked_cell_has_a_colour_and_its_comment():
    sheet = opened(MarkedRow(["MISA", "deux", "2021"], {1: "Ce n’est pas un montant & <rien>."}))
    assert sheet["B2"].value == "deux"
    assert sheet["B2"].comment.text == "Ce n’est pas un montant & <rien>."
    assert sheet["B2"].fill.patternType == "solid"
    assert sheet["A2"].comment is None
    assert sheet["A2"].fill.patternType is None


def test_a_blank_cell_can_be_marked():
    sheet = opened(MarkedRow([None, Decimal("1.50"), ""], {0: "Rien ici."}))
    assert (sheet["A2"].value, sheet["A2"].comment.text) == (None, "Rien ici.")
    assert sheet["B2"].value == 1.5


def test_a_marked_formula_stays_text():
    sheet = opened(MarkedRow(["=1+1", "@SUM(A1)", "+1"], {0: "", 1: "Non.", 2: ""}))
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("@SUM(A1)", "s"), ("+1", "s")]
    assert all(cell.quotePrefix for cell in sheet[2])


def test_several_sheets_keep_their_own_comments():
    first = MarkedSheet("Une", COLUMNS[:1], [MarkedRow(["a"], {0: "un"})])
    second = MarkedSheet("Deux", COLUMNS[:1], [MarkedRow(["b"], {0: "deux"})])
    book = openpyxl.load_workbook(io.BytesIO(workbook(first, second)))
    assert [(sheet.title, sheet["A2"].comment.text) for sheet in book] == [("Une", "un"), ("Deux", "deux")]


def test_comments_beyond_the_limit_leave_their_colour():
    rows = [MarkedRow([str(number), None, None], {0: "non"}) for number in range(COMMENTS + 1)]
    sheet = opened(*rows)
    assert sheet.cell(COMMENTS + 1, 1).comment is not None
    assert sheet.cell(COMMENTS + 2, 1).comment is None
    assert sheet.cell(COMMENTS + 2, 1).fill.patternType == "solid"


def test_calamine_reads_what_was_marked():
    content = workbook(MarkedSheet("Essai", COLUMNS, [MarkedRow(["007", 12, "2021-03"], {0: "x", 1: "y"})]))
    sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    assert sheet.to_python() == [["Nom", "Montant", "Date"], ["007", 12.0, "2021-03"]]
