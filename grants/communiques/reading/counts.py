"""What is counted: « neuf nouvelles organisations », « en accompagner 11 000 », "32 projects", « trois ans »."""

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from . import rules
from .mention import Mention
from .numbers import Number
from .spelled import FIRST_WORDS

# Words that no adjective is: between a number and what is counted, they end the search.
_STOPS = (
    "de du des d et ou a au aux en pour sur par dans avec sans sous vers depuis chez entre qui que qu dont est sont ont"
    " etait etaient sera seront le la les l un une ce ces cette son sa ses leur leurs plus moins tres mais comme ainsi"
    " soit afin lors selon and or of to for in on by at with from into over under the an is are was were will has have"
    " had be been who that which as than this these its their his per each between among during millions million"
    " milliards milliard mille thousand billion dollars dollar cents pas si ne se"
)
_STOP = "|".join(sorted({*_STOPS.split(), *FIRST_WORDS}, key=len, reverse=True))
_OTHERS = 60  # characters: how far from a number a verb may stand that says what is done for those counted
_SENTENCE_END = re.compile(r"[.;:!?•\n](?=[ \n]|$)")


@cache
def _after(question: str) -> re.Pattern[str]:
    nouns = "|".join(rule.words for rule in rules.of(question))
    return re.compile(
        rf"[ \n-](?:de |d'|of (?:the )?)?(?:(?!(?:{_STOP})(?![a-z]))[a-z][a-z.-]{{0,24}}[ \n]){{0,3}}?"
        rf"(?P<noun>{nouns})(?![a-z0-9])"
    )


_PLURAL = re.compile(rf"[ \n](?:de |d'|of )?(?P<noun>(?!(?:{_STOP})(?![a-z]))[a-z][a-z-]{{1,30}}[sx])(?![a-z0-9'])")
_PERCENT = re.compile(r"[ \n]?(?:%|pour cent|per ?cent|percent|p\. ?100)(?![a-z0-9])")
_YEARS = re.compile(r"-((?:19|20)?[0-9]{2})(?![0-9])")


class Counts:
    """Reads what the numbers of one text count."""

    def __init__(self, flat: str) -> None:
        self.flat = flat
        self.reach = list(rules.hits("reach", flat))
        self.reached = list(rules.hits("reached", flat))
        self.reach_ends = [hit.end for hit in self.reach]
        self.reached_starts = [hit.start for hit in self.reached]

    def read(self, number: Number) -> Mention | None:
        """The number as a percentage, a length of time or a count; None where nothing is counted."""
        flat, end = self.flat, number.end
        following = flat[end : end + 1]
        if following not in (" ", "\n", "-", "%"):
            return None
        if found := _PERCENT.match(flat, end):
            return _plain("percent", number, found.end())
        if found := _after("duration").match(flat, end):
            return replace(_plain("duration", number, found.end()), noun=found["noun"])
        if following == "-":
            return None
        if found := _after("count").match(flat, end):
            return replace(_plain("count", number, end), noun=found["noun"], measure=self._says(found))
        if found := _PLURAL.match(flat, end):
            return replace(_plain("count", number, end), noun=found["noun"])
        return None

    def _says(self, found: re.Match[str]) -> str:
        hit = rules.hit_at("count", self.flat, found.start("noun"))
        return hit.rule.says if hit else ""

    def done(self, mention: Mention, previous: int) -> Mention:
        """The mention of a count with what is done for those counted, and whether it is aimed at or came about.

        A verb before `previous` (where the number before ends) does not speak of this one.
        """
        if mention.measure not in ("businesses", "jobs", ""):
            return mention
        measure = mention.measure
        if measure != "jobs":
            measure = self._reach(mention, previous)
        if mention.kind == "number" and not measure:
            return mention
        nature = self._nature(mention) if measure else ""
        return replace(mention, kind="count", measure=measure, nature=nature)

    def _reach(self, mention: Mention, previous: int) -> str:
        before = self._reach_before(mention, previous)
        after = self._reached_after(mention)
        if before and after:
            return before[0] if before[1] <= after[1] else after[0]
        return (before or after or ("", 0))[0]

    def _reach_before(self, mention: Mention, previous: int) -> tuple[str, int] | None:
        index = bisect_left(self.reach_ends, mention.whole + 1) - 1
        if index < 0 or self.reach_ends[index] < max(previous, mention.whole - _OTHERS):
            return None
        hit = self.reach[index]
        between = self.flat[hit.end : mention.whole]
        if _SENTENCE_END.search(between) or (not mention.noun and len(between) > 3):
            return None
        if hit.rule.says == "made_aware" and self.flat[hit.start : hit.end] in ("make", "making"):
            return None
        return hit.rule.says, len(between)

    def _reached_after(self, mention: Mention) -> tuple[str, int] | None:
        index = bisect_left(self.reached_starts, mention.end)
        if index == len(self.reached):
            return None
        hit = self.reached[index]
        between = self.flat[mention.end : hit.start]
        if hit.start - mention.end > _OTHERS or _SENTENCE_END.search(between) or re.search("[0-9,$]", between):
            return None
        if not mention.noun and between.strip(" "):
            return None
        return hit.rule.says, len(between)

    def _nature(self, mention: Mention) -> str:
        """Target or result, by the words of its sentence nearest to the number."""
        flat = self.flat
        window = max(0, mention.whole - 2 * _OTHERS)
        start = max(
            (found.end() + window for found in _SENTENCE_END.finditer(flat[window : mention.whole])), default=window
        )
        stop = min(len(flat), mention.end + _OTHERS)
        if found := _SENTENCE_END.search(flat, mention.end, stop):
            stop = found.start()
        hits = [
            (min(abs(hit.end + start - mention.whole), abs(hit.start + start - mention.end)), hit.rule.says)
            for hit in rules.hits("nature", flat[start:stop])
        ]
        return min(hits)[1] if hits else ""


def _plain(kind: str, number: Number, end: int) -> Mention:
    qualifier = "about" if number.about else "exact"
    return Mention(kind, number.start, end, number.start, end, number.value, number.precision, qualifier=qualifier)
