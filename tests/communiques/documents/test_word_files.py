"""DOCX to text: what is deleted is left out, what is inserted kept, items and rows told apart."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from grants.communiques.extracting.found import Unreadable
from grants.communiques.extracting.word_files import read_docx

from .samples import simple_docx, with_member, word_bytes

ALTERNATE = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"


def body_of(xml):
    """The text of a document whose body is this XML."""
    document = docx.Document()
    body = parse_xml(f"<w:body {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml' {ALTERNATE}>{xml}</w:body>")
    for child in list(body):
        document.element.body.insert_element_before(child, "w:sectPr")
    return read_docx(word_bytes(document)).text


def written(text):
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_paragraphs_headings_and_items_come_in_their_order():
    document = docx.Document()
    document.add_heading("29 M$ pour neuf organisations", 0)
    document.add_paragraph("Québec, le 20 avril 2022")
    document.add_paragraph("Un", style="List Bullet")
    document.add_paragraph("Deux", style="List Number")
    document.add_paragraph("Fin")
    found = read_docx(word_bytes(document))
    assert found.text == "29 M$ pour neuf organisations\n\nQuébec, le 20 avril 2022\n• Un\n• Deux\n\nFin"
    assert found.title == "29 M$ pour neuf organisations"


def test_rows_are_lines_of_cells():
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, ["Nom", "Coût", "Aide", "ÉTS\nMontréal", "", "600 000 $"], strict=True):
        cell.text = text
    assert read_docx(word_bytes(document)).text == "Nom | Coût | Aide\nÉTS Montréal |  | 600 000 $"


def test_deleted_words_are_left_out_and_inserted_ones_kept():
    changed = (
        "<w:p>" + written("Une aide de ") + "<w:del><w:r><w:delText>5 M$</w:delText></w:r></w:del>"
        f"<w:ins>{written('6 M$')}</w:ins></w:p>"
    )  # fmt: skip
    assert body_of(changed) == "Une aide de 6 M$"


def test_hidden_words_and_codes_of_fields_are_left_out():
    hidden = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:hyperlink>{written('un lien')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{written(' et un champ')}</w:sdtContent></w:sdt></w:p>"
    )
    assert body_of(hidden) == "un lien et un champ"


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent><w:p>{written('Dans la boîte')}</w:p></w:txbxContent>"
    both = (
        f"<w:p>{written('Avant')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert body_of(both) == "Avant\n\nDans la boîte"


def test_a_raised_figure_does_not_join_the_amount():
    mark = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"
    assert body_of(f"<w:p>{written('600 000 $')}{mark}</w:p>") == "600 000 $¹"


def test_headers_and_footers_are_left_out():
    document = docx.Document()
    document.add_paragraph("Texte")
    document.sections[0].header.paragraphs[0].text = "Entête"
    document.sections[0].footer.paragraphs[0].text = "Pied"
    assert read_docx(word_bytes(document)).text == "Texte"


def test_line_breaks_tabs_and_hyphens_are_kept():
    broken = "<w:t>Un</w:t><w:tab/><w:t>deux</w:t><w:br/><w:t>vice</w:t><w:noBreakHyphen/><w:t>roi</w:t>"
    assert body_of(f"<w:p><w:r>{broken}</w:r></w:p>") == "Un\tdeux\nvice-roi"


def test_a_document_with_macros_is_read_without_them():
    content = simple_docx("Texte")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml")
    ordinary = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main"
    assert ordinary in types
    macros = types.replace(ordinary, b"application/vnd.ms-word.document.macroEnabled.main")
    assert read_docx(with_member(content, "[Content_Types].xml", macros)).text == "Texte"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("word/document.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "entities"),
        ("word/document.xml", b"<w:document", "damaged"),
        ("word/document.xml", b"", "damaged"),
        ("_rels/.rels", b"<Relationships/>", "damaged"),
        ("word/media/x.bin", bytes(60 << 20), "swollen"),
    ],
)
def test_what_is_wrong_inside_is_told(name, data, code):
    with pytest.raises(Unreadable, match=code):
        read_docx(with_member(simple_docx("Texte"), name, data))


def test_a_document_without_text_is_refused():
    with pytest.raises(Unreadable, match="no_text"):
        read_docx(simple_docx("", " "))
