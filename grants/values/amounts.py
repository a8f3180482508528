"""Money as people write it, and amounts as somebody claimed them.

Money is `Decimal`, in dollars and cents. What a text leaves unsaid (« 29 millions ») is kept as a precision:
the value of one unit of its last digit, in dollars. A claim then covers a range, and a sum is compared to it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

MULTIPLIERS = {
    "": Decimal(1),
    "k": Decimal(1_000),
    "mille": Decimal(1_000),
    "m": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "millions": Decimal(1_000_000),
    "g": Decimal(1_000_000_000),
    "milliard": Decimal(1_000_000_000),
    "milliards": Decimal(1_000_000_000),
    "billion": Decimal(1_000_000_000),
    "billions": Decimal(1_000_000_000),
}
CURRENCIES = {
    "$": "CAD",
    "cad": "CAD",
    "$ca": "CAD",
    "dollar": "CAD",
    "dollars": "CAD",
    "€": "EUR",
    "euro": "EUR",
}
CURRENCIES |= {"euros": "EUR", "eur": "EUR", "usd": "USD", "$us": "USD"}
MOST = Decimal(10) ** 14  # numeric(16, 2) holds less than one hundred thousand billions
LONGEST = 100  # characters; no amount is written longer, and none is worth the time to read

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
# Spaces that stand inside the number, and how they must stand: « 2 307 663,50 ».
_SPACED = re.compile(r"\d[\d.,]*[\s\u00a0\u202f\u2009']+\d[\d.,\s\u00a0\u202f\u2009']*")
_GROUPED_BY_SPACES = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f\u2009']+\d{3})+(?:[.,]\d+)?[\s\u00a0\u202f\u2009']*")
_PARTS = re.compile(
    r"(?P<sign>[-−]?)(?P<before>\$|€)?(?P<number>\d[\d.,]*)(?P<scale>[a-z]*?)"
    r"(?:(?:de|d)?(?P<currency>\$ca|\$us|\$|€|cad|usd|eur|euros?|dollars?))?"
)


class BadAmount(ValueError):
    """A text that is not an amount of money. `.text` is what was read."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as read: value and precision in units of `currency` (`None` when the text names none)."""

    value: Decimal
    precision: Decimal
    currency: str | None = None


def read_amount(text: str) -> Amount:
    """Read « 2 307 663 $ », « 2,3 M$ », « 54,6 millions de dollars », `$2,307,663.50`, `784915$`.

    A comma or point followed by three digits groups thousands, unless spaces do; otherwise it starts the decimals.
    Raises BadAmount, also where spaces cut the digits otherwise than by three: « 500 1000 » may be two amounts.
    """
    if len(text) > LONGEST:
        raise BadAmount(text)
    spaced = _SPACED.search(text)
    if spaced and not _GROUPED_BY_SPACES.fullmatch(spaced[0]):
        raise BadAmount(text)
    compact = _SPACES.sub("", text.strip().lower())
    if compact.startswith("(") and compact.endswith(")"):  # accountants' negative
        compact = "-" + compact[1:-1]
    found = _PARTS.fullmatch(compact)
    if not found or found["scale"] not in MULTIPLIERS or (found["before"] and found["currency"]):
        raise BadAmount(text)
    multiplier = MULTIPLIERS[found["scale"]]
    digits = _plain_number(found["number"], decimals_only=bool(spaced) or multiplier != 1)
    if digits is None:
        raise BadAmount(text)
    value = Decimal(digits) * multiplier
    if value >= MOST:
        raise BadAmount(text)
    decimals = len(digits.partition(".")[2])
    precision = multiplier / (Decimal(10) ** decimals)
    sign = -1 if found["sign"] else 1
    currency = CURRENCIES.get(found["before"] or found["currency"] or "")
    return Amount(sign * value, precision, currency)


def _plain_number(written: str, *, decimals_only: bool) -> str | None:
    """Return `written` with a point for its decimals and no grouping, or None where it makes no number.

    With `decimals_only`, a single mark starts the decimals even if three digits follow (« 1,234 M$ », « 1 000,999 »).
    """
    marks = [mark for mark in written if mark in ".,"]
    if written[-1] in ".,":
        return None
    if not marks:
        return written
    last = marks[-1]
    whole, _, tail = written.rpartition(last)
    if len(set(marks)) == 2:  # both marks: the last one starts the decimals, the other groups
        other = "," if last == "." else "."
        return f"{whole.replace(other, '')}.{tail}" if last not in whole and _grouped(whole, other) else None
    if len(marks) > 1:  # one mark, repeated: it groups
        return written.replace(last, "") if _grouped(written, last) else None
    if len(tail) == 3 and not decimals_only and whole != "0":  # « 267,915$ »: one group of thousands
        return whole + tail
    return f"{whole}.{tail}"


def _grouped(written: str, mark: str) -> bool:
    """Whether `mark` cuts the digits in groups of three."""
    first, *groups = written.split(mark)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups) if groups else True


@dataclass(frozen=True, slots=True)
class ClaimedAmount:
    """A value as somebody said it: `value` in its unit, the hedge, and the unit of its last digit.

    `qualifier` is one of exact, about, nearly, more_than, at_least, up_to (the codes of `Qualifier`).
    `precision` is in the same unit as `value`; None means that the value is whole as it stands.
    """

    value: Decimal
    qualifier: str = "exact"
    precision: Decimal | None = None

    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and highest true value that the words allow (None: no bound on that side).

        « 29 millions » is ±0,5 M; « environ 29 millions » ±1 M; « près de » allows up to one unit less;
        « plus de » and « au moins » allow any more; « jusqu'à » any less.
        """
        unit = self.precision or Decimal(0)
        low, high = {
            "exact": (self.value - unit / 2, self.value + unit / 2),
            "about": (self.value - unit, self.value + unit),
            "nearly": (self.value - unit, self.value + unit / 2),
            "more_than": (self.value, None),
            "at_least": (self.value, None),
            "up_to": (None, self.value),
        }[self.qualifier]
        return low, high

    def allows(self, total: Decimal) -> bool:
        """Whether `total` lies inside the bounds."""
        low, high = self.bounds()
        return (low is None or total >= low) and (high is None or total <= high)
