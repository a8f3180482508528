"""The figures that counts state: recipients, projects, firms made aware or supported."""

import re
from dataclasses import replace

from .. import rules
from ..answers import FigureRead
from ..judging import Sentence
from ..mention import Mention
from ..text import Text
from .amounts import SCOPES, words_of
from .totals import receives_it

OPENING_BLOCKS = 4
LEAST = 1_000  # dollars; a smaller amount is shared by nobody
SUPPORTING = re.compile(rf"(?:\b(?:{rules.words_of('supports')})|permett\w+ a|permet a) $")
COUNTED = ("recipients", "projects", "made_aware", "supported", "members")


def count_figures(text: Text, sentences: list[Sentence], used: set[int]) -> list[FigureRead]:
    """The figures that counts state: recipients, projects, firms made aware or supported. What is counted in the words
    about one recipient (`used`: the blocks of lists) is no figure of the act."""
    found = []
    for sentence in sentences:
        if sentence.block.start in used:
            continue
        for mention in sentence.mentions:
            if mention.kind != "count" or mention.per or mention.measure == "members":
                continue
            if _receives(text, sentence, mention):
                mention = replace(mention, measure="recipients", nature="")
            if mention.measure in COUNTED:
                found.append(_count(text, sentence, mention))
    return found


def _receives(text: Text, sentence: Sentence, mention: Mention) -> bool:
    """Whether what is counted receives: it stands where a recipient would."""
    amounts = [
        judged for judged in sentence.amounts if judged.reason in ("", "total") and judged.mention.value >= LEAST
    ]
    if any(receives_it(text, judged, mention) for judged in amounts):
        return True
    return not mention.measure and _is_supported(text, sentence, mention)


def _is_supported(text: Text, sentence: Sentence, mention: Mention) -> bool:
    """« The Fund is helping seven harvesters modernize », « Le Programme permettra à 17 entreprises de … »."""
    if sentence.scope != "act" or sentence.number > OPENING_BLOCKS:
        return False
    return SUPPORTING.search(text.flat, max(sentence.start, mention.whole - 40), mention.whole) is not None


def _count(text: Text, sentence: Sentence, mention: Mention) -> FigureRead:
    scope = "act" if sentence.adds_to and mention.end <= sentence.scope_at else SCOPES[sentence.scope]
    # « En plus des 15 projets déjà soutenus, dix projets … »: the words of scope speak of one side.
    if sentence.scope_at > mention.end and any(
        other.kind == "money" and mention.end <= other.start < sentence.scope_at for other in sentence.mentions
    ):
        scope = "act"
    return FigureRead(
        measure=mention.measure,
        value=mention.value,
        high=mention.high,
        unit="count",
        qualifier=mention.qualifier,
        precision=mention.precision,
        span=text.span(mention.whole, mention.last),
        words=words_of(text, sentence),
        scope=scope,
        nature=mention.nature or "commitment",
        before=sentence.scope == "before",
        in_title=sentence.title,
    )
