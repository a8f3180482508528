"""The example set: texts with their answer keys, held to the floors as a whole. A failure names texts and faults."""

import pytest

from benchmarks.answer_keys import Score, examples, folded
from benchmarks.communiques import FLOORS, OURS, as_lines, scores, together
from grants.communiques.reading.answers import Reading
from grants.communiques.reading.read import read
from grants.communiques.words import DOUBTS, NOTES, REASONS, SCOPES

FIRST_SOURCE = "fr-premiere-source"


@pytest.fixture(scope="module")
def each() -> list[Score]:
    return scores(OURS)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(example.text) for example in examples(OURS)]


@pytest.mark.parametrize(("name", "words", "floor"), FLOORS)
def test_the_examples_as_a_whole_hold_the_floors(each: list[Score], name: str, words: str, floor: float) -> None:
    share = getattr(together(each), name)
    assert share.ratio >= floor, f"{words}: {share}\n{as_lines([one for one in each if not one.is_perfect])}"


def test_the_first_source_is_read_without_a_fault(each: list[Score]) -> None:
    [first] = [one for one in each if one.name == FIRST_SOURCE]
    assert first.faults == []


def test_spans_stay_inside_their_text(readings: list[Reading]) -> None:
    for reading in readings:
        pairs = [*reading.grants, *reading.questions]
        spans = [span for pair in pairs for span in (pair.span, pair.name_span, pair.amount_span) if span]
        spans += [found.span for found in (*reading.figures, *reading.not_grants, *reading.corrections)]
        assert all(0 <= start < end <= len(reading.text) for start, end in spans)


def test_the_span_of_a_name_holds_the_name(readings: list[Reading]) -> None:
    for reading in readings:
        for grant in reading.grants:
            words = " ".join(reading.text[slice(*grant.name_span)].split())
            assert folded(words) == folded(grant.recipient)


def test_the_span_of_an_amount_holds_a_number(readings: list[Reading]) -> None:
    pairs = [(reading.text, grant) for reading in readings for grant in reading.grants if grant.amount_span]
    silent = [grant.recipient for text, grant in pairs if not _says_a_number(text[slice(*grant.amount_span)])]
    assert silent == []


def _says_a_number(words: str) -> bool:
    spelled = ("cent", "mille", "million", "demi", "thousand", "hundred")
    return any(letter.isdigit() for letter in words) or any(word in words.lower() for word in spelled)


def test_every_code_has_words(readings: list[Reading]) -> None:
    left = {left.reason for reading in readings for left in reading.not_grants}
    doubts = {code for reading in readings for pair in (*reading.grants, *reading.questions) for code in pair.reasons}
    notes = {pair.note for reading in readings for pair in (*reading.grants, *reading.questions)} - {""}
    scopes = {figure.scope for reading in readings for figure in reading.figures}
    assert (left - set(REASONS), doubts - set(DOUBTS), notes - set(NOTES), scopes - set(SCOPES)) == (set(),) * 4


def test_reading_twice_gives_the_same(readings: list[Reading]) -> None:
    assert [read(reading.text) for reading in readings] == readings
