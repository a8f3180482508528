"""Dates in a text, in every way that they are written."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grants.communiques.reading.dates import find_dates
from grants.communiques.reading.text import plain_text
from grants.values.partial_dates import BadDate, PartialDate
from grants.values.wording import date as in_words

UNHURRIED = settings(deadline=None)  # the first example waits for the rules to be compiled


def dates_in(text: str) -> list[str]:
    return [mention.date.iso if mention.date else "" for mention in find_dates(plain_text(text))]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("le 20 avril 2022", "2022-04-20"),
        ("1er avril 2022", "2022-04-01"),
        ("lundi 4 avril 2022", "2022-04-04"),
        ("lundi, le 4 avril 2022", "2022-04-04"),
        ("April 20, 2022", "2022-04-20"),
        ("20 April 2022", "2022-04-20"),
        ("Wednesday, April 20th, 2022", "2022-04-20"),
        ("Sept. 5, 2021", "2021-09-05"),
        ("mars 2021", "2021-03"),
        ("March 2021", "2021-03"),
        ("1 déc. 2020", "2020-12-01"),
        ("2022-04-20", "2022-04-20"),
        ("20/04/2022", "2022-04-20"),
        ("20\u00a0avril\n2022", "2022-04-20"),
    ],
)
def test_a_date_is_read(written, iso):
    assert dates_in(f"Québec, {written} – Une aide de 5 M$.") == [iso]


@UNHURRIED
@given(st.dates(datetime.date(1500, 1, 1), datetime.date(2199, 12, 31)), st.sampled_from(["fr", "en"]))
def test_dates_in_words_read_back(day, language):
    date = PartialDate.parse(day)
    assert dates_in(f"Alma, {in_words(date, language)}.") == [date.iso]


@pytest.mark.parametrize(("written", "month", "day"), [("le 15 mars", 3, 15), ("June 14", 6, 14), ("1er mai", 5, 1)])
def test_a_date_without_a_year_takes_the_one_it_is_given(written, month, day):
    mention = find_dates(plain_text(f"Sherbrooke, {written} – Sept incubateurs"))[0]
    assert mention.date is None
    assert mention.in_year(2023).iso == f"2023-{month:02d}-{day:02d}"


def test_the_29th_of_february_has_no_place_in_a_common_year():
    mention = find_dates(plain_text("le 29 février"))[0]
    with pytest.raises(BadDate):
        mention.in_year(2023)


@pytest.mark.parametrize("text", ["5 may apply", "31 avril, rien", "mars est une planète", "13/13/2022", "les 4 et 11"])
def test_what_is_no_date_is_left_alone(text):
    assert dates_in(text) == []


def test_two_dates_of_a_period_are_two():
    assert dates_in("du 1er avril 2022 au 31 mars 2023") == ["2022-04-01", "2023-03-31"]


def test_the_place_of_a_date_holds_its_words():
    text = plain_text("Le mardi 5 avril 2022, à Gatineau")
    mention = find_dates(text)[0]
    assert text.plain[mention.start : mention.end] == "mardi 5 avril 2022"
