"""How much a piece of text looks like the name of a body."""

import re

from .. import rules
from ..text import Text
from .name import Name
from .words import is_many, is_word

NUMBERED = re.compile(rf"(?:{rules.words_of('numbered')})")
BODY = re.compile(rf"\b(?:{rules.words_of('body_word')})\b")


def quality_of(text: Text, begin: int, stop: int, value: str) -> float:
    """How much a piece of text looks like a name: 0 for what is none, 1 for what surely is one."""
    flat = text.flat[begin:stop]
    tokens = flat.split()
    first = re.sub(r"^(?:l'|d')", "", tokens[0]).strip(".,")
    if len(tokens) == 1 and (len(first) < 2 or first.isdigit()):
        return 0
    if NUMBERED.match(flat):
        return 1
    if re.match(r"\d+-\d+", flat):
        return 0
    if re.fullmatch(r"[a-z]{1,5}-\d{2,}[\d.-]*", flat) or "$" in flat or "€" in flat:
        return 0  # a resolution, a file; an amount
    if len(tokens) == 1 and (is_word("descriptor", first) or is_word("head", first)):
        return 0
    if first in ("quebec", "canada") and not re.match(r"\S+ [A-ZÀ-Ý]", text.plain[begin:stop]):
        return 0
    if first == "gouvernement" and re.search(r" nations? ", flat):
        return 1  # « Gouvernement de la nation mi'gmaq »
    if is_word("no_name", first):
        if (
            len(tokens) > 1
            and text.plain[begin].isupper()
            and is_many(first)
            and re.match(r"\S+ [A-ZÀ-Ý]", text.plain[begin:stop])
        ):
            return 0.9  # « PME MTL Centre-Ouest »
        if len(tokens) == 1 or not _proper(text, begin, stop, first):
            return 0
    written = text.plain[begin]
    if not (written.isupper() or written.isdigit()):
        if is_word("head", first) and any(word[0].isupper() for word in value.split()[1:] if word):
            return 0.8
        if re.match(r"[a-z]{1,3}[A-Z]", text.plain[begin : begin + 5]):  # eValorix
            return 0.9
        return 0
    if written.isdigit():
        following = value.split()[1:2]
        if not re.match(r"\d+[A-Za-z]", value) and not (following and following[0][0].isupper()):
            return 0  # « 22 kayaks »
    if len(tokens) in (2, 3) and value.split()[-1].islower() and is_many(tokens[-1]) and not is_word("head", first):
        return 0  # « English-speaking communities »
    return 1 if len(tokens) > 1 or len(first) > 3 or value.isupper() else 0.85


def _proper(text: Text, begin: int, stop: int, first: str) -> bool:
    """Whether a word that names nothing by itself starts a name here: « Québec International », « Sept Doigts »."""
    following = text.plain[begin:stop].split()[1:]
    says = rules.says("may_begin_name", first)
    if says == "number":
        return following[0][:1].isupper()
    return says == "word" and any(word[0].isupper() for word in following)


def is_body(text: Text, name: Name) -> bool:
    """Whether a name says itself that it is a body's: « Université … », « … inc. »."""
    flat = text.flat[name.start : name.end]
    return is_word("head", flat.split()[0]) or bool(BODY.search(flat))
