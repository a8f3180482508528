"""From pairs to grants: each once, however often the text tells it."""

import re
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from grants.values.folding import fold

from .answers import GrantRead
from .details import fill, project_cost_near
from .judging import Judged, Sentence
from .names.name import Name
from .names.words import is_word
from .pairs.pair import Pair
from .text import Text

MOST_ALIKE = 200  # tellings of one name with which another is compared
LONGEST_EXTENT = 2_000  # characters of a sentence, on each side of an amount, that may speak of it


def grants_of(text: Text, pairs: list[Pair], amounts: list[Judged], sentences: list[Sentence]) -> list[GrantRead]:
    """The grants of the pairs, each once."""
    made: list[tuple[Pair, GrantRead]] = []
    for pair in sorted(pairs, key=lambda one: one.name.start):
        for name in [pair.name, *(pair.more if pair.each or pair.how == "respectively" else [])]:
            made.append((pair, _grant(text, pair, name, amounts, sentences)))
    return _told_once(made)


def _grant(text: Text, pair: Pair, name: Name, amounts: list[Judged], sentences: list[Sentence]) -> GrantRead:
    judged = pair.judged
    start, end = _extent(pair, sentences)
    first, last = _own_words(pair, name, start, end)
    mention = judged.mention if judged else None
    grant = GrantRead(
        recipient=name.value,
        amount=mention.value if mention else None,
        span=text.span(first, last),
        name_span=text.span(name.start, name.end),
        amount_span=text.span(mention.whole, mention.last) if mention else None,
        currency=mention.currency or "CAD" if mention else "CAD",
        funder=pair.funder,
        confidence=round(pair.strength * name.quality, 2),
    )
    fill(text, grant, pair, *_about(pair, name, start, end))
    if name is not pair.name:
        grant.acronym = name.acronym
    if pair.more and not pair.each and pair.how != "respectively":
        grant.note, grant.others = "shared", [one.value for one in pair.more]
    if grant.note == "range":
        grant.confidence = min(grant.confidence, 0.5)
        grant.reasons.append("range")
    if judged is None or _is_listed(pair) or sum(one.reason == "" for one in judged.sentence.amounts) == 1:
        grant.project_cost = project_cost_near(amounts, start, end)
    return grant


def _is_listed(pair: Pair) -> bool:
    return pair.judged is not None and pair.judged.sentence.block.kind in ("item", "row")


def _own_words(pair: Pair, name: Name, start: int, end: int) -> tuple[int, int]:
    """The words of a grant: its whole item or row, else from its name to its amount."""
    judged = pair.judged
    if judged is None or _is_listed(pair):
        return min(start, name.start), end
    if not judged.sentence.start <= name.start < judged.sentence.end:
        return start, end
    return min(name.start, judged.mention.whole), max(name.after, judged.mention.last)


def _about(pair: Pair, name: Name, start: int, end: int) -> tuple[int, int]:
    """The words that may tell more of a grant: not those of the grants before and after it in the sentence."""
    judged = pair.judged
    if judged is None or _is_listed(pair) or not judged.sentence.start <= name.start < judged.sentence.end:
        return min(start, name.start), end
    # What stands before the name is told of the grant before, but in the first of a sentence.
    first = judged.left == judged.sentence.start
    return judged.left if first else min(name.start, judged.mention.whole), max(name.after, judged.right)


def _extent(pair: Pair, sentences: list[Sentence]) -> tuple[int, int]:
    """The words that speak of a pair: an item or row whole, else its sentence."""
    if pair.judged is None:
        holder = next((s for s in sentences if s.block.start <= pair.name.start < s.block.end), None)
        return (holder.block.start, holder.block.end) if holder else (pair.name.start, pair.name.end)
    sentence = pair.judged.sentence
    if sentence.block.kind in ("item", "row"):
        return sentence.block.start, sentence.block.end
    near = pair.judged.mention
    return max(sentence.start, near.whole - LONGEST_EXTENT), min(sentence.end, near.end + LONGEST_EXTENT)


