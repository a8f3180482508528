"""The rows refused, as a workbook to correct and send again."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override

from grants.imports.at_once import Order, bring_in
from grants.imports.error_workbook import RowNumbers, workbook_of, write
from grants.imports.errors import SheetError
from grants.imports.jobs import Quiet
from grants.imports.reading import ColumnFacts, SheetLine, Understanding, read_lines, understand
from grants.imports.refused_rows import Fault
from grants.models import Grant, Import

TITLES = [
    ColumnFacts(0, "A", "Bénéficiaire"),
    ColumnFacts(1, "B", "Montant", looks_like="amount", number_style="comma"),
    ColumnFacts(2, "C", "Date", looks_like="date", date_style="dmy"),
]
UNDERSTANDING = Understanding("csv", titles=[facts.title for facts in TITLES], columns=TITLES)


def fault(row, title="", words="Non.", code="no", value=""):
    return Fault(row, "", title, value, code, words)


def opened(lines, faults):
    """The workbook as openpyxl reads it, in French."""
    with override("fr"):
        content = b"".join(workbook_of(iter(lines), iter(faults), UNDERSTANDING, "aides.csv"))
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_only_the_refused_rows_are_there_under_the_same_titles():
    lines = [
        SheetLine(2, ["MISA", "12", None]),
        SheetLine(3, ["Piscine", "deux", None]),
        SheetLine(4, ["AQIP", 3, None]),
    ]
    sheet = opened(lines, [fault(3, "Montant", "Pas un montant.")]).worksheets[0]
    assert [row[:3] for row in rows_of(sheet)] == [["Bénéficiaire", "Montant", "Date"], ["Piscine", "deux", None]]
    assert sheet["B2"].comment.text == "Pas un montant."
    assert sheet["B2"].fill.patternType == "solid"


def test_the_sheets_own_row_and_the_reasons_stand_behind():
    sheet = opened([SheetLine(41, ["MISA", "x", None])], [fault(41, "Montant", "Pas un montant.")]).worksheets[0]
    assert sheet["D1"].value == "Ligne de la feuille reçue"
    assert sheet["D2"].value == 41
    assert "Pas un montant." in sheet["E2"].value


def test_what_is_wrong_with_a_row_as_a_whole_is_told_on_its_first_cell():
    sheet = opened([SheetLine(2, ["MISA", 1, None])], [fault(2, words="Deux fois."), fault(2, words="Sans date.")])
    assert sheet.worksheets[0]["A2"].comment.text == "Deux fois.\nSans date."


def test_a_damaged_row_is_there_even_if_nothing_else_names_it():
    line = SheetLine(9, ["a", "b", "c"], "damaged", fault=SheetError("Décalée."))
    assert opened([line], []).worksheets[0]["A2"].comment.text == "Décalée."


def test_cells_that_were_understood_can_no_longer_be_read_otherwise():
    sheet = opened([SheetLine(2, ["MISA", "1.234,50", "03/04/2021"])], [fault(2)]).worksheets[0]
    assert (sheet["B2"].value, sheet["C2"].value) == (1234.5, "2021-04-03")


def test_cells_that_were_not_understood_stay_as_they_came():
    sheet = opened([SheetLine(2, ["007", "deux, ou trois", "31/02/2021"])], [fault(2)]).worksheets[0]
    assert [cell.value for cell in sheet[2][:3]] == ["007", "deux, ou trois", "31/02/2021"]


def test_formulas_stay_text():
    sheet = opened([SheetLine(2, ["=1+1", "@x", "+3"])], [fault(2)]).worksheets[0]
    assert {cell.data_type for cell in sheet[2][:3]} == {"s"}


def test_the_second_sheet_counts_the_faults_by_kind():
    lines = [SheetLine(row, ["x", "y", None]) for row in range(2, 7)]
    faults = [fault(row, "Montant", "Pas un montant.") for row in (2, 3, 4, 6)] + [
        fault(6, code="other", words="Autre.")
    ]
    book = opened(lines, faults)
    assert book.sheetnames[1] == "Erreurs"
    assert rows_of(book.worksheets[1])[1:] == [["Pas un montant.", "Montant", 4, "2–4, 6"], ["Autre.", None, 1, "6"]]


def test_many_row_numbers_go_on_in_the_next_cell():
    numbers = RowNumbers()
    for number in range(2, 10_000, 2):
        numbers.add(number)
    pieces = list(numbers.pieces())
    assert len(pieces) == 3
    assert all(len(piece) < 32_767 for piece in pieces)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_comes_back_through_the_reader(tmp_path, language):
    line = SheetLine(7, ["MISA", "deux", datetime.date(2021, 3, 29)])
    with override(language):
        content = b"".join(workbook_of([line], [fault(7, "Montant")], UNDERSTANDING, "aides.csv"))
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    found = understand(path, "a.xlsx")
    assert found.titles[:3] == ["Bénéficiaire", "Montant", "Date"]
    assert [line.cells[:3] for line in read_lines(path, found)] == [["MISA", "deux", "2021-03-29"]]


def test_amounts_keep_the_currency_that_they_name():
    sheet = opened([SheetLine(2, ["MISA", "1.234,50 €", None])], [fault(2)]).worksheets[0]
    assert sheet["B2"].value == "1234.50 EUR"


def test_numbers_stay_numbers():
    sheet = opened([SheetLine(2, ["MISA", Decimal("12.50"), None])], [fault(2)]).worksheets[0]
    assert sheet["B2"].value == 12.5


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_rows_corrected_come_in(tmp_path, language):
    sheet = "Bénéficiaire;Montant;Date;Référence\nPôle;1 200,50 $;03/04/2021;A-1\nAtelier;deux;13/05/2021;A-2\n"
    path = tmp_path / "aides.csv"
    path.write_text(sheet)
    first = bring_in(Order(path), Quiet())
    assert (first.new, first.rows_refused) == (1, 1)
    with override(language):
        content = b"".join(write(Import.objects.get()))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[0]["B2"].comment is not None
    book.worksheets[0]["B2"].value = "2 000,00 $"
    book.save(tmp_path / "corrige.xlsx")
    second = bring_in(Order(tmp_path / "corrige.xlsx"), Quiet())
    assert (second.new, second.rows_refused, second.assumed) == (1, 0, [])
    assert second.mapping == first.mapping
    assert len(second.ignored) == 2
    grant = Grant.objects.get(reference="A-2")
    assert (grant.amount, grant.date.iso) == (2000, "2021-05-13")
