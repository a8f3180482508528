"""Numbers in a text, in digits (« 2 307 663 », "1,500,000.00", « 54,6 millions ») or words (« trente-deux »)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import merge

from grants.values.amounts import plain_number

from .spelled import SPELLED, spelled_number, times
from .text import Text

LONGEST = 24  # characters; nobody writes a longer number, and it is no quantity
MOST_DIGITS = 18
SCALES = {
    "k": 3,
    "mille": 3,
    "thousand": 3,
    "m": 6,
    "mm": 6,
    "mio": 6,
    "mln": 6,
    "million": 6,
    "g": 9,
    "b": 9,
    "bn": 9,
    "md": 9,
    "mds": 9,
    "mrd": 9,
    "mrds": 9,
    "milliard": 9,
    "billion": 9,
}
CURRENCY_SIGNS = ("$", "€", "£")
CURRENCY_CODES = ("cad", "usd", "eur", "gbp", "chf", "aud")

_DIGITS = re.compile(
    r"(?<![0-9])[0-9]{1,3}(?:[ \n][0-9]{3}(?![0-9]))+(?:[.,][0-9]{1,2}(?![0-9.,]))?"
    r"|(?<![0-9])[0-9]{1,3}(?:'[0-9]{3}(?![0-9]))+(?:[.,][0-9]{1,2}(?![0-9.,]))?"
    r"|[0-9]+(?:[.,][0-9]+)*"
)
# « 16, 2 millions »: a space slipped in after the mark.
_LOOSE_DECIMALS = re.compile(
    r"(?<![0-9])(?<![0-9][.,] )([0-9]{1,3}), ([0-9]{1,2})(?=[ \n]?(?:millions?|milliards?|m ?\$)(?![a-z]))"
)
_AND_A_HALF = r"[ \n](?:et demie?|and a half)(?![a-z])"
_SCALE_WORD = re.compile(
    r"[ \n-]?(?:de |d'|autres |nouveaux |premiers |derniers )?(mille|million|milliard|thousand|billion)s?(?![a-z])"
    rf"(?P<half>{_AND_A_HALF})?"
)
_HALF = re.compile(_AND_A_HALF)
_SCALE_LETTER = re.compile(r"[ \n]?(k|mm|m|mds?|mrds?|g|bn?|mio|mln)(?![a-z0-9'])")
_MONEY_FOLLOWS = re.compile(r" ?(?:[$€£]|(?:de |d')?(?:\$|dollars?|euros?)(?![a-z])|(?:cad|cdn|usd|eur)(?![a-z]))")
_NAME_BEFORE = re.compile(
    r"(?:^|\n|[\w,:;–•-] ?)(?!(?:De|Entre|From|Between|Environ|Quelque|About|Some|Over|Plus|Soit|Pour|Les|Des) )"
    r"[A-ZÀ-Ý][\w'-]* ?$"
)
_LONGEST_WORD = 24
_GENTLEMAN = re.compile(r"\.[ \n]?[A-ZÀ-Ý]")
_INSIDE_A_SENTENCE = 45  # characters: a line at least this long was cut by its width, not by its writer


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in `Text.plain`. `precision`: the unit of its last digit as worded."""

    start: int
    end: int
    value: Decimal
    precision: Decimal
    scale: int = 0  # a power of ten: 6 for « 54,6 millions »
    scaled_by: str = ""  # word or letter
    worded: bool = False
    about: bool = False  # « une dizaine »
    bare: bool = False  # written in digits alone: « 2015 »
    stuck: bool = False  # to the word before: « COVID-19 », « Nom-25 000 $ »


def find_numbers(text: Text, free: Iterator[tuple[int, int]]) -> Iterator[Number]:
    """The numbers that stand in the `free` stretches of the text, in order, not overlapping."""
    last = 0
    for start, end in free:
        digits = _in_digits(text, start, end)
        words = _in_words(text, start, end)
        spoken: Number | None = None  # the number in words that may be said again in digits: « huit (8) »
        for number in merge(digits, words, key=lambda number: (number.start, -number.end)):
            if number.start < last:
                continue
            if spoken and _said_again(text.flat, spoken, number):
                spoken, last = replace(spoken, end=number.end + 1), number.end + 1
                continue
            if spoken:
                yield spoken
            last, spoken = number.end, number if number.worded else None
            if not spoken:
                yield number
        if spoken:
            yield spoken


def _said_again(flat: str, spoken: Number, number: Number) -> bool:
    """Whether a number in words is followed by the same in digits, in parentheses."""
    return spoken.value == number.value and flat[spoken.end : number.start] == " (" and flat.startswith(")", number.end)


def _in_digits(text: Text, start: int, stop: int) -> Iterator[Number]:
    flat = text.flat
    place = start
    while found := _DIGITS.search(flat, place, stop):
        first, end = found.span()
        if found[0].find("\n") > 0 and not _one_number(text, first, end):
            end = flat.index("\n", first)
        place = end
        if (loose := _LOOSE_DECIMALS.match(flat, first)) and not ends_a_name(text.plain, first):
            place = loose.end()
            number = _scaled(text, first, loose.end(), f"{loose[1]}.{loose[2]}")
        else:
            number = _scaled(text, first, end, flat[first:end]) if end - first <= LONGEST else None
        if number and not _part_of_a_word(flat, number):
            place = number.end
            yield replace(number, stuck=True) if _stuck(flat, first) else number


