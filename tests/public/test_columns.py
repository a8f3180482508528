"""Bars and columns: their geometry, their words, their links."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree

from grants.public import drawing
from grants.public.drawing import Mark, Moment
from grants.public.drawing.columns import ABOVE, ROOM, slot
from grants.public.drawing.scales import scale_of

WORDS = {"title": "A title", "description": "A description"}
BOTTOM = ABOVE + ROOM


def mark(value, **more):
    return Mark(
        more.pop("label", "2022"), None if value is None else Decimal(value), more.pop("text", f"${value}"), **more
    )


def drawn(*values, **more):
    moments = [Moment(str(2000 + place), (mark(value, **more),)) for place, value in enumerate(values)]
    return ElementTree.fromstring(drawing.columns(moments, str, **WORDS))


def of_class(tree, name, style):
    return [shape for shape in tree.iter(name) if shape.get("class", "").split()[:1] == [style]]


def percent(shape, name):
    return Decimal(shape.get(name).rstrip("%"))


def vertical(shape):
    """Top and bottom in pixels."""
    top = Decimal(shape.get("y"))
    return top, top + Decimal(shape.get("height"))


# ── Scales ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ([], [0, 1]),
        ([0], [0, 1]),
        ([3], [0, 1, 2, 3]),
        ([42], [0, 20, 40, 60]),
        ([9_999], [0, 5_000, 10_000]),
        ([-3, 2], [-4, -2, 0, 2]),
        ([-70], [-80, -60, -40, -20, 0]),
    ],
)
def test_a_scale_has_few_round_numbers_around_its_values(values, lines):
    assert scale_of(map(Decimal, values)).lines == lines


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_column_stands_on_nothing_and_reaches_its_value():
    half, whole = of_class(drawn(50, 100), "rect", "bar")
    assert [vertical(half), vertical(whole)] == [(BOTTOM - ROOM / 2, BOTTOM), (ABOVE, BOTTOM)]


def test_a_negative_total_hangs_below_nothing():
    up, down = of_class(drawn(50, -50), "rect", "bar")
    middle = ABOVE + ROOM / 2
    assert (vertical(up)[1], vertical(down)[0], vertical(down)[1]) == (middle, middle, BOTTOM)
    assert down.get("class") == "bar below"


def test_an_unknown_total_is_a_gap_and_nothing_is_no_column():
    assert len(of_class(drawn(50, None, 0), "rect", "bar")) == 1


@pytest.mark.parametrize("count", [1, 2, 4, 5, 40])
def test_moments_share_the_whole_width(count):
    slots = [slot(place, count) for place in range(count)]
    assert sum(at.width for at in slots) == pytest.approx(100)
    assert all(at.left <= at.column(0, 1)[0] < at.middle < at.left + at.width for at in slots)


def test_two_columns_of_a_moment_stand_side_by_side():
    at = slot(0, 10)
    (first, width), (second, _same) = at.column(0, 2), at.column(1, 2)
    assert first + width == second
    assert second + width == pytest.approx(at.left + at.width - at.gap)


def test_a_level_crosses_its_whole_moment():
    moment = Moment("2022", (mark(1, style="mark-claimed"),), mark(2, style="mark-envelope"))
    (level,) = of_class(ElementTree.fromstring(drawing.columns([moment], str, **WORDS)), "line", "mark-envelope")
    assert (level.get("x1"), level.get("x2"), level.get("y1")) == ("0%", "100%", str(ABOVE))


@pytest.mark.parametrize(("count", "said"), [(1, 1), (10, 10), (11, 6), (20, 10), (40, 8)])
def test_so_many_years_are_named_as_have_room_the_last_always(count, said):
    words = [text.text for text in of_class(drawn(*[1] * count), "text", "when")]
    assert len(words) == said
    assert words[-1] == str(2000 + count - 1)


def test_a_fiscal_year_takes_two_lines():
    svg = drawing.columns([Moment("2021-2022", (mark(1),))], str, **WORDS)
    assert [text.text for text in of_class(ElementTree.fromstring(svg), "text", "when")] == ["2021-", "2022"]


@pytest.mark.parametrize(("count", "said"), [(4, 4), (5, 0)])
def test_values_stand_above_few_columns(count, said):
    assert len(of_class(drawn(*[1] * count), "text", "value")) == said


def test_the_axis_is_in_the_visitors_words_and_out_of_the_way_of_those_who_listen():
    axis = next(svg for svg in drawn(40).iter("svg") if svg.get("class") == "axis")
    assert [text.text for text in axis.iter("text")] == ["0", "10", "20", "30", "40"]
    assert axis.get("aria-hidden") == "true"


def test_a_column_that_leads_somewhere_says_where_and_takes_the_whole_height():
    tree = drawn(1, 1000, href="?year=2022", text="$1")
    link = next(tree.iter("a"))
    assert (link.get("href"), link.get("aria-label"), link.find("title").text) == ("?year=2022", "2022, $1", "2022, $1")
    assert vertical(of_class(link, "rect", "target")[0]) == (ABOVE, BOTTOM)


def test_a_drawing_with_links_is_a_group_of_them_and_one_without_an_image():
    roles = [next(tree.iter("div")).findall(".//svg")[-1].get("role") for tree in (drawn(1, href="?"), drawn(1))]
    assert roles == ["group", "img"]


def test_columns_without_links_can_be_moved_by_the_keyboard():
    moving = [drawn(*[1] * 40, **more).find("div").get("tabindex") for more in ({"href": "?"}, {})]
    assert moving == [None, "0"]


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────────────────


def bars_of(*marks):
    return ElementTree.fromstring(drawing.bars(marks, title="Recipients"))


def test_bars_above_and_below_nothing_share_one_scale():
    up, down = of_class(bars_of(mark(30), mark(-10)), "rect", "bar")
    assert [percent(up, "x"), percent(up, "width")] == [25, 75]
    assert [percent(down, "x"), percent(down, "width")] == [0, 25]
    assert down.get("class") == "bar below"


def test_a_bar_says_its_words_as_a_link_where_it_leads_somewhere():
    tree = bars_of(mark(5, label="Laval", href="?region=13"), mark(3, label="Estrie"))
    (link,) = tree.iter("a")
    assert (link.get("href"), " ".join("".join(link.itertext()).split())) == ("?region=13", "Laval $5")
    assert "".join(tree.find(".//p").itertext()) == "Estrie $3"


def test_the_words_of_bars_wrap_as_those_of_the_page_do():
    assert not list(bars_of(mark(5, label="n" * 300)).iter("text"))


def test_an_address_cannot_break_out_of_a_drawing():
    for svg in (
        drawing.bars([mark(1, href='"><script>')], title="t"),
        drawing.columns([Moment("2022", (mark(1, href='"><script>'),))], str, **WORDS),
    ):
        assert not list(ElementTree.fromstring(svg).iter("script"))
