"""What the reader says of a file: decisions shown, ambiguity asked about, wishes obeyed."""

import datetime
import json

import pytest

from grants.imports.reading import SheetError, Understanding, Wishes, understand

from .invented import HEAD, PLAIN, ROWS, TITLES, book, people, read, text


def facts(folder, lines, **wishes):
    """What is understood of a text of these lines."""
    return read(folder, "aides.csv", text(lines), **wishes).facts


def question(understanding, code):
    """The only question of that code."""
    (found,) = [each for each in understanding.questions if each.code == code]
    return found


def codes(understanding):
    return {each.code for each in understanding.questions}


def doubts(understanding):
    return {each.code for each in understanding.doubts}


def dates(*days):
    return [HEAD, *[f"A{n};B;{day};5,00" for n, day in enumerate(days)]]


def test_an_understanding_goes_to_json_and_back(tmp_path):
    understanding = facts(tmp_path, [HEAD, *people(PLAIN)])
    assert Understanding.from_json(json.loads(json.dumps(understanding.to_json()))) == understanding


def test_the_wishes_go_to_json_and_back():
    wishes = Wishes(sheet="A", header_rows=[2], date_styles={"Date": "mdy"})
    assert Wishes(**json.loads(json.dumps(wishes.to_json()))) == wishes


def test_each_column_is_described(tmp_path):
    name, _place, day, amount = facts(tmp_path, [HEAD, *people(PLAIN)]).columns
    assert (name.letter, name.looks_like, name.filled, name.distinct) == ("A", "text", 4, 4)
    assert (day.looks_like, day.date_style) == ("date", "ymd")
    assert (amount.looks_like, amount.number_style, amount.samples[0]) == ("amount", "comma", "12 500,00")


def test_the_rows_of_titles_have_the_numbers_of_the_sheet(tmp_path):
    understanding = facts(tmp_path, ["Aides;;;", "", HEAD, ";;(AAAA-MM-JJ);($)", *people(PLAIN)])
    assert (understanding.header_rows, understanding.header_row) == ([3, 4], 4)
    assert understanding.titles[-1] == "Montant ($)"


def test_rows_keep_the_numbers_of_the_sheet(tmp_path):
    reading = read(tmp_path, "a.csv", text([HEAD, *people(PLAIN[:2]), "", *people(PLAIN[2:])]))
    assert [line.number for line in reading.rows] == [2, 3, 5, 6]


def test_groups_above_tell_repeated_titles_apart(tmp_path):
    groups = ["Projet", None, "2020", None, "2021", None]
    titles = ["Nom", "Ville", "Demandé", "Accordé", "Demandé", "Accordé"]
    rows = [["A", "Gaspé", 10, 5, 20, 7], ["B", "Matane", 11, 6, 21, 8]]
    reading = read(tmp_path, "a.xlsx", book(("Feuil1", [groups, titles, *rows])))
    assert reading.facts.titles == [
        "Nom",
        "Ville",
        "2020 – Demandé",
        "2020 – Accordé",
        "2021 – Demandé",
        "2021 – Accordé",
    ]


@pytest.mark.parametrize(
    ("days", "style"),
    [
        (["13/02/2021", "01/02/2021"], "dmy"),
        (["02/13/2021", "01/02/2021"], "mdy"),
        (["2021/02/13", "2021/02/03"], "ymd"),
        (["20210213", "20210203"], "compact"),
        (["44240", "44241"], "serial"),
        (["2020-2021", "2021-2022"], "fiscal"),
    ],
)
def test_a_column_shows_how_its_dates_are_written(tmp_path, days, style):
    understanding = facts(tmp_path, dates(*days))
    assert understanding.columns[2].date_style == style
    assert "date_order" not in codes(understanding)


def test_days_that_may_be_months_are_asked_about(tmp_path):
    understanding = facts(tmp_path, dates("01/02/2021", "03/04/2021"))
    asked = question(understanding, "date_order")
    assert (asked.column, asked.options, asked.assumed) == ("Date de la décision", ["dmy", "mdy"], "dmy")
    assert asked.evidence == ["01/02/2021", "03/04/2021"]


