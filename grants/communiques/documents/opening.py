"""From bytes or a pasted text to a Document. Whatever is more than a plain text is read by another process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from ...values.encodings import decode
from ..extracting.found import cut
from .cleaning import clean, is_binary
from .document import Document, DocumentError, Note
from .kinds import READ, kind_of, kind_of_text
from .words import FAULTS, NOTES

# The largest press releases, pictures included, weigh a few megabytes; an annual report may weigh this much.
MOST_MEGABYTES = 20
# Less than web servers wait for an answer.
SECONDS = 20
CHILD = "grants.communiques.extracting"
ROOT = Path(__file__).resolve().parents[3]
LONGEST_FACT = 2_000


def most_megabytes() -> int:
    """How large a document may be."""
    return min(settings.UPLOAD_LIMIT_MB, MOST_MEGABYTES)


def read_document(content: bytes, file_name: str) -> Document:
    """The text of the document in these bytes. `file_name` is only used to name it. Raises DocumentError."""
    try:
        return _read(content)
    except DocumentError as error:
        error.file_name = file_name
        raise


def clean_pasted(text: str) -> Document:
    """The Document of a text that was pasted or typed; the source of a web page is read as one.

    Raises DocumentError.
    """
    kind = kind_of_text(text)
    if kind in ("html", "rtf"):
        content = text.encode("utf-8", "replace") if kind == "html" else text.encode("cp1252", "replace")
        _check_size(content)
        return _read_elsewhere(kind, content)
    return _plain(text)


def _read(content: bytes) -> Document:
    _check_size(content)
    kind = kind_of(content)
    if kind not in READ:
        raise DocumentError(kind)
    if kind != "text":
        return _read_elsewhere(kind, content)
    try:
        text = decode(content)[0]
    except UnicodeDecodeError as error:
        text = content.decode(error.encoding, "replace")
    kind = kind_of_text(text)
    if kind in READ - {"text"}:
        return _read_elsewhere(kind, content)
    if kind != "text":
        raise DocumentError(kind)
    return _plain(text)


def _check_size(content: bytes) -> None:
    if len(content) > most_megabytes() << 20:
        raise DocumentError("too_big", limit=most_megabytes())


def _plain(text: str) -> Document:
    if is_binary(text):
        raise DocumentError("binary")
    return _document({"text": text}, "text")


def _document(found: dict[str, Any], kind: str) -> Document:
    """The Document of what was found, cleaned and cut."""
    codes = [code for code in found.get("notes", []) if code in NOTES]
    text, was_cut = cut(clean(found["text"]))
    if not text.strip():
        raise DocumentError("empty" if kind == "text" else "no_text")
    if was_cut and "cut" not in codes:
        codes.append("cut")
    if "\ufffd" in text:
        codes.append("replaced")
    facts = {name: clean(str(found.get(name, "")))[:LONGEST_FACT] for name in ("title", "url", "language", "published")}
    return Document(text, kind, notes=[Note(code) for code in codes], **facts)


def _read_elsewhere(kind: str, content: bytes) -> Document:
    """What a process of its own makes of the bytes: it alone pays for what hostile ones do to a reader."""
    command = [sys.executable, "-P", "-m", CHILD, kind]
    try:
        done = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=SECONDS,
            check=False,
        )
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise DocumentError("large") from None
    except ValueError:
        # It was stopped, for its memory or its time, before it could answer.
        raise DocumentError("large") from None
    if "error" in told:
        raise DocumentError(told["error"] if told["error"] in FAULTS else "damaged")
    return _document(told, kind)


def _environment() -> dict[str, str]:
    """The least that Python needs: the process reads hostile files and has no use for our passwords."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
    own = {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    return {name: os.environ[name] for name in kept if name in os.environ} | own
