"""`manage.py read_communique FILE`: say what a press release announces. Nothing is written."""

from __future__ import annotations

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override

from grants.communiques.documents import DocumentError, read_document
from grants.communiques.known import known_names
from grants.communiques.reading.answers import Known
from grants.communiques.reading.read import read
from grants.communiques.report import report
from grants.communiques.told import told
from grants.values.encodings import decode

FILE_REFUSED, INTERRUPTED = 2, 3
STANDARD_INPUT = Path("-")
# More than any document may hold: the reader of documents says how much is too much.
MOST_BYTES = 64 << 20


class Command(BaseCommand):
    """Ends with 0 when the text was read, whatever it holds, 2 when the file was refused, 3 when interrupted."""

    help = "Read a press release: TXT, HTML, PDF, DOCX. Its grants and figures are printed; nothing is written."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the document; - is the standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--language", default="", choices=["fr", "en"], help="of what is printed (the registry's)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, tell, end with the status that says what came of it; faults are sentences."""
        self.lossless = (getattr(self.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its code
                stream.reconfigure(errors="backslashreplace")
        with override(options["language"] or settings.LANGUAGE_CODE):
            try:
                self.read_and_tell(options)
            except DocumentError as error:
                self.refuse(options, str(error), FILE_REFUSED)
            except OSError as error:
                words = {"file": options["file"], "reason": error.strerror or error}
                self.refuse(options, _("%(file)s cannot be read: %(reason)s.") % words, FILE_REFUSED)
            except KeyboardInterrupt:
                self.refuse(options, _("Interrupted."), INTERRUPTED)

    def read_and_tell(self, options: dict[str, Any]) -> None:
        """The reading on the standard output; what somebody should know besides on the other."""
        content, name = opened(options["file"])
        document = read_document(content, name)
        for note in document.notes:
            self.stderr.write(str(note))
        is_plain = document.kind == "text"
        text = as_given(content) if is_plain else document.text
        reading = read(text, self.names(text))
        if options["json"]:
            self.print_object(told(reading, with_text=not is_plain), indent=2)
        else:
            self.stdout.writelines(f"{line}\n" for line in report(reading))

    def names(self, text: str) -> Known:
        """The names in the text that the registry knows; none where its database does not answer."""
        try:
            return known_names(text)
        except DatabaseError as error:
            reason = str(error).strip().partition("\n")[0]
            self.stderr.write(_("Read without the names that the registry knows: %(reason)s") % {"reason": reason})
            return Known()

    def refuse(self, options: dict[str, Any], reason: str, status: int) -> None:
        """Say in one line why nothing was read."""
        if options["json"]:
            self.print_object({"error": reason})
        self.stderr.write(reason)
        sys.exit(status)

    def print_object(self, said: dict[str, Any], indent: int | None = None) -> None:
        """One JSON object, its letters as they are where the output can hold them."""
        self.stdout.write(json.dumps(said, ensure_ascii=not self.lossless, indent=indent))


def opened(path: Path) -> tuple[bytes, str]:
    """The bytes of the document, and its name. Raises OSError."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(MOST_BYTES), ""
    with path.open("rb") as file:
        return file.read(MOST_BYTES), path.name


def as_given(content: bytes) -> str:
    """A plain text with the line ends that it has: spans count them as whoever reads the file will."""
    try:
        return decode(content)[0]
    except UnicodeDecodeError as error:
        return content.decode(error.encoding, "replace")
