"""What is counted: « neuf nouvelles organisations », « en accompagner 11 000 », "32 projects", « trois ans »."""

import re
from bisect import bisect_left
from dataclasses import replace

from . import rules
from .mention import Mention
from .nouns import label_before, noun_after, unknown_plural_after
from .numbers import Number

_NEAR = 60  # characters: how far from a number a verb may stand that says what is done for those counted
_PRONOUNS = ("", "autres", "others")
_NO_NOUN = re.compile(
    r"[ \n]?(?:[.,;:!?)]|$)|[ \n]d'ici|[ \n](?:en|par|dans|au|aux|a|pour|et|afin|de plus)(?![a-z])"
    r"|[ \n](?:more|by|in|over|and|through|across)(?![a-z])"
)
_AUXILIARY = re.compile(
    r"[ \n](?:(?:more|others?|autres|de plus) )?"
    r"(?:(?:ont|auront) (?:deja )?ete |seront |(?:have|had) (?:already )?been |will be |were |are )?"
)
_FRACTIONS = ("tiers", "quarts", "fois", "times", "thirds", "quarters", "halves")
_SENTENCE_END = re.compile(r"[.;:!?•\n](?=[ \n]|$)")


_PERCENT = re.compile(r"[ \n]?(?:%|pour cent|per ?cent|percent|p\. ?100)(?![a-z0-9])")


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
        if ":" in flat[max(0, number.start - 2) : number.start] and (label := label_before(flat, number.start)):
            return replace(_plain("count", number, end), noun=label["noun"], measure=self._says(label))
        following = flat[end : end + 1]
        if following not in (" ", "\n", "-", "%"):
            return None
        if found := _PERCENT.match(flat, end):
            return _plain("percent", number, found.end())
        if found := noun_after("duration", flat, end):
            return replace(_plain("duration", number, found.end()), noun=found["noun"])
        if following == "-":
            return None
        if found := noun_after("count", flat, end):
            return replace(_plain("count", number, end), noun=found["noun"], measure=self._says(found))
        if (found := unknown_plural_after(flat, end)) and found["noun"] not in _FRACTIONS:
            return replace(_plain("count", number, end), noun=found["noun"])
        return None

    def _says(self, found: re.Match[str]) -> str:
        hit = rules.hit_at("count", self.flat, found.start("noun"))
        return hit.rule.says if hit else ""

    def done(self, mention: Mention, previous: int) -> Mention:
        """The mention of a count with what is done for those counted, and whether it is aimed at or came about.

        A verb before `previous` (where the number before ends) does not speak of this one.
        """
        if mention.measure == "jobs":
            return replace(mention, nature=self._nature(mention, 0))
        if mention.measure != "businesses" and mention.noun not in _PRONOUNS:
            return mention
        measure, verb = self._reach(mention, previous)
        if not measure:
            return replace(mention, measure="")
        return replace(mention, kind="count", measure=measure, nature=self._nature(mention, verb))

    def _reach(self, mention: Mention, previous: int) -> tuple[str, int]:
        """What is done for those counted, by the nearest verb, and where that verb ends if it stands before."""
        before, after = self._reach_before(mention, previous), self._reached_after(mention)
        if before and (not after or mention.whole - before.end <= after.start - mention.end):
            return before.rule.says, before.end
        return (after.rule.says, 0) if after else ("", 0)

    def _reach_before(self, mention: Mention, previous: int) -> rules.Hit | None:
        index = bisect_left(self.reach_ends, mention.whole + 1) - 1
        if index < 0 or self.reach_ends[index] < max(previous, mention.whole - _NEAR):
            return None
        hit = self.reach[index]
        between = self.flat[hit.end : mention.whole]
        if _SENTENCE_END.search(between) or (not mention.noun and not self._stands_alone(mention, between)):
            return None
        return hit

    def _stands_alone(self, mention: Mention, between: str) -> bool:
        """Whether a number without a noun stands for those named before: « en accompagner 11 000 »."""
        return len(between) <= 3 and _NO_NOUN.match(self.flat, mention.last) is not None

    def _reached_after(self, mention: Mention) -> rules.Hit | None:
        index = bisect_left(self.reached_starts, mention.end)
        if index == len(self.reached):
            return None
        hit = self.reached[index]
        between = self.flat[mention.end : hit.start]
        if hit.start - mention.end > _NEAR or _SENTENCE_END.search(between) or re.search("[0-9$]", between):
            return None
        if not mention.noun and not _AUXILIARY.fullmatch(between):
            return None
        return hit

    def _nature(self, mention: Mention, verb: int) -> str:
        """Target or result, by the words of its sentence nearest to the number; an infinitive alone is a target.

        `verb`: where the verb before the number ends, 0 where there is none.
        """
        flat = self.flat
        window = max(0, mention.whole - 2 * _NEAR)
        start = max(
            (found.end() + window for found in _SENTENCE_END.finditer(flat[window : mention.whole])), default=window
        )
        stop = min(len(flat), mention.end + _NEAR)
        if found := _SENTENCE_END.search(flat, mention.end, stop):
            stop = found.start()
        hits = [
            (min(abs(hit.end + start - mention.whole), abs(hit.start + start - mention.end)), hit.rule.says)
            for hit in rules.hits("nature", flat[start:stop])
        ]
        if hits:
            return min(hits)[1]
        return "target" if self.flat.endswith(("er", "ir"), 0, verb) else ""


def _plain(kind: str, number: Number, end: int) -> Mention:
    qualifier = "about" if number.about else "exact"
    start, value, precision, scale = number.start, number.value, number.precision, number.scale
    return Mention(kind, start, end, start, end, value, precision, qualifier=qualifier, scale=scale)