def _told_once(made: list[tuple[Pair, GrantRead]]) -> list[GrantRead]:
    """Leave out what is told again: in the title and the body, in the summary and the list."""
    kept: list[tuple[Pair, GrantRead]] = []
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair, grant in made:
        alike = sorted({place for sign in _may_be(grant) for place in found[sign][:MOST_ALIKE]})
        place = next((place for place in alike if _same(kept[place], (pair, grant))), len(kept))
        if place == len(kept):
            kept.append((pair, grant))
        else:
            kept[place] = _better(kept[place], (pair, grant))
        for sign in _signs(grant):
            found[sign].append(place)
    body = [grant for pair, grant in kept if not (pair.judged and pair.judged.in_title)]
    return [
        grant
        for pair, grant in kept
        # Whom only the title names is what it is about: « 1,3 M$ pour Valbourg ».
        if not body or not (pair.judged and pair.judged.in_title) or any(same_name(grant, other) for other in body)
    ]


def _signs(grant: GrantRead) -> list[tuple[str, str]]:
    """What a grant is found by: its whole name, each beginning of it, its acronym."""
    key = name_key(grant.recipient)
    signs = [("name", key), ("name", _own_part(key)), *(("begins", words) for words in _beginnings(key))]
    return [*signs, ("acronym", name_key(grant.acronym))] if grant.acronym else signs


def _may_be(grant: GrantRead) -> list[tuple[str, str]]:
    """The signs of the grants that `same_name` may take for the same: it need not be asked about the others."""
    key = name_key(grant.recipient)
    signs = [
        ("begins", key),
        ("acronym", key),
        ("name", _own_part(key)),
        *(("name", words) for words in _beginnings(key)),
    ]
    return [*signs, ("name", name_key(grant.acronym))] if grant.acronym else signs


def _own_part(key: str) -> str:
    """« saint pacome » of « municipalite de saint pacome »: what a title says in short."""
    head, _space, rest = key.partition(" ")
    return re.sub(r"^(?:de la|de l|des|de|du|d) ", "", rest) if rest and is_word("head", head) else key


def _beginnings(key: str) -> list[str]:
    """« a », « a b », « a b c »."""
    return [key[: space.start()] for space in re.finditer(" ", key)] + [key]


def _block_of(pair: Pair) -> int:
    return pair.judged.sentence.block.start if pair.judged else pair.name.start


def _same(one: tuple[Pair, GrantRead], other: tuple[Pair, GrantRead]) -> bool:
    (first, a), (second, b) = one, other
    if not same_name(a, b):
        return False
    if first.judged is None or second.judged is None:
        return True
    told, again = first.judged.mention, second.judged.mention
    apart = _block_of(first) != _block_of(second)
    listed = {first.how, second.how} <= {"item", "row", "record"}
    if not apart or listed:
        return first.judged is second.judged
    if told.value == again.value:
        return not _adds(second)
    near = max(told.precision, again.precision)
    hedged = told.qualifier != "exact" or again.qualifier != "exact"
    return abs(told.value - again.value) <= near / (1 if hedged else 2)


def _adds(pair: Pair) -> bool:
    """« Investissement Québec ajoute 175 000 $ pour Palco »: another grant."""
    return pair.judged is not None and pair.how != "item" and bool(pair.funder)


def same_name(a: GrantRead, b: GrantRead) -> bool:
    """Whether two grants go to the same recipient, as far as their names tell."""
    first, second = name_key(a.recipient), name_key(b.recipient)
    if first == second:
        return True
    for one, other in ((a, b), (b, a)):
        if one.acronym and name_key(one.acronym) == name_key(other.recipient):
            return True
    shorter, longer = sorted((first.split(), second.split()), key=len)
    if longer[-len(shorter) :] == shorter and is_word("head", longer[0]):
        return True  # « Saint-Pacôme » in the title, « la Municipalité de Saint-Pacôme » below
    return len(shorter) >= 1 and longer[: len(shorter)] == shorter and len(" ".join(shorter)) > 4


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name folded, its article put aside: what two tellings of one recipient share."""
    return re.sub(r"^(?:l|le|la|les|the) ", "", fold(name))


def _better(one: tuple[Pair, GrantRead], other: tuple[Pair, GrantRead]) -> tuple[Pair, GrantRead]:
    """Which of two tellings to keep: the one with an amount, more exact, surer."""
    return other if _rank(*other) > _rank(*one) else one


def _rank(pair: Pair, grant: GrantRead) -> tuple[bool, bool, Decimal, float]:
    precision = pair.judged.mention.precision if pair.judged else Decimal(10) ** 15
    return grant.amount is not None, not (pair.judged and pair.judged.in_title), -precision, grant.confidence
