"""French, English or neither: told by the small words that every sentence has."""

import re

from . import rules
from .text import Text

FRENCH, ENGLISH, OTHER = (rules.word_set("small_word", says) for says in ("fr", "en", "other"))
# What each pair of languages shares says nothing.
SAYING = {
    "fr": FRENCH - OTHER - ENGLISH,
    "en": ENGLISH - OTHER - FRENCH,
    "": OTHER - FRENCH - ENGLISH,
}
WORD = re.compile(r"[a-z]+")
SEEN = 60_000  # characters are enough
LEAST_SHARE = 0.04


def language_of(text: Text, start: int = 0, end: int | None = None) -> str:
    """`fr`, `en`, or "" for another language (or too few words to tell)."""
    words = WORD.findall(text.flat[start : end if end is not None else SEEN][:SEEN])
    if not words:
        return ""
    counts = {language: sum(word in saying for word in words) for language, saying in SAYING.items()}
    best = max(counts, key=lambda language: counts[language])
    # A table of names has few small words: those it has are enough where none is of another language.
    few = counts[best] < LEAST_SHARE * len(words) and not (counts[best] > 1 and not counts[""] and len(words) < 400)
    return best if counts[best] and not few else ""
