"""Amounts that a text corrects: what was said, what is right, and of whom."""

import re
from itertools import pairwise

from . import rules
from .answers import CorrectionRead
from .judging import Judged, Sentence
from .names.finding import name_from
from .names.name import Name
from .pairs.pair import Pair
from .pairs.windows import subject
from .text import Text

FROM = re.compile(rf"\b(?:{rules.words_of('corrected_from_to', 'from')})[ ]*$")
TO = re.compile(rf"[ ,]*(?:(?:{rules.words_of('corrected_from_to', 'to')})\b|, \b)")
RIGHT_NOW = re.compile(rules.words_of("right_now"))
CORRECTED_TO = re.compile(rules.words_of("corrected_to"))
INSTEAD_FIRST = re.compile(rf"(?:{rules.words_of('instead', 'was_first')})\b[^.;]*$")


def is_correction(text: Text) -> bool:
    """Whether the text says that it corrects something."""
    return rules.any_of("correction").search(text.flat) is not None


def read_corrections(text: Text, sentences: list[Sentence], pairs: list[Pair]) -> list[CorrectionRead]:
    """The corrections of a text that says that it makes some."""
    found: list[CorrectionRead] = []
    if not is_correction(text):
        return found
    by_amount = {id(pair.judged): pair.name for pair in pairs if pair.judged is not None}
    for place, sentence in enumerate(sentences):
        for was, now in _pairs_of_amounts(text, sentence, sentences[place + 1] if place + 1 < len(sentences) else None):
            if _of_total(text, now):
                was.reason = "corrected"
                continue
            name = by_amount.get(id(now)) or by_amount.get(id(was)) or _name_near(text, sentences, place, pairs)
            if name is None:
                continue
            start, end = sentence.start, sentence.end
            found.append(
                CorrectionRead(
                    recipient=name.value,
                    was=was.mention.value,
                    now=now.mention.value,
                    span=text.span(start, end),
                    name_span=text.span(name.start, name.end),
                )
            )
            was.reason = "corrected"
            if id(now) not in by_amount:
                now.reason = "correct"
    return found


def _of_total(text: Text, now: Judged) -> bool:
    """« L'aide totale s'élève à 1 147 000 $ plutôt qu'à 1 120 000 $ »: a figure, and of no recipient."""
    return now.reason == "total" or rules.first("whole_aid", text.flat, now.left, now.mention.whole) is not None


def _pairs_of_amounts(text: Text, sentence: Sentence, following: Sentence | None) -> list[tuple[Judged, Judged]]:
    """(what was said, what is right) in a sentence."""
    amounts = [
        *sentence.amounts,
        *(following.amounts[:1] if following is not None and following.block is sentence.block else []),
    ]
    found: list[tuple[Judged, Judged]] = []
    for first, second in pairwise(amounts):
        if second.sentence is not sentence and not RIGHT_NOW.match(text.flat, second.sentence.start):
            continue
        between = text.flat[first.mention.last : second.mention.whole]
        before = text.flat[first.left : first.mention.whole]
        if rules.any_of("instead").search(between):
            found.append((second, first))  # « 2,8 M$ et non 2,3 M$ »
        elif (
            CORRECTED_TO.search(between)  # « 2,3 M$ ; il fallait lire 2,8 M$ »
            or INSTEAD_FIRST.search(before)
            or (FROM.search(before) and TO.match(between))
        ):
            found.append((first, second))
    return found


def _name_near(text: Text, sentences: list[Sentence], place: int, pairs: list[Pair]) -> Name | None:
    """The recipient spoken of in the sentence, or in the one before it."""
    for sentence in (sentences[place], *reversed(sentences[max(0, place - 2) : place])):
        for pair in pairs:
            if sentence.start <= pair.name.start < sentence.end:
                return pair.name
        name = _about_whom(text, sentence) or _granted(text, sentence) or subject(text, sentence.start, sentence.end)
        if name is not None and name.quality >= 0.8:
            return name
    return None


def _about_whom(text: Text, sentence: Sentence) -> Name | None:
    """« au sujet de la Corporation du Lac, il aurait fallu lire … »."""
    hit = rules.first("about_whom", text.flat, sentence.start, sentence.end)
    name = name_from(text, hit.end, sentence.end) if hit else None
    return name if name is not None and name.quality >= 0.8 else None


def _granted(text: Text, sentence: Sentence) -> Name | None:
    """« l'aide accordée à Palco », « the contribution to Harbour Works »."""
    for hit in rules.hits("aid_noun", text.flat[sentence.start : sentence.end]):
        toward = rules.first(
            "toward", text.flat, sentence.start + hit.end, min(sentence.end, sentence.start + hit.end + 40)
        )
        name = name_from(text, toward.end, sentence.end) if toward else None
        if name is not None and name.quality >= 0.8:
            return name
    return None
