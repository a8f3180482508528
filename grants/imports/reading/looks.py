"""What a cell looks like, before anybody says what its column means."""

import datetime
import re
from decimal import Decimal

from grants.values.folding import fold
from grants.values.partial_dates import MONTHS

from ..sheets import Value

BLANK, TEXT, NUMBER, DATE, POWER = "blank", "text", "number", "date", "power"

_SPACE = r"[\s\u00a0\u202f\u2009'’]"
_NUMBER = re.compile(
    rf"[-−+(]?{_SPACE}*(?:CAD|USD|EUR|GBP|\$\s?CA|\$\s?US|[$€£])?{_SPACE}*[-−]?\d(?:[\d.,]|{_SPACE}(?=\d))*{_SPACE}*"
    rf"(?:k|m|mds?|g|mille|millions?|milliards?|billions?)?{_SPACE}*(?:de{_SPACE}|d[’'])?"
    rf"(?:\$\s?(?:CA|US|CAD|USD)?|[€£%]|k\$|m\$|k€|m€|CAD|USD|EUR|GBP|CHF|euros?|dollars?|livres?|pounds?)?"
    rf"{_SPACE}*(?:CAD|USD|EUR|GBP|HT|TTC)?\)?",
    re.IGNORECASE,
)
POWER_OF_TEN = re.compile(r"\d[.,]\d{1,6}E\+\d{1,3}", re.IGNORECASE)
YMD = re.compile(r"(?:1[5-9]|2[01])\d\d([-/.])\d{1,2}\1\d{1,2}(?:[T ]\d\d:?\d\d.*)?")
TRIPLE = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2((?:1[5-9]|2[01])\d\d|\d\d)(?:[T ,]+\d\d?:\d\d.*)?")
YEAR_MONTH = re.compile(r"(?:1[5-9]|2[01])\d\d[-/.](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d")
COMPACT = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
YEAR = re.compile(r"(?:19|20)\d\d")
FISCAL = re.compile(r"((?:19|20)\d\d)\s?[-–/]\s?((?:19|20)?\d\d)")
_DIGIT = re.compile(r"\d")
_WORDY = re.compile(r"[^\W\d_]{3,}")


def look(cell: Value) -> str:
    """blank, text, number, date or power (a number that a spreadsheet has shortened)."""
    if cell is None:
        return BLANK
    if isinstance(cell, str):
        return look_of_text(cell)
    if isinstance(cell, datetime.date):
        return DATE
    return NUMBER if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else TEXT


def look_of_text(text: str) -> str:
    """The same for a text."""
    if len(text) > 60 or not _DIGIT.search(text):
        return TEXT
    if date_style_of(text):
        return DATE
    if POWER_OF_TEN.fullmatch(text):
        return POWER
    return NUMBER if _NUMBER.fullmatch(text) else TEXT


def date_style_of(text: str) -> str:
    """ymd, dmy, mdy, "day" (dmy or mdy), words, month or fiscal; "" for what is no date, or a bare number."""
    if YMD.fullmatch(text):
        return "ymd"
    found = TRIPLE.fullmatch(text)
    if found:
        first, second = int(found[1]), int(found[3])
        if not (1 <= first <= 31 and 1 <= second <= 31):
            return ""
        if first > 12 and second > 12:
            return ""
        return "dmy" if first > 12 else "mdy" if second > 12 else "day"
    if is_fiscal(text):
        return "fiscal"
    if YEAR_MONTH.fullmatch(text):
        return "month"
    if _WORDY.search(text) and any(word in MONTHS for word in fold(text).split()):
        return "words" if re.search(r"\d{4}", text) else ""
    return ""


def is_fiscal(text: str) -> bool:
    """Whether a text is a fiscal year: « 2021-2022 », or « 2019-20 », which no month can be."""
    found = FISCAL.fullmatch(text.strip())
    if not found:
        return False
    first, last = int(found[1]), int(found[2])
    if last > 100:
        return last == first + 1
    return last > 12 and last == (first + 1) % 100


def is_value(cell: Value) -> bool:
    """Whether a cell is a number or a day: what rows hold and titles do not (a bare year may be a title)."""
    seen = look(cell)
    if seen in (BLANK, TEXT):
        return False
    return not (seen == NUMBER and YEAR.fullmatch(str(cell)))
