"""What single words of a text are: words of the table of rules, places, numbers."""

import re
from functools import lru_cache

from .. import rules
from ..text import Text

LINKS = rules.word_set("link")
INFINITIVE = re.compile(r"[a-z']{2,}(?:er|ir|re|oir)$")
FUTURE = re.compile(
    rf"(?!{rules.words_of('no_future')})[a-z]{{2,}}(?:era|eront|erait|eraient|ira|iront|[vdtr]ra|[vdtr]ront)$"
)
IMPERFECT = re.compile(rf"(?!(?:{rules.words_of('no_imperfect')})$)[a-z]{{3,}}(?:ait|aient)$")


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


def is_many(word: str) -> bool:
    """Whether a folded word stands for many: « entreprises », « organismes »."""
    return any(rule.says == "many" and rule.pattern.fullmatch(word) for rule in rules.of("no_name"))


def is_infinitive(word: str) -> bool:
    """Whether a folded word looks like an infinitive."""
    return bool(INFINITIVE.fullmatch(word)) and not is_word("no_infinitive", word)
