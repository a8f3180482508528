"""The words found are marked in the texts shown, and nothing else of a text changes."""

import pytest

from grants.search.marking import mark

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("École de musique", "ecole", "<mark>École</mark> de musique"),
        ("Les écoles", "école", "Les <mark>écoles</mark>"),
        ("Engineers", "engineering", "<mark>Engineers</mark>"),
        ("L’Œuvre", "oeuvres", "L’<mark>Œuvre</mark>"),
        ("ÉTS et cie", "ets", "<mark>ÉTS</mark> et cie"),
        ("Un café et ÉTS", "et", "Un café et ÉTS"),
        ("A.M.V.P.Q. à Lac", "amvpq", "<mark>A.M.V.P.Q.</mark> à Lac"),
        ("Patrimoine", "patrim*", "<mark>Patrimoine</mark>"),
        ("Lac Saint-Jean", '"lac saint"', "<mark>Lac</mark> <mark>Saint</mark>-Jean"),
        ("Musée et école", "musée -école", "<mark>Musée</mark> et école"),
        ("Musée, école", "lac OU école", "Musée, <mark>école</mark>"),
        ("E\u0301cole", "école", "<mark>E\u0301cole</mark>"),
        ("Rien", "", "Rien"),
    ],
)
def test_a_word_found_is_marked(text: str, words: str, marked: str) -> None:
    assert mark([text], words) == [marked]


def test_what_is_written_stays_text() -> None:
    assert mark(["<b>lac</b> & 'co'"], "lac b") == [
        "&lt;<mark>b</mark>&gt;<mark>lac</mark>&lt;/<mark>b</mark>&gt; &amp; &#x27;co&#x27;"
    ]
    assert mark(["<script>"], "") == ["&lt;script&gt;"]


def test_a_page_of_texts_takes_one_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert (
            len(mark([f"Patrimoine numéro {n} des musées" for n in range(100)], "patrimonial numérique musée")) == 100
        )


def test_texts_without_a_word_alike_take_no_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        mark(["Patrimoine"], "musée")
