"""Read a press release: `read(text)` gives every figure and grant with the words that it came from."""

from __future__ import annotations

import re
from dataclasses import replace

from .answers import Known, Reading, Words
from .blocks import blocks_of
from .body import body_of
from .corrections import read_corrections
from .deciding import decide
from .figures.amounts import amount_figures
from .figures.counts import count_figures
from .figures.kept import forget_doubtful, once
from .figures.not_grants import not_grants
from .gathering import pairs_of, without_programme
from .heading import Heading, read_heading
from .judging import judge, sentences_of
from .language import language_of
from .mentions import find_mentions
from .programme import read_programme
from .publisher import publisher_of
from .telling import grants_of
from .text import Text, plain_text

MOST_CHARACTERS = 150_000  # fifty pages: a longer text is no press release, its first part is read
OPENING = 2_000  # characters that tell the language where a long table of names follows


def read(given: str, known: Known = Known()) -> Reading:  # noqa: B008  (frozen, never changed)
    """Read a text. Never raises, whatever the text; spans are places in `given`."""
    cut = len(given) > MOST_CHARACTERS
    text = plain_text(given[:MOST_CHARACTERS])
    reading = Reading(text=given, cut=cut, language=language_of(text) or language_of(text, 0, OPENING))
    text = replace(text, language=reading.language)
    blocks = blocks_of(text)
    heading = read_heading(text, blocks)
    _write_heading(text, heading, reading)
    if not reading.language:
        return reading
    mentions = find_mentions(text)
    body = body_of(text, blocks, heading.title, mentions)
    if programme := read_programme(text, known):
        reading.programme, reading.programme_name = programme
    sentences = sentences_of(text, body, mentions, heading.title)
    amounts = judge(text, sentences)
    pairs, unpaid, listed = pairs_of(text, body, sentences)
    names = (reading.programme.value if reading.programme else "", reading.programme_name)
    pairs, unpaid = without_programme(pairs, names), without_programme(unpaid, names)
    corrections = read_corrections(text, sentences, pairs)
    pairs = [pair for pair in pairs if pair.judged is None or pair.judged.reason != "corrected"]
    reading.corrections = corrections
    grants = grants_of(text, pairs + unpaid, amounts, sentences)
    reading.figures = once(
        amount_figures(text, amounts, pairs, reading.programme_name, names[0]) + count_figures(text, sentences, listed)
    )
    decide(text, grants, reading, sentences)
    forget_doubtful(reading)
    paired = {id(pair.judged) for pair in pairs}
    reading.publisher = publisher_of(text, blocks)
    reading.not_grants = not_grants(text, amounts, [m for s in sentences for m in s.mentions], paired)
    return reading


def _write_heading(text: Text, heading: Heading, reading: Reading) -> None:
    if heading.title is not None:
        start, end = heading.title.start, heading.title.end
        reading.title = Words(re.sub(r"\s+", " ", text.plain[start:end]).strip(), text.span(start, end))
    reading.place = heading.place
    if heading.date is not None:
        reading.date, reading.date_span = heading.date.iso, heading.date_span