def test_a_late_row_tells_days_from_months(tmp_path):
    many = dates(*["01/02/2021"] * 7000, "02/13/2021")
    understanding = facts(tmp_path, many)
    assert understanding.columns[2].date_style == "mdy"
    assert "date_order" not in codes(understanding)


def test_an_answer_about_dates_is_obeyed(tmp_path):
    understanding = facts(tmp_path, dates("01/02/2021", "03/04/2021"), date_styles={"Date de la décision": "mdy"})
    assert understanding.columns[2].date_style == "mdy"
    assert "date_order" not in codes(understanding)


def test_three_digits_after_the_only_mark_are_asked_about(tmp_path):
    understanding = facts(tmp_path, [HEAD, *people(["267,915", "1,200"])])
    asked = question(understanding, "number_style")
    assert (asked.column, asked.assumed, asked.evidence) == ("Montant", "point", ["267,915", "1,200"])


def test_amounts_of_the_same_column_decide_on_the_mark(tmp_path):
    understanding = facts(tmp_path, [HEAD, *people(["267,915", "1 200,50"])])
    assert understanding.columns[3].number_style == "comma"
    assert "number_style" not in codes(understanding)


@pytest.mark.parametrize(
    ("title", "amount", "currency"),
    [
        ("Montant (€)", "5,00", "EUR"),
        ("Amount (USD)", "5.00", "USD"),
        ("Montant", "5,00 $", "CAD"),
        ("Amount", "£5.00", "GBP"),
        ("Montant", "5,00 euros", "EUR"),
    ],
)
def test_the_currency_is_read_from_titles_and_cells(tmp_path, title, amount, currency):
    understanding = facts(tmp_path, [f"Nom;Ville;Date;{title}", *people([amount, amount])])
    assert (understanding.currency, understanding.columns[3].currency) == (currency, currency)
    assert "currency" not in codes(understanding)


def test_a_column_of_currencies_tells_them_row_by_row(tmp_path):
    understanding = facts(tmp_path, ["Nom;Date;Montant;Devise", "A;2021-01-01;5,00;CAD", "B;2021-01-01;6,00;USD"])
    assert (understanding.currency, understanding.currency_column) == ("", "Devise")
    assert "currency" not in codes(understanding)


def test_amounts_without_a_currency_are_canadian_dollars(tmp_path):
    understanding = facts(tmp_path, [HEAD, *people(PLAIN)])
    assert understanding.currency == "CAD"
    assert "currency" not in codes(understanding)


def test_french_identifiers_speak_for_euros(tmp_path):
    lines = ["idAttribuant;nomBeneficiaire;montant", "22460001500511;A;5,00", "22460001500511;B;6,00"]
    assert question(facts(tmp_path, lines), "currency").assumed == "EUR"


@pytest.mark.parametrize(
    "cells", [["2,43E+13", "7,17E+13"], ["0123456", "123457", "0123458"], ["7803505", "810086", "7756722"]]
)
def test_identifiers_that_a_spreadsheet_has_shortened_are_known(tmp_path, cells):
    lines = ["Numéro;Nom;Montant", *[f"{cell};A{n};5,00" for n, cell in enumerate(cells)]]
    understanding = facts(tmp_path, lines)
    assert understanding.columns[0].destroyed
    assert "destroyed" in doubts(understanding)


def test_sound_identifiers_are_left_alone(tmp_path):
    lines = ["Siret;Nom;Montant", "01234567800011;A;5,00", "22460001500511;B;6,00", "32460001500511;B;6,00"]
    assert not facts(tmp_path, lines).columns[0].destroyed


def test_a_repeated_title_is_numbered_and_asked_about_where_values_differ(tmp_path):
    lines = ["Nom;Montant;Remarque;Remarque", "A;5,00;un;deux", "B;6,00;un;un"]
    understanding = facts(tmp_path, lines)
    assert understanding.titles == ["Nom", "Montant", "Remarque", "Remarque (2)"]
    assert question(understanding, "repeated_title").options == ["Remarque", "Remarque (2)"]


