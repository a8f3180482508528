"""Numbers where there is little room."""

from decimal import Decimal

import pytest
from django.utils import translation

from grants.public.short_words import short_money, short_number

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (None, "–", "–"),
        ("0", "–", "–"),
        ("5", f"5{NBSP}$", "$5"),
        ("999.50", f"1{NBSP}k$", "$1k"),
        ("375400", f"375{NBSP}k$", "$375k"),
        ("999950", f"1{NBSP}M$", "$1M"),
        ("29249885", f"29,2{NBSP}M$", "$29.2M"),
        ("-700000000", f"-700{NBSP}M$", "-$700M"),
        ("30300480350", f"30,3{NBSP}G$", "$30.3B"),
    ],
)
def test_an_amount_keeps_three_figures(value, french, english):
    amount = None if value is None else Decimal(value)
    assert short_money(amount) == french
    with translation.override("en"):
        assert short_money(amount) == english


@pytest.mark.parametrize(("value", "french"), [(0, "–"), (9, "9"), (999, "999"), (12_345, f"12,3{NBSP}k")])
def test_a_count_keeps_three_figures(value, french):
    assert short_number(value) == french
