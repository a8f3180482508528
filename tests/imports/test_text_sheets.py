"""CSV and TSV as people really send them."""

from contextlib import suppress

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from grants.imports.reading import Limits, SheetError, read_sheet
from grants.imports.reading.encodings import decode

from .samples import FRENCH, refusal


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_french_text_is_read_in_whatever_encoding_it_comes(encoding):
    sheet = read_sheet(FRENCH.encode(encoding), "aides.csv")
    assert sheet.headers == ["Bénéficiaire", "Montant", "Région"]
    assert sheet.rows[1].values == ["Maison de l’œuvre « Élan »", "3 000,50", "Île-de-Montréal"]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_old_machines_are_recognised_by_their_french_letters(encoding):
    text = "Organisme;Ville\nSociété d'histoire;Québec\nThéâtre à l'été;Trois-Rivières\n"
    sheet = read_sheet(text.encode(encoding), "aides.csv")
    assert sheet.encoding == encoding
    assert sheet.rows[1].values == ["Théâtre à l'été", "Trois-Rivières"]


def test_a_byte_order_mark_in_front_of_cp1252_does_not_mislead():
    assert read_sheet(b"\xef\xbb\xbf" + FRENCH.encode("cp1252"), "aides.csv").encoding == "cp1252"


def test_a_file_of_mixed_encodings_is_read_line_by_line():
    mixed = "Organisme;Ville\nThéâtre;Québec\n".encode() + "Société;Montréal\n".encode("cp1252")
    sheet = read_sheet(mixed, "aides.csv")
    assert [row.values for row in sheet.rows] == [["Théâtre", "Québec"], ["Société", "Montréal"]]
    assert sheet.encoding == "utf-8 + cp1252"


def test_the_encoding_found_can_be_overruled():
    assert decode("é".encode("cp850"), "cp850") == ("é", "cp850")


def test_an_encoding_that_does_not_exist_is_refused():
    assert "rot42" in refusal(b"a;b\n1;2\n", encoding="rot42")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(delimiter):
    text = f"nom{delimiter}montant\n" + f'"a, b; c"{delimiter}5\n' * 3
    sheet = read_sheet(text.encode(), "aides.csv")
    assert (sheet.delimiter, sheet.headers) == (delimiter, ["nom", "montant"])
    assert sheet.rows[0].values == ["a, b; c", "5"]


def test_delimiters_that_only_trail_do_not_hide_the_true_one():
    assert read_sheet(b"a,b,c;;\n1,2,3;;\n", "x.csv").delimiter == ","


def test_a_line_that_announces_its_delimiter_is_obeyed_and_not_counted():
    sheet = read_sheet(b"sep=|\nnom|montant\na,b|1\n", "x.csv")
    assert (sheet.delimiter, sheet.rows[0].number) == ("|", 2)


def test_a_single_column_needs_no_delimiter():
    assert read_sheet(b"nom\nAlpha\nBeta\n", "x.csv").headers == ["nom"]


def test_blank_rows_are_left_out_and_numbering_is_kept():
    sheet = read_sheet(b"\n;\nnom;montant\n\na;1\n;;\n ; \nb;2\n", "x.csv")
    assert sheet.header_row == 3
    assert [row.number for row in sheet.rows] == [5, 8]


def test_a_line_end_inside_a_cell_is_kept_and_counts_as_one_row():
    sheet = read_sheet(b'nom,note\r\na,"un\r\ndeux"\r\nb,trois\r\n', "x.csv")
    assert sheet.rows[0].values == ["a", "un\ndeux"]
    assert sheet.rows[1].number == 3


def test_a_row_wrapped_in_quotes_as_a_whole_is_unwrapped():
    sheet = read_sheet(b'a,b,c\n1,2,3\n"4,""cinq, six"",7"\n', "x.csv")
    assert sheet.rows[1].values == ["4", "cinq, six", "7"]


def test_short_rows_are_filled():
    assert read_sheet(b"a;b;c\n1\n1;2;3\n", "x.csv").rows[0].values == ["1", None, None]


