"""Text with its accents, case and punctuation put aside, so that names meet whatever their spelling.

`fold` must give what the SQL function `grants_fold` gives (a test compares the two): pages, imports and
the search index then agree on what « the same word » is.
"""

import re
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})

# Legal forms that are no part of a name in ordinary use (Québec and Canada).
LEGAL_SUFFIXES = frozenset(
    "inc incorporee incorporated ltee ltd limitee limited enr senc sencrl sec obnl osbl corp corporation cie llp lp".split()
)
ARTICLES = frozenset("le la les l un une des du de d et the a an of and aux au en pour".split())

_NOT_WORD = re.compile(r"[^\w]+", re.UNICODE)


def fold(text: str) -> str:
    """Return `text` in lower case, without accents or ligatures, words separated by one space.

    « L’École de technologie supérieure (ÉTS) » gives « l ecole de technologie superieure ets ».
    """
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_WORD.sub(" ", bare.replace("_", " ")).strip()


def organisation_key(name: str) -> str:
    """Return the words that tell an organisation apart: no accents, articles, punctuation or legal suffix.

    « Le Groupe MISA inc. » and « GROUPE MISA » share one key. A name made only of such words keeps them all.
    """
    # Dotted acronyms first: « A.M.V.P.Q. » is one word, not five.
    joined = re.sub(r"\b((?:\w\.){2,}\w?\.?)", lambda found: found.group(1).replace(".", ""), name)
    words = fold(joined).split()
    telling = [word for word in words if word not in ARTICLES and word not in LEGAL_SUFFIXES]
    return " ".join(telling or words)


def initials(name: str) -> str:
    """Return the acronym that the telling words of `name` would make (« École de technologie supérieure » → « ets »)."""
    return "".join(word[0] for word in organisation_key(name).split())
