"""The table of rules, `rules.toml`: what words say, each with an example. Whoever reads French can change it.

Rules match `Text.flat`: lower case, no accents, one kind of space, apostrophe and hyphen. Most questions are asked of
whole words (`hits`, `first`, `says`); where the marks around the words count too, code puts `words_of` a question
between them.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("rules.toml")
LANGUAGES = ("fr", "en", "es")
LINE_BREAK = re.compile(r"(?:^ |\n) +")  # within a phrase too long for one line of the file


@dataclass(frozen=True, slots=True)
class Rule:
    """`words` (phrases, each a regular expression, joined by `|`) answer the question `of` with the code `says`;
    `examples` by language."""

    of: str
    says: str
    words: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that a rule recognises."""

    start: int
    end: int
    rule: Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file. Raises re.error or KeyError where the file is badly written."""
    with TABLE.open("rb") as file:
        rows = tomllib.load(file)["rule"]
    return tuple(_rule(row) for row in rows)


def _rule(row: dict[str, Any]) -> Rule:
    words = "|".join(LINE_BREAK.sub("", phrase) for phrase in row["words"])
    examples = tuple((language, row[language]) for language in LANGUAGES if language in row)
    return Rule(row["of"], row["says"], words, re.compile(_whole_words(words)), examples, row.get("note", ""))


def _whole_words(words: str) -> str:
    return rf"(?<![a-z0-9])(?:{words})(?:(?<![a-z0-9])|(?![a-z0-9]))"


@cache
def of(question: str) -> tuple[Rule, ...]:
    """The rules that answer `question`, in the order of the file."""
    return tuple(rule for rule in all_rules() if rule.of == question)


@cache
def any_of(question: str) -> re.Pattern[str]:
    """One pattern for all the rules of `question`: a text is walked once, whatever their number."""
    return re.compile(_whole_words(words_of(question)))


def words_of(question: str, says: str = "") -> str:
    """The words of the rules of `question` (those that say `says` alone, where it is given), for a pattern in which
    other marks stand around them."""
    return "|".join(rule.words for rule in of(question) if says in ("", rule.says))


def capitalised(question: str, says: str = "") -> str:
    """`words_of` as the first words of a sentence or title are written, for a pattern over `Text.plain`."""
    return "|".join(word.capitalize() for word in words_of(question, says).split("|"))


@cache
def word_set(question: str, says: str = "") -> frozenset[str]:
    """The words of a question whose rules are plain lists of words."""
    return frozenset(words_of(question, says).split("|"))


def hits(question: str, flat: str) -> Iterator[Hit]:
    """Where the rules of `question` match in `flat`, in order, not overlapping. The first rule that matches decides."""
    for found in any_of(question).finditer(flat):
        yield Hit(found.start(), found.end(), _which(question, flat, found.start(), found.end()))


def hit_at(question: str, flat: str, place: int) -> Hit | None:
    """The rule of `question` whose words start at `place`, if any."""
    found = any_of(question).match(flat, place)
    return Hit(place, found.end(), _which(question, flat, place, found.end())) if found else None


def first(question: str, flat: str, start: int, end: int) -> Hit | None:
    """The first words between two places that a rule of `question` recognises."""
    found = any_of(question).search(flat, start, end)
    return Hit(found.start(), found.end(), _which(question, flat, found.start(), found.end())) if found else None


def says(question: str, words: str) -> str:
    """The code of the first rule of `question` that whole `words` answer; "" where none does."""
    return next((rule.says for rule in of(question) if rule.pattern.fullmatch(words)), "")


def _which(question: str, flat: str, start: int, end: int) -> Rule:
    """The first rule whose words are the whole of what was found, as the text goes on or where the search stopped."""
    there = of(question)
    for rule in there:
        if (found := rule.pattern.match(flat, start)) is not None and found.end() == end:
            return rule
    return next((rule for rule in there if rule.pattern.match(flat, start, end)), there[0])
