"""The verdict on a stated value, as values alone decide it."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.reconciliation.verdicts import Verdict, compare, compare_count
from grants.values.amounts import ClaimedAmount

M = D(1_000_000)
MILLIONS = {"precision": M}


@pytest.mark.parametrize(
    ("claim", "parts", "verdict"),
    [
        (ClaimedAmount(29 * M, "exact", M), ["29249885"], Verdict.CONSISTENT),  # « 29 millions » is ±0,5 M
        (ClaimedAmount(29 * M, "exact", M), ["29000000"], Verdict.EXACT),
        (ClaimedAmount(29 * M, "exact", M), ["29500000.01"], Verdict.CONFLICT),
        (ClaimedAmount(29 * M, "exact", M), ["28499999.99"], Verdict.CONFLICT),
        (ClaimedAmount(29 * M, "more_than", M), ["35000000"], Verdict.CONSISTENT),  # « plus de » allows more
        (ClaimedAmount(29 * M, "more_than", M), ["29000000"], Verdict.CONSISTENT),
        (ClaimedAmount(29 * M, "more_than", M), ["28999999"], Verdict.CONFLICT),
        (ClaimedAmount(29 * M, "at_least", M), ["29000000"], Verdict.EXACT),
        (ClaimedAmount(25 * M, "nearly", M), ["24550000"], Verdict.CONSISTENT),
        (ClaimedAmount(25 * M, "nearly", M), ["23900000"], Verdict.CONFLICT),
        (ClaimedAmount(D(6000), "about", D(1000)), ["5000"], Verdict.CONSISTENT),
        (ClaimedAmount(5 * M, "up_to", M), ["1000000"], Verdict.CONSISTENT),
        (ClaimedAmount(5 * M, "up_to", M), ["5000001"], Verdict.CONFLICT),
        (ClaimedAmount(D("24600000"), "exact", D(100_000)), ["24550000"], Verdict.CONSISTENT),
        (ClaimedAmount(D("2307663"), "exact", D(1)), ["2307664"], Verdict.CONFLICT),
    ],
)
def test_a_whole_list_is_judged_inside_the_rounding_and_the_hedge(
    claim: ClaimedAmount, parts: list[str], verdict: Verdict
) -> None:
    assert compare(claim, map(D, parts), complete=True).verdict == verdict


def test_an_incomplete_list_is_partial_and_says_what_is_left_to_find() -> None:
    line = compare(ClaimedAmount(25 * M, "exact", M), [D(5_000_000)], complete=False)
    assert (line.verdict, line.to_find) == (Verdict.PARTIAL, 20 * M)


def test_nothing_itemised_yet_leaves_everything_to_find() -> None:
    line = compare(ClaimedAmount(25 * M, "exact", M), [], complete=False)
    assert (line.verdict, line.to_find, line.itemised) == (Verdict.PARTIAL, 25 * M, None)


def test_an_incomplete_list_that_is_already_too_high_is_a_conflict() -> None:
    assert compare(ClaimedAmount(25 * M, "exact", M), [26 * M], complete=False).verdict == Verdict.CONFLICT


def test_an_unknown_amount_makes_a_list_partial_and_counts_for_nothing() -> None:
    line = compare(ClaimedAmount(D("33700000"), "exact", D(100_000)), [20 * M, None], complete=True)
    assert (line.verdict, line.to_find, line.missing) == (Verdict.PARTIAL, D("13700000"), 1)


def test_a_whole_list_without_any_known_value_gives_nothing_to_compare() -> None:
    line = compare(ClaimedAmount(D("54600000"), "exact", D(100_000)), [None, None], complete=True)
    assert (line.verdict, line.difference, line.to_find) == (Verdict.NOTHING, None, None)


def test_a_sum_that_nobody_stated_gives_nothing_to_compare() -> None:
    line = compare(None, [D(1), D(2)], complete=True)
    assert (line.verdict, line.itemised) == (Verdict.NOTHING, D(3))


def test_nine_stated_and_nine_entered_is_exact() -> None:
    assert compare_count(ClaimedAmount(D(9), "exact", D(1)), 9, complete=True).verdict == Verdict.EXACT


def test_nine_stated_and_ten_entered_is_a_conflict() -> None:
    assert compare_count(ClaimedAmount(D(9), "exact", D(1)), 10, complete=True).verdict == Verdict.CONFLICT


cents = st.decimals(min_value=0, max_value=10**11, places=2)


@given(st.lists(cents, min_size=1), st.sampled_from(["exact", "about", "nearly", "at_least", "up_to"]))
def test_a_claim_that_is_the_sum_itself_is_always_exact(parts: list[D], qualifier: str) -> None:
    assert compare(ClaimedAmount(sum(parts), qualifier), parts, complete=True).verdict == Verdict.EXACT


@given(st.lists(cents), cents)
def test_what_is_found_and_what_is_left_add_up_to_what_was_stated(parts: list[D], stated: D) -> None:
    line = compare(ClaimedAmount(stated, "more_than"), parts, complete=False)
    assert line.to_find == max(stated - sum(parts), 0)
