"""What cuts the rows of a text file: its delimiter, found or announced."""

import re
from dataclasses import dataclass

from .records import split

DELIMITERS = (";", ",", "\t", "|")
# Seen in old exports; they must cut clearly better than an ordinary one.
RARE_DELIMITERS = ("~", "^", "¦", "§", "\x1f", ":")
RARITY = 0.6
SNIFFED_CHARACTERS = 400_000
SNIFFED_LINES = 400


@dataclass(frozen=True)
class Cutting:
    """`delimiter` cuts the cells; `outer` is one that cut the lines once more, "" as a rule."""

    delimiter: str
    outer: str = ""


def sniff(head: str) -> Cutting:
    """The delimiter that cuts most lines evenly and finely; the one of a line ``sep=;`` where there is one."""
    lines = [line for line in re.split(r"\r\n|\r|\n", head[:SNIFFED_CHARACTERS]) if line.strip()][:SNIFFED_LINES]
    if not lines:
        return Cutting(",")
    announced = re.fullmatch(r'"?sep=(.)"?;*\s*', lines[0], re.IGNORECASE)
    if announced:
        return Cutting(announced[1])
    scores = {each: _evenness(lines, each) for each in DELIMITERS}
    scores |= {each: _evenness(lines, each) * RARITY for each in RARE_DELIMITERS}
    best = max(scores, key=lambda each: scores[each])
    if scores[best] > 0:
        return Cutting(best, _outer(lines, best))
    wrapped = _wrapped(lines)
    if wrapped:
        return wrapped
    last = lines[0].rstrip()[-1:]
    return Cutting(last if last in DELIMITERS else ",")


def _evenness(lines: list[str], delimiter: str) -> float:
    """The share of lines cut into the most frequent number of cells, more for finer cuts; 0 where nothing is cut."""
    widths = [width for width in (_width(line, delimiter) for line in lines) if width]
    cut = [width for width in widths if width > 1]
    if not cut:
        return 0
    mode = max(set(cut), key=lambda width: (cut.count(width), width))
    near = sum(mode <= width <= mode + 1 for width in cut)
    titled = any((width >= mode - 1 and mode > 2) or width == mode for width in widths[:1])
    return near / len(widths) * (1 - 1 / mode) + 0.3 * titled * (1 - 1 / mode)


def _width(line: str, delimiter: str) -> int:
    """How many cells up to the last filled one."""
    cells = split(line, delimiter)
    while cells and not cells[-1].strip():
        cells.pop()
    return len(cells)


def _outer(lines: list[str], delimiter: str) -> str:
    """The delimiter of a second cut: it trails behind the titles and cuts them nowhere else."""
    found = re.search(r"([;,|\t])\1*\s*$", lines[0])
    if not found or found[1] == delimiter:
        return ""
    return "" if found[1] in lines[0][: found.start()] else found[1]


def _wrapped(lines: list[str]) -> Cutting | None:
    """Lines that stand wholly between quotation marks, each one cell to any delimiter."""
    inner = [split(line, "\x00")[0] for line in lines if line.startswith('"')]
    if len(inner) < len(lines) * 0.5 or not inner:
        return None
    scores = {each: _evenness(inner, each) for each in DELIMITERS}
    best = max(DELIMITERS, key=lambda each: scores[each])
    return Cutting(best, ";" if best != ";" else ",") if scores[best] > 0 else None
