"""Numbers and dates in the two languages: no-break spaces in French, « 1er », no day that is not known."""

from decimal import Decimal

import pytest

from grants.values import wording
from grants.values.partial_dates import PartialDate

MONEY = [
    (Decimal("2307663.00"), "2 307 663 $", "$2,307,663"),
    (Decimal("2307663.5"), "2 307 663,50 $", "$2,307,663.50"),
    (Decimal(0), "0 $", "$0"),
    (Decimal("-5.05"), "-5,05 $", "-$5.05"),
    (Decimal("29249885"), "29 249 885 $", "$29,249,885"),
]
DATES = [
    ("2022-04-01", "1er avril 2022", "April 1, 2022"),
    ("2022-04-20", "20 avril 2022", "April 20, 2022"),
    ("2022-04-11", "11 avril 2022", "April 11, 2022"),
    ("2021-03", "mars 2021", "March 2021"),
    ("1969", "1969", "1969"),
]


def breakable(text: str) -> str:
    """The text with plain spaces in place of no-break ones."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(("value", "french", "english"), MONEY)
def test_money_in_both_languages(value: Decimal, french: str, english: str) -> None:
    assert breakable(wording.money(value, "fr")) == french
    assert wording.money(value, "en") == english


def test_no_line_ends_inside_a_number() -> None:
    written = [wording.money(Decimal(2307663), "fr"), wording.number(48500, "fr"), wording.percent(25, "fr")]
    assert written == ["2\u00a0307\u00a0663\u00a0$", "48\u00a0500", "25\u00a0%"]


def test_numbers_and_shares_in_english() -> None:
    assert (wording.number(48500, "en"), wording.percent(25, "en")) == ("48,500", "25%")


def test_a_count_shows_no_decimals_it_does_not_have() -> None:
    assert wording.number(Decimal("9.00"), "fr") == "9"


def test_a_share_keeps_its_decimals() -> None:
    assert breakable(wording.percent(Decimal("12.5"), "fr")) == "12,5 %"


def test_another_currency_is_told_from_canadian_dollars() -> None:
    assert wording.money(Decimal(5), "en", "USD") == "US$5"
    assert breakable(wording.money(Decimal(5), "fr", "USD")) == "5 $ US"


@pytest.mark.parametrize(("iso", "french", "english"), DATES)
def test_dates_in_both_languages(iso: str, french: str, english: str) -> None:
    assert breakable(wording.date(PartialDate.parse(iso), "fr")) == french
    assert wording.date(PartialDate.parse(iso), "en") == english


def test_the_day_never_parts_from_its_month() -> None:
    assert wording.date(PartialDate.parse("2022-04-01"), "fr") == "1er\u00a0avril 2022"


def test_the_language_of_a_browser_will_do() -> None:
    assert wording.money(5, "fr-CA") == wording.money(5, "fr")
    assert wording.money(5, "en-ca") == wording.money(5, "en")
