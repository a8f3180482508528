"""What single words of a text are: words of the table of rules, places, numbers."""

import re
from functools import lru_cache

from .. import rules
from ..text import Text

LINKS = frozenset("de du des d' d la le les l' l et en a au aux pour sur and of the for in & - – dans par avec".split())
DETERMINERS = ("le", "la", "les", "un", "une", "the", "cette", "ces", "son", "sa", "leur", "leurs", "l'", "d'")
INFINITIVE = re.compile(r"[a-z']{2,}(?:er|ir|re|oir)$")
NOT_INFINITIVES = frozenset(
    "le la les l' mer premier metier quartier atelier chantier foyer cancer hiver hier fier dernier".split()
)
FUTURE = re.compile(r"(?!opera|camera|primera)[a-z]{2,}(?:era|eront|erait|eraient|ira|iront|[vdtr]ra|[vdtr]ront)$")
IMPERFECT = re.compile(r"(?!lait$|fait$|(?:sou|par|bien|at|ex|re|por)[a-z]*ait$)[a-z]{3,}(?:ait|aient)$")


@lru_cache(maxsize=50_000)
def is_word(of: str, word: str) -> bool:
    """Whether a folded word is one of those of a question."""
    return bool(rules.any_of(of).fullmatch(word))


def is_place(text: Text, start: int, end: int) -> bool:
    """Whether a known place stands at `start`, alone before a mark."""
    found = rules.any_of("place").match(text.flat, start, end)
    return bool(found) and (found.end() >= end or text.plain[found.end() : found.end() + 1] in " ,;:()–.|\n")


def elided_link(word: str) -> bool:
    """« d'Amos », « l'Est »: a link and a word in one."""
    return bool(re.match(r"[dl]'", word))


def is_number_word(word: str) -> bool:
    """Whether a folded word is a number or an ordinal."""
    return word in "deux trois six sept cent mille premier premiere deuxieme second first third seven two three".split()


def is_many(word: str) -> bool:
    """Whether a folded word stands for many: « entreprises », « organismes »."""
    return any(rule.says == "many" and rule.pattern.fullmatch(word) for rule in rules.of("no_name"))


def is_infinitive(word: str) -> bool:
    return bool(INFINITIVE.fullmatch(word)) and word not in NOT_INFINITIVES
