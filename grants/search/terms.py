"""What a question says, word by word, as PostgreSQL's `grants_question` reads it (a test compares the two).

Several words must all be there; "quoted words" must follow one another; `patrim*` asks for a beginning; OR (or OU)
stands between two questions, either of which is enough; -word must not be there.
"""

import re
from dataclasses import dataclass

from grants.values.folding import fold

# Words that nobody searches for: left out of a question unless quoted. Migration 0010 has the same.
_LITTLE = (
    "a and are as at au aux avec be by c ce ces cette d dans de des du elle en et for from ils in is its j l la le les "
    "leur leurs m n ne nos notre nous of on ou our par pour qu que qui s sa se ses sur t that the their these this to "
    "un une vos votre vous was we were which with y your"
)
LITTLE_WORDS = frozenset(_LITTLE.split())
EITHER = ("OR", "OU")
SHORTEST_BEGINNING = 2  # letters before a star

PART = re.compile(r'(-?)(?:["«“]([^"»”]*)["»”]|([^\s"«»“”]+))')
QUOTATION_MARKS = frozenset('"«»“”')


@dataclass(frozen=True)
class Term:
    """One word, or several that follow one another, folded; as they were written in `text`."""

    text: str
    words: tuple[str, ...]
    is_quoted: bool = False
    is_excluded: bool = False
    is_beginning: bool = False

    @property
    def is_little(self) -> bool:
        """Whether it is left out of the question."""
        return not self.is_quoted and not self.is_beginning and self.words[0] in LITTLE_WORDS


def terms(question: str) -> list[Term]:
    """The terms of a question in their order, little words too; OR itself is none."""
    return [term for group in alternatives(question) for term in group]


def alternatives(question: str) -> list[list[Term]]:
    """The terms on each side of every OR."""
    groups: list[list[Term]] = [[]]
    for minus, quoted, plain in PART.findall(question):
        if plain in EITHER:
            groups.append([])
            continue
        term = _term(minus, quoted, plain)
        if term:
            groups[-1].append(term)
    return groups


def _term(minus: str, quoted: str, plain: str) -> Term | None:
    words = fold(quoted or plain).split()
    if plain:
        # « l’innovation » asks for « innovation ».
        while len(words) > 1 and words[0] in LITTLE_WORDS:
            words = words[1:]
    if not words:
        return None
    begins = plain.endswith("*") and len(words[-1]) >= SHORTEST_BEGINNING
    return Term(quoted or plain, tuple(words), not plain, bool(minus), begins)


def wanted(question: str) -> list[Term]:
    """The terms that make a record answer: neither excluded nor little, nor beside excluded ones alone."""
    return [term for term in terms(question) if not term.is_excluded and not term.is_little]


def has_open_quotation(question: str) -> bool:
    """Whether a quotation mark stands without the one that closes it."""
    return bool(QUOTATION_MARKS.intersection(PART.sub(_without_quotations, question)))


def _without_quotations(match: re.Match[str]) -> str:
    return match[3] or ""


def short_beginning(question: str) -> str:
    """The first beginning too short to be searched for (« a* »), as written; empty when there is none."""
    for _minus, _quoted, plain in PART.findall(question):
        if plain.endswith("*") and 0 < len(fold(plain).split(" ")[-1]) < SHORTEST_BEGINNING:
            return str(plain)
    return ""
