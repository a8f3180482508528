"""Whether an amount without a recipient is a total: of the act, of one funder, of all the projects."""

import re
from bisect import bisect_left

from .. import rules
from ..judging import Judged
from ..mention import Mention
from ..names.words import is_word
from ..pairs.windows import subject
from ..text import Text

OF_ALL = re.compile(
    r"\b(?:couts? tot\w*|(?:les|leurs|des|ces|its|their|the|all) (?:\w+ )?(?:projets|projects|investissements|investments|travaux)|total (?:cost|value)|ensemble)\b"
)


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
    if re.match(r" ?:", after) or re.search(
        r"\b(?:they|ils|elles|ceux-ci|celles-ci) (?:se )?(?:\w+ )?(?:receive|recoivent|recevront|obtiennent|partage)",
        before,
    ):
        return True
    for hit in rules.hits("toward", after):
        word = re.match(
            r"[ ]*(?:(?:la|le|les|l'|des|the|plusieurs|divers|differents?|several|various) ?)?([a-z-]+)",
            after[hit.end :],
        )
        if word and is_word("no_name", word[1]):
            return True
    if (
        rules.any_of("receives").search(before[-60:])
        or rules.any_of("aid_noun").search(before[-60:])
        or rules.any_of("giver").search(before[-60:])
    ):
        return True
    return bool(
        re.match(
            r"[ ]*(?:en|in|d'|de|of) ?(?:aides?|subventions?|soutien|funding|contributions?|support|assistance|financement)",
            after,
        )
    )


def receives_it(text: Text, judged: Judged, count: Mention) -> bool:
    """Whether a count stands where a recipient would: « 2,1 M$ à cinq fabriques », « Sept incubateurs se partagent 9,6 M$ »."""
    if count.measure not in ("", "other", "supported", "recipients"):
        return False
    mention = judged.mention
    if count.start >= mention.end:
        between = text.flat[mention.last : count.whole]
        if len(between) > 45:
            return False
        if re.search(r"\b(?:pour|for)(?: les| ces| the| these)? ?$", between) and not _can_receive(count.noun):
            return False
        return bool(
            re.search(r"\b(?:a|aux|entre|pour|to|among|for|between|parmi)(?: les| ces| the| these)? ?$", between)
        ) and not re.search(r"[.;:]", between)
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
    return bool(
        re.search(
            r"\b(?:cette|cet|ce|this|the|la|l') ?(?:\w+ ){0,2}(?:de |of )?$",
            text.flat[judged.left : judged.mention.whole],
        )
    )


def invests_itself(text: Text, judged: Judged, names: set[str]) -> bool:
    """« Fonderie du Lac investira 21 millions »: not a government's money."""
    before = text.flat[judged.left : judged.mention.whole]
    verb = list(re.finditer(r"\binvest(?:it|ira|issent|iront|ir|s|ing|ed)?\b", before))
    if not verb:
        return False
    giver = subject(text, judged.left, judged.left + verb[-1].start())
    return giver is not None and giver.value in names
