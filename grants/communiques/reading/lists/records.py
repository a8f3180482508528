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
    records = Records(text, paired)
    for unit in units:
        if unit.block.start not in skip:
            records.line(unit)
        elif unit.block.kind != "item":
            records.record = None
    sections = [pair for pair in records.found if pair.how == "section"]
    if len(sections) == 1:
        sections[0].strength = 0.72
    return records.found


class Records:
    """Reads line by line, knowing of whom the lines tell."""

    def __init__(self, text: Text, paired: set[int]) -> None:
        self.text, self.paired = text, paired
        self.found: list[Pair] = []
        self.record: Record | None = None
        self.gift: Judged | None = None  # what each of the names below gets
        self.totals = False  # a line of totals stands above

    def line(self, unit: Unit) -> None:
        """Read one block."""
        if labelled := label_of(self.text, unit.block):
            self._labelled(unit, *labelled)
        elif (unit.sentences and unit.sentences[0].title) or self._is_total(unit):
            self.record = None
        elif not self._is_gift(unit):
            self._told(unit)

    def _is_total(self, unit: Unit) -> bool:
        """« Total accordé : 2 M$ », on one line or two."""
        if TOTAL_LINE.match(self.text.flat, unit.block.start, unit.block.end):
            self.totals = True
        if not self.totals or len(unit.candidates) != 1:
            return False
        for judged in unit.amounts:
            judged.reason = "total"
        self.totals = False
        return True

    def _is_gift(self, unit: Unit) -> bool:
        """« Dons de 100 000 $ », or one of the names below it."""
        if self.gift is not None and not unit.amounts and not unit.block.gap:
            name = head_name(self.text, unit.block)
            if name is not None and name.quality >= 0.8:
                self.found.append(Pair(self.gift, name, "each", 0.88))
                return True
        self.gift = None
        if len(unit.amounts) == 1 and GIFTS.match(self.text.flat, unit.block.start, unit.block.end):
            self.gift, self.record = unit.amounts[0], None
            self.gift.reason = ""
        return self.gift is not None

    def _told(self, unit: Unit) -> None:
        """A line of a record: a name, or an amount for the name above."""
        record = self.record
        free = [judged for judged in unit.candidates if id(judged) not in self.paired]
        if not unit.amounts:
            self.record = _name_line(self.text, unit, record)
        elif record is not None and record.pairs:
            if free and _alone(unit):
                self.record = None
        elif any(id(judged) in self.paired for judged in unit.amounts):
            self.record = None
        elif record is not None and (pair := _of_record(self.text, unit, record, free)):
            record.pairs.append(pair)
            self.found.append(pair)

    def _labelled(self, unit: Unit, kind: str, start: int) -> None:
        """« Bénéficiaire : Palco », « Montant : 2 M$ », « Projet : … »."""
        record = self.record
        if kind == "name":
            name = name_from(self.text, start, unit.block.end, cell=True)
            self.record = Record(name) if name is not None else None
        elif kind == "amount" and record is not None and unit.amounts and not record.pairs:
            judged = unit.amounts[0]
            if judged.reason != "part":
                judged.reason = ""
                pair = Pair(judged, record.name, "record", 0.93, project=record.project)
                record.pairs.append(pair)
                self.found.append(pair)
        elif kind == "cost":
            for judged in unit.amounts:
                judged.reason = "project_cost"
        elif kind == "project" and record is not None:
            record.project = self.text.plain[start : unit.block.end].strip()
            for pair in record.pairs:
                pair.project = record.project


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


def _alone(unit: Unit) -> bool:
    """Whether a block is an amount and hardly anything else."""
    said = sum(judged.mention.last - judged.mention.whole for judged in unit.amounts)
    return (unit.block.end - unit.block.start) - said <= MONEY_ONLY


def _of_record(text: Text, unit: Unit, record: Record, free: list[Judged]) -> Pair | None:
    if not free:
        return None
    judged = free[0]
    first = judged.mention.whole <= unit.block.start + 2
    if _alone(unit) or first:
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
