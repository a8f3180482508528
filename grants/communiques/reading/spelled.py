"""Numbers in words: « neuf », « deux cent mille », « un million et demi », "thirty-two", "a dozen"."""

import re
from decimal import Decimal

_ONES = {
    word: value
    for value, words in {
        1: "un une one a an",
        2: "deux two",
        3: "trois three",
        4: "quatre four",
        5: "cinq five",
        6: "six",
        7: "sept seven",
        8: "huit eight",
        9: "neuf nine",
        10: "dix ten",
        11: "onze eleven",
        12: "douze twelve",
        13: "treize thirteen",
        14: "quatorze fourteen",
        15: "quinze fifteen",
        16: "seize sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
    }.items()
    for word in words.split()
}
_TENS = {
    word: value
    for value, words in {
        20: "vingt vingts twenty",
        30: "trente thirty",
        40: "quarante forty fourty",
        50: "cinquante fifty",
        60: "soixante sixty",
        70: "septante seventy",
        80: "huitante octante eighty",
        90: "nonante ninety",
    }.items()
    for word in words.split()
}
_HUNDREDS = ("cent", "cents", "hundred")
_POWERS = {
    word: power
    for power, words in {
        3: "mille thousand",
        6: "million millions",
        9: "milliard milliards billion billions",
    }.items()
    for word in words.split()
}
# Round groups, which are about as many as they say; a dozen in English is twelve.
_GROUPS = {
    word: Decimal(value)
    for value, words in {
        8: "huitaine",
        10: "dizaine dizaines",
        12: "douzaine douzaines dozen",
        15: "quinzaine",
        20: "vingtaine",
        30: "trentaine",
        40: "quarantaine",
        50: "cinquantaine",
        60: "soixantaine",
        100: "centaine centaines",
        1000: "millier milliers",
    }.items()
    for word in words.split()
}
FIRST_WORDS = [*_ONES, *_TENS, "cent", "mille"]
_WORDS = [*FIRST_WORDS, *_HUNDREDS, *_POWERS, *_GROUPS]
_FRACTION = (
    r"(?:un[ -])?demi-(?:million|milliard)|half[ -](?:an?[ -])?(?:million|billion)"
    r"|(?:un|trois) quarts? de (?:million|milliard)|(?:a|one|three)[ -]quarters?[ -](?:of an? )?(?:million|billion)"
)
_AND_HALF = re.compile(r" (?:et demie?|and a half)(?![a-z])")
_FIRST = "|".join(sorted(set(FIRST_WORDS), key=len, reverse=True))
_ANY = "|".join(sorted(set(_WORDS), key=len, reverse=True))
# At most twenty-one words: « quatre cent quatre-vingt-dix-neuf millions quatre cent… ».
SPELLED = re.compile(
    rf"(?<![a-z0-9-])(?:(?P<fraction>{_FRACTION})"
    rf"|(?:{_FIRST})(?:(?:-et-| et |-and-| and |[ \n-])(?:{_ANY})(?![a-z0-9])){{0,20}})"
    r"(?![a-z0-9])"
)
_SPLIT = re.compile(r"[a-z]+")
_ALONE = ("un", "une", "one", "a", "an")  # articles, where no number word follows

Spelled = tuple[int, Decimal, Decimal, int, bool]


def spelled_number(flat: str, found: re.Match[str]) -> Spelled | None:
    """Where the number of `found` ends, its value, precision, scale and whether it is about so many.

    As many words are taken as make one number: « deux et trois » gives « deux ». None for an article.
    """
    if found["fraction"]:
        return _fraction(found)
    words = [(word[0], word.end()) for word in _SPLIT.finditer(flat, found.start(), found.end())]
    end, value, scale, about, article = _walk(words)
    if value is None or (article and not _AND_HALF.match(flat, end)):
        return None
    precision = Decimal(10**scale)
    if about:
        precision = Decimal(10 ** max(0, value.adjusted() - 1))
    elif scale >= 6 and (half := _AND_HALF.match(flat, end)):
        value, precision, end = value + precision / 2, precision / 10, half.end()
    return end, value, precision, scale, about


