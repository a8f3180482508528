"""The pairs that a sentence tells in its running words."""

from collections.abc import Iterator

from .. import rules
from ..judging import Judged, Sentence
from ..names.plausible import is_body
from ..text import Text
from .after import after_amount, each_of
from .before import beside, by_receiving, given_to, in_parentheses, with_amount
from .earlier import Earlier
from .pair import Pair
from .series import goes_on, in_series, respectively, same_breath
from .wholes import after_instalments, givers, own_money, totals


def pair_sentence(text: Text, sentence: Sentence, earlier: Earlier) -> list[Pair]:
    """The pairs that a sentence tells in its running words."""
    pairs: list[Pair] = []
    candidates = [judged for judged in sentence.amounts if judged.reason in ("", "total") and not judged.taken]
    for judged in sentence.amounts:
        if judged.reason not in ("envelope", "part") or judged.scope != "act":
            continue
        pair = after_amount(text, judged)
        if pair and (is_body(text, pair.name) or (judged.reason == "part" and pair.strength > 0.9)):
            judged.reason = ""
            candidates.append(judged)
    candidates.sort(key=lambda judged: judged.mention.start)
    pairs += own_money(text, sentence)
    if rules.any_of("refused").search(text.flat, sentence.start, sentence.end):
        for judged in sentence.amounts:
            if judged in candidates or judged.reason == "requested":
                judged.reason = "refused"
        return []
    if not candidates or sentence.scope in ("before", "cumulative", "other_programme", "other_act"):
        candidates = [judged for judged in candidates if judged.scope in ("act", "aside")]
    pairs += respectively(text, sentence, candidates)
    done = {id(pair.judged) for pair in pairs}
    used: set[int] = set()
    totals(text, candidates)
    candidates = [judged for judged in candidates if judged.reason != "total" or not judged.of_all]
    after_instalments(text, sentence, candidates)
    givers(text, candidates)
    candidates = [judged for judged in candidates if judged.reason != "funder"]
    for judged in candidates:
        if id(judged) in done:
            continue
        pair = _pair(text, judged, pairs, used, earlier)
        if pair is not None and sentence.title and pair.how == "beside" and not is_body(text, pair.name):
            pair = None  # « Patrimoine religieux : 2,1 M$ … »: what the title is about
        if pair is not None and judged.reason == "total" and not (pair.more or pair.how in ("receives", "paren")):
            pair = None
        if pair is not None:
            used.add(pair.name.start)
            pairs.append(pair)
            earlier.recipient, earlier.recipient_at = pair.name, judged.mention.end
    return pairs + list(same_breath(text, candidates, pairs))


def _pair(text: Text, judged: Judged, earlier_pairs: list[Pair], used: set[int], earlier: Earlier) -> Pair | None:
    found = [
        pair
        for pair in _both_sides(text, judged, earlier, earlier_pairs)
        if pair.name.start not in used or pair.how == "earlier"
    ]
    if found:
        return max(found, key=lambda pair: pair.strength)
    return goes_on(text, judged, earlier_pairs)


def _both_sides(text: Text, judged: Judged, earlier: Earlier, pairs: list[Pair]) -> Iterator[Pair]:
    if pair := in_parentheses(text, judged):
        yield pair
        return
    if pair := each_of(text, judged) or after_amount(text, judged):
        yield pair
    if pair := by_receiving(text, judged, earlier) or with_amount(text, judged):
        yield pair
    if pair := in_series(text, judged, pairs):
        yield pair
    if pair := given_to(text, judged, earlier):
        yield pair
    if pair := beside(text, judged):
        yield pair
