"""XLSX, ODS and XLS: what is read, what is doubted, what is refused before or while it is opened."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from grants.exports.writers import Column, write_ods
from grants.imports.reading import Limits, read_sheet, workbooks
from grants.imports.reading.kinds import OLE

from .samples import archive, cells, refusal, xlsx

TITLES = ["nom", "montant"]


def office(rows: list[list[object]]) -> bytes:
    """A workbook as a spreadsheet program would save it."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_each_value_keeps_its_type():
    day = datetime.date(2022, 4, 20)
    sheet = read_sheet(office([["a", "b", "c", "d", "e", "f"], ["x", 12, 2307663.1, day, True, None]]), "a.xlsx")
    assert sheet.rows[0].values == ["x", 12, Decimal("2307663.1"), day, True, None]
    assert [type(value) for value in sheet.rows[0].values[1:4]] == [int, Decimal, datetime.date]


def test_a_time_of_day_is_kept():
    moment = datetime.datetime(2022, 4, 20, 13, 30)  # noqa: DTZ001 (spreadsheets know no time zones)
    assert read_sheet(office([["a"], [moment]]), "a.xlsx").rows[0].values == [moment]


def test_noise_of_binary_arithmetic_is_put_aside():
    assert read_sheet(xlsx(cells([["a"], [0.1 + 0.2]])), "a.xlsx").rows[0].values == [Decimal("0.3")]


def test_rows_keep_the_sheets_own_numbers_and_columns():
    data = '<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>nom</t></is></c></row>'
    data += '<row r="7"><c r="B7"><v>5</v></c></row></sheetData>'
    sheet = read_sheet(xlsx(data), "a.xlsx")
    assert sheet.header_row == 3
    assert (sheet.rows[0].number, sheet.rows[0].values) == (7, [None, 5])


@pytest.mark.parametrize("area", ["A1:A2", "A1:XFD1048576", "C9"])
def test_a_lying_dimension_neither_hides_rows_nor_adds_any(area):
    rows = cells([TITLES, ["Alpha", 1], ["Beta", 2]])
    sheet = read_sheet(xlsx(f'<dimension ref="{area}"/>{rows}'), "a.xlsx")
    assert [row.values for row in sheet.rows] == [["Alpha", 1], ["Beta", 2]]


def test_the_first_filled_sheet_is_read_and_the_others_are_named():
    filled = cells([TITLES, ["Alpha", 1]])
    sheet = read_sheet(xlsx(cells([]), filled, filled), "a.xlsx")
    assert sheet.sheet == "Feuil2"
    assert sheet.doubts[0].params["names"] == "Feuil3"


def test_another_sheet_can_be_asked_for():
    book = xlsx(cells([["a"], [1]]), cells([["b"], [2]]))
    assert read_sheet(book, "a.xlsx", sheet="Feuil2").headers == ["b"]


def test_a_sheet_that_does_not_exist_is_refused():
    assert "pas de feuille de ce nom" in refusal(xlsx(cells([["a"], [1]])), "a.xlsx", sheet="Total")


def test_error_values_and_unsaved_formulas_are_doubted():
    data = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    data += '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><v>#DIV/0!</v></c>'
    data += '<c r="C2"><f>A2+1</f></c></row></sheetData>'
    sheet = read_sheet(xlsx(data), "a.xlsx")
    assert sheet.rows[0].values == [1, None, None]
    assert [doubt.column for doubt in sheet.doubts] == ["B2", "C2"]


def test_a_number_longer_than_fifteen_digits_is_doubted():
    sheet = read_sheet(xlsx(cells([["id"], [12345678901234567890.0]])), "a.xlsx")
    assert (sheet.doubts[0].row, sheet.doubts[0].column) == (2, "id")


def test_ods_is_read():
    columns = [Column("nom"), Column("montant", kind="money")]
    with write_ods(columns, [["Alpha  et  Bêta", Decimal("12.50")]], title="Aides") as file:
        sheet = read_sheet(file.read(), "aides.ods")
    assert (sheet.sheet, sheet.headers) == ("Aides", ["nom", "montant"])
    assert sheet.rows[0].values == ["Alpha  et  Bêta", Decimal("12.5")]


@pytest.mark.parametrize(("name", "found"), [("aides.csv", "un classeur XLSX"), ("aides.ods", "un classeur XLSX")])
def test_a_mislabelled_workbook_is_refused(name, found):
    words = refusal(xlsx(cells([["a"], [1]])), name)
    assert f"Le nom de ce fichier finit par « {name[-4:]} », mais c’est {found}" in words


