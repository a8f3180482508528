"""Recipients told one after another with one verb."""

import re
from collections.abc import Iterator
from itertools import pairwise

from .. import rules
from ..judging import Judged, Sentence
from ..names.finding import name_from
from ..text import Text
from .pair import Pair
from .windows import other_names, subjects

APPOSED = rf"(?:,[ ](?:{rules.words_of('apposed')})[^,$;]{{2,60}})?"
TO_AMOUNT = re.compile(rf"(?: \([^()]{{2,30}}\))?{APPOSED}[ ]*,?[ ]*(?:{rules.words_of('amount_after')})?[ ]*")
LEAD = re.compile(
    r"(?:[ ]*\([^()]{2,60}\))?[ ]*[,;]?[ ]*(?:(?:et|and|puis|tandis que|while)[ ])?(?:à la |à l'|aux? |à )?"
)
MORE = re.compile(
    rf"(?:\b(?:{rules.words_of('and_more')})\b|,) ?"
    r"(?:une?|un autre|d'une?|de|a|an|s'ajout\w+|s'y ajoutent)?[ a-z'-]{0,60}$"
)
# « et l'Organisme de bassin versant de la Yamaska (OBV Yamaska), 812 500 $ »: somebody else.
ANOTHER = re.compile(r"(?:\bet|\band|,) (?:l'|le |la |les |the )?[A-ZÀ-Ý][^,$]{3,}")
AND_ALSO = re.compile(r" (?:et|and|ainsi qu'?e?|as well as|plus) ?(?:une?|an?|d'une?|of|de|[a-z' -]{0,50})")


def in_series(text: Text, judged: Judged, pairs: list[Pair]) -> Pair | None:
    """« La Maison hérite de 150 k$, Parkinson Rimouski de 62 500 $ et le Réseau, de 50 k$ »: the verb is said once."""
    before = [pair for pair in pairs if pair.judged is not None and pair.judged.sentence is judged.sentence]
    if not before or before[-1].how not in ("receives", "series", "beside", "earlier", "with", "given"):
        return None
    start, whole = judged.left, judged.mention.whole
    lead = LEAD.match(text.plain[start:whole])
    name = name_from(text, start + (lead.end() if lead else 0), whole)
    if name is None or name.quality < 0.8 or name.start > start + (lead.end() if lead else 0) + 6:
        return None
    if not TO_AMOUNT.fullmatch(text.flat, name.after, whole):
        return None
    return Pair(judged, name, "series", 0.9)


def respectively(text: Text, sentence: Sentence, candidates: list[Judged]) -> Iterator[Pair]:
    """« A et B reçoivent respectivement 1,2 et 3,4 M$ »."""
    word = rules.first("respectively", text.flat, sentence.start, sentence.end)
    if len(candidates) < 2 or not word:
        return
    before = [judged for judged in candidates if judged.mention.end <= word.start]
    after = [judged for judged in candidates if judged.mention.start >= word.end]
    # The word stands right before the amounts or right after them.
    candidates = before if before and word.start - before[-1].mention.last < 4 else after or before
    if len(candidates) < 2:
        return
    first, last = candidates[0], candidates[-1]
    verbs = list(rules.hits("receives", text.flat[sentence.start : first.mention.whole]))
    names = subjects(text, sentence.start, sentence.start + verbs[-1].start) if verbs else []
    if len(names) != len(candidates):
        toward = rules.first("toward", text.flat, last.mention.last, sentence.end)
        name = name_from(text, toward.end, sentence.end) if toward else None
        names = [name, *other_names(text, name, sentence.end)] if name else []
    if len(names) == len(candidates):
        for judged, name in zip(candidates, names, strict=True):
            yield Pair(judged, name, "respectively", 0.92)


def goes_on(text: Text, judged: Judged, pairs: list[Pair]) -> Pair | None:
    """« reçoit 62 000 $ du Fonds et 30 000 $ de la Fondation »: the same recipient."""
    if not pairs or pairs[-1].how not in ("receives", "earlier", "given", "goes_on") or pairs[-1].more:
        return None
    between = text.flat[judged.left : judged.mention.whole]
    if len(between) > 110 or re.search(r"[;:]", between):
        return None
    if rules.any_of("own_project").search(between):
        return None
    if not MORE.search(between) or ANOTHER.search(text.plain, judged.left, judged.mention.whole):
        return None
    return Pair(judged, pairs[-1].name, "goes_on", 0.85)


def same_breath(text: Text, candidates: list[Judged], pairs: list[Pair]) -> Iterator[Pair]:
    """« un prêt de 4,5 millions et une contribution de 750 000 $ à Palco »: both amounts go there."""
    by_amount = {id(pair.judged): pair for pair in pairs}
    for first, second in pairwise(candidates):
        following = by_amount.get(id(second))
        if id(first) in by_amount or following is None or following.how != "after" or first.reason:
            continue
        between = text.flat[first.mention.last : second.mention.whole]
        if AND_ALSO.fullmatch(between) and rules.any_of("aid_noun").search(between):
            yield Pair(first, following.name, "after", 0.9)
