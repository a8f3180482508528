"""What a file is, told by its bytes; its name says nothing."""

import io
import re
import zipfile

READ = frozenset(["text", "html", "pdf", "docx", "odt", "rtf", "mail"])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first bytes of what cannot be read, with the fault to tell.
STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"8BPS", "image"),
    (b"\x00\x00\x01\x00", "image"),
    (b"%!PS", "unknown"),
    (b"OggS", "media"),
    (b"ID3", "media"),
    (b"fLaC", "media"),
    (b"\x1aE\xdf\xa3", "media"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MZ\x90\x00", "program"),
    (b"\x7fELF", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\x00asm", "program"),
)
INSIDE_OFFICE = (("word/", "docx"), ("xl/", "spreadsheet"), ("ppt/", "presentation"), ("visio/", "unknown"))
OPEN_KINDS = (
    ("opendocument.text", "odt"),
    ("opendocument.spreadsheet", "spreadsheet"),
    ("opendocument.presentation", "presentation"),
)
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
TAG = re.compile(
    r"</?(?:p|div|span|ul|ol|li|dl|dt|dd|h[1-6]|br|hr|table|thead|tbody|tr|th|td|strong|em|b|i|u|a|article|main|section"
    r"|header|footer|nav|aside|figure|form|blockquote|pre|center|font|small|sup|sub|meta|title|link|style|script|img)"
    r"(?=[\s/>])",
    re.I,
)
# A piece of a page may begin with plain words; then only ends of whole blocks make it one.
END_OF_BLOCK = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|tr|table|article|section|main)\s*>|<br\s*/?>", re.I)
HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
MAIL_HEADERS = frozenset(
    b"mime-version received return-path message-id delivered-to x-mailer dkim-signature snapshot-content-location "
    b"content-type".split()
)


def kind_of(content: bytes) -> str:
    """One of READ, or the code of the fault that says why it is not read."""
    if not content.strip(b" \t\r\n\x00"):
        return "empty"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return kind_of_archive(content)
    if content.startswith(OLE):
        return kind_of_old(content)
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(b"RIFF"):
        return "image" if content[8:12] == b"WEBP" else "media"
    if content[4:8] == b"ftyp":
        return "image" if content[8:11] in (b"hei", b"mif", b"avi", b"msf") else "media"
    if content.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00":
        return "image"
    for start, kind in STARTS:
        if content.startswith(start):
            return kind
    return "mail" if is_mail(content) else "text"


def kind_of_archive(content: bytes) -> str:
    """What a zip is: office documents are zips."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            said = archive.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
    except Exception:
        # Crafted archives make the library raise all sorts of things. A document cut short still shows what it was.
        return "damaged" if b"[Content_Types].xml" in content[:4096] or b"mimetype" in content[:100] else "archive"
    for mark, kind in OPEN_KINDS:
        if mark in said:
            return kind
    if "[Content_Types].xml" in names:
        for folder, kind in INSIDE_OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
        return "damaged"
    return "unknown" if said or any(name.endswith(".iwa") for name in names) else "archive"


def kind_of_old(content: bytes) -> str:
    """What a file of the old office programs is; they also wrap new ones behind a password."""
    for mark, kind in (("EncryptedPackage", "password"), ("WordDocument", "doc"), ("Workbook", "spreadsheet")):
        if mark.encode("utf-16-le") in content:
            return kind
    return "presentation" if "PowerPoint Document".encode("utf-16-le") in content else "old_office"


def is_mail(content: bytes) -> bool:
    """Whether it begins with the headers of a message, among them some that only machines write."""
    names, place = set(), 0
    head = content[:65_536].lstrip(b"\r\n")
    while found := HEADER.match(head, place):
        names.add(found[0].split(b":")[0].lower())
        place = found.end()
    return len(names) >= 3 and len(names & MAIL_HEADERS) >= 2 and b"content-type" in names


def kind_of_text(text: str) -> str:
    """text or html; rtf, or the code of a fault, for a text that is something else's source."""
    start = text[:10_000].lstrip("\ufeff \t\r\n")
    if start.startswith("{\\rtf"):
        return "rtf"
    if PAGE.match(start):
        return "html"
    if start.startswith("<"):
        if start.startswith(("<?xml", "<svg")):
            return "html" if re.search(r"<(?:html|body)\b", start, re.IGNORECASE) else "xml"
        return "html" if len(TAG.findall(start)) >= 2 else "text"
    return "html" if len(END_OF_BLOCK.findall(start)) >= 2 else "text"