def test_a_format_chosen_wrongly_is_refused():
    words = refusal(xlsx(cells([["a"], [1]])), "", kind="csv")
    assert words == "Le format choisi est CSV, mais ce fichier est un classeur XLSX."


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"%PDF-1.7", "un document PDF"),
        (b"\x89PNG\r\n\x1a\n", "une image"),
        (b"<!DOCTYPE html><table>", "une page Web"),
        (b"\x1f\x8b\x08", "une archive compressée"),
        (archive({"word/document.xml": "<a/>"}), "un document texte"),
        (
            archive({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}),
            "un document texte",
        ),
        (archive({"note.txt": "rien"}), "une archive compressée"),
        (archive({"xl/workbook.bin": b"\x00"}), "un classeur XLSB"),
    ],
)
def test_what_is_no_sheet_is_refused_by_its_name(start, found):
    assert found in refusal(start, "aides.xlsx")


def test_a_text_named_xlsx_is_refused():
    assert "mais c’est un fichier texte CSV" in refusal(b"nom,montant\na,1\n", "aides.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 500])
def test_an_empty_or_cut_workbook_is_refused(content):
    assert "vide" in refusal(content, "a.xlsx") or "abîmé" in refusal(content, "a.xlsx")


def test_an_old_workbook_that_is_damaged_is_refused():
    content = OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le")
    assert "abîmé" in refusal(content, "a.xls")


def test_a_password_on_xlsx_is_named():
    content = OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
    assert "mot de passe" in refusal(content, "a.xlsx")


def test_a_password_on_ods_is_named():
    manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    content = archive({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x01"})
    assert "mot de passe" in refusal(content, "a.ods")


def test_a_zip_bomb_is_refused_before_it_swells():
    book = xlsx(cells([["a"], [1]]), more={"xl/media/zeros.bin": b"\x00" * 20_000_000})
    assert len(book) < 100_000
    assert "démesuré" in refusal(book, "a.xlsx")


def test_too_many_members_are_refused():
    more = {f"xl/media/{n}": b"" for n in range(workbooks.ARCHIVE_MEMBERS)}
    assert "démesuré" in refusal(xlsx(cells([["a"], [1]]), more=more), "a.xlsx")


def test_a_billion_laughs_are_refused():
    laughs = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    assert "entités XML" in refusal(xlsx(cells([["a"], [1]]), prologue=laughs), "a.xlsx")


def test_entities_hidden_in_utf_16_are_refused():
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    assert "entités XML" in refusal(xlsx(cells([["a"], [1]]), more={"xl/styles.xml": hidden}), "a.xlsx")


def test_too_many_columns_are_refused():
    row = [f"c{n}" for n in range(16_384)]
    assert "16384 colonnes" in refusal(xlsx(cells([row, row])), "a.xlsx")


def test_too_many_rows_are_refused():
    assert "trop de lignes" in refusal(xlsx(cells([["a"]] + [[1]] * 4)), "a.xlsx", limits=Limits(rows=3))


def test_a_cell_at_the_far_end_does_not_bring_the_server_down():
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    far += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    words = refusal(xlsx(far), "a.xlsx")
    assert "trop gros" in words or "16384 colonnes" in words


def test_a_sheet_repeated_without_end_does_not_bring_the_server_down():
    with write_ods([Column("a")], [["x"]]) as file:
        content = file.read()
    members = {}
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        for name in source.namelist():
            members[name] = source.read(name)
    repeated = b'<table:table-row table:number-rows-repeated="9000000"><table:table-cell '
    repeated += b'table:number-columns-repeated="9000" '
    members["content.xml"] = members["content.xml"].replace(b"<table:table-row><table:table-cell ", repeated)
    words = refusal(archive(members), "a.ods")
    assert "trop gros" in words or "colonnes" in words or "abîmé" in words


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(workbooks, "TIMEOUT_SECONDS", 0.001)
    assert "trop gros" in refusal(xlsx(cells([["a"], [1]])), "a.xlsx")


def test_control_characters_in_a_workbook_are_refused_with_their_place():
    words = refusal(xlsx(cells([["nom"], ["Al_x0000_pha"]])), "a.xlsx")
    assert "feuille « Feuil1 », ligne 2, colonne « nom »" in words


def test_a_group_title_above_the_titles_is_explained():
    rows = cells([["Informations"], TITLES, ["Alpha", 1]])
    assert "La première ligne remplie doit porter les titres" in refusal(xlsx(rows), "a.xlsx")


@pytest.mark.parametrize("cut", [30, 200, 700, -30])
def test_a_workbook_cut_short_is_refused(cut):
    assert refusal(xlsx(cells([TITLES, ["a", 1]]))[:cut], "a.xlsx")


def test_the_reader_gets_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://registry:secret@db/registry")
    assert "DATABASE_URL" not in workbooks._child_environment()


def test_a_column_of_first_days_of_months_is_doubted():
    month = datetime.date(2021, 3, 1)
    sheet = read_sheet(office([["nom", "date"], ["Centech", month]]), "a.xlsx")
    assert (sheet.doubts[0].row, sheet.doubts[0].column) == (2, "date")


def test_a_column_with_other_days_is_not_doubted():
    days = [datetime.date(2021, 3, 1), datetime.date(2022, 4, 20)]
    assert read_sheet(office([["date"], *[[day] for day in days]]), "a.xlsx").doubts == []
