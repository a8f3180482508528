"""ODT, RTF and saved messages to text."""

import io
from email.message import EmailMessage

import pytest
from odf import text as odf
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow

from grants.communiques.extracting.found import Unreadable
from grants.communiques.extracting.mails import read_mail
from grants.communiques.extracting.open_documents import read_odt
from grants.communiques.extracting.rich_text import read_rtf

from .samples import with_member, zipped


def odt(*elements):
    document = OpenDocumentText()
    for element in elements:
        document.text.addElement(element)
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def odt_list(*texts):
    items = odf.List()
    for text in texts:
        item = odf.ListItem()
        item.addElement(odf.P(text=text))
        items.addElement(item)
    return items


def odt_table(*rows):
    table = Table()
    for cells in rows:
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(odf.P(text=text))
            row.addElement(cell)
        table.addElement(row)
    return table


def test_an_odt_gives_its_paragraphs_items_and_rows():
    content = odt(
        odf.H(outlinelevel=1, text="Titre"),
        odf.P(text="Texte"),
        odt_list("Un", "Deux"),
        odt_table(("ÉTS", "", "600 000 $"), ("AQIP", "x", "448 800 $")),
    )
    assert read_odt(content).text == "Titre\n\nTexte\n• Un\n• Deux\n\nÉTS |  | 600 000 $\nAQIP | x | 448 800 $"


def test_spaces_tabs_and_breaks_of_an_odt_are_kept():
    paragraph = odf.P(text="Un")
    for element in (odf.S(), odf.Tab(), odf.LineBreak()):
        paragraph.addElement(element)
    paragraph.addText("deux")
    assert read_odt(odt(paragraph)).text == "Un\ndeux"


def test_an_odt_that_declares_entities_or_is_locked_is_refused():
    content = odt(odf.P(text="Texte"))
    with pytest.raises(Unreadable, match="entities"):
        read_odt(with_member(content, "content.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"))
    with pytest.raises(Unreadable, match="password"):
        read_odt(with_member(content, "META-INF/manifest.xml", b"<m><encryption-data/></m>"))
    with pytest.raises(Unreadable, match="damaged"):
        read_odt(zipped(mimetype=b"application/vnd.oasis.opendocument.text"))


RTF = rb"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Essai;}{\info{\title Titre}}
\pard Qu\'e9bec, le 20 avril 2022 \endash  2\~307\~663\~$\par
{\listtext\'b7\tab}FPInnovations \u8212?\u8239  600 000 $\par {\listtext\'b7\tab}AQIP\par
\trowd A\cell B\cell 5 $\cell\row\pard Fin{\v cach\'e9}{\deleted non}.\par}"""


def test_an_rtf_gives_its_paragraphs_items_and_rows():
    assert read_rtf(RTF).text == (
        "Québec, le 20 avril 2022 – 2\u00a0307\u00a0663\u00a0$\n\n"
        "• FPInnovations —\u202f600 000 $\n• AQIP\n\nA | B | 5 $\nFin."
    )


def test_an_rtf_without_end_or_text_is_answered():
    assert read_rtf(RTF[: RTF.index(b"22 ")]).text == "Québec, le 20 avril 20"
    for content in (b"{\\rtf1" + b"{" * 100_000, b"{\\rtf1 }", b"{\\rtf1{\\pict 0102}}"):
        with pytest.raises(Unreadable):
            read_rtf(content)


def message(plain="", html="", **headers):
    made = EmailMessage()
    made["Subject"] = "TR : 29 M$ pour neuf organisations"
    made["Date"] = "Wed, 20 Apr 2022 10:00:00 -0400"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if plain:
        made.set_content(plain)
    if html:
        (made.add_alternative if plain else made.set_content)(html, subtype="html")
    return made.as_bytes()


def test_a_message_gives_its_text_subject_and_day():
    found = read_mail(message(plain="Société d'été : 5 M$\nFin"))
    assert found.text.strip() == "Société d'été : 5 M$\nFin"
    assert (found.title, found.published) == ("29 M$ pour neuf organisations", "2022-04-20")


def test_the_page_in_a_message_is_preferred_to_its_plain_words():
    assert read_mail(message(plain="Texte", html="<ul><li>Un<li>Deux</ul>")).text == "• Un\n• Deux"


def test_a_page_saved_whole_keeps_its_address_and_not_the_day_of_its_saving():
    found = read_mail(message(html="<p>Texte</p>", Snapshot_Content_Location="https://www.example.org/aide"))
    assert (found.text, found.url, found.published) == ("Texte", "https://www.example.org/aide", "")


def test_a_message_without_text_is_refused():
    with pytest.raises(Unreadable, match="no_text"):
        read_mail(message())
