"""Who published a text: what its foot says (« Source : … »), else the body that its first sentences say announces."""

import re

from . import rules
from .blocks import Block
from .text import Text

FOOT = re.compile(r"^(?:Sources?|Émetteur|Issued by|Publisher)[ ]*:[ ]*(?P<name>[A-ZÀ-Ý][^\n|;]{3,160})", re.MULTILINE)
ADDRESS = re.compile(r"https?://|www\.|@|\d{3}[ -]\d{3}[ -]\d{4}")
FIRST = 1_400  # characters in which a text says who announces


def publisher_of(text: Text, blocks: list[Block]) -> str:
    """The publisher as the text writes it, "" where it does not say."""
    for foot in FOOT.finditer(text.plain):
        name = foot["name"].split(" – ")[0].strip(" .,")
        if not ADDRESS.search(name) and not rules.hit_at("office", text.flat, foot.start("name")):
            return name
    start = blocks[0].start if blocks else 0
    found = rules.first("publisher", text.flat, start, min(len(text.flat), start + FIRST))
    if found is None:
        return ""
    name = re.sub(r"\s+", " ", text.plain[found.start : found.end]).strip(" ,.")
    return name[:1].upper() + name[1:]
