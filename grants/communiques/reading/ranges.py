"""Numbers that share words: « entre 10 et 12 M$ » is one range, « 10 et 12 millions de dollars » are two amounts."""

import re
from dataclasses import replace

from . import rules
from .mention import Mention
from .numbers import ends_a_name
from .spelled import times
from .text import Text

_LINK = re.compile(r"[ \n]?(?P<word>a|to|et|and|ou|or|-|–|,)[ \n]?(?:de )?")
_BEFORE = re.compile(r"(?:(?P<word>entre|between|from|de|d'))[ \n]?$")
_LONGEST_LINK = 8
_LONGEST_WORD = 24
# « 10 et 12 millions »: words after which a number without a unit is no end of a name.
_LEADS_TO_NUMBERS = re.compile(
    r"[.:;,(!?•\n]$|(?<![a-z])(?:d[eu]|d'|des|les?|a|aux?|of|and|et|to|from|for|pour|entre|between|soit|environ|quelque"
    r"|respectivement|respectively|about|some|plus|over|receives?|received|[a-z]+(?:ent|ant|ont|ra|oit))$"
)
_CHANGE_WITHIN = 60  # characters before « de 2 M$ à 3 M$ » where a verb of change may stand
_UNITLESS = ("number", "word", "year")


def join(text: Text, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with the unit of the next given to those that share it, and ranges made one."""
    done: list[Mention] = []  # from the last to the first
    chain = False  # the following mention itself shares what comes after: « 1,5, 2 et 3 M$ »
    for mention in reversed(mentions):
        following = done[-1] if done else None
        if following is None:
            done.append(mention)
        elif _said_again(text.flat, mention, following):
            done[-1] = replace(mention, end=following.end + 1, last=following.end + 1)
        elif not (link := _link(text, mention, following)) or (link == "," and not chain):
            done.append(mention)
            chain = False
        else:
            shared = _shared(text, mention, following, link)
            chain = shared is not mention
            range_ = _range(text.flat, shared, following, link)
            done[len(done) - bool(range_) :] = [range_ or shared]
    return done[::-1]


def _said_again(flat: str, mention: Mention, following: Mention) -> bool:
    """Whether an amount in words is said again in digits: « cinq cent mille dollars (500 000 $) »."""
    same = (mention.kind, mention.value, mention.currency) == (following.kind, following.value, following.currency)
    return same and flat[mention.end : following.start] == " (" and flat.startswith(")", following.end)


def _link(text: Text, mention: Mention, following: Mention) -> str:
    if following.start - mention.end > _LONGEST_LINK:
        return ""
    found = _LINK.fullmatch(text.flat, mention.end, following.start)
    is_verb = found and found["word"] == "a" and text.plain[found.start("word")] == "a"  # « le groupe des 12 a 15 M$ »
    return found["word"] if found and not is_verb else ""


def _shared(text: Text, mention: Mention, following: Mention, link: str) -> Mention:
    """The mention with the unit and scale that it shares with the following one, where it does."""
    if following.high is not None or following.kind not in ("money", "count", "percent", "duration"):
        return mention
    scale = following.scale
    if mention.kind == "money" and _is_small_beside(mention, following) and text.plain[mention.start] in "$€£":
        value, precision = times(mention.value, scale), times(mention.precision, scale)
        return replace(mention, value=value, precision=precision, scale=scale)
    if mention.kind not in _UNITLESS or not _may_share(text, mention, following, scale, link):
        return mention
    return replace(
        mention,
        kind=following.kind,
        value=times(mention.value, scale),
        precision=times(mention.precision, scale),
        currency=following.currency,
        measure=following.measure,
        scale=scale,
        noun=following.noun,
    )


def _is_small_beside(mention: Mention, following: Mention) -> bool:
    """Whether "$10" stands beside "$12 million" as ten million do, which "$500" beside "$2 million" does not."""
    return following.scale > mention.scale and mention.value <= following.value.scaleb(-following.scale)


def _may_share(text: Text, mention: Mention, following: Mention, scale: int, link: str) -> bool:
    large, both_large = mention.value >= 1000, not scale and following.value >= 1000
    if mention.kind == "year" or (large and not both_large) or (both_large and mention.value < 100):
        return False
    if link in ("-", "–"):  # « Radio CKIA 88,3 – 9 950 $ »: with spaces around, a dash sets apart
        return following.start - mention.end == 1
    before = text.flat[max(0, mention.start - _LONGEST_WORD) : mention.start].rstrip()
    if link in ("a", "to") or following.kind != "money":  # « Groupe 3 à 5 M$ »: the number ends a name
        return not ends_a_name(text.plain, mention.start)
    return not before or _LEADS_TO_NUMBERS.search(before) is not None


def _range(flat: str, first: Mention, second: Mention, link: str) -> Mention | None:
    """The two as one range, where the words make them one."""
    same = (first.kind, first.currency, first.noun or second.noun) == (second.kind, second.currency, second.noun)
    if not same or second.high is not None or not first.value < second.value or link in (",", "ou", "or"):
        return None
    before = _BEFORE.search(flat[max(0, first.whole - 9) : first.whole])
    word = before["word"] if before else ""
    if link in ("et", "and") and word not in ("entre", "between"):
        return None
    if link in ("a", "to") and word in ("de", "from", "d'") and _changes(flat, first.whole):
        return None
    whole = first.whole - len(before[0]) if before and word in ("entre", "between", "from") else first.whole
    precision = min(first.precision, second.precision)
    return replace(second, start=first.start, whole=whole, value=first.value, high=second.value, precision=precision)


def _changes(flat: str, place: int) -> bool:
    """Whether a verb of change stands before: « passe de 2 M$ à 3 M$ » tells of two amounts."""
    window = flat[max(0, place - _CHANGE_WITHIN) : place]
    return rules.any_of("change").search(re.split(r"[.;\n] ?", window)[-1]) is not None
