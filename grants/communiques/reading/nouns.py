"""What stands after a number: the noun that it counts, at most three adjectives away."""

import re
from functools import cache

from . import rules
from .spelled import FIRST_WORDS

# Words that no adjective is: between a number and what is counted, they end the search.
_STOPS = """
    de du des d et ou a au aux en pour sur par dans avec sans sous vers depuis chez entre qui que qu dont est sont ont
    etait etaient sera seront le la les l un une ce ces cette son sa ses leur leurs plus moins tres mais comme ainsi
    soit afin lors selon pas si ne se ici and or of to for in on by at with from into over under the an is are was were
    will has have had be been who that which as than this these its their his per each between among during
    millions million milliards milliard mille thousand billion dollars dollar cents
"""
_STOP = "|".join(sorted({*_STOPS.split(), *FIRST_WORDS}, key=len, reverse=True))
_ADJECTIVES = rf"(?:(?!(?:{_STOP})(?![a-z]))[a-z][a-z.-]{{0,24}}[ \n]){{0,3}}?"
_PLURAL = re.compile(
    rf"[ \n](?:de |d'|of )?(?:(?!(?:{_STOP})(?![a-z]))[a-z][a-z-]{{0,24}} ){{0,2}}?"
    rf"(?P<noun>(?!(?:{_STOP})(?![a-z]))[a-z][a-z-]{{1,30}}[sx])(?![a-z0-9'])"
)
_LABEL = re.compile(r"(?:nombre|nb|number|total) (?:total )?(?:d[e']|of) ?(?P<noun>[a-z][a-z' -]{0,30}?) ?:[ \t\n]*$")


def noun_after(question: str, flat: str, end: int) -> re.Match[str] | None:
    """The noun of the rules of `question` that a number ending at `end` goes with (group `noun`), if any."""
    return _pattern(question).match(flat, end)


def unknown_plural_after(flat: str, end: int) -> re.Match[str] | None:
    """The next word, or one of the two after it, where it looks like a plural (group `noun`)."""
    return _PLURAL.match(flat, end)


def label_before(flat: str, start: int) -> re.Match[str] | None:
    """The label that a number completes, « Nombre de projets : 3 » (group `noun`)."""
    return _LABEL.search(flat, max(0, start - 60), start)


@cache
def _pattern(question: str) -> re.Pattern[str]:
    nouns = "|".join(rule.words for rule in rules.of(question))
    return re.compile(rf"[ \n-](?:de |d'|of (?:the )?)?{_ADJECTIVES}(?P<noun>{nouns})(?![a-z0-9])")
