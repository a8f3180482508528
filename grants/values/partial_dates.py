"""Dates known to the year, the month or the day, kept exactly as well as they are known.

The stored form is ISO 8601 at reduced precision: `2021`, `2021-03` or `2021-03-29`. It sorts as text, needs no
second column to say how precise it is, and cannot turn « mars 2021 » into 1 March in a file or an answer.
"""

import calendar
import datetime
import functools
import re
from dataclasses import dataclass

from .folding import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_DAYS += " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
_WORDS = re.compile(
    rf"(?:le )?(?:(?:{'|'.join(_DAYS.split())}) )?(?:(\d{{1,2}}) ?(?:er|st|nd|rd|th)? (?:of |de )?)?([a-z]+) (\d{{4}})"
)
_ENGLISH = re.compile(r"([a-z]+) (\d{1,2}) ?(?:st|nd|rd|th)? (\d{4})")


class BadDate(ValueError):
    """A text that is not a date, or names a day that does not exist. `.text` is what was read."""

    def __init__(self, text: str, reason: str = "unreadable"):
        super().__init__(f"{reason}: {text!r}")
        self.text = text
        self.reason = reason


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, or only a month, or only a year. Orders by its first day, the coarser first."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1500 <= self.year <= 2200:
            raise BadDate(self.iso, "year")
        if self.month is None and self.day is not None:
            raise BadDate(self.iso, "unreadable")
        if self.month is not None and not 1 <= self.month <= 12:
            raise BadDate(self.iso, "month")
        if self.day is not None and not 1 <= self.day <= calendar.monthrange(self.year, self.month or 1)[1]:
            raise BadDate(self.iso, "day")

    @classmethod
    def parse(cls, text: "str | datetime.date | PartialDate") -> "PartialDate":
        """Read a date as people write it: « 2021 », « 2021-03 », « mars 2021 », « 1er avril 2022 », « 20/04/2022 »,
        « lundi 4 avril 2022 ».

        Numbers alone are read year first, or day first as in Québec's usage. Raises BadDate.
        """
        if isinstance(text, PartialDate):
            return text
        if isinstance(text, datetime.date):
            return cls(text.year, text.month, text.day)
        stripped = text.strip()
        if found := _ISO.fullmatch(stripped):
            return cls(*(int(part) for part in found.groups() if part))
        if found := _DAY_FIRST.fullmatch(stripped):
            day, month, year = (int(part) for part in found.groups())
            return cls(year, month, day)
        if found := _MONTH_FIRST.fullmatch(stripped):
            return cls(int(found.group(2)), int(found.group(1)))
        return cls._parse_words(stripped)

    @classmethod
    def _parse_words(cls, text: str) -> "PartialDate":
        folded = fold(text)
        if found := _WORDS.fullmatch(folded):
            day, word, year = found.groups()
        elif found := _ENGLISH.fullmatch(folded):
            word, day, year = found.groups()
        else:
            raise BadDate(text)
        if word not in MONTHS:
            raise BadDate(text, "month")
        return cls(int(year), MONTHS[word], int(day) if day else None)

    @property
    def iso(self) -> str:
        """ISO 8601 at the precision known: `2021`, `2021-03`, `2021-03-29`."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> datetime.date:
        """The first day that this date may be."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day that this date may be."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return self.iso

    def __lt__(self, other: "PartialDate") -> bool:
        return self.iso < other.iso
