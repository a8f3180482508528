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
    "md": Decimal(1_000_000_000),
    "mds": Decimal(1_000_000_000),
    "billion": Decimal(1_000_000_000),
    "billions": Decimal(1_000_000_000),
}
_SPELLINGS = {
    "CAD": "$ $ca ca$ c$ $cad cad$ cad dollar dollars",
    "USD": "$us us$ $usd usd$ usd",
    "EUR": "€ eur euro euros",
    "GBP": "£ gbp £gbp livre livres pound pounds",
}
CURRENCIES = {word: code for code, words in _SPELLINGS.items() for word in words.split()}
CURRENCIES |= {code.lower(): code for code in ("CHF", "JPY", "AUD", "NZD", "SEK", "NOK", "DKK", "MXN", "CNY", "INR")}
MOST = Decimal(10) ** 14  # numeric(16, 2) holds less than one hundred thousand billions
LONGEST = 100  # characters; no amount is written longer, and none is worth the time to read

_GAP = r"[\s\u00a0\u202f\u2009'’]"
_SPACES = re.compile(rf"{_GAP}+")
# Spaces that stand inside the number, and how they must stand: « 2 307 663,50 ».
_SPACED = re.compile(rf"\d[\d.,]*{_GAP}+\d(?:[\d.,]|{_GAP})*")
_GROUPED_BY_SPACES = re.compile(rf"\d{{1,3}}(?:{_GAP}+\d{{3}})+(?:[.,]\d+)?{_GAP}*")
_CURRENCY = "|".join(re.escape(word) for word in sorted(CURRENCIES, key=len, reverse=True))
_PARTS = re.compile(
    rf"(?P<sign>[-−+]?)(?P<before>{_CURRENCY})?(?P<minus>[-−]?)(?P<number>\d[\d.,]*)(?P<scale>[a-z]*?)"
    rf"(?:(?:de|d)?(?P<currency>{_CURRENCY}))?(?P<second>{_CURRENCY})?(?:ht|ttc)?"
)
# In a title, a currency is told from ordinary words by its capitals or its sign.
_NAMED = re.compile(
    r"\b(?:CAD|USD|EUR|GBP|CHF|AUD)\b|\$\s?(?:CAD?|USD?)\b|\b(?:CA|US)\s?\$|[$€£]|\b[Ee]uros?\b|\b[Dd]ollars?\b"
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


def currency_of(text: str) -> str | None:
    """The currency that a cell or a title names (« Montant (€) », `Amount (USD)`); None where it names none."""
    found = _NAMED.search(text)
    return CURRENCIES.get(_SPACES.sub("", found[0].lower())) if found else None


def read_amount(text: str, decimal_mark: str = "") -> Amount:
    """Read « 2 307 663 $ », « 2,3 M$ », « 54,6 millions de dollars », `$2,307,663.50`, `784915$`.

    A comma or point followed by three digits groups thousands, unless spaces do; otherwise it starts the decimals.
    `decimal_mark`, where the place of the text makes it known, says which of the two it is.
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
    if not found or found["scale"] not in MULTIPLIERS or (found["sign"] and found["minus"]):
        raise BadAmount(text)
    currency = _one_currency(text, found)
    multiplier = MULTIPLIERS[found["scale"]]
    digits = plain_number(found["number"], decimal_mark, decimals_only=bool(spaced) or multiplier != 1)
    if digits is None:
        raise BadAmount(text)
    value = Decimal(digits) * multiplier
    if value >= MOST:
        raise BadAmount(text)
    decimals = len(digits.partition(".")[2])
    precision = multiplier / (Decimal(10) ** decimals)
    sign = -1 if found["sign"] in ("-", "−") or found["minus"] else 1
    return Amount(sign * value, precision, currency)


def _one_currency(text: str, found: re.Match[str]) -> str | None:
    """The currency named, before or after the number; a bare $ beside another name of dollars adds nothing."""
    named = [found[part] for part in ("before", "currency", "second") if found[part]]
    codes = {CURRENCIES[name] for name in named}
    if len(set(named)) < len(named):
        raise BadAmount(text)
    if "$" in named and len(named) > 1:
        codes = {CURRENCIES[name] for name in named if name != "$"} or {"CAD"}
        if not codes <= {"CAD", "USD", "AUD", "NZD", "MXN"}:
            raise BadAmount(text)
    if len(codes) > 1:
        raise BadAmount(text)
    return codes.pop() if codes else None


def plain_number(written: str, decimal_mark: str = "", *, decimals_only: bool) -> str | None:
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
    if (
        len(tail) == 3 and not decimals_only and whole != "0" and last != decimal_mark
    ):  # « 267,915$ »: one group of thousands
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
