"""Names in a window of words: the subject of a clause, the name that ends before a mark, those of an enumeration."""

import re
from collections.abc import Iterator

from .. import rules
from ..judging import Sentence
from ..names.finding import name_from
from ..names.name import Name
from ..names.words import is_place, is_word
from ..text import Text

_AND, _OTHER = rules.words_of("clause", "and"), rules.words_of("clause", "other")
_THAT, _OR = rules.words_of("clause", "that"), rules.words_of("clause", "or")
CHUNK = re.compile(
    rf"[,;:–)](?:[ \n]*(?:{_AND}|{_OTHER})(?=[ \n]))?"
    rf"|[ \n](?:{_AND}|{_THAT}|{_OTHER}|{_OR}|,)(?=[ \n])|[ \n]qu'(?=[a-z])"
)
STRONG = re.compile(rf";|(?:\b(?:{_THAT}|{_OTHER})[ \n])|qu'$|,[ \n]*(?:{_AND}) |[ \n](?:{_AND})[ \n]$")
PLACES = re.compile(
    rf"[,;:(–](?:[ \n]*(?:{_AND})(?=[ \n]))?|[ \n](?:à|{rules.words_of('name_after')})(?=[ \n])"
    r"|[ \n](?:qu'|d'|à l')|[-•](?=[ ])|(?<=[a-zà-ÿ])[ \n](?=(?:l'|le |la |les |the )?[A-ZÀ-Ý0-9])"
)
LEAD = re.compile(rf"[ \n]*(?:{rules.words_of('lead')})?")
BEFORE_RECEIVING = re.compile(rf"\b(?:{rules.words_of('before_receiving')})\b")
ENUMERATES = re.compile(
    r"[ ]*(?:,| et | and |, et |, and |,? ainsi qu')[ ]*"
    r"(?:aux? |a la |a l'|a |to the |to |du |de la |de l'|the )?"
)


def _places(text: Text, start: int, end: int) -> Iterator[int]:
    """Where a name may begin: at the start, after a mark or small word, at an article or capital after other words."""
    yield start
    for mark in PLACES.finditer(text.plain, start, end):
        yield mark.end()


def chunk_starts(text: Text, start: int, end: int) -> list[tuple[int, bool]]:
    """Where a clause may begin between two places; and whether it surely is a new one."""
    found = [(start, False)]
    for mark in CHUNK.finditer(text.flat, start, end):
        found.append((mark.end(), bool(STRONG.search(mark[0]))))
    return found


def subject(text: Text, start: int, end: int) -> Name | None:
    """The name that the words between two places are about: the first one that begins a clause."""
    found: Name | None = None
    for at, strong in chunk_starts(text, start, end):
        if found is not None and not (strong and at > found.after):
            continue
        name = name_from(text, _after_lead(text, at), end)
        if name is None or name.quality < 0.5 or _prepositional(text, at):
            continue
        if re.search(r"'s [a-z]", text.plain[name.start : name.after + 3]) or re.match(
            r"'s? ", text.plain[name.after : name.after + 3]
        ):
            continue  # « Kapuskasing's ski club, the Kap Nordic Centre »
        found = name
    return found


def subjects(text: Text, start: int, end: int) -> list[Name]:
    """The subject of a verb that stands at `end`, with those that are named beside it (« A et B reçoivent »)."""
    first = subject(text, start, end)
    if first is None:
        return []
    # « A, B et C reçoivent »: go back to the first of an enumeration that ends right before the verb.
    for at, _strong in chunk_starts(text, start, end):
        name = name_from(text, _after_lead(text, at), end)
        if name is None or name.quality < 0.8 or _prepositional(text, at):
            continue
        more = other_names(text, name, end)
        last = more[-1] if more else name
        if more and not re.search(r"[a-z]", BEFORE_RECEIVING.sub("", text.flat[last.after : end])):
            return [name, *more]
    return [first]


def _after_lead(text: Text, at: int) -> int:
    """Where a name may begin once « et », « quant à », « vient ensuite » are passed over."""
    lead = LEAD.match(text.flat[at : at + 70])
    return at + lead.end() if lead else at


def _prepositional(text: Text, at: int) -> bool:
    word = re.match(r"[ \n]*([a-z]+)", text.flat[at : at + 16])
    return word is not None and is_word("preposition", word[1])


def name_ending(text: Text, start: int, end: int) -> Name | None:
    """The longest name that ends at `end` (an acronym after it counted in)."""
    last = end
    while last > start and text.plain[last - 1] in " \n":
        last -= 1
    for at in _places(text, _after_lead(text, start), last):
        name = name_from(text, at, last, whole=True)
        if name is not None and name.quality >= 0.5 and not text.plain[name.after : last].strip(' »"*'):
            return name
    return None


def other_names(text: Text, name: Name, limit: int) -> list[Name]:
    """The other recipients of an amount told for several: « à A, à B et à C »."""
    found: list[Name] = []
    at = name.after
    while True:
        mark = ENUMERATES.match(text.flat[at:limit])
        if not mark:
            return found if _closed_by_and(text, name, found) else []
        following = name_from(text, at + mark.end(), limit)
        if following is None or following.quality < 0.85 or is_place(text, following.start, following.end + 1):
            return found if _closed_by_and(text, name, found) else []
        following = _split(text, following)
        found.append(following)
        at = following.after


def _split(text: Text, name: Name) -> Name:
    """In an enumeration, « and » before a capital parts two names: « …, Long Point Trust and Rowing Club »."""
    for mark in re.finditer(r" (?:and|et) (?=[A-ZÀ-Ý])", text.plain[name.start : name.end]):
        shorter = name_from(text, name.start, name.start + mark.start())
        rest = name_from(text, name.start + mark.end(), name.end)
        if shorter and rest and shorter.quality >= 0.85 and rest.quality >= 0.85 and len(rest.value.split()) > 1:
            return shorter
    return name


def _closed_by_and(text: Text, name: Name, found: list[Name]) -> bool:
    """Whether an enumeration ends with « et »: else the commas only lead to what is said of the first."""
    if not found:
        return True
    between = text.flat[found[-2].after if len(found) > 1 else name.after : found[-1].start]
    return bool(re.search(r"\b(?:et|and|ainsi qu)", between))


def headed_name(text: Text, sentence: Sentence, blocks: list[Sentence]) -> Name | None:
    """The name on the line above the block of a sentence."""
    above = [one for one in blocks if one.number == sentence.number - 1]
    if len(above) != 1 or above[0].title or above[0].amounts or above[0].end - above[0].start > 110:
        return None
    name = name_from(text, above[0].start, above[0].end, whole=True)
    if name is None or name.quality < 0.85 or name.after - above[0].start < 0.5 * (above[0].end - above[0].start):
        return None
    return name
