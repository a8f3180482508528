"""The language of a text: the one asked for, or the other one, which says that it is."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from grants.bilingual import Text, current_language, pick

BOTH = SimpleNamespace(name_fr="Offensive", name_en="Offensive (en)")
FRENCH = SimpleNamespace(name_fr="Groupe MISA", name_en="")
ENGLISH = SimpleNamespace(name_fr="", name_en="Only English")
NEITHER = SimpleNamespace(name_fr="", name_en="")


@pytest.mark.parametrize(
    ("record", "language", "text"),
    [
        (BOTH, "fr", Text("Offensive", "fr", False)),
        (BOTH, "en", Text("Offensive (en)", "en", False)),
        (FRENCH, "en", Text("Groupe MISA", "fr", True)),
        (ENGLISH, "fr", Text("Only English", "en", True)),
        (NEITHER, "fr", Text("", "fr", False)),
        (NEITHER, "en", Text("", "en", False)),
    ],
)
def test_a_text_says_which_language_it_is_in(record: SimpleNamespace, language: str, text: Text) -> None:
    assert pick(record, "name", language) == text


def test_the_language_of_the_page_is_the_one_picked() -> None:
    for language, value in (("fr", "Offensive"), ("en", "Offensive (en)")):
        with override(language):
            assert (current_language(), str(pick(BOTH, "name"))) == (language, value)


def test_french_is_the_language_where_none_is_active() -> None:
    with override(None):
        assert current_language() == "fr"


def test_an_empty_text_counts_as_nothing() -> None:
    assert not pick(NEITHER, "name", "fr")
    assert pick(FRENCH, "name", "en")
