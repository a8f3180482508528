"""The text of a press release with its marks, which may overlap and lie inside one another."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.admin.communiques.marks import ORDER, Mark, marked_text

TEXT = "Le <b>Groupe</b> reçoit 5 M$ net & clair\nFin"


def plain(html):
    """What a browser shows."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def links(html):
    return re.findall(r'<a href="#([^"]+)"[^>]*?( tabindex="-1")?>([^<]*)</a>', html)


def test_words_inside_others_lead_to_the_shorter_mark():
    html = marked_text(TEXT, [Mark(0, 30, "grant", "grants-0"), Mark(24, 28, "figure", "figures-0")])
    assert ("figures-0", "", "5 M$") in links(html)
    assert 'data-of="figures-0 grants-0"' in html


def test_marks_that_overlap_are_cut_where_they_meet():
    html = marked_text("abcdef", [Mark(0, 4, "grant", "grants-0"), Mark(2, 6, "grant", "grants-1")])
    assert [words for _line, _stop, words in links(html)] == ["ab", "cd", "ef"]


def test_each_line_has_one_stop_for_the_keyboard():
    html = marked_text("abcdef", [Mark(0, 6, "grant", "grants-0"), Mark(2, 3, "left", "left-0")])
    stops = [line for line, no_stop, _words in links(html) if not no_stop]
    assert stops == ["grants-0", "left-0"]


def test_each_passage_has_its_id_once():
    html = marked_text("abcdef", [Mark(0, 6, "grant", "grants-0"), Mark(0, 3, "figure", "f"), Mark(0, 3, "left", "l")])
    assert sorted(re.findall(r'id="(p[^"]+)"', html)) == ["p0-3", "p0-6"]


@pytest.mark.parametrize("span", [(3, 3), (4, 2), (-1, 3), (0, 99)])
def test_a_mark_outside_the_text_is_left_out(span):
    assert marked_text("abc", [Mark(*span, "grant", "grants-0")]) == "abc"


@given(
    st.text(max_size=60),
    st.lists(
        st.builds(Mark, st.integers(-2, 70), st.integers(-2, 70), st.sampled_from(ORDER), st.text("ab", max_size=2))
    ),
)
def test_no_mark_changes_the_text(text, marks):
    assert plain(marked_text(text, marks)) == text
