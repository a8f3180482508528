"""Whatever somebody brings or pastes: its text, or words that say what is wrong and what to do."""

import struct

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from grants.communiques.documents import MOST_CHARACTERS, DocumentError, clean_pasted, read_document
from grants.communiques.documents.kinds import READ, kind_of
from grants.communiques.documents.words import FAULTS

from .samples import WRITER, lines, pdf, simple_docx, with_member, zipped
from .test_other_documents import RTF, message, odf, odt

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = b"/ID[(a)(a)]/Encrypt<</Filter/Standard/V 1/R 2/O(" + b"o" * 32 + b")/U(" + b"u" * 32 + b")/P -4>>"
REFUSED = {
    "empty": (b"", b" \r\n\t ", b"\xef\xbb\xbf \n"),
    "image": (b"\x89PNG\r\n\x1a\n0", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF0000WEBPVP8 ", b"\0\0\0\x18ftypheic"),
    "media": (b"ID3\x04", b"RIFF0000WAVEfmt ", b"\0\0\0\x18ftypmp42"),
    "spreadsheet": (
        zipped(**{"[Content_Types].xml": b"<x/>", "xl__workbook.xml": b""}),
        OLE + "Workbook".encode("utf-16-le"),
    ),
    "presentation": (zipped(**{"[Content_Types].xml": b"<x/>", "ppt__presentation.xml": b""}),),
    "archive": (zipped(**{"communique.txt": b"x"}), b"\x1f\x8b\x08\0", b"Rar!\x1a\x07\0", b"PK\x03\x04"),
    "program": (b"MZ\x90\0\x03", b"\x7fELF\x02"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"),),
    "old_office": (OLE,),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), pdf(lines(WRITER), extra=LOCKED)),
    "xml": (b"<?xml version='1.0'?><rss><item/></rss>", b"<svg><text>5 M$</text></svg>"),
    "binary": (bytes(range(256)) * 40, b"\x93NUMPY\x01\0" + struct.pack("<50d", *range(50))),
    "damaged": (b"%PDF-1.7\n", simple_docx("Texte")[:2000]),
    "unknown": (zipped(**{"Index__Document.iwa": b"x"}),),
}  # fmt: skip


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_no_document_is_refused_by_what_it_holds(code):
    for content in REFUSED[code]:
        with pytest.raises(DocumentError) as refused:
            read_document(content, "annonce.pdf")
        assert refused.value.code == code, content[:40]


@pytest.mark.parametrize("code", FAULTS)
def test_each_refusal_names_the_file_in_both_languages(code):
    error = DocumentError(code, "annonce\u202e.doc", limit=20)
    with override("fr"):
        assert str(error).startswith("Fichier «\u00a0annonce[U+202E].doc\u00a0»\u00a0: ")
        french = str(DocumentError(code, limit=20))
    with override("en"):
        assert str(error).startswith("File “annonce[U+202E].doc”: ")
        assert str(DocumentError(code, limit=20)) != french


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("pdf", pdf(lines(WRITER))),
        ("docx", simple_docx(WRITER)),
        ("odt", odt(odf.P(text=WRITER))),
        ("html", f"<html><body><p>{WRITER}".encode()),
        ("mail", message(plain=WRITER, Message_ID="<1@example.org>")),
        ("text", WRITER.encode("utf-8-sig")),
        ("text", WRITER.encode("utf-16")),
        ("text", WRITER.encode("cp1252")),
    ],
)
def test_a_document_is_read_whatever_its_name(kind, content):
    document = read_document(content, "rien.xyz")
    assert (document.kind, document.text.strip(), document.notes) == (kind, WRITER, [])


def test_french_of_old_machines_is_read():
    assert read_document("Société d'été à Québec".encode("mac_roman"), "a.txt").text == "Société d'été à Québec"


def test_an_rtf_is_read():
    assert "2\u00a0307\u00a0663\u00a0$" in read_document(RTF, "a.doc").text


def test_what_weighs_too_much_is_refused(settings):
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(DocumentError, match="1") as refused:
        read_document(b"a" * (1 << 20) + b"b", "gros.txt")
    assert refused.value.code == "too_big"


def test_a_long_text_is_cut_at_a_paragraph_and_told():
    document = clean_pasted("Un paragraphe.\n\n" * 40_000)
    assert MOST_CHARACTERS - 20 < len(document.text) <= MOST_CHARACTERS
    assert document.text.endswith("paragraphe.")
    assert "400\u00a0000" in str(document.notes[0])


