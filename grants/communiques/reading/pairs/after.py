"""Recipients named after their amount."""

import re

from .. import rules
from ..judging import Judged, Sentence
from ..names.finding import name_from
from ..names.name import Name
from ..names.words import is_place, is_word
from ..text import Text
from .each import is_each
from .pair import Pair
from .windows import other_names

AHEAD = 130  # characters after an amount in which its recipient may stand
# What follows leads away from the amount: another amount, another name.
AWAY = re.compile(rf"[ ]*(?:[;:)]|(?:et|and) |,(?! (?:{rules.words_of('leads_on')})))")
NO_FILLER = re.compile(rf"[.;:(]|\b(?:{rules.words_of('leads_away')})\b")
RECEIVED = re.compile(rf" qu(?:e |')(?:{rules.words_of('received_after')}) ")
INTO = re.compile(r"(?:in|dans)\b")


def spoken_in(text: Text, toward: rules.Hit) -> bool:
    """Whether the text's language has this word: « a » is an article in English."""
    return text.language != "en" or not is_word("french_only", text.flat[toward.start : toward.end])


def _toward(text: Text, judged: Judged, toward: rules.Hit, name: Name) -> Pair | None:
    into = INTO.match(text.flat[toward.start : toward.start + 4])
    strength = 0.94 if toward.rule.says == "to" else 0.7 if into else 0.88
    if into and not re.search(r"\binvest", text.flat[judged.sentence.start : judged.mention.start]):
        return None
    more = other_names(text, name, judged.right)
    return Pair(judged, name, "after", strength, more, each=is_each(text, judged))


def counted_at(sentence: Sentence, at: int) -> bool:
    """Whether a count starts at a place, an article put aside (« à neuf organisations », « aux quatre projets »)."""
    return any(mention.kind == "count" and at - 1 <= mention.whole <= at + 4 for mention in sentence.mentions)


def after_amount(text: Text, judged: Judged) -> Pair | None:
    """« 3,76 M$ est également versée au Regroupement », « $2 million for Harbour Works to build »."""
    start, limit = judged.mention.last, min(judged.right, judged.mention.last + AHEAD)
    flat = text.flat
    if received := RECEIVED.match(flat[start:limit]):
        # « c'est 1 257 446 $ que reçoit la municipalité »
        name = name_from(text, start + received.end(), judged.right)
        return Pair(judged, name, "after", 0.92) if name is not None and name.quality >= 0.8 else None
    if AWAY.match(flat, start, limit):
        return None
    at = start
    while at < limit and (toward := rules.first("toward", flat, at, limit)):
        if NO_FILLER.search(flat, start, toward.start):
            return None
        if counted_at(judged.sentence, toward.end + 1):
            return None  # « à neuf organisations »: a total
        at = toward.end
        if not spoken_in(text, toward):
            continue
        name = name_from(text, toward.end, judged.right)
        if name is not None and name.quality >= 0.5:
            if is_place(text, name.start, name.end + 1) and len(name.value.split()) < 3:
                return None
            return _toward(text, judged, toward, name)
        if _leads_elsewhere(flat, toward):
            return None
    return None


def _leads_elsewhere(flat: str, toward: rules.Hit) -> bool:
    """Whether the words after « à », « pour » name what the money does: « à la réalisation », « pour rénover »."""
    if toward.rule.says == "for" and not INTO.match(flat[toward.start : toward.start + 4]):
        return True
    determined = re.match(r" ?(?:l'|la |le |les |the )", flat[toward.end : toward.end + 5])
    return bool(determined) and flat[toward.start : toward.end] != "in"


def each_of(text: Text, judged: Judged) -> Pair | None:
    """« receive $400,000 each: the Arts Network, Seniors Action and Literacy Quebec »."""
    mark = re.match(r"[^.:;]{0,14}:[ \n]", text.flat[judged.mention.end : judged.right])
    if mark is None or not is_each(text, judged):
        return None
    name = name_from(text, judged.mention.end + mark.end(), judged.right)
    if name is None or name.quality < 0.8:
        return None
    return Pair(judged, name, "after", 0.92, other_names(text, name, judged.right), each=True)
