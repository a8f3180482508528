"""What Python and PostgreSQL make of a text when they put accents aside must be the same text."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from grants.values.folding import fold

# The letters of the languages written in Latin letters, and the signs around them; other scripts have rules of case
# (a Greek sigma at the end of a word) in which the two engines may differ.
LATIN = st.characters(min_codepoint=1, max_codepoint=0x24F)
SIGNS = st.characters(min_codepoint=0x2000, max_codepoint=0x206F) | st.sampled_from("€™№ﬁﬂ’«»…–—\u0301\u0327\u200b")


def folded_by_postgresql(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grants_fold(written) FROM unnest(%s::text[]) WITH ORDINALITY AS t (written, place) ORDER BY place",
            [texts],
        )
        return [folded for (folded,) in cursor.fetchall()]


class EveryText(TestCase):
    """Compared a batch at a time: a question to PostgreSQL costs more than a text."""

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.text(LATIN | SIGNS, max_size=30), min_size=1, max_size=20))
    def test_python_and_postgresql_fold_alike(self, texts: list[str]) -> None:
        assert folded_by_postgresql(texts) == [fold(text) for text in texts]


@pytest.mark.django_db
def test_names_of_the_first_source_fold_alike() -> None:
    names = ["École de technologie supérieure (ÉTS)", "L’escouade numérique – Synchronex", "Œuvrant", "A.M.V.P.Q."]
    assert folded_by_postgresql(names) == [fold(name) for name in names]
