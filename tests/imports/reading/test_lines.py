"""The lines of a file: what is data, what is put back, what is refused with its reason."""

from decimal import Decimal

import pytest

from grants.imports.reading import SheetError

from .invented import HEAD, PLAIN, ROWS, TITLES, book, people, read, text

WIDE = "Numéro,Date,Bénéficiaire,Objet,Montant,Nature,Conditions"
KINDS = ["unique", "en deux versements"]


def shifted(*rows):
    """A text cut by commas whose amounts have decimal commas, and these rows among the others."""
    usual = [f"10{n:03d},2021-03-1{n % 10},Ferme {n},Achat {n},{n} 500,00,aide,{KINDS[n % 2]}" for n in range(1, 40)]
    return text([WIDE, *usual, *rows])


def last(reading):
    return reading.lines[-1]


def test_a_row_cut_by_its_decimal_comma_is_put_back(tmp_path):
    line = last(read(tmp_path, "a.csv", shifted("10999,2021-04-01,Ferme X,Achat X,12 000,50,aide,unique")))
    assert (line.kind, line.repaired, line.reason) == ("row", True, "shifted")
    assert line.cells[4:] == ["12 000,50", "aide", "unique"]


def test_commas_inside_a_text_are_put_back_between_sure_columns(tmp_path):
    row = "10999,2021-04-01,Ferme X,Semis, récolte, mise en marché,12 000,50,aide,unique"
    line = last(read(tmp_path, "a.csv", shifted("10998,2021-04-01,Y,Achat, vente,1 000,50,aide,unique", row)))
    assert line.cells[2:5] == ["Ferme X", "Semis, récolte, mise en marché", "12 000,50"]


def test_a_row_that_may_be_put_back_in_two_ways_is_damaged(tmp_path):
    line = last(read(tmp_path, "a.csv", shifted("10999,2021-04-01,Ferme X,Semis,récolte,12 000,50,aide,unique")))
    assert (line.kind, line.reason) == ("damaged", "more")
    assert line.fault.row == line.number


def test_a_row_that_fits_in_no_way_is_damaged(tmp_path):
    line = last(
        read(tmp_path, "a.csv", shifted("10999,2021-04-01,Ferme X,Achat,beaucoup,d'argent,aide,unique,de,plus"))
    )
    assert line.kind == "damaged"


def test_a_row_of_the_right_length_that_has_shifted_is_damaged(tmp_path):
    line = last(read(tmp_path, "a.csv", shifted("10999,2021-04-01,Achat X,12 000,50,aide,unique")))
    assert (line.kind, line.reason) == ("damaged", "misfit")


def test_one_long_row_among_sound_ones_is_damaged(tmp_path):
    lines = [HEAD, *people(["5,00"] * 6), "Ferme;du;Témis;Gaspé;2021-03-01;5,00"]
    reading = read(tmp_path, "a.csv", text(lines))
    assert [(line.number, line.kind) for line in reading.lines if line.kind != "row"] == [(8, "damaged")]


def test_a_row_cut_in_two_is_damaged_not_read(tmp_path):
    lines = [HEAD, *people(["5,00"] * 6), "Ferme", "du Témis;Gaspé;2021-03-01;5,00", "Ferme Z;2021-03-02"]
    reading = read(tmp_path, "a.csv", text(lines))
    assert [line.kind for line in reading.lines[-3:]] == ["section", "row", "damaged"]


def test_a_mark_never_closed_costs_its_own_row_only(tmp_path):
    lines = [HEAD, *people(["5,00"]), '"Ferme;Gaspé;2021-03-01;6,00', *people(["7,00"] * 300)]
    reading = read(tmp_path, "a.csv", text(lines))
    assert len(reading.lines) == 302
    assert reading.total == Decimal("2111.00")


def test_a_cell_of_ten_megabytes_costs_its_own_row_only(tmp_path):
    lines = [HEAD, *people(["5,00"]), f'"{"x" * 10_000_000}";Gaspé;2021-03-01;6,00', *people(["7,00"])]
    reading = read(tmp_path, "a.csv", text(lines))
    assert [line.kind for line in reading.lines] == ["row", "damaged", "row"]
    assert len(str(reading.lines[1].fault)) < 1000


def test_a_line_of_twenty_megabytes_is_no_table(tmp_path):
    with pytest.raises(SheetError):
        read(tmp_path, "a.csv", text([HEAD, *people(PLAIN), "x" * 20_000_000]))


@pytest.mark.parametrize("code", ["\x00", "\x07", "\x1b", "\x85"])
def test_a_control_character_makes_the_row_damaged(tmp_path, code):
    reading = read(tmp_path, "a.csv", text([HEAD, *people(["5,00"]), f"Fer{code}me;Gaspé;2021-03-01;6,00"]))
    assert [line.kind for line in reading.lines] == ["row", "damaged"]
    assert "U+00" in str(reading.lines[1].fault)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\ufeff", "\u200f"])
def test_marks_that_show_nothing_are_taken_out(tmp_path, mark):
    reading = read(tmp_path, "a.csv", text([HEAD, *people(["5,00"]), f"Fer{mark}me;Gaspé;2021-03-01;6,00"]))
    assert (reading.lines[1].cells[0], reading.lines[1].reason) == ("Ferme", "invisible")


def test_a_lost_character_makes_the_row_damaged(tmp_path):
    reading = read(tmp_path, "a.csv", text([HEAD, *people(["5,00"]), "Th\ufffd\ufffdtre;Gaspé;2021-03-01;6,00"]))
    assert (reading.lines[1].kind, reading.lines[1].fault.column) == ("damaged", "Bénéficiaire")


def test_strange_characters_in_a_workbook_are_seen_too(tmp_path):
    content = book(("Feuil1", [TITLES, *ROWS, ["Fer\u202eme", "Gaspé", None, 5], ["Th\ufffdtre", "Gaspé", None, 5]]))
    reading = read(tmp_path, "a.xlsx", content)
    assert [line.kind for line in reading.lines] == ["row"] * 5 + ["damaged"]
    assert reading.lines[4].cells[0] == "Ferme"


def test_a_cell_beyond_the_titles_is_told(tmp_path):
    rows = [[*row, None] for row in ROWS] * 1200
    content = book(("Feuil1", [TITLES, *rows, [*ROWS[0], "en trop"]]))
    reading = read(tmp_path, "a.xlsx", content)
    assert (last(reading).kind, last(reading).reason) == ("damaged", "beyond")


def test_amounts_of_a_workbook_are_exact(tmp_path):
    content = book(("Feuil1", [TITLES, [*ROWS[0][:3], 0.1], [*ROWS[1][:3], 1234567.89]]))
    assert read(tmp_path, "a.xlsx", content).values("Montant") == [Decimal("0.1"), Decimal("1234567.89")]


def test_lines_come_one_by_one(tmp_path):
    reading = read(tmp_path, "a.csv", text([HEAD, *people(PLAIN)]))
    assert [line.cells[3] for line in reading.rows] == PLAIN