def _one_number(text: Text, start: int, end: int) -> bool:
    """Whether digits cut by a line break make one number: money inside a sentence, « 2 307⏎663 $ » or « 307⏎663 $ à ».

    « District 3⏎500 $ » are a name and the amount on the next line.
    """
    flat = text.flat
    line = flat.rfind("\n", max(0, start - 400), start)
    cut = flat.index("\n", start)
    money = _MONEY_FOLLOWS.match(flat, end)
    if not money or cut - line <= _INSIDE_A_SENTENCE or flat.count("\n", start, end) > 1:
        return False
    goes_on = flat[money.end() : money.end() + 3].split("\n")[0].strip() != ""
    return (goes_on or " " in flat[start:cut]) and not ends_a_name(text.plain, start)


def ends_a_name(plain: str, start: int) -> bool:
    """Whether a number that starts here ends a name: « District 3 », « la Microbrasserie Moulin 7 »."""
    return _NAME_BEFORE.search(plain[max(0, start - _LONGEST_WORD) : start]) is not None


def _scaled(text: Text, start: int, end: int, written: str) -> Number | None:
    """The number written from `start` to `end`, with the scale that follows it."""
    flat = text.flat
    half = _HALF.match(flat, end)
    scale, by, after, and_half = _scale(text, start, half.end() if half else end)
    spaced = " " in written or "\n" in written or "'" in written
    compact = written.replace(" ", "").replace("\n", "").replace("'", "")
    digits = plain_number(compact, decimals_only=scale > 0 or spaced)
    if digits is None or len(digits) > MOST_DIGITS:
        return None
    decimals = len(digits) - digits.find(".") - 1 if "." in digits else 0
    value, precision = Decimal(digits), Decimal(1).scaleb(-decimals)
    if (half and scale) or and_half:
        value, precision = value + Decimal("0.5"), Decimal("0.1")
    elif half:
        after = end
    bare = not spaced and not scale
    return Number(start, after, times(value, scale), times(precision, scale), scale, by, bare=bare)


def _scale(text: Text, start: int, end: int) -> tuple[int, str, int, bool]:
    """The power of ten that follows a number, how it is written, where it ends, and whether « et demi » is added."""
    flat = text.flat
    if found := _SCALE_WORD.match(flat, end):
        return SCALES[found[1]], "word", found.end(), bool(found["half"])
    if (found := _SCALE_LETTER.match(flat, end)) and _is_scale(text, start, found):
        return SCALES[found[1].rstrip("s") if found[1] in ("mds", "mrds") else found[1]], "letter", found.end(), False
    return 0, "", end, False


def _is_scale(text: Text, start: int, found: re.Match[str]) -> bool:
    """Whether a letter after a number multiplies it: a currency stands beside, or it is a capital M."""
    flat, end = text.flat, found.end()
    if start and flat[max(0, start - 2) : start].rstrip(" ")[-1:] in CURRENCY_SIGNS:
        return True
    if _MONEY_FOLLOWS.match(flat, end):
        return True
    if text.plain[found.start(1) : end] != "M":
        return False
    # « 2,5 M » at the end of a sentence, but « 25 M. Tremblay » names a gentleman
    return not _GENTLEMAN.match(text.plain, end)


def _part_of_a_word(flat: str, number: Number) -> bool:
    """Whether the digits belong to a word or a reference: « C3i », « 5G », « 24/7 », « 3:2 », « ,5 »."""
    before, after = flat[number.start - 1 : number.start], flat[number.end : number.end + 1]
    if after.isalpha() or after == "_" or (after in ("/", ":") and flat[number.end + 1 : number.end + 2].isdigit()):
        return True
    if before.isalpha() or before == "_":
        return flat[max(0, number.start - 3) : number.start] not in CURRENCY_CODES
    if before in ("/", ":"):
        return flat[number.start - 2 : number.start - 1].isdigit()
    return before in (".", ",") and not flat[number.start - 2 : number.start - 1].isalpha()


def _stuck(flat: str, start: int) -> bool:
    """Whether a hyphen or point ties the digits to the word before: they count nothing then, but may be money."""
    return flat[start - 1 : start] in ("-", ".") and flat[start - 2 : start - 1].isalpha()


def _in_words(text: Text, start: int, stop: int) -> Iterator[Number]:
    flat = text.flat
    place = start
    while found := SPELLED.search(flat, place, stop):
        spelled = spelled_number(flat, found)
        if spelled is None:
            place = flat.find(" ", found.start()) + 1 if " " in found[0] else found.end()
            continue
        end, value, precision, scale, about = spelled
        place = end
        number = Number(found.start(), end, value, precision, scale, "word" if scale >= 3 else "", True, about)
        yield _with_scale(text, number) if not scale else number


def _with_scale(text: Text, number: Number) -> Number:
    """« une trentaine de millions », "two and a half million": what multiplies a number in words."""
    half = _HALF.match(text.flat, number.end)
    scale, by, after, _ = _scale(text, number.start, half.end() if half else number.end)
    if not scale:
        return number
    value = number.value + (Decimal("0.5") if half else 0)
    precision = Decimal("0.1") if half else number.precision
    return replace(
        number, end=after, value=times(value, scale), precision=times(precision, scale), scale=scale, scaled_by=by
    )