def times(value: Decimal, scale: int) -> Decimal:
    """`value` times ten to the power of `scale`, written without an exponent or decimals that say nothing."""
    scaled = value.scaleb(scale)
    return scaled.quantize(Decimal(1)) if scale and scaled == scaled.to_integral_value() else scaled


def _fraction(found: re.Match[str]) -> Spelled:
    words = found[0]
    scale = 6 if words.endswith("million") else 9
    share = Decimal("0.5")
    if "quart" in words:
        share = Decimal("0.75") if words.startswith(("trois", "three")) else Decimal("0.25")
    precision = Decimal("0.01") if "quart" in words else Decimal("0.1")
    return found.end(), times(share, scale), times(precision, scale), scale, False


class _Sum:
    """A number put together word by word: `done` above the last power of a thousand, `now` below it."""

    def __init__(self) -> None:
        self.done, self.now, self.scale, self.said = 0, 0, 0, False

    def take(self, word: str) -> bool:
        """Add `word`; False where it cannot follow."""
        taken = self._power(word) if word in _POWERS else self._below(word)
        self.said = self.said or taken
        return taken

    def _power(self, word: str) -> bool:
        power = _POWERS[word]
        if (self.done and self.scale <= power) or self.now >= 1000:
            return False
        if not self.now and word != "mille":
            return False
        self.done += (self.now or 1) * 10**power
        self.now, self.scale = 0, power
        return True

    def _below(self, word: str) -> bool:
        if word in _HUNDREDS:
            if self.now >= 100 or (not self.now and word != "cent"):
                return False
            self.now = (self.now or 1) * 100
            return True
        value = _TENS.get(word) or _ONES.get(word, 0)
        if not value or not _fits(self.now % 100, value):
            return False
        self.now += 76 if (self.now % 100, word) in ((4, "vingt"), (4, "vingts")) else value
        return True


def _fits(below: int, value: int) -> bool:
    """Whether `value` may follow tens and ones of `below`: « soixante », « dix »; « dix », « sept »."""
    if not below:
        return True
    if value == 20:
        return below == 4
    if value > 20:
        return False
    if below in (10, 70, 90) and value in (7, 8, 9):
        return True
    if below in (60, 80) and 10 <= value <= 16:
        return True
    return below % 10 == 0 and below >= 20 and value < 10


def _walk(words: list[tuple[str, int]]) -> tuple[int, Decimal | None, int, bool, bool]:
    """Take as many words as make one number.

    Gives where it ends, its value, its scale, whether it is about so many, whether it may be no more than an article.
    """
    total, end, article = _Sum(), 0, True
    for index, (word, after) in enumerate(words):
        if word in ("et", "and"):
            continue
        if word in _GROUPS:
            if not total.said or total.done:
                break
            english = word == "dozen"
            return after, _GROUPS[word] * total.now, 0, not english, False
        if index and words[index - 1][0] in ("et", "and") and not _joined(total, word):
            break
        if word in ("a", "an") and index:
            break
        if not total.take(word):
            break
        end, article = after, article and word in _ALONE
    if not end:
        return 0, None, 0, False, False
    scale = 0 if total.now else total.scale
    return end, Decimal(total.done + total.now), scale, False, article


def _joined(total: _Sum, word: str) -> bool:
    """Whether « et » or "and" may stand before `word` inside one number: « vingt et un », "one hundred and five"."""
    if word in ("un", "une", "onze"):
        return 20 <= total.now % 100 <= 70
    english = word in _TENS or word in _ONES
    return english and (total.now % 100 == 0 and (total.now >= 100 or total.done > 0)) and word not in _FRENCH_ONLY


_FRENCH_ONLY = ("deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "onze", "douze")
