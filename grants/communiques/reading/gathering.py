"""The pairs of a whole text: from its lists, tables and records, then its sentences."""

from decimal import Decimal

from grants.values.folding import fold

from .blocks import Block
from .judging import Sentence
from .lists.items import item_pairs
from .lists.lines import line_pairs
from .lists.records import label_of, record_pairs
from .lists.rows import row_pairs
from .lists.units import units_of
from .pairs.earlier import Earlier
from .pairs.named import named_only
from .pairs.pair import Pair
from .pairs.sentence import pair_sentence
from .text import Text

MOST_ADDED = 500  # pairs among which a total is looked for
SURELY_LISTED = ("item", "row", "record", "each", "paren", "series")


def pairs_of(text: Text, body: list[Block], sentences: list[Sentence]) -> tuple[list[Pair], list[Pair], set[int]]:
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
        if label_of(text, unit.block):
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
    return (
        sorted(pairs, key=lambda pair: pair.judged.mention.start if pair.judged else pair.name.start),
        [
            *rows.unpaid,
            *items.unpaid,
            *named_only(text, sentences, used),
        ],
        used,
    )


def without_programme(pairs: list[Pair], names: tuple[str, ...]) -> list[Pair]:
    """Leave out what the programme itself would receive: « PRIMEAU dispose de 1,8 milliard »."""
    programme = {fold(name) for name in names if name}
    for pair in pairs:
        if pair.judged is not None and fold(pair.name.value) in programme and pair.judged.reason == "":
            pair.judged.reason = "envelope" if pair.how in ("receives", "with", "earlier") else "total"
    return [pair for pair in pairs if fold(pair.name.value) not in programme]


def _without_totals(pairs: list[Pair]) -> list[Pair]:
    """Leave out the amounts that all the others add up to: totals that stood near a name."""
    pairs = [pair for pair in pairs if not (pair.judged and pair.judged.sentence.about)]
    while (total := _total_among(pairs)) is not None:
        for pair in pairs:
            if pair.judged is not None and pair.judged.mention.value == total and pair.how not in SURELY_LISTED:
                pair.judged.reason = "total"
        pairs = [pair for pair in pairs if pair.judged is None or pair.judged.reason != "total"]
    return pairs


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
        if len(others) > 1 and abs(sum(others.values()) - mention.value) <= min(
            mention.precision / 2, mention.value / 50
        ):
            return mention.value
    return None