def test_a_long_document_is_cut_too():
    document = read_document(b"<html><body>" + b"<p>Un paragraphe." * 40_000, "long.html")
    assert len(document.text) <= MOST_CHARACTERS
    assert [note.code for note in document.notes] == ["cut"]


def test_a_pasted_text_stays_as_it_is():
    assert clean_pasted(WRITER + "\r\n\r\n•\tUn\u202f!").text == WRITER + "\n\n•\tUn\u202f!"


def test_what_cannot_be_kept_is_replaced_one_for_one():
    document = clean_pasted("Un\x00e a\x1fide d\x92\x85 \ud800 \uffff\x0bfin" + " mot" * 100)
    assert document.text.startswith("Un e a\u00adide d’… \ufffd \ufffd\nfin")
    assert [note.code for note in document.notes] == ["replaced"]


def test_the_source_of_a_page_that_is_pasted_is_read_as_a_page():
    document = clean_pasted("<div><p>Une aide de 5&nbsp;M$</p><script>alert(1)</script></div>")
    assert (document.kind, document.text) == ("html", "Une aide de 5\u00a0M$")


def test_words_between_brackets_are_no_page():
    assert clean_pasted("<< Annonce >> Une aide de 5 M$").kind == "text"
    assert clean_pasted("< 5 M$ pour La Piscine").kind == "text"


@pytest.mark.parametrize("text", ["", " \n\u00a0 ", "\x00\x00"])
def test_nothing_pasted_is_said_to_be_nothing(text):
    with pytest.raises(DocumentError):
        clean_pasted(text)


def test_something_binary_that_is_pasted_is_refused():
    with pytest.raises(DocumentError) as refused:
        clean_pasted(bytes(range(256)).decode("latin-1") * 10)
    assert refused.value.code == "binary"


@given(st.text(max_size=300))
def test_whatever_is_pasted_fits_in_the_database_or_is_refused(text):
    try:
        document = clean_pasted(text.replace("<", " ").replace("{", " "))
    except DocumentError:
        return
    document.text.encode()
    assert "\x00" not in document.text
    assert len(document.text) <= len(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_of_some_kind(content):
    assert kind_of(content) in READ | set(FAULTS)


def outcome(content):
    """The code of the refusal, "" where the document is read."""
    try:
        assert read_document(content, "a").text
    except DocumentError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize("whole", [pdf(lines(WRITER)), simple_docx(WRITER)], ids=["pdf", "docx"])
def test_a_document_cut_short_is_read_or_refused(whole):
    for tenth in range(1, 10):
        assert outcome(whole[: len(whole) * tenth // 10]) in ("", "damaged", "no_text"), tenth


WRONG = st.lists(st.tuples(st.integers(0, 900), st.binary(min_size=1, max_size=8)), min_size=1)


@hypothesis_settings(max_examples=12, deadline=None)
@given(st.sampled_from([pdf(lines(WRITER)), simple_docx(WRITER)]), WRONG)
def test_a_document_with_wrong_bytes_is_read_or_refused(whole, faults):
    content = bytearray(whole)
    for place, wrong in faults:
        content[place : place + len(wrong)] = wrong
    assert outcome(bytes(content)) in {"", *FAULTS}


HOSTILE = {
    "swollen": with_member(simple_docx("Texte"), "word/document.xml", b" " * (60 << 20)),
    "entities": with_member(simple_docx("Texte"), "word/document.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
    "no_text": b"<html><body>" + b"<div>" * 200_000,
}


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_documents_are_refused(code):
    with pytest.raises(DocumentError) as refused:
        read_document(HOSTILE[code], "piege")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "source",
    [
        "<title>Page</title><main>Une aide de 5 M$.</main>",
        "<p>Une aide de 5 M$.<p>",
        "<center><font face=x>Une aide de 5 M$.</font></center>",
        "<blockquote>Une aide de 5 M$.</blockquote>",
        "<pre>Une aide de 5 M$.</pre>",
        "Une aide de 5 M$.<br><br><script>var aide = '9 M$'</script>",
        "<form>Une aide de 5 M$.</form>",
    ],
)
def test_a_piece_of_a_page_is_read_as_one(source):
    assert [read_document(source.encode(), "a.html").text, clean_pasted(source).text] == ["Une aide de 5 M$."] * 2


@pytest.mark.parametrize("text", ["<https://a.example> : 5 M$ <br>", "< 5 employés : 5 M$", "a <b> c <p> d"])
def test_signs_that_make_no_page_are_left_in_a_text(text):
    assert clean_pasted(text).text == text
