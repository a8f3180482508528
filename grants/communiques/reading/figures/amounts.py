"""The figures that amounts state: of the act, the programme, all acts so far, something else."""

import re
from collections import Counter
from decimal import Decimal

from ..answers import FigureRead
from ..judging import Judged, Sentence
from ..pairs.pair import Pair
from ..text import Text, flatten
from .funders import mark_funders
from .totals import invests_itself, is_collective, is_repeated, is_total, receives_it

LEAST = 1_000  # dollars; no smaller amount is a total of aid
SCOPES = {
    "act": "act",
    "before": "cumulative",
    "cumulative": "cumulative",
    "other_act": "other_act",
    "other_programme": "other_programme",
    "aside": "other_programme",
}


def amount_figures(
    text: Text, amounts: list[Judged], pairs: list[Pair], programme: str, called: str = ""
) -> list[FigureRead]:
    """The figures that amounts which are no grants state."""
    of_programme = flatten(programme)
    paired = {id(pair.judged) for pair in pairs}
    granted = {pair.judged.mention.value for pair in pairs if pair.judged is not None}
    single = len({pair.name.value for pair in pairs}) == 1
    body = any(pair.judged is not None and not pair.judged.in_title for pair in pairs)
    names = {pair.name.value for pair in pairs}
    told = Counter(id(pair.judged.sentence) for pair in pairs if pair.judged is not None)
    found = []
    for judged in amounts:
        if id(judged) in paired:
            # A title's rounding of the grant that the text tells: « Plus de 1,9 M$ à la Municipalité … ».
            if judged.in_title and body:
                found.append(_made(text, judged, "aid", "act", "aid"))
            continue
        if judged.mention.currency not in ("CAD", ""):
            continue
        if (
            judged.reason == "envelope"
            and judged.scope == "other_programme"
            and _of_the_programme(text, judged, called)
        ):
            judged.scope = "act"
        if (
            of_programme
            and judged.scope == "other_programme"
            and of_programme in text.flat[judged.sentence.start : judged.sentence.end]
        ):
            judged.scope = "act"
        if judged.reason == "" and judged.scope == "act" and invests_itself(text, judged, names):
            judged.reason = "project_cost"
        figure = _figure(
            text, judged, granted, single=single, alone=told.get(id(judged.sentence), 0) == 1 and not single
        )
        if figure is not None:
            judged.taken = True
            found.append(figure)
    mark_funders(text, found)
    if any(figure.scope == "funder" for figure in found):
        # What a second funder adds to one recipient is all that it gives.
        found += [_made(text, pair.judged, "aid", "funder", "aid") for pair in pairs if pair.judged and pair.funder]
    return found


def _figure(
    text: Text, judged: Judged, granted: set[Decimal], *, single: bool, alone: bool = False
) -> FigureRead | None:
    reason, scope = judged.reason, SCOPES[judged.scope]
    if reason == "funder":
        return _made(text, judged, "aid", "funder", "aid")
    if judged.sentence.about and reason != "envelope" and scope != "cumulative":
        return None
    if reason == "envelope":
        return _made(
            text, judged, "envelope", "other_programme" if scope == "other_programme" else "programme", "envelope"
        )
    if reason == "project_cost":
        if scope == "other_programme" or not (single or scope != "act" or is_collective(text, judged, alone)):
            return None
        return _made(text, judged, "project_cost", scope, "project_cost")
    if reason not in ("", "total") or judged.mention.per or judged.mention.value < LEAST:
        return None
    if scope == "other_programme":
        return None
    if reason == "" and judged.mention.value in granted and (single or is_repeated(text, judged)):
        return None  # « cette aide de 2 M$ permettra … »: the grant again
    if scope != "act":
        return _made(text, judged, "aid", scope, "aid")
    if reason == "total" or judged.in_title or is_total(text, judged):
        figure = _made(text, judged, "aid", "act", "aid")
        figure.sure = any(
            receives_it(text, judged, count) for count in judged.sentence.mentions if count.kind == "count"
        )
        return figure
    return None


def _made(text: Text, judged: Judged, measure: str, scope: str, money: str) -> FigureRead:
    mention, sentence = judged.mention, judged.sentence
    return FigureRead(
        measure=measure,
        value=mention.value,
        high=mention.high,
        unit="CAD",
        qualifier=mention.qualifier,
        precision=mention.precision,
        span=text.span(mention.whole, mention.last),
        words=words_of(text, sentence),
        scope=scope,
        money=money,
        before=judged.scope == "before",
        in_title=sentence.title,
    )


THE_PROGRAMME = re.compile(r"\b(?:le|ce|the|this|du|notre|our) (?:programme|fonds|program|fund|mesure|initiative)\b")


def _of_the_programme(text: Text, judged: Judged, called: str) -> bool:
    """Whether the sentence speaks of the programme itself, by its acronym or as « le programme »."""
    start, end = judged.sentence.start, judged.sentence.end
    named = bool(called) and re.search(rf"(?<!\w){re.escape(called)}(?!\w)", text.plain[start:end]) is not None
    return named or THE_PROGRAMME.search(text.flat, start, end) is not None


def words_of(text: Text, sentence: Sentence) -> str:
    """The sentence that states a figure, on one line."""
    return re.sub(r"\s+", " ", text.plain[sentence.start : sentence.end]).strip()