def test_each_row_that_is_too_long_is_told_with_its_number():
    words = refusal(b"nom,montant\nA,1\nB,10 000,00\nC,12,50\n")
    assert "ligne 3 : Cette ligne a plus de cellules (3) qu’il n’y a de titres (2)" in words
    assert "ligne 4" in words
    assert "ligne 2" not in words


def test_a_quote_never_closed_is_told_with_its_row():
    assert "ligne 3 : Un guillemet droit" in refusal(b'a,b\n1,2\n3,"4\n5,6\n')


def test_a_nul_is_refused_with_its_place():
    words = refusal(b"nom,ville\nAlpha,Qu\x00bec\n")
    assert words.startswith("Fichier « aides.csv », ligne 2, colonne « ville », valeur « Qu[U+0000]bec » :")
    assert "U+0000 à la position 3" in words


@pytest.mark.parametrize("code", ["\x07", "\x1b", "\x7f", "\x85"])
def test_other_control_characters_are_refused(code):
    assert f"U+{ord(code):04X}" in refusal(f"nom,ville\nAl{code}pha,Québec\n".encode())


def test_a_lost_character_is_refused():
    assert "ligne 2" in refusal("nom,ville\nAlpha,Qu�bec\n".encode())


def test_a_huge_cell_is_refused():
    assert "40000 caractères" in refusal(b"nom,note\na," + b"x" * 40_000)


def test_an_endless_cell_is_refused():
    assert "ligne 2" in refusal(b'nom,note\na,"' + b"x" * 200_000)


def test_too_many_columns_are_refused():
    assert "16384 colonnes; 200 au plus" in refusal(b",".join(b"c%d" % n for n in range(16_384)) + b"\n1\n")


def test_too_many_rows_are_refused():
    assert "trop de lignes" in refusal(b"nom\n" + b"a\n" * 4, limits=Limits(rows=3))


def test_as_many_rows_as_accepted_are_read():
    assert len(read_sheet(b"nom\n" + b"a\n" * 3, "x.csv", limits=Limits(rows=3)).rows) == 3


def test_a_repeated_title_is_refused():
    words = refusal(b"nom,montant, Nom\na,1,b\n")
    assert "ligne 1, colonne « Nom »" in words
    assert "colonnes A et C" in words


def test_values_below_no_title_are_refused_once():
    words = refusal(b"nom,,montant\na,x,1\nb,y,2\n")
    assert words.count("pas de titre") == 1
    assert "colonne « B »" in words


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf", b";;\n;;\n"])
def test_an_empty_file_is_refused(content):
    assert "vide" in refusal(content)


def test_a_file_of_titles_only_is_refused():
    assert "aucune ligne" in refusal(b"nom,montant\n")


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x01\x02\x03\x04" * 100])
def test_binary_data_is_refused(content):
    assert "données binaires" in refusal(content)


def test_a_number_shortened_by_a_spreadsheet_is_doubted_once_per_column():
    sheet = read_sheet(b"id;nom\n2,43E+13;a\n2,43E+13;b\n", "x.csv")
    assert sheet.rows[0].values[0] == "2,43E+13"
    assert [(doubt.row, doubt.column, doubt.params["count"]) for doubt in sheet.doubts] == [(2, "id", 2)]


def test_only_the_first_errors_are_told():
    words = refusal(b"a,b\n" + b"1,2,3\n" * 30)
    assert len(words.splitlines()) == 21
    assert words.endswith("Il y a d’autres erreurs après celles-ci : 10.")


def test_the_english_sentence_names_the_place_too():
    with pytest.raises(SheetError) as caught:
        read_sheet(b"nom,montant\nA,1,2\n", "grants.csv")
    with override("en"):
        assert str(caught.value).startswith("File “grants.csv”, row 2: This row has more cells")


@given(st.binary() | st.text(alphabet='a,;"\n\r\té\x00 ').map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    with suppress(SheetError):
        sheet = read_sheet(content, "")
        assert all(len(row.values) == len(sheet.headers) for row in sheet.rows)
