"""Money as people write it, and claims with their hedges."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.values.amounts import Amount, BadAmount, ClaimedAmount, read_amount
from grants.values.wording import money

# text, value, precision, currency
SPELLINGS = [
    # Québec
    ("2 307 663 $", "2307663", "1", "CAD"),
    ("2\u00a0307\u00a0663\u00a0$", "2307663", "1", "CAD"),
    ("2\u202f307\u202f663,50\u202f$", "2307663.50", "0.01", "CAD"),
    ("784915$", "784915", "1", "CAD"),
    ("267,915$", "267915", "1", "CAD"),
    ("1 000 $ CA", "1000", "1", "CAD"),
    ("2307663,5", "2307663.5", "0.1", None),
    # English and plain
    ("$2,307,663.50", "2307663.50", "0.01", "CAD"),
    ("2,307,663", "2307663", "1", None),
    ("2307663.50", "2307663.50", "0.01", None),
    ("1.234.567,89", "1234567.89", "0.01", None),
    ("  5\n", "5", "1", None),
    # Rounded words
    ("2,3 M$", "2300000", "100000", "CAD"),
    ("130 M $", "130000000", "1000000", "CAD"),
    ("1,234 M$", "1234000", "1000", "CAD"),
    ("12 k$", "12000", "1000", "CAD"),
    ("54,6 millions de dollars", "54600000", "100000", "CAD"),
    ("29 millions", "29000000", "1000000", None),
    ("$29 million", "29000000", "1000000", "CAD"),
    ("1,5 milliard de dollars", "1500000000", "100000000", "CAD"),
    # Small, negative, foreign
    ("0", "0", "1", None),
    ("0,125", "0.125", "0.001", None),
    ("-5 $", "-5", "1", "CAD"),
    ("−5", "-5", "1", None),
    ("-$5", "-5", "1", "CAD"),
    ("(1 234,50 $)", "-1234.50", "0.01", "CAD"),
    ("100 $ US", "100", "1", "USD"),
    ("10 €", "10", "1", "EUR"),
    # Spaces group, so that the comma does not
    ("1 000,999", "1000.999", "0.001", None),
]
NO_AMOUNTS = [
    *["", " ", "$", "deux millions", "5 pommes", "5 %", "1e5", "12,", ",5", "1,23,456", "1.234.56", "$ 5 $"],
    *["25 millions de", "NaN", "Infinity", "0x10", "=1+1", "--5", "5-", "100000000000000"],
    *["500 1000", "12 34", "1 23 456", "1 000 00", "1 000,000.50", "1" * 10_000],
]


@pytest.mark.parametrize(("text", "value", "precision", "currency"), SPELLINGS)
def test_an_amount_is_read_as_people_write_it(text: str, value: str, precision: str, currency: str) -> None:
    assert read_amount(text) == Amount(Decimal(value), Decimal(precision), currency)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_no_amount_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(BadAmount) as refused:
        read_amount(text)
    assert refused.value.text == text


@given(
    st.decimals("-99999999999999", "99999999999999", places=2),
    st.sampled_from(["fr", "en"]),
)
def test_every_amount_that_is_shown_can_be_typed_back(value: Decimal, language: str) -> None:
    read = read_amount(money(value, language))
    assert (read.value, read.currency) == (value, "CAD")


@given(st.text(max_size=40))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    with contextlib.suppress(BadAmount):
        assert read_amount(text).value.is_finite()


M = 1_000_000
BOUNDS = [
    (29 * M, "exact", M, 28_500_000, 29_500_000),
    (29 * M, "about", M, 28 * M, 30 * M),
    (29 * M, "nearly", M, 28 * M, 29_500_000),
    (29 * M, "more_than", M, 29 * M, None),
    (29 * M, "at_least", M, 29 * M, None),
    (29 * M, "up_to", M, None, 29 * M),
    (9, "exact", 1, Decimal("8.5"), Decimal("9.5")),
    (9, "exact", None, 9, 9),
]


@pytest.mark.parametrize(("value", "qualifier", "precision", "low", "high"), BOUNDS)
def test_a_claim_covers_what_its_words_allow(value, qualifier, precision, low, high) -> None:
    claim = ClaimedAmount(Decimal(value), qualifier, precision and Decimal(precision))
    assert claim.bounds() == (low, high)


@pytest.mark.parametrize(
    ("total", "allowed"), [("29249885", True), ("28500000", True), ("28499999.99", False), ("29500000.01", False)]
)
def test_the_sum_of_the_first_source_lies_inside_29_millions(total: str, allowed: bool) -> None:
    assert ClaimedAmount(Decimal(29 * M), "exact", Decimal(M)).allows(Decimal(total)) is allowed


def test_more_than_allows_any_more() -> None:
    claim = ClaimedAmount(Decimal(48_500), "more_than", Decimal(100))
    assert claim.allows(Decimal(10**9))
    assert not claim.allows(Decimal(48_499))
