"""Text with its accents, case and punctuation put aside, so that names meet whatever their spelling.

`fold` must give what the SQL function `grants_fold` gives (a test compares the two): pages, imports and
the search index then agree on what « the same word » is.
"""

import re
import unicodedata

LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)

# Legal forms that are no part of a name in ordinary use (Québec and Canada).
LEGAL_SUFFIXES = frozenset(
    [
        "inc",
        "incorporee",
        "incorporated",
        "ltee",
        "ltd",
        "limitee",
        "limited",
        "enr",
        "senc",
        "sencrl",
        "sec",
        "obnl",
        "osbl",
        "corp",
        "corporation",
        "cie",
        "llp",
        "lp",
    ]
)
ARTICLES = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "et",
        "the",
        "a",
        "an",
        "of",
        "and",
        "aux",
        "au",
        "en",
        "pour",
    ]
)

# Spelt as ranges rather than as \w, so that PostgreSQL gives the same answer whatever its locale.
_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(
    "[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20bf\u2190-\u2bff\u3000-\u303f]+"
)

# « A.M.V.P.Q. » is one word, not five.
_DOTTED = re.compile(r"(?<![a-z0-9])([a-z])\.(?=[a-z](?![a-z0-9]))")


def fold(text: str) -> str:
    """Return `text` in lower case, without accents or ligatures, words separated by one space, « A.Q.I.P. » as one.

    « L’École de technologie supérieure (ÉTS) » gives « l ecole de technologie superieure ets ».
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.translate(LIGATURES))).lower()
    return _NOT_WORD.sub(" ", _DOTTED.sub(r"\1", bare)).strip()


def organisation_key(name: str) -> str:
    """Return the words that tell an organisation apart: no accents, articles, punctuation or legal suffix.

    « Le Groupe MISA inc. » and « GROUPE MISA » share one key. A name made only of such words keeps them all.
    """
    words = fold(name).split()
    telling = [word for word in words if word not in ARTICLES and word not in LEGAL_SUFFIXES]
    return " ".join(telling or words)


def initials(name: str) -> str:
    """Return the acronym of the telling words of `name` (« École de technologie supérieure » → « ets »)."""
    return "".join(word[0] for word in organisation_key(name).split())
