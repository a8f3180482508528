"""The build of a text: blocks and sentences."""

from itertools import pairwise

import pytest

from grants.communiques.reading.blocks import Block, blocks_of
from grants.communiques.reading.text import plain_text


def kinds(given: str) -> list[tuple[str, str]]:
    text = plain_text(given)
    return [(block.kind, text.plain[block.start : block.end]) for block in blocks_of(text)]


def sentences(given: str) -> list[str]:
    text = plain_text(given)
    return [text.plain[start:end] for block in blocks_of(text) for start, end in block.sentences]


@pytest.mark.parametrize("bullet", ["• ", "- ", "– ", "* ", "1. ", "2) ", "a) ", "✓ "])
def test_bullets_and_numbers_begin_items(bullet):
    assert kinds(f"{bullet}Palco\n{bullet}Moulin") == [("item", "Palco"), ("item", "Moulin")]


def test_bullets_on_one_line_are_items():
    assert [kind for kind, _ in kinds("Voici : • Palco ; • Moulin")] == ["heading", "item", "item"]


@pytest.mark.parametrize("border", ["\t", " | ", "    "])
def test_cells_make_a_row(border):
    text = plain_text(f"Palco{border}2 M$")
    [row] = blocks_of(text)
    assert [text.plain[start:end] for start, end in row.cells] == ["Palco", "2 M$"]


def test_a_line_by_itself_is_a_heading_and_a_sentence_a_paragraph():
    assert kinds("Projets\n\nPalco reçoit 2 M$.") == [("heading", "Projets"), ("paragraph", "Palco reçoit 2 M$.")]


@pytest.mark.parametrize("first", ["Une aide de", "Une aide de 2 M$ à la Fonderie,", "Une somme de 2 307"])
def test_a_line_that_has_not_ended_goes_on_in_the_next_one(first):
    assert len(kinds(f"{first}\n663 $ au total.")) == 1


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ("Palco gagne. Moulin attend.", 2),
        ("Meubles du Lac inc. Le projet commence.", 2),
        ("Meubles du Lac inc. reçoit 2 M$.", 1),
        ("M. Palco est là.", 1),
        ("Le Centre (RME; 640 000 $) gagne.", 1),
        ("Palco gagne ; Moulin attend.", 2),
    ],
)
def test_sentences_end_at_full_stops_and_semicolons_but_not_at_abbreviations(given, count):
    assert len(sentences(given)) == count


def test_a_sentence_longer_than_people_write_is_cut():
    assert max(map(len, sentences("mot " * 2_000))) <= 1_500


def test_blocks_stand_in_order_and_do_not_overlap():
    found: list[Block] = blocks_of(plain_text("Titre\n\n• un\n• deux\n\nA\tB\n\nFin de la liste."))
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_an_empty_item_breaks_nothing():
    assert kinds("•\nfin de la liste") == [("item", ""), ("heading", "fin de la liste")]
