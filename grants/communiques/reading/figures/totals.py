"""Whether an amount without a recipient is a total: of the act, of one funder, of all the projects."""

import re
from bisect import bisect_left

from .. import rules
from ..judging import Judged
from ..mention import Mention
from ..names.words import is_word
from ..pairs.windows import subject
from ..text import Text

OF_ALL = re.compile(rf"\b(?:{rules.words_of('of_all')})\b")
THEY_RECEIVE = re.compile(rf"\b(?:{rules.words_of('they_receive')})")
IN_AID = re.compile(rf"[ ]*(?:{rules.words_of('in_aid')})")
GIVEN_TO = re.compile(rf"\b(?:{rules.words_of('given_among')})(?: les| ces| the| these)? ?$")
AGAIN = re.compile(rf"\b(?:{rules.words_of('same_again')})$")
TOWARD_WORD = re.compile(r"[ ]*(?:(?:la|le|les|l'|des|the|plusieurs|divers|differents?|several|various) ?)?([a-z-]+)")


def _place(mention: Mention) -> int:
    return mention.start


def is_collective(text: Text, judged: Judged, alone: bool) -> bool:
    """Whether a project cost is that of all the projects of the act (`alone`: its sentence tells of one grant)."""
    if judged.sentence.title or judged.of_all:
        return True
    if judged.sentence.block.kind not in ("item", "row"):
        return not alone or OF_ALL.search(text.flat, judged.sentence.start, judged.mention.whole) is not None
    before = text.flat[max(judged.sentence.start, judged.left - 40) : judged.mention.whole]
    return OF_ALL.search(before) is not None


def is_total(text: Text, judged: Judged) -> bool:
    """Whether an amount without a recipient is the aid of the whole act."""
    mention, sentence = judged.mention, judged.sentence
    after = text.flat[mention.last : min(judged.right, mention.last + 110)]
    before = text.flat[judged.left : mention.whole]
    first = bisect_left(sentence.mentions, judged.left, key=_place)
    for count in sentence.mentions[first : bisect_left(sentence.mentions, judged.right, lo=first, key=_place)]:
        if count.kind != "count":
            continue
        if count.measure in ("recipients", "projects") or receives_it(text, judged, count):
            return True
    if re.match(r" ?:", after) or THEY_RECEIVE.search(before):
        return True
    for hit in rules.hits("toward", after):
        word = TOWARD_WORD.match(after[hit.end :])
        if word and is_word("no_name", word[1]):
            return True
    if any(rules.any_of(of).search(before[-60:]) for of in ("receives", "aid_noun", "giver")):
        return True
    return IN_AID.match(after) is not None


def receives_it(text: Text, judged: Judged, count: Mention) -> bool:
    """Whether a count stands where a recipient would: « 2,1 M$ à cinq fabriques », « Sept villes reçoivent 9 M$ »."""
    if count.measure not in ("", "other", "supported", "recipients"):
        return False
    mention = judged.mention
    if count.start >= mention.end:
        between = text.flat[mention.last : count.whole]
        if len(between) > 45:
            return False
        if re.search(r"\b(?:pour|for)(?: les| ces| the| these)? ?$", between) and not _can_receive(count.noun):
            return False
        return GIVEN_TO.search(between) is not None and not re.search(r"[.;:]", between)
    between = text.flat[count.end : mention.whole]
    return len(between) < 90 and rules.any_of("receives_total").search(between) is not None


def _can_receive(noun: str) -> bool:
    """« pour cinq églises » says what the money is for; « pour dix incubateurs », who receives it."""
    words = noun.split()
    return any(
        is_word(of, word) or is_word(of, word.removesuffix("s"))
        for word in words[:2]
        for of in ("head", "descriptor", "no_name")
    )


def is_repeated(text: Text, judged: Judged) -> bool:
    """« cette aide de 2 M$ permettra … »: an amount told before."""
    return AGAIN.search(text.flat[judged.left : judged.mention.whole]) is not None


def invests_itself(text: Text, judged: Judged, names: set[str]) -> bool:
    """« Fonderie du Lac investira 21 millions »: not a government's money."""
    before = text.flat[judged.left : judged.mention.whole]
    verbs = list(rules.hits("invests", before))
    if not verbs:
        return False
    giver = subject(text, judged.left, judged.left + verbs[-1].start)
    return giver is not None and giver.value in names
