"""Amounts of a sentence that are wholes, parts or a funder's share of others in it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from .. import rules
from ..judging import Judged, Sentence
from ..names.finding import name_from
from ..text import Text
from .after import after_amount
from .before import beside, gapped
from .pair import Pair

OWN = re.compile(rf" ?(?:de|of) ?(?:{rules.words_of('own_money')})\b")
WHILE = r"[ ,;]*(?:et|and|tandis que|while"
GOVERNMENT = re.compile(rf"{WHILE}) (?:(?:le |the )?(?:{rules.words_of('government')}))")


def own_money(text: Text, sentence: Sentence) -> Iterator[Pair]:
    """« Investissement Québec ajoute 175 000 $ de ses fonds propres pour Palco »: a second funder's grant."""
    for judged in sentence.amounts:
        mention = judged.mention
        own = OWN.match(text.flat[mention.end : mention.end + 40])
        verb = rules.first("giver", text.flat, judged.left, mention.whole)
        if not own or not verb:
            continue
        toward = rules.first("toward", text.flat, mention.end + own.end(), min(judged.right, mention.end + 80))
        name = name_from(text, toward.end, judged.right) if toward else None
        if name is None or name.quality < 0.8:
            continue
        judged.reason = ""
        judged.taken = True
        funder = re.sub(r"\s+", " ", text.plain[judged.left : verb.start]).strip(" ,.;")
        yield Pair(judged, name, "after", 0.9, funder=funder)


def totals(text: Text, candidates: list[Judged]) -> None:
    """Mark an amount that those after it in the sentence add up to: « 66 700 $ … : A (30 000 $), B (36 700 $) »."""
    for place, judged in enumerate(candidates[:-2]):
        following = [one.mention.value for one in candidates[place + 1 :]]
        parted = re.search(r"[:(]", text.plain[judged.mention.last : candidates[place + 1].mention.whole])
        if parted and sum(following) == judged.mention.value:
            judged.reason, judged.of_all = "total", True


def after_instalments(text: Text, sentence: Sentence, candidates: list[Judged]) -> None:
    """« 250 000 $ par année, soit 750 000 $ en tout »: the words before the first are the second's."""
    amounts = sentence.amounts
    for first, second in pairwise(amounts):
        between = text.flat[first.mention.end : second.mention.whole]
        if first.reason == "instalment" and rules.any_of("in_all").search(between):
            if second not in candidates and second.reason in ("total", "instalment", ""):
                candidates.append(second)
            second.left, second.reason = first.left, ""
    candidates.sort(key=lambda judged: judged.mention.start)


def givers(text: Text, candidates: list[Judged]) -> None:
    """Mark the amounts that several funders give: « le Fonds y consacre 139 000 $ et la Fondation, 75 000 $ »."""
    for first, second in pairwise(candidates):
        before = text.flat[first.left : first.mention.whole]
        if rules.any_of("receives").search(before) or not rules.any_of("giver").search(before[-40:]):
            continue
        if after_amount(text, first) or "(" in before[-30:]:
            continue
        between = text.flat[second.left : second.mention.whole]
        again = beside(text, second) or gapped(text, second)
        place = re.fullmatch(r"[ ,]*(?:et|and) (?:the )?(.{4,40}?),? ", between)
        government = GOVERNMENT.match(between)
        if (
            government
            or (again and re.match(rf"{WHILE}|;) ", between))
            or (place and rules.any_of("place").fullmatch(place[1].strip(" ,")))
        ):
            first.reason = second.reason = "funder"
