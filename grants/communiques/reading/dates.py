"""Dates in a text: « le 20 avril 2022 », "April 20, 2022", « mars 2021 », 2022-04-20; also those that name no year."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from grants.values.partial_dates import MONTHS, BadDate, PartialDate

from .text import Text

MOST = 50_000  # as many as a thousand pages hold; a longer text is no press release

_DAY_NAMES = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday"
)
_WEEKDAY = rf"(?:(?:{'|'.join(_DAY_NAMES.split())}),?[ \n](?:le |the )?)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![a-z])\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?![0-9])"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)[0-9]{2})(?![0-9])"
_BEFORE = r"(?<![0-9a-z.,/$-])"
_NO_UNIT = r"(?![a-z$%]|[ \n]?(?:\$|%|m\$)|[.,-][0-9]| [0-9]{3}(?![0-9]))"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # 20 avril 2022, lundi 4 avril 2022, 1er avril, 20th of April, 2022
        rf"{_BEFORE}{_WEEKDAY}{_DAY} ?(?:er|st|nd|rd|th)?[ \n](?:of |de )?{_MONTH}(?:,?[ \n]{_YEAR})?",
        # April 20, 2022; April 20
        rf"{_BEFORE}{_WEEKDAY}{_MONTH}[ \n]{_DAY}(?:st|nd|rd|th)?{_NO_UNIT}(?:,?[ \n]{_YEAR})?",
        # mars 2021, March of 2021
        rf"{_BEFORE}{_MONTH},?[ \n](?:of |de )?{_YEAR}",
        # 2022-04-20, 2022/04/20
        rf"{_BEFORE}{_YEAR}(?P<mark>[-/.])(?P<month>[01]?[0-9])(?P=mark){_DAY}(?![-/a-z])",
        # 20/04/2022, 20-04-2022: day first, as in Québec
        rf"{_BEFORE}{_DAY}(?P<mark>[-/.])(?P<month>[01]?[0-9])(?P=mark){_YEAR}(?![-/a-z])",
    )
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date and where it stands in `Text.plain`. `date` is None where the text names a day and month alone."""

    start: int
    end: int
    date: PartialDate | None
    month: int
    day: int | None

    def in_year(self, year: int) -> PartialDate:
        """The date, in `year` where it names none itself. Raises BadDate on 29 February of a common year."""
        return self.date or PartialDate(year, self.month, self.day)


def find_dates(text: Text) -> list[DateMention]:
    """The dates of a text, in order, not overlapping; of each way to write them, the first MOST."""
    found = sorted(
        (mention for shape in _SHAPES for mention in islice(_dates(shape, text), MOST)),
        key=lambda mention: (mention.start, -mention.end),
    )
    dates: list[DateMention] = []
    for mention in found:
        if not dates or mention.start >= dates[-1].end:
            dates.append(mention)
    return dates


def _dates(shape: re.Pattern[str], text: Text) -> Iterator[DateMention]:
    for found in shape.finditer(text.flat):
        parts = found.groupdict()
        word = parts["month"]
        month = MONTHS[word] if word in MONTHS else int(word)
        day = int(parts["day"]) if parts.get("day") else None
        if parts["year"] is None and not (_is_a_day(month, day) and _is_a_month(text, found)):
            continue
        try:
            date = PartialDate(int(parts["year"]), month, day) if parts["year"] else None
        except BadDate:
            continue
        yield DateMention(found.start(), found.end(), date, month, day)


def _is_a_day(month: int, day: int | None) -> bool:
    return day is not None and 1 <= day <= calendar.monthrange(2000, month)[1]


def _is_a_month(text: Text, found: re.Match[str]) -> bool:
    """Whether the word is a month where no year says so: English ones are in capitals, "5 may apply" is no date."""
    return found["month"] not in ("may", "march", "mar", "dec", "sep") or text.plain[found.start("month")].isupper()
