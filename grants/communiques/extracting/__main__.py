"""Reads one document from standard input and writes what it found, or `{"error": code}`, as one JSON object.

A crafted file can make a reader abort, run forever or ask for terabytes; here only this process pays for it.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module

from .found import Found, Unreadable, cut

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 15
READERS = {
    "html": ("web_pages", "read_page"),
    "pdf": ("pdf_files", "read_pdf"),
    "docx": ("word_files", "read_docx"),
    "odt": ("open_documents", "read_odt"),
    "rtf": ("rich_text", "read_rtf"),
    "mail": ("mails", "read_mail"),
}


def limit_resources() -> None:
    """Cap this process where the system can (not on Windows): memory, time; no file written, no process started."""
    try:
        import resource
    except ImportError:
        return
    caps = {"AS": MEMORY_BYTES, "CPU": CPU_SECONDS, "FSIZE": 0, "CORE": 0, "NPROC": 0}
    for name, most in caps.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
        except (AttributeError, ValueError, OSError):
            continue


def reader_of(kind: str) -> Callable[[bytes], Found]:
    """The reader of that kind; only its own libraries are loaded. Raises Unreadable."""
    if kind not in READERS:
        raise Unreadable("unknown")
    module, name = READERS[kind]
    reader: Callable[[bytes], Found] = getattr(import_module(f".{module}", __package__), name)
    return reader


def answer(kind: str, content: bytes) -> dict[str, object]:
    """What the document holds, ready for JSON."""
    try:
        found = reader_of(kind)(content)
    except Unreadable as fault:
        return {"error": fault.code}
    except MemoryError:
        return {"error": "large"}
    except Exception:
        return {"error": "damaged"}
    found.text, was_cut = cut(found.text)
    if was_cut and "cut" not in found.notes:
        found.notes.append("cut")
    return asdict(found)


def main() -> None:
    limit_resources()
    told = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode())
    sys.stdout.flush()


if __name__ == "__main__":
    main()
