"""The words of a text that a question found, marked: stems, accents, beginnings, the words of phrases each.

PostgreSQL stems: it is asked once for all the texts of a page, and only about words that begin as those asked for.
"""

import re
from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from grants.values.folding import fold

from .terms import LITTLE_WORDS, wanted

# A word as it is written, « A.M.V.P.Q. » and « c’est » (two words) too; accents may be letters of their own.
WRITTEN = re.compile(r"(?:[^\W_]\.){2,}[^\W_]?|[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")
ALIKE = 2  # letters: a word and its stem begin with the same

STEMS = """
SELECT word, ts_lexize('pg_catalog.french_stem', word), ts_lexize('pg_catalog.english_stem', word)
FROM unnest(%s::text[]) AS word
"""


def mark(texts: Sequence[object], question: str) -> list[SafeString]:
    """Each text, escaped, with `<mark>` around the words that answer `question`. At most one query for all of them.

    Texts are shown as `str()` gives them; what is excluded or little is not marked, except within quotation marks.
    """
    asked = {word for term in wanted(question) if not term.is_beginning for word in term.words}
    beginnings = tuple(term.words[-1] for term in wanted(question) if term.is_beginning)
    asked |= {word for term in wanted(question) if term.is_beginning for word in term.words[:-1]}
    if not (asked or beginnings):
        return [escape(str(text)) for text in texts]
    words = {piece: fold(piece).split() for text in texts for piece in WRITTEN.findall(str(text))}
    answering = _answering({word for folded in words.values() for word in folded}, asked, beginnings)
    marked = {piece for piece, folded in words.items() if answering.intersection(folded)}
    return [_with_marks(str(text), marked) for text in texts]


def _with_marks(text: str, marked: set[str]) -> SafeString:
    """Two marked words with a blank between them are two marks: a phrase may run over what is not asked for."""
    pieces: list[str] = []
    end = 0
    for found in WRITTEN.finditer(text):
        if found[0] in marked:
            pieces += [escape(text[end : found.start()]), format_html("<mark>{}</mark>", found[0])]
            end = found.end()
    pieces.append(escape(text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308 (each piece is escaped just above)


def _answering(words: set[str], asked: set[str], beginnings: tuple[str, ...]) -> set[str]:
    """Those of the folded `words` that the question finds."""
    found = {word for word in words if word in asked or (beginnings and word.startswith(beginnings))}
    starts = {word[:ALIKE] for word in asked}
    doubtful = {word for word in words - found if word[:ALIKE] in starts and not word.isdigit()}
    if not doubtful:
        return found
    stems = _stems(doubtful | asked)
    wanted_stems = {stem for word in asked for stem in stems[word]}
    return found | {word for word in doubtful if wanted_stems & stems[word]}


def _stems(words: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """The stems of each word, with the language they are of; none for those that PostgreSQL leaves out."""
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [sorted(words)])
        rows = cursor.fetchall()
    return {
        word: {
            (language, stem)
            for language, stems in (("fr", french), ("en", english))
            for stem in stems or ()
            if stem not in LITTLE_WORDS
        }
        for word, french, english in rows
    }
