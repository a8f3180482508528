"""Dates as well as they are known, read as people write them."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.values.partial_dates import BadDate, PartialDate
from grants.values.wording import date

SPELLINGS = [
    ("2021", "2021"),
    ("2021-03", "2021-03"),
    ("2021-3-9", "2021-03-09"),
    ("2022/04/20", "2022-04-20"),
    ("20/04/2022", "2022-04-20"),
    ("04/2022", "2022-04"),
    ("mars 2021", "2021-03"),
    ("Mars  2021", "2021-03"),
    ("AOÛT 2020", "2020-08"),
    ("1er avril 2022", "2022-04-01"),
    ("1er\u00a0avril 2022", "2022-04-01"),
    ("le 20 avril 2022", "2022-04-20"),
    ("20 avr. 2022", "2022-04-20"),
    ("March 2021", "2021-03"),
    ("April 1, 2022", "2022-04-01"),
    ("Apr 1st, 2022", "2022-04-01"),
    ("29 février 2024", "2024-02-29"),
    (datetime.date(2022, 4, 20), "2022-04-20"),
    (PartialDate(2021), "2021"),
]
NO_DATES = [
    ("31 février 2022", "day"),
    ("2023-02-29", "day"),
    ("32 mai 2022", "day"),
    ("2021-00", "month"),
    ("2022-13", "month"),
    ("4/20/2022", "month"),
    ("3 nivôse 2022", "month"),
    ("0001", "year"),
    ("9999", "year"),
    ("", "unreadable"),
    ("avril", "unreadable"),
    ("22-04-20", "unreadable"),
    ("20220420", "unreadable"),
    ("bientôt", "unreadable"),
]
DATES = st.dates(datetime.date(1500, 1, 1), datetime.date(2200, 12, 31))
PARTIAL = st.builds(lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]), DATES, st.integers(1, 3))


@pytest.mark.parametrize(("written", "iso"), SPELLINGS)
def test_a_date_is_read_as_people_write_it(written: str, iso: str) -> None:
    assert PartialDate.parse(written).iso == iso


@pytest.mark.parametrize(("written", "reason"), NO_DATES)
def test_what_is_no_date_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(BadDate) as refused:
        PartialDate.parse(written)
    assert refused.value.reason == reason


def test_a_month_knows_its_days_but_is_none_of_them() -> None:
    march = PartialDate.parse("mars 2021")
    assert (march.precision, march.day) == ("month", None)
    assert (march.first_day, march.last_day) == (datetime.date(2021, 3, 1), datetime.date(2021, 3, 31))


def test_a_year_reaches_from_new_year_to_the_last_of_december() -> None:
    year = PartialDate(2024)
    assert (year.first_day, year.last_day) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


def test_the_coarser_of_two_dates_comes_first() -> None:
    written = ["2022-04-20", "2022", "2021-12-31", "2022-04"]
    assert [str(day) for day in sorted(map(PartialDate.parse, written))] == sorted(written)


@given(PARTIAL, st.sampled_from(["fr", "en"]))
def test_every_date_that_is_shown_can_be_typed_back(day: PartialDate, language: str) -> None:
    assert PartialDate.parse(date(day, language)) == day
    assert PartialDate.parse(day.iso) == day


@given(st.text(max_size=40))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    with contextlib.suppress(BadDate):
        assert PartialDate.parse(text)
