"""Lines of a PDF to paragraphs: joined only where the width of the page, and nothing else, has cut them."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median_low

from .found import BULLET, CELL, words
from .pdf_lines import ITEM, Line

EDGE = 0.12  # of the page's height: where running headers and footers stand
EDGE_LINES = 4
PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,4}\s*(?:(?:/|de|of|sur)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
# What browsers print around a page.
PRINTED_WHEN = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+\d{1,2}\s?[:h]\s?\d\d.*")
PRINTED_FROM = re.compile(r"((?:https?|file)://\S+)(?:\s*\|?\s*\d{1,4}/\d{1,4})?")
GLYPHS = re.compile("^[\uf000-\uf0ff●▪◦‣·○■□►▶➢✓]\\s*")
ENDS_IN_MONEY = re.compile(r"(?:\$|\$ ?CA|dollars)\s*[;,.]?$")
LEADERS = re.compile(r"[.…_]{4,}|(?:\. ){4,}")
HYPHENS = "-\u2010\u00ad\x02\ufffe"
SOFT = "\u00ad"
KEPT_BEFORE = words(
    "non sous ex co vice mi demi semi quasi auto anti socio agro techno bio éco micro mini multi inter intra extra "
    "post pré néo peut au ci là par dix vingt trente quarante soixante quatre cent grand self well long short high low"
)
KEPT_AFTER = words("il elle ils elles on je tu nous vous ce ci là même mêmes être à d'œuvre")
LEAST_JOINED = 20
USUAL_PITCH = 1.2
# So many lines so long that end together show where the text ends, wherever the paper does.
FULL_LINES, FULL_LINE = 6, 45


def drop_edges(pages: list[list[Line]], heights: list[float]) -> str:
    """Take running headers, footers and page numbers off each page; give the address that a browser printed there."""
    edges = [at_edge(lines, height) for lines, height in zip(pages, heights, strict=True)]
    counts = Counter(key for lines in edges for key in {running(line) for line in lines})
    address = ""
    for lines, edge in zip(pages, edges, strict=True):
        for line in edge:
            text = whole(line)
            printed = PRINTED_FROM.fullmatch(text)
            repeated = counts[running(line)]
            often = repeated >= 2 and repeated >= min(3, (len(pages) + 1) // 2) and "$" not in text
            if printed:
                address = address or printed[1]
            if printed or often or PAGE_NUMBER.fullmatch(text) or PRINTED_WHEN.fullmatch(text):
                lines.remove(line)
    return address


def at_edge(lines: list[Line], height: float) -> list[Line]:
    """The lines nearest to the top and to the bottom of a page."""
    ordered = sorted(lines, key=lambda line: line.low)
    low = [line for line in ordered[:EDGE_LINES] if line.low < EDGE * height]
    high = [line for line in ordered[-EDGE_LINES:] if line.low > (1 - EDGE) * height and line not in low]
    return low + high


def running(line: Line) -> tuple[str, int]:
    """What stays of a line from page to page: its words and its height on the page."""
    text = whole(line)
    return (text if "$" in text else re.sub(r"\d+", "#", text)), round(line.low)


def whole(line: Line) -> str:
    """The cells of a row, or the line."""
    return CELL.join(cell.text for cell in line.cells).strip()


class Paragraphs:
    """Puts together the lines of all pages. `widths`: of each page, in points."""

    def __init__(self, pages: list[list[Line]], widths: list[float]) -> None:
        self.pages, self.widths = pages, widths
        self.lines = [line for page in pages for line in page]
        self.pitch = self.usual_pitch()
        self.usual = {width: self.usual_margin(width) for width in set(widths)}
        self.margins = [self.margins_of(number) for number in range(len(pages))]
        self.words = Counter(word.lower() for line in self.lines for word in re.findall(r"[^\W\d_]+", whole(line)))
        self.compounds = Counter(
            word.lower() for line in self.lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", whole(line))
        )
        self.hyphenates = sum(1 for line in self.lines if re.search(r"[^\W\d_]-$", line.text)) >= 4

    def text(self) -> str:
        """The whole text: one line for each paragraph, item and row; a blank line where there is more room."""
        out: list[str] = []
        last: Line | None = None
        for line in self.lines:
            written = GLYPHS.sub(BULLET, whole(line))
            if last is not None and self.goes_on(last, line):
                out[-1] = self.joined(out[-1], written)
            else:
                if last is not None and self.apart(last, line):
                    out.append("")
                out.append(written)
            last = line
        return "\n".join(line.rstrip(HYPHENS[2:]) for line in out)

    def usual_pitch(self) -> float:
        """From one line of a paragraph to the next, as a share of the line's height."""
        sure, steps = [], []
        for one, other in pairwise(self.lines):
            step = (one.low - other.high) / one.height
            if one.page == other.page and 0.7 < step < 2.5 and not one.is_row and not other.is_row:
                steps.append(step)
                if other.text[:1].islower() and len(one.text) >= LEAST_JOINED:
                    sure.append(step)
        if sure:
            return median_low(sure)
        usual = sorted(steps)[len(steps) // 10] if steps else USUAL_PITCH
        return usual if len(steps) >= 3 else min(usual, USUAL_PITCH)

    def usual_margin(self, width: float) -> float:
        """Where the text ends on the right in the whole document, on pages of that width."""
        lines = [line for line in self.lines if not line.is_row]
        furthest = sorted((line.right for line in lines), reverse=True)
        observed = furthest[min(2, len(furthest) - 1)] if furthest else 0
        full = [line for line in lines if line.right > observed - 3 * line.height and len(line.text) >= FULL_LINE]
        if len(full) >= FULL_LINES:
            return observed
        return max(observed, 0.9 * (width - min((line.left for line in lines), default=0)))

    def margins_of(self, number: int) -> tuple[float, float, float]:
        """Where a right column begins on a page (or infinity), where the left one ends, where the text ends."""
        lines = [line for line in self.pages[number] if not line.is_row]
        margin = self.usual[self.widths[number]]
        for start in sorted({round(line.left) for line in lines if line.left > 0.3 * self.widths[number]}):
            right_side = [line for line in lines if line.left >= start - line.height]
            left_side = [line for line in lines if line.right < start]
            if len(right_side) >= 5 and len(left_side) >= 5 and len(right_side) + len(left_side) > 0.7 * len(lines):
                gap = 3 * max(line.height for line in left_side)
                return start, max([start - gap, *(line.right for line in left_side)]), margin
        return float("inf"), margin, margin

    def margin(self, line: Line) -> float:
        """Where a line of that place must end."""
        column, left_end, right_end = self.margins[line.page]
        return right_end if line.left >= column - line.height else left_end

    def goes_on(self, line: Line, following: Line) -> bool:
        """Whether the page's width cut `line` and `following` is the rest of it."""
        if line.is_row or following.is_row or ITEM.match(following.text) or len(line.text) < LEAST_JOINED:
            return False
        if abs(line.height - following.height) > 0.12 * line.height or LEADERS.search(line.text):
            return False
        begins = following.text[:1]
        if ENDS_IN_MONEY.search(line.text) and not begins.islower():
            return False
        room = self.margin(line) - line.right
        if following.cells[0].first_word + 0.1 * line.height < room:
            return False
        step = line.low - following.high
        if line.page != following.page or step <= 0:
            return begins.islower() or (begins.isdigit() and line.text[-1:] not in ".!?:;")
        ended = line.text[-1:] in ".;!?" and not begins.islower()
        return step < (1.15 if ended else 1.3) * self.pitch * line.height

    def apart(self, line: Line, following: Line) -> bool:
        """Whether there is more room between the two than between the lines of a paragraph."""
        if line.page != following.page:
            return not line.is_row or not following.is_row
        step = line.low - following.high
        if line.is_row and following.is_row:
            return step <= 0
        larger = max(line.height, following.height) > 1.12 * min(line.height, following.height)
        return step <= 0 or larger or step > 1.3 * self.pitch * line.height or line.is_row != following.is_row

    def joined(self, before: str, after: str) -> str:
        """The two parts of a paragraph, a word cut at the end of the line mended where that is safe."""
        hyphen = before[-1:]
        if hyphen not in HYPHENS or not before[-2:-1].isalpha() or not after[:1].isalpha():
            return f"{before} {after}"
        head = re.search(r"[^\W\d_]+$", before[:-1])
        tail = re.match(r"[^\W\d_]+(?:['’][^\W\d_]+)?", after)
        if not head or not tail:
            return f"{before} {after}"
        return before[:-1] + ("" if self.is_cut(head[0].lower(), tail[0], hyphen) else "-") + after

    def is_cut(self, head: str, tail: str, hyphen: str) -> bool:
        """Whether the hyphen only cuts a word at the end of a line."""
        if hyphen == SOFT or self.words[head + tail.lower()]:
            return True
        if tail[:1].isupper() or self.compounds[f"{head}-{tail.lower()}"]:
            return False
        return self.hyphenates and head not in KEPT_BEFORE and tail.lower() not in KEPT_AFTER
