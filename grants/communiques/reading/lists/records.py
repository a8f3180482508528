"""Records: a name on its line and its amount on another, or labels before both."""

import re
from dataclasses import dataclass, field

from .. import rules
from ..blocks import Block
from ..judging import Judged
from ..names.finding import name_from
from ..names.name import Name
from ..names.plausible import is_body
from ..pairs.pair import Pair
from ..text import Text
from .columns import column_kind
from .units import Unit, head_name

LABEL = re.compile(r"(?P<label>[A-Za-zÀ-ÿ' ()$./-]{3,45}?)[ ]*:[ ]*(?P<value>\S.*)", re.DOTALL)
MONEY_ONLY = 26  # characters that may stand beside an amount that is alone on its line
COVERED = 0.55  # the share of a line that a name takes when the line is its heading
NAME_LINE = 130
CLOSES = re.compile(rf"(?:{rules.words_of('closes_list')})\b")
# « Dons de 100 000 $ » above the names that get one each
GIFTS = re.compile(rf"(?:{rules.words_of('gifts')}) \S+[^.]{{0,14}}$")
TOTAL_LINE = re.compile(rf"(?:{rules.words_of('total_line')})[ :]*")


@dataclass(slots=True)
class Record:
    """A recipient being told over several lines."""

    name: Name
    lines: int = 0
    start: int = 0
    end: int = 0
    project: str = ""
    pairs: list[Pair] = field(default_factory=list)


def label_of(text: Text, block: Block) -> tuple[str, int] | None:
    """What a labelled line holds (« Bénéficiaire : Palco ») and where its value begins."""
    found = LABEL.match(text.plain, block.start, block.end)
    if not found:
        return None
    kind = column_kind(text, found.start("label"), found.end("label"))
    return (kind, found.start("value")) if kind else None


def record_pairs(text: Text, units: list[Unit], skip: set[int], paired: set[int]) -> list[Pair]:
    """The pairs told line by line. `skip`: blocks used up; `paired`: amounts that have their recipient."""
    found: list[Pair] = []
    record: Record | None = None
    totals, gifts = False, None
    for unit in units:
        block = unit.block
        if block.start in skip:
            record = None if block.kind != "item" else record
            continue
        if labelled := label_of(text, block):
            record = _labelled(text, unit, labelled, record, found)
            continue
        free = [judged for judged in unit.candidates if id(judged) not in paired]
        if unit.sentences and unit.sentences[0].title:
            record = None
            continue
        if TOTAL_LINE.match(text.flat, block.start, block.end):
            totals = True
        if totals and free_amounts(unit):
            for judged in unit.amounts:
                judged.reason = "total"
            totals = False
            record = None
            continue
        if gifts is not None and not unit.amounts and not block.gap:
            name = head_name(text, block)
            if name is not None and name.quality >= 0.8:
                found.append(Pair(gifts, name, "each", 0.88))
                continue
        gifts = None
        if len(unit.amounts) == 1 and GIFTS.match(text.flat, block.start, block.end):
            gifts, record = unit.amounts[0], None
            gifts.reason = ""
            continue
        if not unit.amounts:
            record = _name_line(text, unit, record)
            continue
        if record is None or record.pairs:
            if record is not None and not free:
                continue
            if record is not None and _alone(text, unit):
                record = None
            if record is None:
                continue
            continue
        if any(id(judged) in paired for judged in unit.amounts):
            record = None
            continue
        pair = _of_record(text, unit, record, free)
        if pair is not None:
            record.pairs.append(pair)
            found.append(pair)
    if len([pair for pair in found if pair.how == "section"]) == 1:
        for pair in found:
            if pair.how == "section":
                pair.strength = 0.72
    return found


def free_amounts(unit: Unit) -> bool:
    """Whether a block holds one amount that may be anything."""
    return len(unit.candidates) == 1


def _labelled(
    text: Text, unit: Unit, labelled: tuple[str, int], record: Record | None, found: list[Pair]
) -> Record | None:
    kind, start = labelled
    if kind == "name":
        name = name_from(text, start, unit.block.end, cell=True)
        return Record(name) if name is not None else None
    if kind == "amount" and record is not None and unit.amounts and not record.pairs:
        judged = unit.amounts[0]
        if judged.reason not in ("part",):
            judged.reason = ""
            pair = Pair(judged, record.name, "record", 0.93, project=record.project)
            record.pairs.append(pair)
            found.append(pair)
    if kind == "cost":
        for judged in unit.amounts:
            judged.reason = "project_cost"
    if kind == "project" and record is not None:
        record.project = text.plain[start : unit.block.end].strip()
        for pair in record.pairs:
            pair.project = record.project
    return record


def _name_line(text: Text, unit: Unit, record: Record | None) -> Record | None:
    """A line without an amount: a recipient's name, or more about the one before it."""
    block = unit.block
    flat = text.flat[block.start : block.end]
    if CLOSES.match(flat) or column_kind(text, block.start, block.end):
        return None
    waiting = record is not None and not record.pairs
    if waiting and record is not None and not block.gap and record.lines < 4:
        record.lines += 1
        better = head_name(text, block)
        if better is not None and is_body(text, better) and not is_body(text, record.name):
            record.project = re.sub(r"\s+", " ", text.plain[record.start : record.end]).strip()
            record.name = better
            return record
        if not record.project and block.end - block.start < 200:
            record.project = re.sub(r"\s+", " ", text.plain[block.start : block.end]).strip(' «»"')
        return record
    if block.end - block.start > NAME_LINE:
        return record if waiting and record is not None and record.lines < 4 else None
    name = head_name(text, block)
    if name is None or name.quality < 0.5:
        return None
    rest = text.plain[name.after : block.end].strip()
    if (name.after - block.start) < COVERED * (block.end - block.start) and not re.match(r"[,(–-]", rest):
        return None
    if rest and not re.match(r"[,(–:-]", rest):
        return None
    return Record(name, start=block.start, end=block.end)


def _alone(text: Text, unit: Unit) -> bool:
    """Whether a block is an amount and hardly anything else."""
    said = sum(judged.mention.last - judged.mention.whole for judged in unit.amounts)
    return (unit.block.end - unit.block.start) - said <= MONEY_ONLY


def _of_record(text: Text, unit: Unit, record: Record, free: list[Judged]) -> Pair | None:
    if not free:
        return None
    judged = free[0]
    first = judged.mention.whole <= unit.block.start + 2
    if _alone(text, unit) or first:
        return Pair(judged, record.name, "record", 0.9 if record.name.quality >= 0.8 else 0.62, project=record.project)
    if len(free) > 1:
        aided = [
            one
            for one in free
            if rules.any_of("aid_noun").search(text.flat, max(one.left, one.mention.whole - 60), one.mention.whole)
        ]
        if len(aided) != 1:
            return None
        judged = aided[0]
    if record.name.quality < 0.8:
        return None
    return Pair(judged, record.name, "section", 0.84)
