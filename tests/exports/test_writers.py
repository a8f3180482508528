"""What is written opens everywhere, holds the right types, and says what it is."""

import zipfile
from datetime import date
from decimal import Decimal

import pytest
from odf.opendocument import load as load_ods
from odf.table import TableCell
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from grants.exports.writers import Column, stream_ods, stream_xlsx, write_csv, write_ods, write_xlsx
from grants.exports.xlsx import sheet_name
from grants.values.partial_dates import PartialDate

from .test_escaping import PAYLOADS

COLUMNS = [
    Column("neq", kind="identifier"),
    Column("name"),
    Column("amount", kind="money"),
    Column("projects", kind="integer"),
    Column("date", kind="date"),
    Column("complete", kind="boolean"),
]
ROWS = [
    ["0012345678", "Groupe MISA", Decimal("5416050.00"), 1, PartialDate.parse("mars 2021"), True],
    [12345678901234567890, "Élan & <Cie>\n  « A »", Decimal("-5.10"), 0, date(2022, 4, 20), False],
    [None, "", None, None, None, None],
]


def text(pieces) -> str:
    return b"".join(pieces).decode()


def read(file) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def test_csv_is_utf_8_with_a_mark_commas_and_crlf():
    written = b"".join(write_csv(COLUMNS, ROWS))
    assert written.startswith(b"\xef\xbb\xbfneq,name,amount,projects,date,complete\r\n")
    assert b"0012345678,Groupe MISA,5416050.00,1,2021-03,true\r\n" in written
    assert '12345678901234567890,"Élan & <Cie>\n  « A »",-5.10,0,2022-04-20,false\r\n'.encode() in written
    assert written.endswith(b",,,,,\r\n")


def test_csv_comes_in_pieces():
    assert len(list(write_csv([Column("a")], (["x" * 100] for _row in range(5_000))))) > 5


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_workbooks_hold_typed_cells(write):
    with write(COLUMNS, ROWS, title="Aides financières") as file:
        rows = read(file)
    assert rows[1] == ["0012345678", "Groupe MISA", 5416050.0, 1.0, "2021-03", True]
    assert rows[2] == ["12345678901234567890", "Élan & <Cie>\n  « A »", -5.1, 0.0, "2022-04-20", False]


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_workbooks_drop_what_xml_cannot_hold(write):
    with write([Column("a")], [["b\x00o\x1fn\ufffe"]]) as file:
        assert read(file) == [["a"], ["bon"]]


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_workbooks_open_without_any_row(write):
    with write(COLUMNS, [], title="") as file:
        assert len(read(file)) == 1


def test_no_payload_is_a_formula_or_a_link_in_xlsx():
    payloads = [*PAYLOADS, "https://example.org/", "mailto:a@example.org"]
    with write_xlsx([Column("a")], [[payload] for payload in payloads]) as file:
        sheet = load_workbook(file).active
    cells = [sheet.cell(row, 1) for row in range(2, len(payloads) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert all(cell.quotePrefix for cell in cells[:4])


def test_no_payload_is_a_formula_in_ods():
    with write_ods([Column("a")], [[payload] for payload in PAYLOADS]) as file:
        cells = load_ods(file).getElementsByType(TableCell)
    assert {cell.getAttribute("valuetype") for cell in cells} == {"string"}
    assert not any(cell.getAttribute("formula") for cell in cells)


def test_xlsx_shows_its_header_and_its_money():
    with write_xlsx(COLUMNS, ROWS, title="Aides financières", language="en") as file:
        book = load_workbook(file)
    sheet = book.active
    assert (book.properties.title, book.properties.language, sheet.title) == (
        "Aides financières",
        "en",
        "Aides financières",
    )
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F4")
    assert sheet["A1"].font.bold
    assert (sheet["C2"].number_format, sheet["A2"].number_format) == ("#,##0.00", "@")


def test_ods_says_its_title_and_language():
    with (
        write_ods(COLUMNS, ROWS, title="Aides & cie", language="fr") as file,
        zipfile.ZipFile(file) as archive,
    ):
        assert archive.namelist()[0] == "mimetype"
        assert b"<dc:title>Aides &amp; cie</dc:title><dc:language>fr</dc:language>" in archive.read("meta.xml")


def test_a_text_too_long_for_excel_is_cut_visibly():
    with write_xlsx([Column("a")], [["x" * 40_000]]) as file:
        cell = read(file)[1][0]
    assert len(cell) == 32_767
    assert cell.endswith("…")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Aides [2022]: a/b", "Aides  2022   a b"),
        ("'x'", "x"),
        ("", "Registre"),
        ("History", "Registre"),
        ("é" * 40, "é" * 31),
    ],
)
def test_sheet_names_are_what_spreadsheets_accept(title, name):
    assert sheet_name(title) == name


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("nan")])
def test_what_is_no_number_is_left_blank(value):
    assert text(write_csv([Column("a", kind="money"), Column("b")], [[value, "x"]])).endswith("\r\n,x\r\n")
    assert read(write_xlsx([Column("a", kind="money"), Column("b")], [[value, "x"]]))[1] == ["", "x"]


@pytest.mark.parametrize("stream", [stream_xlsx, stream_ods])
def test_workbooks_begin_before_their_last_row_is_read(stream):
    read_so_far = []
    rows = (read_so_far.append(number) or [f"{number}-{number * 7919}" * 20] for number in range(20_000))
    pieces = stream([Column("a")], rows)
    size = 0
    while size < 20_000:
        size += len(next(pieces))
    assert 0 < len(read_so_far) < 20_000


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_more_rows_than_a_sheet_holds_go_on_in_the_next(write, monkeypatch):
    monkeypatch.setattr("grants.exports.xlsx.ROWS_PER_SHEET", 4)
    with write([Column("a")], [[f"x{number}"] for number in range(7)], title="Aides") as file:
        book = CalamineWorkbook.from_filelike(file)
    assert book.sheet_names == ["Aides", "Aides (2)", "Aides (3)"]
    assert [book.get_sheet_by_name(name).to_python() for name in book.sheet_names] == [
        [["a"], ["x0"], ["x1"], ["x2"]],
        [["a"], ["x3"], ["x4"], ["x5"]],
        [["a"], ["x6"]],
    ]


def test_no_sheet_is_added_for_no_row(monkeypatch):
    monkeypatch.setattr("grants.exports.xlsx.ROWS_PER_SHEET", 4)
    with write_xlsx([Column("a")], [["x"]] * 3) as file:
        assert len(load_workbook(file).sheetnames) == 1


@pytest.mark.parametrize("text", [" a ", "a  b", "_x0041_", "a\n\nb", "😀 é\u202f: ", "<a> & 'b'", "0012", "1e5"])
@pytest.mark.parametrize("kind", ["text", "identifier", "any"])
@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_texts_come_back_as_they_were(write, kind, text):
    with write([Column("a", kind=kind)], [[text]]) as file:
        assert read(file)[1] == [text]


def test_openpyxl_reads_texts_as_they_were():
    texts = [" a ", "a  b", "a\n\nb", "😀 é\u202f: ", "<a> & 'b'", "0012"]
    with write_xlsx([Column("a")], [[text] for text in texts]) as file:
        assert [value for (value,) in load_workbook(file).active.values][1:] == texts


def test_a_row_of_the_wrong_length_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="argument 2 is"):
        list(write_csv(COLUMNS, [["x"]]))
