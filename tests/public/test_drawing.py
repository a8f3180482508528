"""Drawings: pure, safe, described, the same for the same values."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree

from grants.public import drawing
from grants.public.drawing import Mark, Moment, RegionMark
from grants.public.region_grid import COLUMNS, REGIONS, places

HOSTILE = '<script>alert("x")</script>'
WORDS = {"title": "A title", "description": "A description"}
ENVELOPE = [
    Mark("Itemised", Decimal("29249885"), "$29,249,885", "mark-itemised"),
    Mark("Claimed", Decimal("81000000"), "$81,000,000", "mark-claimed"),
    Mark("Left", Decimal("19750115"), "$19,750,115", "mark-left"),
]


def shapes(svg, name):
    """The elements `name` of a drawing (which must be well-formed)."""
    return list(ElementTree.fromstring(svg).iter(name))


def in_rows(marks, title, description):
    return drawing.bars(marks, title=title)


def in_columns(marks, title, description, axis=str):
    return drawing.columns([Moment(mark.label, (mark,)) for mark in marks], axis, title=title, description=description)


def share(element):
    return Decimal(element.get("width").rstrip("%"))


def test_a_drawing_is_named_and_described():
    svg = ElementTree.fromstring(drawing.stacked_bar(ENVELOPE, **WORDS))
    named = {child.get("id"): child.text for child in svg if child.get("id")}
    assert svg.get("role") == "img"
    assert [named[svg.get(key)] for key in ("aria-labelledby", "aria-describedby")] == ["A title", "A description"]


def test_the_same_values_give_the_same_drawing():
    assert drawing.stacked_bar(ENVELOPE, **WORDS) == drawing.stacked_bar(list(ENVELOPE), **WORDS)


def test_two_drawings_on_a_page_have_different_ids():
    first = ElementTree.fromstring(drawing.stacked_bar(ENVELOPE, **WORDS))
    second = ElementTree.fromstring(drawing.region_tiles([], **WORDS))
    assert first.get("aria-labelledby") != second.get("aria-labelledby")


def test_the_parts_of_a_stacked_bar_fill_it():
    widths = [share(rect) for rect in shapes(drawing.stacked_bar(ENVELOPE, **WORDS), "rect")]
    assert widths == [Decimal("22.5"), Decimal("62.308"), Decimal("15.192")]


def test_a_part_of_nothing_is_not_drawn():
    marks = [*ENVELOPE, Mark("None", Decimal(0), "$0"), Mark("Unknown", None, "not provided")]
    assert len(shapes(drawing.stacked_bar(marks, **WORDS), "rect")) == 3


def test_the_longest_bar_takes_the_whole_width():
    svg = drawing.bars([Mark("2021", Decimal(50), "50"), Mark("2022", Decimal(200), "200")], title="Years")
    assert [share(rect) for rect in shapes(svg, "rect") if rect.get("class") == "bar"] == [25, 100]


def test_an_unknown_value_has_words_and_no_bar():
    svg = drawing.bars([Mark("2023", None, "not provided"), Mark("2022", Decimal(2), "2")], title="Years")
    assert "not provided" in svg
    assert len([rect for rect in shapes(svg, "rect") if rect.get("class") == "bar"]) == 1


@pytest.mark.parametrize("draw", [drawing.stacked_bar, in_rows, in_columns, drawing.region_tiles])
def test_nothing_at_all_can_be_drawn(draw):
    assert shapes(draw([], **WORDS), "rect") == []


@pytest.mark.parametrize("draw", [drawing.stacked_bar, in_rows, in_columns, drawing.region_tiles])
def test_words_cannot_become_markup(draw):
    mark = RegionMark(HOSTILE, Decimal(1), HOSTILE, code=HOSTILE, short=HOSTILE)
    svg = draw([mark], title=HOSTILE, description=HOSTILE)
    assert "<script" not in svg
    assert not shapes(svg, "script")


@pytest.mark.parametrize("draw", [drawing.stacked_bar, in_rows, in_columns, drawing.region_tiles])
def test_no_drawing_carries_inline_style(draw):
    assert "style=" not in draw([RegionMark("Laval", Decimal(1), "$1", code="13", short="$1")], **WORDS)


def test_the_map_has_the_seventeen_regions_each_in_its_own_place():
    assert sorted(REGIONS) == [f"{number:02d}" for number in range(1, 18)]
    assert len({place[:2] for place in REGIONS.values()}) == 17


def test_codes_that_are_no_region_stand_below_the_map():
    spots = places(["QC", "06", "ZZ"])
    assert [spots["QC"], spots["ZZ"]] == [(0, 5, 3), (3, 5, 3)]
    assert spots["ZZ"][0] + spots["ZZ"][2] == COLUMNS


def test_every_tile_says_its_region_and_amount():
    svg = drawing.region_tiles(
        [
            RegionMark("Laval", Decimal(5), "$5", code="13", short="$5"),
            RegionMark("Estrie", Decimal(0), "$0", code="05"),
        ],
        **WORDS,
    )
    assert {title.text for group in shapes(svg, "g") for title in group.iter("title")} == {"Laval, $5", "Estrie, $0"}


@pytest.mark.parametrize(
    ("value", "step"),
    [(None, 0), ("0", 0), ("99999", 1), ("100000", 2), ("999999", 2), ("1000000", 3), ("10000000", 4), ("11597632", 4)],
)
def test_a_region_is_darker_by_powers_of_ten(value, step):
    assert drawing.step_of(value and Decimal(value), drawing.thresholds(Decimal(11_597_632))) == step


def test_what_is_in_no_region_does_not_make_the_regions_pale():
    marks = [RegionMark("Laval", Decimal(9), "", code="13"), RegionMark("Ailleurs", Decimal(10**9), "", code="HQ")]
    assert drawing.top_of(marks) == 9
    assert drawing.top_of(marks[1:]) == 10**9


@pytest.mark.parametrize(
    ("top", "limits"), [(0, []), (1, []), (2, [2]), (5, [2, 3, 4]), (40, [10, 20, 30]), (2500, [10, 100, 1000])]
)
def test_counts_are_told_apart_by_quarters_until_there_are_many(top, limits):
    assert drawing.count_thresholds(Decimal(top)) == limits


def test_a_tile_that_leads_somewhere_is_a_link_with_its_words():
    marks = [RegionMark("Laval", Decimal(5), "$5", href="?region=13", short="$5", code="13")]
    (link,) = shapes(drawing.region_tiles(marks, **WORDS), "a")
    assert (link.get("href"), link.get("aria-label"), link.get("class")) == ("?region=13", "Laval, $5", "tile tile-1")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Laval", ["Laval"]),
        ("Saguenay–Lac-Saint-Jean", ["Saguenay–", "Lac-Saint-Jean"]),
        ("Abitibi-Témiscamingue", ["Abitibi-", "Témiscamingue"]),
        ("Gaspésie–Îles-de-la-Madeleine", ["Gaspésie–Îles-", "de-la-Madeleine"]),
        ("x" * 60, ["x" * 16, "x" * 16 + "…"]),
    ],
)
def test_a_long_name_is_cut_in_two_lines(name, lines):
    assert drawing.two_lines(name) == lines


def test_the_table_behind_a_drawing_has_the_same_rows():
    table = drawing.as_table(ENVELOPE, caption="Envelope", head=("Part", "Amount"), foot=("Envelope", "$130,000,000"))
    cells = [[cell for _, cell in row] for row in [*table.body, *table.foot]]
    assert cells == [[mark.label, mark.text] for mark in ENVELOPE] + [["Envelope", "$130,000,000"]]
