"""From parts/*.po to django.mo, with Babel: no gettext on the machine, and nothing of Django's started.

Each room keeps its own part. Two parts may hold one msgid only if they translate it alike, and a translation
keeps the placeholders of its msgid; anything else stops the compilation and names the file and the msgid.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"
# %(name)s and %s of Python, {name} of str.format
PLACEHOLDER = re.compile(r"%\([a-zA-Z_]\w*\)[#0\- +.\d]*[a-zA-Z]|%[sdif]|\{[a-zA-Z_]\w*(?:[!:][^{}]*)?\}")


class CatalogueError(Exception):
    """Every fault found, one per line."""


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile every language that has parts; give the files written, none where nothing changed.

    Raises CatalogueError.
    """
    folders = sorted(parts.parent for parts in locale.glob("*/LC_MESSAGES/parts"))
    return [written for folder in folders if (written := compile_language(folder))]


def compile_language(folder: Path) -> Path | None:
    """Compile the parts of one LC_MESSAGES folder, unless its catalogue is newer than all of them."""
    parts, target = sorted((folder / "parts").glob("*.po")), folder / "django.mo"
    latest = max(file.stat().st_mtime for file in [folder / "parts", *parts])
    if not parts or (target.exists() and target.stat().st_mtime > latest):
        return None
    write(merge(parts, language=folder.parent.name), target)
    return target


def merge(parts: list[Path], language: str) -> Catalog:
    """One catalogue of all parts. Raises CatalogueError with everything that is wrong with them."""
    merged, faults = Catalog(locale=language, charset="utf-8"), []
    home: dict[tuple[str, str | None], Path] = {}
    for part in parts:
        for message in read_part(part, language):
            faults += [f"{part}: “{message_id(message)}”: {fault}" for fault in placeholder_faults(message)]
            earlier = merged.get(message.id, message.context)
            if earlier and earlier.string != message.string:
                first = home[message_id(message), message.context]
                faults.append(f"{part}: “{message_id(message)}” is translated otherwise in {first}")
            home[message_id(message), message.context] = part
            merged.add(message.id, message.string, context=message.context)
    if faults:
        raise CatalogueError("\n".join(faults))
    return merged


def read_part(part: Path, language: str) -> Iterator[Message]:
    """The finished translations of one file. Raises CatalogueError where it is not a PO file."""
    try:
        with part.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(f"{part}: {error}") from error
    return (message for message in catalogue if message.id and is_translated(message) and not message.fuzzy)


def is_translated(message: Message) -> bool:
    """Whether every form of the message has a text."""
    return all(forms(message.string))


def message_id(message: Message) -> str:
    """The msgid; of a plural, its singular."""
    return forms(message.id)[0]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """The one form of a plain message, or the forms of a plural, singular first."""
    return [text] if isinstance(text, str) else list(text or [""])


def placeholders(text: str) -> set[str]:
    """What the program will fill in."""
    return set(PLACEHOLDER.findall(text))


def placeholder_faults(message: Message) -> Iterator[str]:
    """What a translation adds or loses. The singular of a plural may write its number in words."""
    expected, texts = placeholders(forms(message.id)[-1]), forms(message.string)
    for position, text in enumerate(texts):
        is_singular = len(texts) > 1 and position == 0
        found = placeholders(text)
        if found - expected or (expected - found and not is_singular):
            yield f"placeholders differ in “{text}”"


def write(catalogue: Catalog, target: Path) -> None:
    """Write the catalogue in one step: a process that starts meanwhile reads the old one or the new one."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".django-", suffix=".mo")
    with os.fdopen(handle, "wb") as file:
        write_mo(file, catalogue)
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)
