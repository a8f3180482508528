"""Recipients named after their amount."""

import re

from .. import rules
from ..judging import Judged, Sentence
from ..names.finding import name_from
from ..names.name import Name
from ..names.words import is_place
from ..text import Text
from .each import is_each
from .pair import Pair
from .windows import other_names

AHEAD = 130  # characters after an amount in which its recipient may stand
# What follows leads away from the amount: another amount, another name.
AWAY = re.compile(
    r"[ ]*(?:[;:)]|(?:et|and) |,(?! (?:provenant|issu|tire|sur|au titre|dans le cadre|under|from|through|over|is |are |was |goes |est |sera |a ete |va |vont |ira |iront |revient |will |aux? |a l)))"
)
NO_FILLER = re.compile(r"[.;:(]|\b(?:afin|qui|dont|et|and|which|whose|pour|for)\b")
FRENCH_ONLY = ("a", "au", "aux", "pour", "dans", "chez")


def spoken_in(text: Text, toward: rules.Hit) -> bool:
    """Whether the text's language has this word: « a » is an article in English."""
    return text.language != "en" or text.flat[toward.start : toward.end] not in FRENCH_ONLY


def _toward(text: Text, judged: Judged, toward: rules.Hit, name: Name) -> Pair | None:
    into = re.match(r"(?:in|dans)\b", text.flat[toward.start : toward.start + 4])
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
    if received := re.match(
        r" qu(?:e |')(?:recoi\w*|recevr\w*|obtien\w*|touche\w*|decroche\w*|empoche\w*) ", flat[start:limit]
    ):
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
        if not spoken_in(text, toward):
            at = toward.end
            continue
        name = name_from(text, toward.end, judged.right)
        if name is not None and name.quality >= 0.5:
            if is_place(text, name.start, name.end + 1) and len(name.value.split()) < 3:
                return None
            return _toward(text, judged, toward, name)
        into = re.match(r"(?:in|dans)\b", flat[toward.start : toward.start + 4])
        if toward.rule.says == "for" and not into:
            return None
        if (
            re.match(r" ?(?:l'|la |le |les |the )", flat[toward.end : toward.end + 5])
            and flat[toward.start : toward.end] != "in"
        ):
            return None  # « à la réalisation »
        at = toward.end
    return None


def each_of(text: Text, judged: Judged) -> Pair | None:
    """« receive $400,000 each: the Arts Network, Seniors Action and Literacy Quebec »."""
    mark = re.match(r"[^.:;]{0,14}:[ \n]", text.flat[judged.mention.end : judged.right])
    if mark is None or not is_each(text, judged):
        return None
    name = name_from(text, judged.mention.end + mark.end(), judged.right)
    if name is None or name.quality < 0.8:
        return None
    return Pair(judged, name, "after", 0.92, other_names(text, name, judged.right), each=True)
