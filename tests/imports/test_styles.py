"""Cells cast in the style of their column: every spelling of a number or a day reads back as what it was."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.imports.styles import cell_amount, cell_date, is_nothing
from grants.values.amounts import BadAmount
from grants.values.partial_dates import BadDate

AMOUNTS = st.decimals(min_value=0, max_value=10**11, places=2)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", "'", "’"])
MONEY = [
    ("", "", None),
    ("", " $", "CAD"),
    ("$", "", "CAD"),
    ("", " €", "EUR"),
    ("", " euros", "EUR"),
    ("£", "", "GBP"),
]
MONEY += [("", " USD", "USD"), ("US$ ", "", "USD"), ("", " $ CA", "CAD"), ("CAD ", "", "CAD"), ("$", " CAD", "CAD")]


def grouped(amount: Decimal, group: str, mark: str) -> str:
    """The amount with its thousands apart and two decimals."""
    return f"{amount:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", group)


@given(AMOUNTS, SPACES, st.sampled_from([",", "."]), st.sampled_from(MONEY))
def test_amounts_grouped_by_spaces_read_back(amount, space, mark, money):
    before, after, currency = money
    assert cell_amount(f"{before}{grouped(amount, space, mark)}{after}") == (amount, currency)


@given(AMOUNTS, st.sampled_from([(",", ".", "point"), (".", ",", "comma")]), st.booleans())
def test_amounts_grouped_by_a_mark_read_back(amount, marks, told):
    group, mark, style = marks
    assert cell_amount(grouped(amount, group, mark), style if told else "")[0] == amount


@given(AMOUNTS)
def test_whole_amounts_grouped_by_a_mark_read_back_in_their_style(amount):
    whole = amount.to_integral_value()
    assert cell_amount(f"{whole:,}", "point")[0] == whole
    assert cell_amount(f"{whole:,}".replace(",", "."), "comma")[0] == whole


@given(AMOUNTS)
def test_plain_amounts_read_back(amount):
    assert cell_amount(f"{amount}") == (amount, None)
    assert cell_amount(amount) == (amount, None)
    assert cell_amount(f"-{amount}") == (-amount, None)
    assert cell_amount(f"({grouped(amount, ' ', ',')})") == (-amount, None)


@given(
    st.integers(1, 9999), st.sampled_from([("k$", 10**3), (" M$", 10**6), (" millions", 10**6), (" milliards", 10**9)])
)
def test_amounts_in_large_units_read_back(tenths, unit):
    written, factor = unit
    assert cell_amount(f"{tenths // 10},{tenths % 10}{written}")[0] == Decimal(tenths) * factor / 10


@pytest.mark.parametrize(("text", "comma", "point"), [("1,234", "1.234", "1234"), ("1.234", "1234", "1.234")])
def test_the_style_of_the_column_decides_what_is_open(text, comma, point):
    assert cell_amount(text, "comma")[0] == Decimal(comma)
    assert cell_amount(text, "point")[0] == Decimal(point)


@pytest.mark.parametrize("cell", [None, True, "", "abc", "12 34", "2,43E+13", 10**15, datetime.date(2021, 1, 1), "$5€"])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(BadAmount):
        cell_amount(cell)


DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31))
WRITTEN = [
    ("%Y-%m-%d", ""),
    ("%Y/%m/%d", "ymd"),
    ("%d/%m/%Y", "dmy"),
    ("%d.%m.%Y", ""),
    ("%m/%d/%Y", "mdy"),
    ("%Y%m%d", "compact"),
    ("%Y-%m-%dT%H:%M:%S", "ymd"),
    ("%d/%m/%Y %H:%M", "dmy"),
]


@given(DAYS, st.sampled_from(WRITTEN))
def test_days_read_back(day, written):
    form, style = written
    # strftime leaves out the zeros of early years.
    assert cell_date(day.strftime(form), style).first_day == day


@given(DAYS)
def test_serial_days_read_back(day):
    serial = (day - datetime.date(1899, 12, 30)).days
    assert cell_date(serial, "serial").first_day == day
    assert cell_date(Decimal(serial) + Decimal("0.25"), "serial").first_day == day


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("mars 2021", "2021-03"),
        ("1er avril 2022", "2022-04-01"),
        ("lundi 4 avril 2022", "2022-04-04"),
        ("April 1, 2022", "2022-04-01"),
        ("3-avr-21", "2021-04-03"),
        ("03/04/21", "2021-04-03"),
        ("2021", "2021"),
        (2021, "2021"),
        ("2021-2022", "2021"),
        ("2019-20", "2019"),
        (datetime.date(2021, 5, 6), "2021-05-06"),
        (datetime.datetime(2021, 5, 6, 7, 8), "2021-05-06"),  # noqa: DTZ001 (cells have no time zone)
    ],
)
def test_dates_in_words_and_parts_are_read(cell, iso):
    assert cell_date(cell).iso == iso


@pytest.mark.parametrize(
    "cell", [None, True, "", "bientôt", "31/02/2021", "12/13/2020", 43508, "28/11/2017\n08/12/2017"]
)
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(BadDate):
        cell_date(cell)


@pytest.mark.parametrize(
    "text", [None, "", " ", "-", "—", "n/a", "N.D.", "Néant", "Ne rien indiquer", "s.o.", "Non disponible"]
)
def test_words_for_nothing_are_nothing(text):
    assert is_nothing(text)


@pytest.mark.parametrize("text", [0, "0", "0,00", "Nadeau", "A", "Sans Frontières", False, datetime.date(2021, 1, 1)])
def test_values_are_something(text):
    assert not is_nothing(text)
