"""What a file really is, from its bytes rather than from its name."""

import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from ..errors import SheetError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Kinds that can be read, then kinds that can only be named when they are refused.
LABELS = {
    "csv": _("a CSV text file"),
    "xlsx": _("an XLSX workbook"),
    "ods": _("an ODS workbook"),
    "xls": _("an XLS workbook"),
    "xlsb": _("an XLSB workbook"),
    "document": _("a text document"),
    "pdf": _("a PDF document"),
    "image": _("an image"),
    "html": _("a web page"),
    "xml": _("an XML file"),
    "rtf": _("a text document"),
    "gzip": _("a compressed archive"),
    "zip": _("a compressed archive"),
    "ole": _("an old Microsoft Office document"),
}
READABLE = ("csv", "xlsx", "ods", "xls")
EXTENSIONS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".xls": "xls",
}
MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "gzip"),
    (b"Rar!", "gzip"),
    (b"{\\rtf", "rtf"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<table", "html"),
    (b"<?xml", "xml"),
)


def kind_of_name(name: str) -> str | None:
    """The kind that the file's ending promises, None when it promises nothing known."""
    return EXTENSIONS.get(PurePath(name).suffix.lower())


def kind_of_file(file: BinaryIO) -> str:
    """The kind that the bytes show, a key of LABELS; "csv" when nothing says otherwise.

    Raises SheetError for a workbook protected by a password or a damaged one.
    """
    file.seek(0)
    content = file.read(4096)
    if content.startswith(b"PK"):
        return _kind_of_archive(file)
    if content.startswith(OLE):
        return _kind_of_ole(file)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    return next((kind for magic, kind in MAGIC if start.startswith(magic.lower())), "csv")


def check_kind(file: BinaryIO, name: str, wanted: str | None) -> str:
    """The kind of the file, once it is known to be readable and to be what its name or the form says.

    ``wanted`` is the kind chosen on a form; None leaves the choice to the name.
    Raises SheetError naming what was promised and what was found.
    """
    found = kind_of_file(file)
    promised = wanted or kind_of_name(name)
    if promised and found != promised:
        raise _mismatch(name, promised, found, chosen=wanted is not None)
    if found not in READABLE:
        message = _("This file is %(found)s. A CSV, XLSX or ODS file is expected.")
        raise SheetError(message, params={"found": LABELS[found]})
    return found


def _mismatch(name: str, promised: str, found: str, *, chosen: bool) -> SheetError:
    params = {"promised": promised.upper(), "ending": PurePath(name).suffix, "found": LABELS[found]}
    if chosen:
        message = _("The format chosen is %(promised)s but this file is %(found)s.")
    elif found in READABLE:
        message = _("The file's name ends in “%(ending)s” but it is %(found)s. Rename it, or save it again.")
    else:
        message = _("The file's name ends in “%(ending)s” but it is %(found)s. A CSV, XLSX or ODS file is expected.")
    return SheetError(message, params=params)


def _kind_of_archive(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()[:5000]}
            mimetype = archive.open("mimetype").read(200) if "mimetype" in archive.namelist() else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        raise SheetError(_("This file is damaged: it starts like a workbook but cannot be opened.")) from None
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "document"
    if "content.xml" in names:
        return "ods" if not mimetype or b"opendocument.spreadsheet" in mimetype else "document"
    return "zip"


def _kind_of_ole(file: BinaryIO) -> str:
    """OLE containers hold old workbooks, and new ones once a password protects them."""
    streams = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book")}
    found: set[str] = set()
    file.seek(0)
    rest = b""
    while more := file.read(1 << 20):
        part = rest + more
        found |= {name for name, written in streams.items() if written in part}
        rest = part[-64:]
    if "EncryptedPackage" in found:
        raise SheetError(
            _("This workbook is protected by a password. Save it without a password, then import it again.")
        )
    return "xls" if found else "ole"
