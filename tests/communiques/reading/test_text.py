"""A text made plain, and the way back to the text as it was given."""

import pytest

from grants.communiques.reading.text import flatten, plain_text


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("2\u00a0307\u202f663\u00a0$", "2 307 663 $"),
        ("l\u2019aide", "l'aide"),
        ("un\r\ndeux\rtrois\u2028quatre", "un\ndeux\ntrois\nquatre"),
        ("e\u0301te\u0301", "été"),
        ("Qué\u00adbec", "Québec"),
        ("\ufeffPalco\u200b", "Palco"),
        ("Trois\u2011Rivières", "Trois-Rivières"),
        ("Palco — 2 M$", "Palco – 2 M$"),
    ],
)
def test_marks_that_programs_put_are_made_plain(given, plain):
    assert plain_text(given).plain == plain


@pytest.mark.parametrize("given", ["a\u0301bc", "Qué\u00adbec", "🎉 Palco 🎉", "\r\nPalco\r\n", "l\u2019aide", ""])
def test_the_span_of_the_whole_is_the_text_but_for_what_is_unseen_around_it(given):
    text = plain_text(given)
    start, end = text.span(0, len(text.plain))
    assert plain_text(given[start:end]).plain == text.plain


def test_flat_text_is_as_long_as_the_plain_one():
    assert flatten("ÉCOLE ß œ ﬁ") == "ecole ß œ ﬁ"
