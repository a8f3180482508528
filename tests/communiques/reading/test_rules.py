"""The table of rules: each says what its examples show, and none is there for nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from grants.communiques.reading import nouns, rules
from grants.communiques.reading import read as reader
from grants.communiques.reading.blocks import blocks_of
from grants.communiques.reading.body import body_of
from grants.communiques.reading.details import instrument_of
from grants.communiques.reading.judging import Judged, Sentence, judge, sentences_of
from grants.communiques.reading.lists.columns import column_kind
from grants.communiques.reading.mentions import Mention, find_mentions
from grants.communiques.reading.names.finding import name_from
from grants.communiques.reading.names.words import is_word
from grants.communiques.reading.rules import Rule
from grants.communiques.reading.text import plain_text

from .told import ENGLISH, FRENCH

RULES = rules.all_rules()
ENGLISH_WORDS = re.compile(r"\b(?:the|is|in|to|of|will|are|was|among|on|such|including)\b", re.IGNORECASE)


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


def opened(example: str) -> str:
    """The example after a sentence in its language: a few words alone do not say in which they are."""
    return (ENGLISH if ENGLISH_WORDS.search(example) else FRENCH) + example


def sentences_with_amounts(example: str) -> tuple[list[Sentence], list[Judged]]:
    text = plain_text(example)
    mentions = find_mentions(text)
    sentences = sentences_of(text, blocks_of(text), mentions, None)
    return sentences, judge(text, sentences)


def reason_of_the_last(example: str) -> str:
    """What the amount of the example is; of two, the second is the one that its words speak of."""
    _sentences, amounts = sentences_with_amounts(example)
    return amounts[-1].reason if amounts else ""


def reason_or_words(example: str) -> str:
    """What the amount of the example is, or of one that may yet be a total, what the words before it say."""
    met = [hit.rule.says for hit in rules.hits("before", plain_text(example).flat)]
    return reason_of_the_last(example) or (met[0] if met else "")


def scope_of_the_sentence(example: str) -> str:
    [sentence], _amounts = sentences_with_amounts(example)
    return sentence.scope


def who_receives(example: str) -> list[str]:
    reading = reader.read(opened(example))
    return [grant.recipient for grant in (*reading.grants, *reading.questions)]


def pairs_a_name(says: str) -> Callable[[str], str]:
    return lambda example: says if who_receives(example) else "nobody"


def pairs_nobody(example: str) -> str:
    """The code of a word that names nobody, where nobody is paired with an amount."""
    if found := who_receives(example):
        return f"pairs {found}"
    met = [hit.rule.says for hit in rules.hits("no_name", plain_text(example).flat)]
    return next((says for says in met if says != "opening"), met[0] if met else "")


def name_of(example: str) -> str:
    text = plain_text(example)
    name = name_from(text, 0, len(text.plain))
    return name.value if name else ""


def ends_a_name(example: str) -> str:
    """The code of the words right after the name that the example begins with."""
    text = plain_text(example)
    name = name_from(text, 0, len(text.plain))
    after = rules.first("name_stop", text.flat, name.end, len(text.plain)) if name else None
    return after.rule.says if after and not text.plain[name.end : after.start].strip(" ,") else f"goes on: {name}"


def instrument(example: str) -> str:
    _sentences, amounts = sentences_with_amounts(example)
    return instrument_of(plain_text(example), amounts[0])


def column(example: str) -> str:
    return column_kind(plain_text(example), 0, len(example))


def refused(example: str) -> str:
    return next((left.reason for left in reader.read(opened(example)).not_grants), "")


def footer(example: str) -> str:
    """What the example does at the foot of a text."""
    told = "".join(f"{FRENCH}Paragraphe.\n\n" for _ in range(3))
    text = plain_text(f"{told}{example}\n\nDernier paragraphe.")
    body = body_of(text, blocks_of(text), None, [])
    if "Dernier" not in text.plain[body[-1].start : body[-1].end]:
        return "end"
    if body[-1].about:
        return "about"
    return "none" if example in [text.plain[block.start : block.end] for block in body] else "contacts"


def ends_no_sentence(example: str) -> str:
    text = plain_text(example.partition(". ")[0] + ". reçoit 2 M$.")
    return "abbreviation" if sum(len(block.sentences) for block in blocks_of(text)) == 1 else "ends"


def partial(example: str) -> str:
    reading = reader.read(opened(example))
    return "partial" if reading.grants and not reading.list_complete else "complete"


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
    "before": reason_or_words,
    "after": reason_of_the_last,
    "scope": scope_of_the_sentence,
    "receives": pairs_a_name("subject"),
    "giver": pairs_a_name("gives"),
    "supports": pairs_a_name("supports"),
    "no_name": pairs_nobody,
    "name_stop": ends_a_name,
    "instrument": instrument,
    "column": column,
    "refused": refused,
    "footer": footer,
    "no_end": ends_no_sentence,
    "partial_list": partial,
}


def read(rule: Rule, example: str) -> str:
    if rule.of in READERS:
        return READERS[rule.of](example)
    met = [hit.rule.words for hit in rules.hits(rule.of, plain_text(example).flat)]
    return rule.says if rule.words in met else f"met by {met}"


@contextmanager
def table_without(rule: Rule) -> Iterator[None]:
    kept, forget = (
        tuple(other for other in RULES if other is not rule),
        (rules.of, rules.any_of, nouns._pattern, is_word),
    )
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
