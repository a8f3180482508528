"""PDF to text: what the width of the page cut is joined, and nothing else."""

import pytest

from grants.communiques.extracting.found import Unreadable
from grants.communiques.extracting.pdf_files import read_pdf

from .samples import LEFT, assembled, lines, pdf

WIDE = (
    "Le ministère de l'Économie et de l'Innovation accorde une aide financière de plus de",
    "29 millions de dollars à neuf organisations. Ces dix nouveaux projets permettront de",
    "sensibiliser 49 500 entreprises.",
)


def text_of(*pages):
    return read_pdf(pdf(*pages)).text


def test_lines_cut_by_the_width_of_the_page_make_one_paragraph():
    assert text_of(lines(*WIDE)) == " ".join(WIDE)


def test_short_lines_stay_lines():
    listed = ("La Piscine : 875 000 $", "Groupe MISA : 5 416 050 $", "AQIP : 448 800 $")
    assert text_of(lines(*WIDE, "", *listed)) == " ".join(WIDE) + "\n\n" + "\n".join(listed)


def test_an_amount_at_the_margin_ends_its_line():
    ends = "L'Association québécoise de l'industrie de la pêche et de ses partenaires    448 800 $"
    assert text_of(lines(ends, "Groupe MISA : 5 416 050 $")).count("\n") == 1


def test_bullets_begin_items_and_their_second_lines_go_on():
    first = "•  COlab innovation sociale et culture numérique, rattaché au Collège d'Alma, qui forme"
    text = text_of(lines(first, "   des conseillers : 2 307 663 $", "•  FPInnovations : 6 678 540 $"))
    assert text.split("\n") == [
        "• COlab innovation sociale et culture numérique, rattaché au Collège d'Alma, qui forme "
        "des conseillers : 2 307 663 $",
        "• FPInnovations : 6 678 540 $",
    ]


def test_paragraphs_of_one_line_each_stay_apart():
    items = (WIDE[0][:-3] + ".", "Groupe MISA", "Une deuxième phrase qui suit le nom du groupe")
    assert text_of(lines(*items, step=24)).split("\n\n") == list(items)


def test_amounts_at_the_edges_of_pages_are_no_running_footers():
    assert text_of([*lines("La Piscine"), *lines("96 250 $", top=40)], lines("890 000 $", top=40)).count("$") == 2


def test_a_wider_gap_leaves_a_blank_line():
    assert text_of(lines("Un titre", "", "Un paragraphe")) == "Un titre\n\nUn paragraphe"


def test_running_headers_footers_and_page_numbers_are_left_out():
    def page(number, *texts):
        return [(LEFT, 770, 9, "Cabinet du ministre"), *lines(*texts), (LEFT, 20, 9, f"Page {number} de 2")]

    assert text_of(page(1, "Première page."), page(2, "Seconde page.")) == "Première page.\n\nSeconde page."


def test_a_paragraph_goes_on_over_the_page():
    assert text_of(lines(*WIDE[:2]), lines(WIDE[2])) == " ".join(WIDE)


def test_what_a_browser_prints_around_a_page_gives_its_address():
    page = [(24, 775, 8, "2026-11-23, 8:36 AM"), *lines(*WIDE), (24, 14, 8, "https://www.example.org/aide 1/1")]
    found = read_pdf(pdf(page))
    assert (found.text, found.url) == (" ".join(WIDE), "https://www.example.org/aide")


def row(bottom, *cells):
    return [(LEFT + 160 * place, bottom, 10, text) for place, text in enumerate(cells) if text]


def test_rows_of_a_table_are_lines_of_cells():
    table = row(700, "Organisme", "Coût total", "Aide") + row(680, "La Piscine", "1 900 000 $", "875 000 $")
    assert text_of(table) == "Organisme | Coût total | Aide\nLa Piscine | 1 900 000 $ | 875 000 $"


def test_a_blank_cell_keeps_the_columns_in_their_places():
    table = row(700, "Organisme", "Coût total", "Aide") + row(680, "ÉTS", "", "600 000 $")
    assert text_of(table).split("\n")[1] == "ÉTS |  | 600 000 $"


def test_a_cell_of_several_lines_is_one_cell():
    table = row(700, "Organisme", "Aide") + lines("Centre de développement", "du numérique", top=680, size=10, step=12)
    assert text_of([*table, (LEFT + 160, 680, 10, "600 000 $")]).split("\n")[1] == (
        "Centre de développement du numérique | 600 000 $"
    )


def test_the_mark_of_a_note_does_not_join_the_amount():
    text = text_of([(LEFT, 700, 11, "Une aide de 600 000 $"), (LEFT + 110, 704, 7, "1"), *lines("Fin.", top=660)])
    assert "600 000 $¹" in text
    assert "$1" not in text


def test_a_word_cut_at_the_end_of_a_line_is_mended_where_it_stands_whole_elsewhere():
    cut = "Le ministère accorde une aide financière pour la transformation et tout le développe-"
    assert "le développement de" in text_of(lines(cut, "ment de la région.", "", "Un développement."))


def test_a_hyphen_that_may_belong_to_the_word_stays():
    cut = "Le ministère accorde une aide financière pour la transformation et pour tout le socio-"
    assert "le socio-économique." in text_of(lines(cut, "économique."))


def test_ligatures_are_taken_apart():
    page = b"BT /F 12 Tf 72 700 Td (e\\001cace, o\\001ciel) Tj ET"
    names = b"<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/f_f_i]>>"
    unicode_map = (
        b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange<00><ff>endcodespacerange "
        b"1 beginbfchar<01><FB03>endbfchar endcmap end"
    )
    content = assembled([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[4 0 R]/Count 1/MediaBox[0 0 612 792]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding %s/ToUnicode 6 0 R>>" % names,
        b"<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F 3 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Length %d>>stream\n%s\nendstream" % (len(unicode_map), unicode_map),
    ])  # fmt: skip
    assert read_pdf(content).text == "efficace, officiel"


def test_the_title_is_the_one_somebody_gave():
    assert read_pdf(pdf(lines(*WIDE), title="29 M$ pour neuf organisations")).title == "29 M$ pour neuf organisations"
    assert read_pdf(pdf(lines(*WIDE), title="Microsoft Word - final.docx")).title == ""


def test_a_scanned_page_is_said_to_be_scanned():
    drawing = b"0 0 m 600 600 l S"
    content = assembled([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
    ])  # fmt: skip
    with pytest.raises(Unreadable, match="scanned"):
        read_pdf(content)


def test_a_page_without_text_among_others_is_told():
    content = pdf(lines(*WIDE), []).replace(
        b"<</Length 0>>stream\n\nendstream", b"<</Length 9>>stream\n0 0 m 9 9 l S\nendstream"
    )
    assert read_pdf(content).notes == ["mute_pages"]
