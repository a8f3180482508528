"""Lines by themselves that hold a name, an amount and nothing between: « Conseil de la Rive (1) 840 000 $* »."""

import re

from .. import rules
from ..pairs.pair import Pair
from ..text import Text
from .columns import column_kind
from .units import Unit, head_name

BETWEEN = re.compile(
    r"[ ]*(?:\([^()]{1,60}\)|[*†]|[.…_ ]{3,})*[ ]*"
    r"(?:– [A-ZÀ-Ý][^–$|:]{2,45}–|, (?:de |à |d')?[A-ZÀ-Ý][^–$|:,]{2,35}[ ]*[:–]|[:–/-]|\||,)?[ ]*"
    rf"(?:(?:{rules.words_of('line_wording')}) )?"
)


def line_pairs(text: Text, units: list[Unit], skip: set[int]) -> list[Pair]:
    """The pairs of lines that hold a name, an amount and nothing between."""
    found = []
    for unit in units:
        block = unit.block
        if (
            block.start in skip
            or block.kind == "row"
            or block.end - block.start > 200
            or (unit.sentences and unit.sentences[0].title)
        ):
            continue
        candidates = unit.candidates
        if len(candidates) != 1 or candidates[0].mention.last < block.end - 12:
            continue
        name = head_name(text, block, candidates[0].mention.whole)
        if name is None or name.quality < 0.8 or column_kind(text, name.start, name.end):
            continue
        between = text.plain[name.after : candidates[0].mention.whole]
        if BETWEEN.fullmatch(text.plain, name.after, candidates[0].mention.whole):
            found.append(Pair(candidates[0], name, "row", 0.92))
        elif re.fullmatch(r"(?:,| \(| –| pour )[^$:]{1,100}[:–][ ]*", between):
            # « Les Films du Cormoran, pour « Les neiges de mai » : 1,25 M$ »
            found.append(Pair(candidates[0], name, "row", 0.9))
    return found
