"""Documents made by the tests: small PDF files written by hand, DOCX by python-docx, ODT by odfpy."""

import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document as WordDocument

LEFT, RIGHT, TOP = 72, 540, 720
WRITER = "Québec, le 20 avril 2022 – Le ministère accorde 2 307 663 $ à neuf organisations."
Piece = tuple[float, float, float, str]  # from the left, from the bottom, size, text


def pdf(*pages: Iterable[Piece], extra: bytes = b"", title: str = "") -> bytes:
    """A PDF of these pages, in Helvetica. `extra` goes into the trailer."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * place) for place in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 612 792]>>" % (kids, count),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for place, pieces in enumerate(pages):
        stream = b"".join(drawn(*piece) for piece in pieces)
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>" % (5 + 2 * place))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    objects.append(b"<</Title(%s)>>" % escaped(title))
    extra += b"/Info %d 0 R" % len(objects)
    return assembled(objects, extra)


def assembled(objects: list[bytes], extra: bytes = b"") -> bytes:
    """The objects as a file."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def drawn(left: float, bottom: float, size: float, text: str) -> bytes:
    """The command that writes one piece of text."""
    return b"BT /F %g Tf %g %g Td (%s) Tj ET\n" % (size, left, bottom, escaped(text))


def escaped(text: str) -> bytes:
    """A string of PDF."""
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def lines(*texts: str, top: float = TOP, left: float = LEFT, size: float = 11, step: float = 14) -> list[Piece]:
    """Lines one under the other; "" leaves room."""
    return [(left, top - step * place, size, text) for place, text in enumerate(texts) if text]


def word_bytes(document: WordDocument) -> bytes:
    """The file of a python-docx document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def simple_docx(*paragraphs: str) -> bytes:
    """A DOCX of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return word_bytes(document)


def with_member(content: bytes, name: str, data: bytes) -> bytes:
    """The same archive, one member replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    """An archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()
