"""What a reading is worth beside its key: the judge is judged on a text as short as it may be."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.answer_keys import Example, Score, folded, is_of_scope, numbers_in, score

KEY: dict[str, Any] = {
    "date": "2022-01-24",
    "programme": "OTN",
    "grants": [["Institut de gouvernance numérique", 3000000], ["Groupe BIM du Québec", None]],
    "either": [["Zù", 50]],
    "figures": [["aid", 25000000, "nearly", "this act (title)"], ["businesses supported", 2000, "exact", "target"]],
    "not_grants": ["48 millions (project cost)"],
    "reconciliation": {"aid près de 25 M$": "partial: 22 000 000 to find"},
}
TOLD: dict[str, Any] = {
    "date": "2022-01-24",
    "programme": None,
    "programme_name": "OTN",
    "grants": [
        {"recipient": "L’INSTITUT DE GOUVERNANCE NUMERIQUE", "amount": "3000000.00"},
        {"recipient": "Groupe « BIM » du Québec", "amount": None},
    ],
    "questions": [],
    "figures": [
        {
            "measure": "aid",
            "value": "25000000",
            "qualifier": "nearly",
            "scope": "this act",
            "nature": "aid",
            "before": False,
            "in_title": True,
        },
        {
            "measure": "businesses supported",
            "value": "2000",
            "qualifier": "exact",
            "scope": "this act",
            "nature": "target",
            "before": False,
            "in_title": False,
        },
    ],
    "reconciliation": [{"measure": "aid", "stated": "25000000", "itemised": "3000000", "verdict": "partial"}],
    "corrections": [],
}


def judged(**changes: Any) -> Score:
    """The perfect answer but for some of its parts."""
    return score(Example("one", "", KEY), {**copy.deepcopy(TOLD), **changes})


def test_an_answer_that_says_what_the_key_says_has_no_fault() -> None:
    perfect = judged()
    assert perfect.faults == []
    assert perfect.is_perfect


def test_a_wrong_amount_is_one_pair_missed_and_one_invented() -> None:
    wrong = judged(grants=[{**TOLD["grants"][0], "amount": "3000000.01"}, TOLD["grants"][1]])
    assert (wrong.precision.ratio, wrong.recall.ratio) == (0.5, 0.5)


def test_an_unknown_amount_is_not_nought() -> None:
    assert judged(grants=[TOLD["grants"][0], {**TOLD["grants"][1], "amount": "0"}]).recall.right == 1


def test_the_same_pair_twice_is_right_once() -> None:
    assert judged(grants=[*TOLD["grants"], TOLD["grants"][0]]).precision.right == 2


def test_what_may_be_read_or_not_counts_for_nothing() -> None:
    assert judged(grants=[*TOLD["grants"], {"recipient": "Zù", "amount": "50"}]).is_perfect


def test_a_number_that_is_no_grant_is_told_where_it_was_taken_for_one() -> None:
    assert judged(grants=[*TOLD["grants"], {"recipient": "Zù", "amount": "48000000"}]).taken == 1


def test_a_pair_that_is_only_asked_about_is_missed() -> None:
    asked = judged(grants=TOLD["grants"][:1], questions=TOLD["grants"][1:])
    assert (asked.recall.right, asked.asked) == (1, 1)


@pytest.mark.parametrize("change", [{"value": "24600000"}, {"qualifier": "exact"}, {"scope": "cumulative"}])
def test_a_total_needs_its_value_qualifier_and_scope(change: dict[str, str]) -> None:
    assert judged(figures=[{**TOLD["figures"][0], **change}, TOLD["figures"][1]]).totals.right == 1


def test_a_verdict_is_that_of_the_value_asked_about() -> None:
    lines = [{"measure": "aid", "stated": "24600000", "itemised": "3000000", "verdict": "partial"}]
    other = {"measure": "aid", "stated": "25000000", "itemised": "3000000", "verdict": "conflict"}
    assert judged(reconciliation=[*lines, other]).verdicts.right == 0


def test_of_a_measure_that_is_not_stated_there_is_nothing_to_compare() -> None:
    asked = Example("one", "", {**KEY, "reconciliation": {"project cost": "nothing to compare"}})
    assert score(asked, TOLD).verdicts.right == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’École de technologie supérieure", "école de technologie superieure"),
        ("Réseau des CCTT – Synchronex", "reseau des cctt - synchronex"),
        ("Aciers du Nord, inc.", "Aciers du Nord inc"),
        ("the “Boathouse Project”", "Boathouse Project"),
    ],
)
def test_names_are_the_same_but_for_what_does_not_matter(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_names_that_differ_stay_apart() -> None:
    assert folded("Moulin 7") != folded("Microbrasserie Moulin 7")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("50 millions (budgets)", "50000000"),
        ("43,8 millions", "43800000"),
        ("$1,140,000 (cost)", "1140000"),
        ("2 307 663 $", "2307663"),
        ("250 k$", "250000"),
    ],
)
def test_the_number_in_the_free_words_of_a_key_is_found(words: str, value: str) -> None:
    assert Decimal(value) in numbers_in(words)


@pytest.mark.parametrize(
    ("scope", "before", "nature", "wanted"),
    [
        ("this act", False, "aid", "this act (title)"),
        ("this act", False, "target", "target"),
        ("cumulative", True, "target", "target, cumulative, before"),
        ("cumulative", True, "aid", "cumulative"),
        ("programme", False, "envelope", "programme"),
        ("one funder", False, "aid", "one funder"),
        ("another act", False, "aid", "January 2022"),
    ],
)
def test_the_scopes_of_the_keys_are_ours(scope: str, before: bool, nature: str, wanted: str) -> None:
    assert is_of_scope({"scope": scope, "before": before, "nature": nature}, wanted)


@pytest.mark.parametrize("wanted", ["this act", "cumulative, before", "programme", "target"])
def test_another_scope_is_not_right(wanted: str) -> None:
    assert not is_of_scope({"scope": "cumulative", "before": False, "nature": "aid"}, wanted)
