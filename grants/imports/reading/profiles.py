"""What the cells of a column have in common, and what they leave open."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from grants.values.amounts import currency_of

from ..sheets import Value
from ..styles import is_nothing
from . import hints, looks
from .facts import ColumnFacts

SAMPLES = 5
_MARKS = re.compile(r"[.,]")
_DIGITS_ONLY = re.compile(r"\d+")
_CORE = re.compile(r"\d(?:[\d.,\s\u00a0\u202f\u2009'’]*\d)?")
EXACT_INTEGER = 10**15
DAYS_OF_SERIALS = range(25_000, 75_000)  # 1968 to 2105


def number_evidence(text: str) -> str:
    """Which mark starts the decimals of a written number: comma, point, "open" (one mark, three digits), "" (none)."""
    found = _CORE.search(text)
    core = found[0] if found else ""
    marks = _MARKS.findall(core)
    if not marks:
        return ""
    last = marks[-1]
    name = {",": "comma", ".": "point"}
    other = {",": "point", ".": "comma"}
    if len(set(marks)) == 2:
        return name[last]
    if len(marks) > 1:
        return other[last]
    whole, _mark, tail = core.rpartition(last)
    if len(tail) != 3 or whole.strip() == "0" or len(whole) > 3:
        return name[last]
    return "open"


def profile(facts: ColumnFacts, cells: Iterable[Value]) -> "Seen":
    """Fill in `facts` from the cells, and return what is needed to ask about them."""
    seen = Seen()
    for cell in cells:
        if cell is not None:
            seen.add(cell)
    facts.filled = seen.filled
    facts.distinct = len(seen.distinct)
    facts.samples = seen.samples
    facts.looks_like = seen.looks_like(facts.title)
    facts.destroyed = facts.looks_like == "identifier" and seen.is_destroyed()
    if facts.looks_like in ("amount", "number"):
        facts.number_style = seen.number_style()
        facts.currency = seen.currency() or currency_of(facts.title) or ""
    if facts.looks_like == "date":
        facts.date_style = seen.date_style()
    return seen


class Seen:
    """Counts over the cells of one column."""

    def __init__(self) -> None:
        self.filled = self.nothing = self.codes = self.wide = 0
        self.distinct: set[str] = set()
        self.samples: list[str] = []
        self.looks: Counter[str] = Counter()
        self.marks: Counter[str] = Counter()
        self.dates: Counter[str] = Counter()
        self.currencies: Counter[str] = Counter()
        self.digits: Counter[int] = Counter()
        self.examples: dict[str, list[str]] = {}
        self.compact = self.serials = self.years = self.zeros = self.cut = self.cents = self.first_days = 0

    def add(self, cell: Value) -> None:
        """Count one filled cell."""
        self.filled += 1
        text = cell if isinstance(cell, str) else str(cell)
        if text not in self.distinct and len(self.distinct) < 10_000:
            self.distinct.add(text)
            if len(self.samples) < SAMPLES:
                self.samples.append(text[:80])
        if is_nothing(cell):
            self.nothing += 1
            return
        seen = looks.look(cell)
        self.looks[seen] += 1
        if seen == looks.NUMBER:
            self._add_number(cell, text)
        elif seen == looks.DATE:
            style = "true" if isinstance(cell, datetime.date) else looks.date_style_of(text)
            self.dates[style] += 1
            self.first_days += isinstance(cell, datetime.date) and cell.day == 1
            self._example(style, text)
        elif seen == looks.TEXT and len(text) <= 40 and " " not in text:
            self.codes += any(char.isdigit() for char in text)

    def _add_number(self, cell: Value, text: str) -> None:
        if isinstance(cell, str):
            evidence = number_evidence(text)
            self.marks[evidence] += 1
            self._example(evidence, text)
            self.currencies[currency_of(text) or ""] += 1
            self.cents += bool(re.search(r"[.,]\d\d(?!\d)", text))
        else:
            self.cents += isinstance(cell, Decimal)
            self.cut += isinstance(cell, int) and abs(cell) >= EXACT_INTEGER
        if _DIGITS_ONLY.fullmatch(text):
            self.digits[len(text)] += 1
            self.zeros += text.startswith("0") and len(text) > 1
            self.years += looks.YEAR.fullmatch(text) is not None
            self.compact += looks.COMPACT.fullmatch(text) is not None
            self.serials += int(text) in DAYS_OF_SERIALS if len(text) == 5 else 0

    def _example(self, kind: str, text: str) -> None:
        examples = self.examples.setdefault(kind, [])
        if len(examples) < SAMPLES and text not in examples:
            examples.append(text)

    def looks_like(self, title: str) -> str:
        """The column's kind, by its cells and, where they leave it open, by its title."""
        told = self.filled - self.nothing
        if not told:
            return "blank"
        hint = hints.hint(title)
        share = {look: count / told for look, count in self.looks.items()}
        dates = share.get(looks.DATE, 0)
        numbers = share.get(looks.NUMBER, 0)
        if hint == hints.DATE and dates + numbers > 0.5 and self._are_days(told, dates, numbers):
            return "date"
        if dates >= (0.5 if hint == hints.DATE else 0.8):
            return "date"
        if share.get(looks.POWER, 0) > 0.3 or hint == hints.IDENTIFIER:
            return "identifier" if numbers + share.get(looks.POWER, 0) + self.codes / told > 0.5 else "text"
        if hint == hints.AMOUNT and numbers >= 0.5:
            return "amount"
        if numbers >= 0.8:
            return self._number_kind(hint, told)
        return "text"

    def _are_days(self, told: int, dates: float, numbers: float) -> bool:
        return dates + (self.compact + self.serials + self.years) / told > 0.7 or (not numbers and dates > 0.5)

    def _number_kind(self, hint: str, told: int) -> str:
        if hint == hints.PERCENT:
            return "number"
        if self.currencies.total() and self.currencies[""] < 0.5 * told and len(self.currencies) > 1:
            return "amount"
        if self.compact > 0.95 * told and len(self.distinct) > 1:
            return "date"
        long = sum(count for length, count in self.digits.items() if length >= 8)
        if self.zeros > 0.02 * told or long > 0.8 * told or self.cut > 0.5 * told:
            return "identifier"
        return "amount" if self.cents > 0.3 * told and hint == "" else "number"

    def is_destroyed(self) -> bool:
        """Whether a spreadsheet has cut digits or leading zeros off these identifiers."""
        if self.looks[looks.POWER] or self.cut:
            return True
        (usual, count), *_rest = self.digits.most_common(1) or [(0, 0)]
        shorter = self.digits[usual - 1]
        return usual >= 6 and count >= 0.6 * self.digits.total() and shorter > 0

    def number_style(self) -> str:
        """comma or point, where some cell tells; else ""."""
        comma, point = self.marks["comma"], self.marks["point"]
        return "" if comma == point else "comma" if comma > point else "point"

    def currency(self) -> str:
        """The currency that the cells name, where they name one only."""
        named = [currency for currency in self.currencies if currency]
        return named[0] if len(named) == 1 else ""

    def date_style(self) -> str:
        """ymd, dmy, mdy, compact, serial, fiscal; "day" where days and months cannot be told apart."""
        dmy, mdy = self.dates["dmy"], self.dates["mdy"]
        if dmy or mdy:
            return "dmy" if dmy >= mdy else "mdy"
        if self.dates["day"]:
            return "day"
        best = self.dates.most_common(1)
        if best and best[0][0] in ("ymd", "fiscal"):
            return best[0][0]
        if self.compact > self.filled / 2:
            return "compact"
        return "serial" if self.serials > self.filled / 2 else ""
