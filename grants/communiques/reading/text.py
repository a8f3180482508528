"""A text as it was given, beside itself made plain: rules match the plain one, spans lead back to the given one."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

# One character for one: all the spaces, apostrophes, hyphens and quotation marks that people's programs put.
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
APOSTROPHES = "\u2018\u2019\u201b\u02bc\u00b4\u0060\u2032"
HYPHENS = "\u2010\u2011\u00ad\ufe63\uff0d"
DASHES = "\u2012\u2014\u2015"
SAME = str.maketrans(
    dict.fromkeys(SPACES, " ")
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys(DASHES, "\u2013")
    | {"\u201c": '"', "\u201d": '"', "\u201e": '"', "\uff04": "$"}
)
# Nothing is to be seen where they stand.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f]")
BREAKS = re.compile("\r\n?|\u2028|\u2029|\x85")
CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]")


@dataclass(frozen=True)
class Text:
    """`given`: the text as it came. `plain`: what rules match. `at`: for each place in `plain`, the place in `given`
    (one more for the end)."""

    given: str
    plain: str
    at: list[int]
    language: str = ""  # fr or en, once it is known

    @cached_property
    def flat(self) -> str:
        """`plain` in lower case and without accents, character for character."""
        return flatten(self.plain)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places in the given text of `plain[start:end]`."""
        if start >= end:
            return self.at[start], self.at[start]
        return self.at[start], self.end_of(end - 1)

    def end_of(self, place: int) -> int:
        """Where, in the given text, the character at `place` ends: before what is unseen after it."""
        start, following = self.at[place], self.at[place + 1]
        while following > start + 1 and UNSEEN.match(self.given[following - 1]):
            following -= 1
        return following


def flatten(text: str) -> str:
    """`text` in lower case and without accents, character for character (what would become two is left alone)."""
    if text.isascii():
        return text.lower()
    return "".join(_FLAT.get(character) or _flat(character) for character in text)


_FLAT: dict[str, str] = {}


def _flat(character: str) -> str:
    bare = unicodedata.normalize("NFD", character)[0].lower()
    _FLAT[character] = bare if len(bare) == 1 else character
    return _FLAT[character]


def plain_text(given: str) -> Text:
    """Make `given` plain: composed accents, one kind of space, apostrophe and hyphen, `\\n` for every break."""
    if given.isascii() and "\r" not in given and not UNSEEN.search(given):
        return Text(given, given, list(range(len(given) + 1)))
    characters: list[str] = []
    at: list[int] = []
    for cluster in CLUSTER.finditer(given):
        place, written = cluster.start(), cluster[0]
        if len(written) > 1:
            written = unicodedata.normalize("NFC", written)
        elif written == "\n" and given[place - 1 : place] == "\r":
            continue
        elif BREAKS.match(written):
            written = "\n"
        elif UNSEEN.match(written):
            continue
        for character in written:
            characters.append(character)
            at.append(place)
    at.append(len(given))
    return Text(given, "".join(characters).translate(SAME), at)
