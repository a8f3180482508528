"""Which numbers are money: by their currency, their scale (« 33,7 millions pour réaliser ») or what stands beside."""

import re

from grants.values.amounts import CURRENCIES

from . import rules
from .mention import Mention
from .nouns import noun_after
from .numbers import Number
from .text import Text

_CODES = r"cad|cdn|usd|eur|gbp|chf|aud"
_BEFORE = re.compile(
    rf"(?:(?<![a-z0-9])(?P<code>{_CODES})[ \n]?[$€£]?"
    r"|(?P<name>(?<![a-z0-9])(?:ca|us|c|cdn|au|nz))?(?P<sign>[$€£])(?P<after>(?:ca|us|cad|usd)(?![a-z]))?) ?$"
)
_AFTER = re.compile(
    rf"[ \n]?(?:de |d'|-)?(?:"
    rf"(?P<sign>[$€£])(?P<beside> ?(?:ca|us|cad|usd|can)(?![a-z]))?"
    rf"|(?P<code>{_CODES})(?![a-z])(?: ?\$)?"
    r"|(?P<kind>us |american |canadian |u\.s\. )?(?P<word>dollars?)(?![a-z])"
    r"(?P<of> (?:americains?|us|canadiens?|ca)(?![a-z]))?"
    r"|(?P<euro>euros?)(?![a-z])|(?P<pound>livres sterling|pounds? sterling)(?![a-z]))"
)
_NAMES = {"ca": "CAD", "c": "CAD", "cdn": "CAD", "can": "CAD", "us": "USD", "au": "AUD", "nz": "NZD", "canadian": "CAD"}
_NAMES |= {"american": "USD", "u.s.": "USD", "americain": "USD", "americains": "USD", "canadien": "CAD"}
_NAMES |= {"canadiens": "CAD", "cad": "CAD", "usd": "USD"}
_SIGNS = {"$": "CAD", "€": "EUR", "£": "GBP"}
_OF_SOMETHING = re.compile(r"[ \n](?:de |d')(?P<noun>[a-z][a-z'-]{0,40})")
_PEOPLE = re.compile(r"(?:ais|aises|ois|oises|iens|iennes|ains|aines)$")
_LEADS_TO_MINUS = re.compile(r"(?:\(|(?:(?<![a-z])(?:de|a|est|soit|of|to|is|was)|[:=]) )$")
_NEAR = 6  # characters: « CAD $ » is the longest that stands before a number


def money_in(text: Text, number: Number, taken: int) -> Mention | None:
    """The number as money, or None where nothing says that it is. What stands before `taken` belongs to another."""
    flat = text.flat
    start, currency = _before(flat, number.start, taken)
    end, beside = _after(flat, number.end)
    if end > number.end and flat[end - 1] in _SIGNS and (currency or _belongs_to_the_next(flat, number.end, end)):
        end, beside = number.end, ""
    currency = _one(currency, beside)
    if not currency and not _is_plainly_money(text, number):
        return None
    negative = _negative(flat, start)
    value = -number.value if negative else number.value
    start -= negative
    about = "about" if number.about else "exact"
    currency = currency or "CAD"
    precision, scale = number.precision, number.scale
    return Mention("money", start, end, start, end, value, precision, qualifier=about, currency=currency, scale=scale)


def _before(flat: str, start: int, taken: int) -> tuple[int, str]:
    """Where the currency before a number starts, and its code."""
    before = flat[max(start - 2, taken) : start]
    if not before or before.strip(" \n")[-1:] not in ("$", "€", "£", "d", "n", "r", "p", "f", "a", "s"):
        return start, ""
    window = max(start - _NEAR, taken)
    found = _BEFORE.search(flat[window:start])
    if not found:
        return start, ""
    if found["code"]:
        code = CURRENCIES.get(found["code"], "") or _NAMES.get(found["code"], "")
    else:
        code = _NAMES.get(found["after"] or found["name"] or "", "") or _SIGNS[found["sign"]]
    return window + found.start(), code


def _after(flat: str, end: int) -> tuple[int, str]:
    """Where the currency after a number ends, and its code."""
    found = _AFTER.match(flat, end)
    if not found:
        return end, ""
    if found["sign"]:
        return found.end(), _NAMES.get((found["beside"] or "").strip(), "") or _SIGNS[found["sign"]]
    if found["word"]:
        return found.end(), _NAMES.get((found["kind"] or found["of"] or "").strip(), "CAD")
    if found["code"]:
        return found.end(), CURRENCIES.get(found["code"], "") or _NAMES.get(found["code"], "CAD")
    return found.end(), "EUR" if found["euro"] else "GBP"


def _belongs_to_the_next(flat: str, end: int, after: int) -> bool:
    """Whether the sign after a number opens the next one: « 3 $2,000 »."""
    return flat[end] in " \n" and flat[after - 1] in "$€£" and flat[after : after + 1].isdigit()


def _one(before: str, after: str) -> str:
    """The one currency of « $5 million USD »: the name that says more than a bare sign."""
    return after if after and after != "CAD" else before or after


def _is_plainly_money(text: Text, number: Number) -> bool:
    """Whether millions without dollars are money: « 33,7 millions pour », « 25 millions de financement », « 2,5 M »."""
    if number.scale < 6:
        return False
    if (found := noun_after("count", text.flat, number.end)) and _can_be_millions(found):
        return False
    if number.scaled_by == "letter":
        return True
    found = _OF_SOMETHING.match(text.flat, number.end)
    if not found:
        return True
    noun = found.start("noun")
    if rules.hit_at("money_noun", text.flat, noun):
        return True
    return text.plain[noun].isupper() and not _PEOPLE.search(found["noun"])


def _can_be_millions(found: re.Match[str]) -> bool:
    """Whether there may be millions of what is counted: of visitors, not of projects."""
    hit = rules.hit_at("count", found.string, found.start("noun"))
    return hit is not None and hit.rule.says not in ("projects", "recipients")


def _negative(flat: str, start: int) -> int:
    """1 where a minus sign stands right before: « une perte de -500 $ », not a bullet, not « Organisme -500 $ »."""
    if start and flat[start - 1] == "\u2212":
        return 1
    return 1 if flat[start - 1 : start] == "-" and _LEADS_TO_MINUS.search(flat[max(0, start - 8) : start - 1]) else 0
