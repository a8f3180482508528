"""Files that lie, swell or hide something: refused in words, in bounded memory and time, whatever they hold."""

import random

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.imports.reading import LARGE, SheetError, Wishes, read_lines, understand, workbooks
from grants.imports.reading.kinds import OLE

from ..samples import archive, cells, xlsx
from .invented import HEAD, PLAIN, ROWS, TITLES, book, people, read, text


def refusal(folder, name, content, **wishes):
    """The French words with which a file is refused."""
    with pytest.raises(SheetError) as refused:
        read(folder, name, content, **wishes)
    with override("fr"):
        return str(refused.value).replace("\xa0", " ")


LAUGHS = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
SMALL = cells([["a", "b"], [1, 2]])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"", "vide"),
        ("a.csv", b" \r\n \n", "vide"),
        ("a.xlsx", xlsx(SMALL)[:400], "abîmé"),
        ("a.xlsx", xlsx(SMALL, more={"xl/media/zeros.bin": b"\x00" * 20_000_000}), "démesuré"),
        ("a.xlsx", xlsx(SMALL, prologue=LAUGHS), "entités XML"),
        ("a.xlsx", xlsx(SMALL, prologue=OUTSIDE), "entités XML"),
        ("a.xlsx", OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        ("a.xls", OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), "abîmé"),
        ("a.xls", b"<html><table><tr><td>Nom</td></tr></table>", "page Web"),
        ("a.xls", xlsx(SMALL), "XLSX"),
        ("a.xlsx", text([HEAD, *people(PLAIN)]), "CSV"),
        ("a.csv", xlsx(SMALL), "XLSX"),
        ("a.csv", bytes(random.Random(1).randbytes(4000)), "binaires"),
        ("a.xlsx", archive({"note.txt": "rien"}), "archive"),
        ("a.xlsx", book(("Feuil1", [])), "vide"),
        ("a.xlsx", xlsx(cells([[f"c{n}" for n in range(16_384)]] * 2)), "16384 colonnes"),
        ("a.csv", text([";".join(f"c{n}" for n in range(16_384))] * 3), "16384 colonnes"),
    ],
)
def test_a_hostile_file_is_refused_in_clear_words(tmp_path, name, content, words):
    assert words in refusal(tmp_path, name, content)


def test_a_sheet_that_does_not_exist_is_refused(tmp_path):
    assert "feuille" in refusal(tmp_path, "a.xlsx", book(("Feuil1", [TITLES, *ROWS])), sheet="Feuil9")


def test_an_encoding_that_does_not_fit_or_exist_is_refused(tmp_path):
    content = text(["Élan;Montant", "a;1"], "cp1252")
    assert "utf-8" in refusal(tmp_path, "a.csv", content, encoding="utf-8")
    assert "klingon" in refusal(tmp_path, "a.csv", content, encoding="klingon")


def test_rows_beyond_a_false_dimension_are_read(tmp_path):
    sheet = '<dimension ref="A1:B2"/>' + cells([["Nom", "Montant"], ["a", 1], ["b", 2], ["c", 3]])
    assert read(tmp_path, "a.xlsx", xlsx(sheet)).values("Montant") == [1, 2, 3]


def test_a_million_empty_rows_cost_nothing(tmp_path):
    empty = "".join(f'<row r="{n}" spans="1:2"><c r="A{n}" s="0"/></row>' for n in range(5, 200_000))
    sheet = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c>'
    sheet += '<c r="B1" t="inlineStr"><is><t>Montant</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>a</t>'
    sheet += f'</is></c><c r="B2"><v>5</v></c></row>{empty}</sheetData>'
    reading = read(tmp_path, "a.xlsx", xlsx(sheet))
    assert [line.cells for line in reading.lines] == [["a", 5]]


def test_a_cell_at_the_far_end_does_not_bring_the_server_down(tmp_path):
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    far += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    words = refusal(tmp_path, "a.xlsx", xlsx(far))
    assert "trop gros" in words or "16384 colonnes" in words


def test_a_cell_of_ten_megabytes_costs_its_own_row_only(tmp_path):
    letters = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=10_000_000))
    rows = [["Nom", "Montant"], ["a", 1], [letters, 2], ["c", 3]]
    reading = read(tmp_path, "a.xlsx", xlsx(cells(rows)))
    assert [line.kind for line in reading.lines] == ["row", "damaged", "row"]
    assert "10000000" in str(reading.lines[1].fault).replace("\xa0", "").replace("\u202f", "").replace(" ", "")


def test_formulas_are_read_as_their_saved_results(tmp_path):
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    sheet = f"{cells([['Nom', 'Montant']])[:-12]}{row}</sheetData>"
    assert read(tmp_path, "a.xlsx", xlsx(sheet)).values("Montant") == [2]


def test_formulas_without_results_are_doubted(tmp_path):
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2"><f>1+1</f></c><c r="C2"><v>1</v></c></row>'
    sheet = f"{cells([['Nom', 'Montant', 'Nombre']])[:-12]}{row}</sheetData>"
    understanding = read(tmp_path, "a.xlsx", xlsx(sheet)).facts
    assert ("formula", "B2") in [(doubt.code, doubt.column) for doubt in understanding.doubts]


def test_macros_are_left_alone(tmp_path):
    content = xlsx(cells([["Nom", "Montant"], ["a", 1]]), more={"xl/vbaProject.bin": b"\x00macro"})
    assert len(read(tmp_path, "a.xlsm", content).rows) == 1


def test_a_reader_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "SURVEY_SECONDS", 0.001)
    assert "trop gros" in refusal(tmp_path, "a.xlsx", xlsx(SMALL))


def test_whoever_stops_reading_stops_the_child(tmp_path):
    path = tmp_path / "spooled"
    path.write_bytes(book(("Feuil1", [TITLES, *ROWS * 2000])))
    lines = read_lines(path, understand(path, "a.xlsx"))
    next(lines)
    lines.close()  # hangs where the child is not ended


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "spooled"
    path.write_bytes(content)
    try:
        lines = list(read_lines(path, understand(path, "aides.csv")))
    except SheetError:
        return
    assert all(line.number > 0 for line in lines)


CELLS = st.text(alphabet='ab 12é"\n\r;,\t0.€-/\u202e\x00', max_size=12)


@given(st.lists(st.lists(CELLS, max_size=6).map(";".join), max_size=12).map("\n".join), st.sampled_from([";", ",", ""]))
@settings(max_examples=400, deadline=None)
def test_any_text_under_titles_is_read_or_refused(tmp_path_factory, body, delimiter):
    path = tmp_path_factory.mktemp("any") / "spooled"
    path.write_text(f"Nom;Montant;Date\n{body}", encoding="utf-8", newline="")
    try:
        understanding = understand(path, "aides.csv", Wishes(delimiter=delimiter))
        lines = list(read_lines(path, understanding))
    except SheetError:
        return
    assert all(len(line.cells) == len(understanding.titles) for line in lines)
    assert all((line.kind == "damaged") == (line.fault is not None) for line in lines)


def test_more_rows_than_the_limit_are_refused(tmp_path):
    path = tmp_path / "spooled"
    path.write_bytes(text([HEAD, *people(["5,00"] * 50)]))
    with pytest.raises(SheetError):
        understand(path, "a.csv", limits=type(LARGE)(rows=10))
