"""What is told to the person who brought a document: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

FAULTS = {
    "empty": _("It is empty: there is nothing to read."),
    "too_big": _("It weighs more than %(limit)s MB. Copy the text of the press release and paste it here."),
    "image": _("This is an image: it holds no text. Type the text of the press release, or find it as a web page."),
    "media": _("This is a recording (sound or video): it holds no text."),
    "spreadsheet": _("This is a spreadsheet. Tables of grants are brought in with an import, not as a press release."),
    "presentation": _("This is a presentation. Save it as a PDF, or copy its text and paste it here."),
    "archive": _("This is an archive of several files. Take the press release out of it and choose that file."),
    "program": _("This is a program, not a document. It was not opened."),
    "doc": _("This is a Word document of the kind before 2007 (.doc). Save it as DOCX or PDF, then choose that file."),
    "old_office": _("This is a file of an old office program. Save it as DOCX or PDF, then choose that file."),
    "xml": _("This is an XML file, not a document. Save it as DOCX or PDF, then choose that file."),
    "binary": _("This is neither a text nor a document that can be read. Save it as DOCX or PDF, or paste its text."),
    "password": _("It is protected by a password. Save it without one, or copy its text and paste it here."),
    "scanned": _(
        "This PDF was scanned: its pages are images and hold no text. Find the press release as a web page, or run "
        "the PDF through character recognition first."
    ),
    "no_text": _("It holds no text that could be read. Copy the text of the press release and paste it here."),
    "letters": _(
        "The fonts of this PDF do not say which letters they draw: its text cannot be read. Find the press release as "
        "a web page, or run the PDF through character recognition first."
    ),
    "damaged": _("It is damaged or is not what it seems. Save it again as DOCX or PDF, or paste its text."),
    "large": _("It asks for too much memory or time. Copy the text of the press release and paste it here."),
    "swollen": _("It is refused: once decompressed it would be unreasonably large."),
    "entities": _("It is refused: it declares XML entities, which no office program writes."),
    "unknown": _("Documents of this kind cannot be read. Save it as DOCX or PDF, then choose that file."),
}

NOTES = {
    "cut": _("The text is very long: only its first part was kept (%(most)s characters at most)."),
    "mute_pages": _("Some pages show something but hold no text; they were probably scanned, and were not read."),
    "page_damaged": _("Some pages are damaged and were not read."),
    "replaced": _("Some characters of the text could not be read; they are shown as “�”."),
}