def test_of_two_columns_of_one_title_the_filled_one_keeps_it(tmp_path):
    understanding = facts(tmp_path, ["Nom;Remarque;Montant;Remarque", "A;;5,00;un", "B;;6,00;deux"])
    assert understanding.titles == ["Nom", "Remarque (2)", "Montant", "Remarque"]
    assert "repeated_title" not in codes(understanding)


def test_a_column_without_title_is_called_by_its_letter(tmp_path):
    understanding = facts(tmp_path, ["Nom;Ville;;Montant", "A;B;x;5,00", "C;D;y;6,00"])
    assert understanding.titles == ["Nom", "Ville", "C", "Montant"]
    assert "untitled" in doubts(understanding)


def test_a_sheet_without_titles_is_refused(tmp_path):
    with pytest.raises(SheetError) as refused:
        facts(tmp_path, people(PLAIN))
    assert "titres" in str(refused.value) or "titles" in str(refused.value)


def test_titles_alone_are_doubtful(tmp_path):
    reading = read(tmp_path, "a.csv", text([HEAD]))
    assert "no_rows" in doubts(reading.facts)
    assert reading.lines == []


def test_the_other_sheets_are_listed_with_the_reason(tmp_path):
    sheets = [("Aides", [TITLES, *ROWS]), ("Vide", []), ("Autres", [TITLES, [*ROWS[0][:3], 77], [*ROWS[1][:3], 78]])]
    understanding = read(tmp_path, "a.xlsx", book(*sheets)).facts
    assert [(sheet.name, sheet.why_not) for sheet in understanding.sheets] == [
        ("Aides", ""),
        ("Autres", "not_first"),
        ("Vide", "empty"),
    ] or [sheet.why_not for sheet in understanding.sheets] == ["", "empty", "not_first"]
    assert question(understanding, "sheet").options == ["Aides", "Autres"]


def test_a_wished_sheet_is_read(tmp_path):
    content = book(("Aides", [TITLES, *ROWS]), ("Autres", [TITLES, [*ROWS[0][:3], 77]]))
    assert read(tmp_path, "a.xlsx", content, sheet="Autres").values("Montant") == [77]


def test_a_wished_row_of_titles_is_obeyed(tmp_path):
    understanding = facts(tmp_path, ["Un;Deux;Trois;Quatre", HEAD, *people(PLAIN)], header_rows=[2])
    assert (understanding.header_row, understanding.titles[3]) == (2, "Montant")


def test_a_wished_encoding_and_delimiter_are_obeyed(tmp_path):
    content = text(["Nom|Montant;net", "Élan|5,00;x"], "cp1252")
    understanding = read(tmp_path, "a.csv", content, encoding="cp1252", delimiter="|").facts
    assert understanding.titles == ["Nom", "Montant;net"]


def test_lines_of_another_encoding_are_told(tmp_path):
    content = text([HEAD, *people(PLAIN[:2])]) + text(people(PLAIN[2:]), "cp1252")
    understanding = read(tmp_path, "a.csv", content).facts
    assert understanding.encoding == "utf-8 + cp1252"
    assert "encodings" in doubts(understanding)


def test_true_dates_beside_high_days_in_words_are_doubtful(tmp_path):
    rows = [["A", datetime.date(2021, 5, 3), 10], ["B", "13/02/2021", 11], ["C", "25/02/2021", 12]]
    understanding = read(tmp_path, "a.xlsx", book(("Feuil1", [["Nom", "Date", "Montant"], *rows]))).facts
    assert "swapped_days" in doubts(understanding)


def test_doubts_are_whole_sentences_in_the_language_of_the_reader(tmp_path):
    rows = [["A", "2,43E+13", 10], ["B", "2,44E+13", 11]]
    understanding = read(tmp_path, "a.xlsx", book(("Feuil1", [["Nom", "Numéro", "Montant"], *rows]))).facts
    (doubt,) = [each for each in understanding.doubts if each.code == "destroyed"]
    assert "Numéro" in str(doubt.error("Feuil1", "a.xlsx"))


def test_the_file_is_named_in_a_refusal(tmp_path):
    path = tmp_path / "spooled"
    path.write_bytes(b"")
    with pytest.raises(SheetError) as refused:
        understand(path, "aides.xlsx")
    assert "aides.xlsx" in str(refused.value)
