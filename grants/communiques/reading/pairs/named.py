"""Recipients that are named without an amount."""

from .. import rules
from ..judging import Sentence
from ..names.finding import name_from
from ..text import Text
from .pair import Pair
from .windows import other_names, subjects


def named_only(text: Text, sentences: list[Sentence], used: set[int]) -> list[Pair]:
    """The recipients that a sentence names without an amount: « PROMPT est aussi du nombre »."""
    found = []
    for sentence in sentences:
        if sentence.about or sentence.block.start in used:
            continue
        found += _listed(text, sentence)
        hit = rules.first("named_only", text.flat, sentence.start, sentence.end)
        if hit is None or any(judged.mention.start < hit.start for judged in sentence.amounts):
            continue
        found += [
            Pair(None, name, "named", 0.85) for name in subjects(text, sentence.start, hit.start) if name.quality >= 0.8
        ]
    return found


def _listed(text: Text, sentence: Sentence) -> list[Pair]:
    """« The recipients are A, B and C »."""
    hit = rules.first("recipients_are", text.flat, sentence.start, sentence.end)
    if hit is None or sentence.amounts:
        return []
    name = name_from(text, hit.end, sentence.end)
    if name is None or name.quality < 0.8:
        return []
    return [Pair(None, one, "named", 0.85) for one in (name, *other_names(text, name, sentence.end))]
