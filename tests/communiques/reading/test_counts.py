"""Counts, shares and what is done for those counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.communiques.reading.mentions import Mention, find_mentions
from grants.communiques.reading.text import plain_text

UNHURRIED = settings(deadline=None)  # the first example waits for the rules to be compiled


def counts_in(text: str) -> list[Mention]:
    return [mention for mention in find_mentions(plain_text(text)) if mention.kind == "count"]


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("huit organisations", 8, "recipients"),
        ("neuf nouvelles organisations", 9, "recipients"),
        ("Deux premières organisations", 2, "recipients"),
        ("dix incubateurs et accélérateurs", 10, "recipients"),
        ("deux bénéficiaires", 2, "recipients"),
        ("une dizaine d'organismes", 10, "recipients"),
        ("eight innovative Quebec organizations", 8, "recipients"),
        ("DIX ORGANISMES", 10, "recipients"),
        ("dix nouveaux projets", 10, "projects"),
        ("15 projets", 15, "projects"),
        ("vingt et un projets", 21, "projects"),
        ("32 projects", 32, "projects"),
        ("plus de 420 membres", 420, "members"),
        ("35 emplois", 35, "jobs"),
        ("25 entreprises et organismes", 25, "recipients"),
        ("trois entreprises", 3, ""),
        ("eight Nova Scotia festivals", 8, ""),
        ("45 couturières", 45, ""),
        ("deux millions de visiteurs", 2_000_000, "other"),
    ],
)
def test_what_is_counted(text, value, measure):
    found = counts_in(f"On y trouve {text} cette année.")
    assert [(mention.value, mention.measure) for mention in found] == [(value, measure)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Pour sensibiliser plus de 48 500 entreprises", [(48500, "made_aware", "target")]),
        (
            "Pour sensibiliser plus de 48 500 entreprises à cela et en accompagner 11 000.",
            [(48500, "made_aware", "target"), (11000, "supported", "target")],
        ),
        (
            "permettre d'accompagner 2 000 entreprises et d'en sensibiliser environ 6 000.",
            [(2000, "supported", "target"), (6000, "made_aware", "target")],
        ),
        ("49 500 entreprises sensibilisées", [(49500, "made_aware", "")]),
        ("300 entreprises ont été accompagnées", [(300, "supported", "result")]),
        ("900 entreprises doivent être accompagnées", [(900, "supported", "target")]),
        ("will support 2,000 businesses", [(2000, "supported", "target")]),
        (
            "to support 1,450 businesses and to make about 5,200 others aware",
            [(1450, "supported", "target"), (5200, "made_aware", "target")],
        ),
        ("raise awareness among 6,000 firms", [(6000, "made_aware", "")]),
        (
            "800 seront accompagnées et 3 000 autres sensibilisées.",
            [(800, "supported", "target"), (3000, "made_aware", "target")],
        ),
        ("La subvention aidera. 300 entreprises ont répondu", [(300, "", "")]),
    ],
)
def test_what_is_done_for_those_counted_and_whether_it_is_aimed_at(text, read):
    assert [(mention.value, mention.measure, mention.nature) for mention in counts_in(text)] == read


@UNHURRIED
@given(
    st.integers(2, 999_999),
    st.sampled_from(["{:,} projects", "{:d} projets", "{} projets", "plus de {} projets", "quelque {} projets"]),
)
def test_counts_read_back(number, words):
    grouped = f"{number:,}".replace(",", "\u00a0")
    text = words.format(number if ":" in words else grouped)
    assert [(mention.value, mention.measure) for mention in counts_in(f"Soit {text}.")] == [(number, "projects")]


@pytest.mark.parametrize(
    ("text", "low", "high"), [("de 10 à 15 projets", 10, 15), ("entre 2 000 et 3 000 entreprises", 2000, 3000)]
)
def test_a_count_may_be_a_range(text, low, high):
    assert [(mention.value, mention.high) for mention in counts_in(f"Il y aura {text}.")] == [(low, high)]


@pytest.mark.parametrize("text", ["Nombre de projets : 3", "Number of projects: 3"])
def test_a_label_says_what_the_number_after_it_counts(text):
    assert [(mention.value, mention.measure) for mention in counts_in(f"{text}\nTotal : 25 000 $")] == [(3, "projects")]


def test_numbers_that_share_a_noun_are_both_counts():
    assert [mention.value for mention in counts_in("On attend deux ou trois projets.")] == [2, 3]


@pytest.mark.parametrize("text", ["la Ferme aux Trois Ponts", "l'Auberge des Quatre Saisons", "District 3 cette fois"])
def test_a_number_in_a_name_counts_nothing(text):
    assert counts_in(f"L'aide va à {text}.") == []


@pytest.mark.parametrize("text", ["deux tiers", "trois quarts", "deux fois"])
def test_fractions_count_nothing(text):
    assert counts_in(f"Il en reste {text}.") == []


@pytest.mark.parametrize("text", ["25 %", "25%", "25\u00a0%", "25 pour cent", "25 per cent", "25 percent", "25 p. 100"])
def test_shares_are_percentages(text):
    found = find_mentions(plain_text(f"L'école forme {text} des ingénieurs."))
    assert [(mention.kind, mention.value) for mention in found] == [("percent", 25)]
