"""Read a press release: `read(text)` gives every figure and grant with the words that it came from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from grants.values.amounts import ClaimedAmount
from grants.values.folding import fold

from . import figures as told
from . import rules
from .answers import GrantRead, Known, Reading
from .blocks import Block, blocks_of
from .corrections import is_correction, read_corrections
from .details import fill, project_cost_near
from .heading import Heading, is_frame, read_heading
from .judging import Judged, Sentence, judge, sentences_of
from .language import language_of
from .lists import item_pairs, line_pairs, record_pairs, row_pairs, units_of
from .mention import Mention
from .mentions import find_mentions
from .names import is_word
from .pairing import Earlier, Pair, named_only, pair_sentence
from .programme import read_programme
from .text import Text, plain_text

MOST_CHARACTERS = 150_000  # fifty pages: a longer text is no press release, its first part is read
ABOUT = re.compile(r"(?:a propos d|about )")
MOST_ALIKE = 200  # tellings of one name with which another is compared
MOST_ADDED = 500  # pairs among which a total is looked for
LONGEST_EXTENT = 2_000  # characters of a sentence, on each side of an amount, that may speak of it
OPENING = 2_000  # characters that tell the language where a long table of names follows
SURE = 0.7  # a pair below is a question
FOOTER = re.compile(
    r"(?:a propos d|about (?!\d)|source ?:|sources ?:|renseignements|relations? (?:avec les )?(?:media|medias|presse)|pour (?:plus d'|tout )?(?:information|renseignement)|contacts?\b|media (?:contact|relations)|associated links|related (?:links|products)|liens? (?:connexes|utiles)|suivez|follow us|-30-|– 30 –|stay connected)"
)


def read(given: str, known: Known = Known()) -> Reading:  # noqa: B008  (frozen, never changed)
    """Read a text. Never raises, whatever the text; spans are places in `given`."""
    cut = len(given) > MOST_CHARACTERS
    text = plain_text(given[:MOST_CHARACTERS])
    reading = Reading(text=given, cut=cut, language=language_of(text) or language_of(text, 0, OPENING))
    text = replace(text, language=reading.language)
    blocks = blocks_of(text)
    heading = read_heading(text, blocks)
    _write_heading(text, heading, reading)
    if not reading.language:
        return reading
    mentions = find_mentions(text)
    body = _body(text, blocks, heading.title, mentions)
    if programme := read_programme(text, known):
        reading.programme, reading.programme_name = programme
    sentences = sentences_of(text, body, mentions, heading.title)
    amounts = judge(text, sentences)
    pairs, unpaid, listed = _pairs(text, body, sentences, known)
    corrections = read_corrections(text, sentences, pairs, Earlier(text, sentences))
    pairs = [pair for pair in pairs if pair.judged is None or pair.judged.reason != "corrected"]
    reading.corrections = corrections
    grants = _grants(text, pairs + unpaid, amounts, sentences)
    reading.figures = told.once(told.amount_figures(text, amounts, pairs, reading.programme_name) + told.count_figures(text, sentences, listed))
    _decide(text, grants, reading, sentences)
    told.forget_doubtful(reading)
    paired = {id(pair.judged) for pair in pairs}
    reading.not_grants = told.not_grants(text, amounts, [m for s in sentences for m in s.mentions], paired)
    return reading


def _write_heading(text: Text, heading: Heading, reading: Reading) -> None:
    from .answers import Words

    if heading.title is not None:
        start, end = heading.title.start, heading.title.end
        reading.title = Words(re.sub(r"\s+", " ", text.plain[start:end]).strip(), text.span(start, end))
    reading.place = heading.place
    if heading.date is not None:
        reading.date, reading.date_span = heading.date.iso, heading.date_span


def _body(text: Text, blocks: list[Block], title: Block | None, mentions: list[Mention]) -> list[Block]:
    """The blocks that speak of the act: not who to call, not what the ministry is; and one language of two."""
    body: list[Block] = []
    seen, about = 0, False
    for block in blocks:
        if block is not title and is_frame(text, block):
            continue
        if (
            seen > 2
            and FOOTER.match(text.flat, block.start)
            and (block.kind == "heading" or block.end - block.start < 400)
        ):
            if ABOUT.match(text.flat, block.start):
                block.about = about = True
            elif re.match(r"(?:-30-|– 30)", text.flat[block.start : block.start + 10]):
                break
            else:
                continue
        block.about = about
        body.append(block)
        seen += 1
    return _one_language(text, body, mentions)


def _one_language(text: Text, body: list[Block], mentions: list[Mention]) -> list[Block]:
    """A text in French then in English tells everything twice: the first language is read."""
    languages = [language_of(text, block.start, block.end) if block.end - block.start > 60 else "" for block in body]
    first = next((language for language in languages if language), "")
    other = {"fr": "en", "en": "fr"}.get(first)
    turns = [place for place, language in enumerate(languages) if language == other]
    if not turns:
        return body
    turn = turns[0]
    after = [language for language in languages[turn:] if language]
    size = sum(block.end - block.start for block in body[turn:])
    if after.count(first) or size < 0.25 * len(text.plain):
        return body
    if not _same_amounts(mentions, body[turn].start):
        return body  # one block of the other language says little
    # The title of the second part stands before its first long block.
    while turn > 1 and languages[turn - 1] == "" and body[turn - 1].kind == "heading":
        turn -= 1
    return body[:turn]


def _same_amounts(mentions: list[Mention], turn: int) -> bool:
    """Whether what follows a place gives the amounts that stand before it again."""
    before = Counter(mention.value for mention in mentions if mention.kind == "money" and mention.start < turn)
    after = Counter(mention.value for mention in mentions if mention.kind == "money" and mention.start >= turn)
    return bool(before) and (before & after).total() >= 0.6 * before.total()


def _pairs(text: Text, body: list[Block], sentences: list[Sentence], known: Known) -> tuple[list[Pair], list[Pair], set[int]]:
    """The pairs of the whole text, the recipients named without an amount, and the blocks of lists."""
    units = units_of(body, sentences)
    earlier = Earlier(text, sentences)
    rows = row_pairs(text, units)
    items = item_pairs(text, units, earlier)
    pairs = [*rows.pairs, *items.pairs]
    used = rows.used | items.used
    lines = line_pairs(text, units, used)
    pairs += lines
    used |= {pair.judged.sentence.block.start for pair in lines if pair.judged}
    for unit in units:
        if unit.block.start in used:
            continue
        for sentence in unit.sentences:
            if not sentence.about:
                pairs += pair_sentence(text, sentence, earlier)
    told_below = [pair for pair in pairs if pair.judged and not pair.judged.in_title]
    if told_below:
        # « Conseil des arts : 4,2 M$ pour 61 projets »: a title's mark says what it is about, not who receives.
        pairs = [pair for pair in pairs if not (pair.judged and pair.judged.in_title and pair.how == "beside")]
    paired = {id(pair.judged) for pair in pairs}
    pairs += record_pairs(text, units, used, paired)
    pairs = _without_totals(pairs)
    return sorted(pairs, key=lambda pair: pair.judged.mention.start if pair.judged else pair.name.start), [
        *rows.unpaid,
        *items.unpaid,
        *named_only(text, sentences, used),
    ], used


def _without_totals(pairs: list[Pair]) -> list[Pair]:
    """Leave out the amounts that all the others add up to: totals that stood near a name."""
    pairs = [pair for pair in pairs if not (pair.judged and pair.judged.sentence.about)]
    while (total := _total_among(pairs)) is not None:
        for pair in pairs:
            if pair.judged is not None and pair.judged.mention.value == total and pair.how not in SURELY_LISTED:
                pair.judged.reason = "total"
        pairs = [pair for pair in pairs if pair.judged is None or pair.judged.reason != "total"]
    return pairs


SURELY_LISTED = ("item", "row", "record", "each", "paren", "series")


def _total_among(pairs: list[Pair]) -> Decimal | None:
    """The value of a pair that is the sum of the other values (each told value once, however often it is told)."""
    priced = [(pair, pair.judged.mention) for pair in pairs if pair.judged is not None]
    if not 3 <= len(priced) <= MOST_ADDED:
        return None
    for pair, mention in priced:
        if pair.how in SURELY_LISTED:
            continue
        others = {
            (one.name.value, other.value): other.value * (1 + len(one.more) if one.each else 1)
            for one, other in priced
            if other.value != mention.value
        }
        if len(others) > 1 and abs(sum(others.values()) - mention.value) <= min(mention.precision / 2, mention.value / 50):
            return mention.value
    return None


def _grants(text: Text, pairs: list[Pair], amounts: list[Judged], sentences: list[Sentence]) -> list[GrantRead]:
    """The grants of the pairs, each once."""
    made: list[tuple[Pair, GrantRead]] = []
    for pair in sorted(pairs, key=lambda one: one.name.start):
        for name in [pair.name, *(pair.more if pair.each or pair.how == "respectively" else [])]:
            made.append((pair, _grant(text, pair, name, amounts, sentences)))
    return _told_once(made)


def _grant(text: Text, pair: Pair, name: object, amounts: list[Judged], sentences: list[Sentence]) -> GrantRead:
    judged = pair.judged
    own = pair.name if name is pair.name else name
    start, end = _extent(pair, sentences)
    mention = judged.mention if judged else None
    grant = GrantRead(
        recipient=own.value,  # type: ignore[attr-defined]
        amount=mention.value if mention else None,
        span=text.span(min(start, own.start), end),  # type: ignore[attr-defined]
        name_span=text.span(own.start, own.end),  # type: ignore[attr-defined]
        amount_span=text.span(mention.whole, mention.last) if mention else None,
        currency=mention.currency or "CAD" if mention else "CAD",
        funder=pair.funder,
        confidence=round(pair.strength * own.quality, 2),  # type: ignore[attr-defined]
    )
    fill(text, grant, pair, min(start, own.start), end)  # type: ignore[attr-defined]
    if own is not pair.name:
        grant.acronym = own.acronym  # type: ignore[attr-defined]
    if pair.more and not pair.each and pair.how != "respectively":
        grant.note, grant.others = "shared", [one.value for one in pair.more]
    if grant.note == "range":
        grant.confidence = min(grant.confidence, 0.5)
        grant.reasons.append("range")
    grant.project_cost = project_cost_near(pair, amounts, start, end)
    return grant


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
    key = _key(grant.recipient)
    signs = [("name", key), ("name", _own_part(key)), *(("begins", words) for words in _beginnings(key))]
    return [*signs, ("acronym", _key(grant.acronym))] if grant.acronym else signs


def _may_be(grant: GrantRead) -> list[tuple[str, str]]:
    """The signs of the grants that `same_name` may take for the same: it need not be asked about the others."""
    key = _key(grant.recipient)
    signs = [("begins", key), ("acronym", key), ("name", _own_part(key)), *(("name", words) for words in _beginnings(key))]
    return [*signs, ("name", _key(grant.acronym))] if grant.acronym else signs


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
    if a.amount is None or b.amount is None:
        return True
    apart = _block_of(first) != _block_of(second)
    listed = {first.how, second.how} <= {"item", "row", "record"}
    if not apart or listed:
        return first.judged is second.judged
    if a.amount == b.amount:
        return not _adds(second)
    near = max(first.judged.mention.precision, second.judged.mention.precision)  # type: ignore[union-attr]
    hedged = first.judged.mention.qualifier != "exact" or second.judged.mention.qualifier != "exact"  # type: ignore[union-attr]
    return abs(a.amount - b.amount) <= near / (1 if hedged else 2)


def _adds(pair: Pair) -> bool:
    """« Investissement Québec ajoute 175 000 $ pour Palco »: another grant."""
    return pair.judged is not None and pair.how != "item" and bool(pair.funder)


def same_name(a: GrantRead, b: GrantRead) -> bool:
    """Whether two grants go to the same recipient, as far as their names tell."""
    first, second = _key(a.recipient), _key(b.recipient)
    if first == second:
        return True
    for one, other in ((a, b), (b, a)):
        if one.acronym and _key(one.acronym) == _key(other.recipient):
            return True
    shorter, longer = sorted((first.split(), second.split()), key=len)
    if longer[-len(shorter) :] == shorter and is_word("head", longer[0]):
        return True  # « Saint-Pacôme » in the title, « la Municipalité de Saint-Pacôme » below
    return len(shorter) >= 1 and longer[: len(shorter)] == shorter and len(" ".join(shorter)) > 4


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return re.sub(r"^(?:l|le|la|les|the) ", "", fold(name))


def _better(one: tuple[Pair, GrantRead], other: tuple[Pair, GrantRead]) -> tuple[Pair, GrantRead]:
    """Which of two tellings to keep: the one with an amount, more exact, surer."""

    def rank(told_: tuple[Pair, GrantRead]) -> tuple[object, ...]:
        pair, grant = told_
        precision = pair.judged.mention.precision if pair.judged else Decimal(10) ** 15
        return (grant.amount is not None, not (pair.judged and pair.judged.in_title), -precision, grant.confidence)

    return other if rank(other) > rank(one) else one  # type: ignore[operator]


def _decide(text: Text, grants: list[GrantRead], reading: Reading, sentences: list[Sentence]) -> None:
    """Part the grants from the questions, and say whether the text lists all its grants."""
    reading.grants = [grant for grant in grants if grant.confidence >= SURE]
    reading.questions = [grant for grant in grants if grant.confidence < SURE]
    reading.list_complete = bool(reading.grants) and not _says_partial(text, sentences, reading)


def _says_partial(text: Text, sentences: list[Sentence], reading: Reading) -> bool:
    """Whether the text says that it names only some, or counts more recipients than it names."""
    amounts = [grant.amount for grant in reading.grants]
    itemised = sum((amount for amount in amounts if amount is not None), Decimal(0))
    acts = [figure for figure in reading.figures if figure.scope == "act" and figure.nature == "commitment"]
    for figure in acts:
        claim = ClaimedAmount(figure.value, figure.qualifier, figure.precision)
        if figure.measure == "aid" and None not in amounts and claim.allows(itemised) and len(amounts) > 1:
            return False
    named = max(len({_key(grant.recipient) for grant in [*reading.grants, *reading.questions]}), len(amounts))
    counts = [figure.value for figure in acts if figure.measure == "recipients"]
    if counts:
        return max(counts) > named
    spans = [grant.span for grant in reading.grants]
    first = min(span[0] for span in spans)
    return any(
        rules.any_of("partial_list").search(text.flat, sentence.start, sentence.end)
        for sentence in sentences
        if text.at[sentence.end] >= first - 300 and any(g.span[0] <= text.at[sentence.start] + 400 for g in reading.grants)
    )
