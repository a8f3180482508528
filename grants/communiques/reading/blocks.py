"""The build of a text: its blocks (title, paragraphs, items of lists, rows of tables) and their sentences."""

import re
from dataclasses import dataclass, field

from . import rules
from .text import Text

BULLET = re.compile(
    r"[ ]*(?:[•·▪▫●○◦‣∙■□➢➤►✓✔*>]|[-–](?=[ ]|[A-ZÀ-Ý\d]))[ ]*"
    r"|[ ]*(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)°]|\d{1,2}\.\d{1,2}|\(?[a-z]\))[ ]+(?=\S)"
)
INNER_BULLET = re.compile(r"(?<=[;.,:)] )[•▪●‣■➢►][ ]*|(?<=\S)[ ]+[•▪●‣■➢►][ ]+")
CELLS = re.compile(r"[ ]*\|[ ]*|\t+|[ ]{3,}")
SENTENCE_END = re.compile(r"[.!?…]+[\"»)]*(?=[ \n]+[\"«(–-]?[ ]?[A-ZÀ-Ý\d$])|[;](?=[ \n])")
# After these a full stop ends nothing.
ABBREVIATIONS = re.compile(rf"\b(?:{rules.words_of('no_end')}|[a-z])$")
# « inc. » may still end a sentence: only a new determiner says so.
OPENS_SENTENCE = re.compile(rf"[ \n]+(?:{rules.capitalised('opens_sentence')})\b")
UNFINISHED = re.compile(rf"[ ](?:{rules.words_of('line_goes_on')})$")
STOPS = ".:;!?…"
LONGEST_SENTENCE = 1_500
WRAPPED = 55  # a line at least this long may go on in the next one


@dataclass(slots=True)
class Block:
    """A piece of the text: `kind` is heading, paragraph, item or row; `cells` are the places of a row's cells."""

    kind: str
    start: int
    end: int
    cells: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    gap: bool = False  # a blank line stands before it
    about: bool = False  # it tells what a programme or a body is, not what is announced


def blocks_of(text: Text) -> list[Block]:
    """Cut the text into blocks, in order."""
    found: list[Block] = []
    for start, end, gap in _lines(text.plain):
        line = text.plain[start:end]
        previous = found[-1] if found else None
        if bullet := BULLET.match(line):
            found.append(Block("item", start + bullet.end(), end, gap=gap))
        elif len(cells := _cells(line, start)) > 1:
            found.append(Block("row", start, end, cells, gap=gap))
        elif previous and not gap and _goes_on(text, previous, line):
            previous.end = end
        else:
            found.append(Block("paragraph", start, end, gap=gap))
    found = [piece for block in found for piece in _without_inner_bullets(text.plain, block)]
    for block in found:
        if block.kind == "paragraph" and _is_heading(text.plain[block.start : block.end]):
            block.kind = "heading"
        block.sentences = _sentences(text, block)
    return found


def _lines(plain: str) -> list[tuple[int, int, bool]]:
    """(start, end, after a blank line) of each line that says something."""
    found, gap, place = [], True, 0
    for line in plain.split("\n"):
        bare = line.strip()
        if bare:
            start = place + line.index(bare[0])
            found.append((start, start + len(bare), gap))
        gap = not bare
        place += len(line) + 1
    return found


def _cells(line: str, start: int) -> list[tuple[int, int]]:
    """The places of the cells of a table's row; fewer than two for another line."""
    cells, place = [], 0
    for border in CELLS.finditer(line):
        if border.start() > place:
            cells.append((start + place, start + border.start()))
        place = border.end()
    if place < len(line):
        cells.append((start + place, start + len(line)))
    return cells


def _goes_on(text: Text, previous: Block, line: str) -> bool:
    """Whether a line goes on with the sentence of the block before it."""
    if previous.kind == "row":
        return False
    before = text.plain[previous.start : previous.end]
    if not before:
        return False
    last_line = before.rpartition("\n")[2]
    if line[0].islower() and before[-1] not in STOPS:
        return True
    if before[-1] in ",(«'-–/" and before[-1] != "–":
        return True
    if before[-1].isdigit() and re.match(r"\d{3}(?!\d)|[$€]", line):
        return True
    if (
        previous.kind == "paragraph"
        and before[-1] not in STOPS
        and re.search(r"[a-zà-ÿ)](?<!inc)(?<!ltée)(?<!Ltd)[.!?] [A-ZÀ-Ý]", before)
    ):
        return True  # a sentence has begun in it that has not ended
    if before[-1] in STOPS:
        return len(last_line) >= WRAPPED and previous.kind == "paragraph" and before[-1] in ".!?…" and "\n" in before
    small = UNFINISHED.search(text.flat, previous.start, previous.end)
    if small and text.plain[small.start() : small.end()].islower():
        return True
    # Hard-wrapped text: the line was as long as a page is wide.
    return len(last_line) >= WRAPPED and not _is_heading(before)


def _without_inner_bullets(plain: str, block: Block) -> list[Block]:
    """A block whose bullets follow one another on one line, as its items."""
    if block.kind == "row":
        return [block]
    marks = list(INNER_BULLET.finditer(plain, block.start, block.end))
    if not marks:
        return [block]
    places = [block.start, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), block.end]
    pieces = [
        Block(block.kind if number == 0 else "item", start, end, gap=block.gap and number == 0)
        for number, (start, end) in enumerate(zip(places, ends, strict=True))
        if plain[start:end].strip()
    ]
    return pieces or [block]


def _is_heading(line: str) -> bool:
    """Whether a line by itself names what follows rather than saying something."""
    return len(line) <= 200 and "\n" not in line and line[-1] not in ".;,"


def _sentences(text: Text, block: Block) -> list[tuple[int, int]]:
    found, start = [], block.start
    for stop in SENTENCE_END.finditer(text.plain, block.start, block.end):
        if stop[0] == ";" and text.plain.count("(", start, stop.start()) > text.plain.count(")", start, stop.start()):
            continue  # « (RME; 640 000 $) »
        shortened = stop[0].startswith(".") and ABBREVIATIONS.search(
            text.flat, max(start, stop.start() - 12), stop.start()
        )
        if shortened and not OPENS_SENTENCE.match(text.plain, stop.end(), stop.end() + 12):
            continue
        found.append((start, stop.end()))
        start = stop.end()
        while start < block.end and text.plain[start] in " \n":
            start += 1
    if start < block.end:
        found.append((start, block.end))
    return [piece for start, end in found for piece in _short_enough(text, start, end)]


def _short_enough(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence longer than any that people write, cut: every search within a sentence stays short."""
    pieces = []
    while end - start > LONGEST_SENTENCE:
        space = text.plain.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = space if space > start else start + LONGEST_SENTENCE
        pieces.append((start, cut))
        start = cut + 1 if space > start else cut
    return [*pieces, (start, end)] if start < end else pieces
