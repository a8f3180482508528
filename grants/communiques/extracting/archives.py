"""The archives that DOCX and ODT are: refused where they would swell, are locked or declare entities."""

import io
import re
import zipfile
from typing import Any

from lxml import etree

from .found import Unreadable

MOST_MEMBERS = 5_000
# Unfolded, all members together; one member may swell so much only while it is small.
MOST_BYTES = 200 << 20
MOST_RATIO, RATIO_MATTERS_FROM = 200, 5 << 20
PROLOGUE_BYTES = 65_536


def open_archive(content: bytes) -> zipfile.ZipFile:
    """The archive, found harmless. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
        check_sizes(members)
        for member in members:
            check_member(archive, member)
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception:
        # Crafted archives make the library raise all sorts of things; they all mean the same to us.
        raise Unreadable("damaged") from None
    return archive


def check_sizes(members: list[zipfile.ZipInfo]) -> None:
    """Raise Unreadable where the members, unfolded, would fill the memory."""
    swollen = any(
        member.file_size > RATIO_MATTERS_FROM and member.file_size > MOST_RATIO * member.compress_size
        for member in members
    )
    if swollen or len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise Unreadable("swollen")


def check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raise Unreadable for a member behind a password, or one that declares entities, which no program writes."""
    name = member.filename.lower()
    if member.flag_bits & 1:
        raise Unreadable("password")
    if name == "meta-inf/manifest.xml" and b"encryption-data" in archive.open(member).read(PROLOGUE_BYTES):
        raise Unreadable("password")
    if name.endswith((".xml", ".rels")):
        # Zeros are dropped so that UTF-16 hides nothing; declarations only stand before the first element.
        prologue = archive.open(member).read(PROLOGUE_BYTES).replace(b"\x00", b"")
        first_element = re.search(rb"<[A-Za-z_]", prologue)
        before = prologue[: first_element.start()] if first_element else prologue
        if b"<!ENTITY" in before.upper() or (b"<!DOCTYPE" in before.upper() and not name.startswith("meta-inf/")):
            raise Unreadable("entities")


def parse_member(archive: zipfile.ZipFile, name: str) -> Any:
    """The tree of one member, None where there is no such member. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except KeyError:
        return None
    except MemoryError:
        raise
    except Exception:
        raise Unreadable("damaged") from None
