"""PostgreSQL, which answers a question, and Python, which helps with it and marks words, read it the same way."""

from importlib import import_module

import pytest
from django.db import connection

from grants.search import terms
from grants.search.words import why_unanswerable

pytestmark = pytest.mark.django_db


def asked(words: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_question(%s)::text", [words])
        return cursor.fetchone()[0]


QUESTIONS = [
    "école",
    "le la les",
    '"le la"',
    "l’innovation",
    "qu'en",
    "-musée",
    "-musée -école",
    "musée -école",
    "le -musée",
    "musée OU -école",
    "-musée OR -école",
    "OR",
    "OU OU",
    "!!!",
    "patrim*",
    "-patrim*",
    "l'éc*",
    "*",
    "--",
    '""',
    "« patrimoine bâti »",
    "C.S.N.",
    "ÉTS",
    "it",
    "2022",
    "1e5",
    "Saguenay–Lac-Saint-Jean",
    "🎉",
    '"🎉"',
    "musée 🎉",
    "日本",
    "d’",
    "a*",
]


@pytest.mark.parametrize("words", QUESTIONS)
def test_python_and_postgresql_agree_on_whether_anything_is_asked(words: str) -> None:
    in_python = any(
        not term.is_excluded and not term.is_little for group in terms.alternatives(words) for term in group
    )
    assert (asked(words) is not None) == in_python


def test_python_and_postgresql_leave_the_same_little_words_out() -> None:
    migration = import_module("grants.migrations.0010_quicker_words")
    assert set(migration.LITTLE_WORDS.split()) == terms.LITTLE_WORDS
    assert [word for word in sorted(terms.LITTLE_WORDS) if asked(word)] == []


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("patrimoine", "'patrimoin'"),
        ("ÉTS", "'0qets'"),
        ("patrim*", "'0qpatrim':*"),
        ('"patrim*"', "'patrim'"),
        ("l’innovation", "'innov'"),
        ("le musée", "'muse'"),
        ('"IT"', "'it' | '0qit'"),
        ("lac -saint", "'lac' & !'saint'"),
        ("Saint-Je*", "'0qsaint' <-> '0qje':*"),
        ("2022", "'2022'"),
        ("musée\u00a0lac", "'muse' & 'lac'"),
        ("-lac", None),
        ("lac OU -saint", "'lac'"),
    ],
)
def test_a_question_asks_the_index_for_no_more_words_than_it_needs(words: str, question: str | None) -> None:
    assert asked(words) == question


@pytest.mark.parametrize("word", ["ets", "1e5", "012", "0e5", "ete", "été", "日本", "и", "q", "0x1f", "2022", "a1b2"])
def test_the_marker_and_a_word_are_one_word_to_postgresql(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', grants_as_it_stands(%s)))", [word])
        assert cursor.fetchone()[0] == [f"0q{word}"]


@pytest.mark.parametrize(
    ("words", "help_given"),
    [
        ('patrimoine "bâti', "guillemet"),
        ("patrimoine »", "guillemet"),
        ("-église", "exclure"),
        ("-église -école", "exclure"),
        ("le la les", "partout"),
        ("!!!", "ni lettre ni chiffre"),
        ("&|()", "ni lettre ni chiffre"),
        ("p*", "deux lettres"),
        ("mot " * 13, "douze"),
        ("a-b-c-d-e-f-g-h-i-j-k-l-m-n", "douze"),
        ("x" * 201, "200"),
    ],
)
def test_a_question_that_asks_nothing_gets_help_in_a_sentence(words: str, help_given: str) -> None:
    assert help_given in str(why_unanswerable(words))


@pytest.mark.parametrize("words", ["", "  ", "patrimoine", '"le"', "le patrimoine de la ville", "« bâti »", "-a b"])
def test_a_question_that_asks_something_needs_no_help(words: str) -> None:
    assert not why_unanswerable(words)
