"""The table of rules: each says what its examples show, and none is there for nothing."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from grants.communiques.reading import nouns, rules
from grants.communiques.reading.mentions import Mention, find_mentions
from grants.communiques.reading.rules import Rule
from grants.communiques.reading.text import plain_text

RULES = rules.all_rules()


def mentions_in(example: str) -> list[Mention]:
    return [mention for mention in find_mentions(plain_text(example)) if mention.kind != "date"]


def of_the_first(attribute: str) -> Callable[[str], str]:
    def read(example: str) -> str:
        found = mentions_in(example)
        return getattr(found[0], attribute) if found else ""

    return read


def of_its_noun(question: str) -> Callable[[str], str]:
    def read(example: str) -> str:
        found = mentions_in(example)
        hit = rules.hit_at(question, found[0].noun, 0) if found and found[0].noun else None
        return hit.rule.says if hit else ""

    return read


def no_quantity(example: str) -> str:
    """What is left out of the example, which says nothing else."""
    if mentions_in(example):
        return "a quantity"
    return next((hit.rule.says for hit in rules.hits("no_quantity", plain_text(example).flat)), "")


# How the examples of a question are read. Those of any other question need to be met by the rule among its peers.
READERS: dict[str, Callable[[str], str]] = {
    "qualifier": of_the_first("qualifier"),
    "qualifier_after": of_the_first("qualifier"),
    "per": of_the_first("per"),
    "count": of_its_noun("count"),
    "duration": of_its_noun("duration"),
    "reach": of_the_first("measure"),
    "reached": of_the_first("measure"),
    "nature": of_the_first("nature"),
    "money_noun": of_the_first("kind"),
    "change": lambda example: "change" if len(mentions_in(example)) == 2 else "range",
    "no_quantity": no_quantity,
}


def read(rule: Rule, example: str) -> str:
    if rule.of in READERS:
        return READERS[rule.of](example)
    met = [hit.rule.words for hit in rules.hits(rule.of, plain_text(example).flat)]
    return rule.says if rule.words in met else f"met by {met}"


@contextmanager
def table_without(rule: Rule) -> Iterator[None]:
    kept, forget = tuple(other for other in RULES if other is not rule), (rules.of, rules.any_of, nouns._pattern)
    whole = rules.all_rules
    rules.all_rules = lambda: kept
    for remembered in forget:
        remembered.cache_clear()
    try:
        yield
    finally:
        rules.all_rules = whole
        for remembered in forget:
            remembered.cache_clear()


def named(rule: Rule) -> str:
    return f"{rule.of}-{rule.says}-{rule.words[:20]}"


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_each_rule_says_what_its_examples_show(rule):
    assert rule.examples, "a rule without an example says nothing to whoever reads the table"
    assert {example: read(rule, example) for _, example in rule.examples} == {
        example: rule.says for _, example in rule.examples
    }


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_each_rule_is_needed_by_an_example(rule):
    with table_without(rule):
        if not rules.of(rule.of):
            return  # the only answer to its question
        assert any(read(rule, example) != rule.says for _, example in rule.examples)


def test_no_two_rules_have_the_same_words():
    met = Counter((rule.of, rule.words) for rule in RULES)
    assert [words for words, times in met.items() if times > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_the_words_of_a_rule_are_written_without_capitals_and_accents(rule):
    assert plain_text(rule.words.replace("\\S", "").replace("\\W", "").replace("\\D", "")).flat == rule.words.replace(
        "\\S", ""
    ).replace("\\W", "").replace("\\D", "")


def test_a_rule_without_rows_for_its_question_is_empty():
    assert rules.of("a question that nobody asks") == ()
