"""Recipients and amounts told by the build of the text: items of lists, rows of tables, labelled records, headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from . import rules
from .blocks import Block
from .judging import Judged, Sentence
from .names import LINKS, Name, is_body, is_place, is_word, name_from
from .pairing import Earlier, Pair, after_amount, name_ending, pair_sentence
from .text import Text

LABEL = re.compile(r"(?P<label>[A-Za-zÀ-ÿ' ()$./-]{3,45}?)[ ]*:[ ]*(?P<value>\S.*)", re.DOTALL)
MONEY_ONLY = 26  # characters that may stand beside an amount that is alone on its line
COVERED = 0.55  # the share of a line that a name takes when the line is its heading
NAME_LINE = 130
CLOSES = re.compile(
    r"(?:faits saillants|quick facts|citations?|quotes?|liens|associated|related|a propos|about|contacts?|sources?|renseignements|information)\b"
)
EACH = re.compile(r"\b(?:chacune?s?|each|apiece)\b")


@dataclass(slots=True)
class Unit:
    """A block with its sentences."""

    block: Block
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def amounts(self) -> list[Judged]:
        return [judged for sentence in self.sentences for judged in sentence.amounts]

    @property
    def candidates(self) -> list[Judged]:
        return [
            judged
            for judged in self.amounts
            if judged.reason in ("", "total") and judged.scope == "act" and not judged.taken
        ]


@dataclass(slots=True)
class Structured:
    """What the build of a text gives: pairs, names without amounts, and the blocks that are used up."""

    pairs: list[Pair] = field(default_factory=list)
    unpaid: list[Pair] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def units_of(blocks: list[Block], sentences: list[Sentence]) -> list[Unit]:
    """The blocks with their sentences."""
    units = [Unit(block) for block in blocks]
    for sentence in sentences:
        units[sentence.number].sentences.append(sentence)
    return units


# Items of lists


def item_pairs(text: Text, units: list[Unit], earlier: Earlier) -> Structured:
    """The pairs of the items of lists; a name alone among recipients is one without an amount."""
    found = Structured()
    several = len(list(runs(units, "item"))) > 1
    for run in runs(units, "item"):
        paired: dict[int, list[Pair]] = {}
        alone: dict[int, Pair] = {}
        for unit in run:
            if label_of(text, unit.block):
                continue
            pairs, name = _item(text, unit, earlier)
            if pairs:
                paired[id(unit)] = pairs
            elif name is not None:
                alone[id(unit)] = name
        if len(paired) > 1:
            for unit in run:
                if id(unit) not in paired and (pair := _lower_case(text, unit)):
                    paired[id(unit)] = [pair]
        intro = _intro(text, units, run[0])
        each = _amount_for_each(text, units, run[0]) if not paired else None
        if several:
            _heading_sum(units, run[0], [pair for pairs in paired.values() for pair in pairs])
        for unit in run:
            if id(unit) in paired:
                found.pairs += paired[id(unit)]
                found.used.add(unit.block.start)
            elif id(unit) in alone:
                pair = alone[id(unit)]
                if each is not None:
                    found.pairs.append(Pair(each, pair.name, "each", 0.9, project=pair.project))
                    found.used.add(unit.block.start)
                elif (paired or intro) and pair.name.quality >= 0.85 and not any(j.reason == "" for j in unit.amounts):
                    found.unpaid.append(pair)
                    found.used.add(unit.block.start)
    return found


def _heading_sum(units: list[Unit], first: Unit, pairs: list[Pair]) -> None:
    """Mark the amount of the heading above a list that is the sum of the list."""
    place = next(number for number, unit in enumerate(units) if unit is first)
    if place == 0 or len(pairs) < 2 or (units[place - 1].sentences and units[place - 1].sentences[0].title):
        return
    total = sum((pair.judged.mention.value for pair in pairs if pair.judged), Decimal(0))
    above = units[place - 1]
    for judged in above.candidates:
        if judged.mention.value == total and above.block.kind == "heading":
            judged.reason = "subtotal"


def runs(units: list[Unit], kind: str) -> Iterator[list[Unit]]:
    """The runs of neighbouring blocks of one kind."""
    run: list[Unit] = []
    for unit in units:
        if unit.block.kind == kind:
            run.append(unit)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _item(text: Text, unit: Unit, earlier: Earlier) -> tuple[list[Pair], Pair | None]:
    """The pairs of an item, or the name that it begins with."""
    candidates = unit.candidates
    if candidates and candidates[0].mention.whole <= unit.block.start + 2:
        return _amount_first(text, unit, candidates), None
    name = head_name(text, unit.block, candidates[0].mention.whole if candidates else 0)
    if name is not None and candidates and re.search(r"[:(–-][ ]*$", text.plain[name.after : candidates[0].mention.whole]):
        name.quality = max(name.quality, 0.85)
    if name is None:
        return _told(text, unit, earlier), None
    if not candidates:
        return [], Pair(None, name, "item", 0.85)
    if name.end > candidates[0].mention.whole:
        return _told(text, unit, earlier), None
    told = _told(text, unit, earlier)
    verb = rules.first("giver", text.flat, name.after, min(name.after + 14, unit.block.end))
    if verb and not re.search(r"[,(:–]", text.flat[name.after : verb.start]):
        # « Hydro-Québec verse à la Coopérative … »: the name gives.
        for judged in candidates:
            if not any(pair.judged is judged for pair in told):
                judged.reason = "other_money"
        return [pair for pair in told if pair.name.value != name.value], None
    if any(pair.how in ("paren", "receives", "given", "after") and pair.name.quality > name.quality for pair in told):
        return told, None
    return _chosen(text, unit, name, candidates, told), None


def _lower_case(text: Text, unit: Unit) -> Pair | None:
    """« b-side audio : 85 000 $ » among items that are recipients: a name without a capital."""
    candidates = unit.candidates
    if len(candidates) != 1:
        return None
    found = re.match(r"([a-z][^:–$()]{2,50}?)[ ]*[:–][ ]*$", text.plain[unit.block.start : candidates[0].mention.whole])
    if not found:
        return None
    start = unit.block.start
    return Pair(candidates[0], Name(found[1], start, start + len(found[1]), 0.8, after=start + len(found[1])), "item", 0.9)


def head_name(text: Text, block: Block, limit: int = 0) -> Name | None:
    """The name that a block begins with, before `limit`; None where it begins with something else."""
    name = name_from(text, block.start, limit or block.end, whole=True)
    if name is None or name.quality < 0.5:
        return None
    first = re.match(r"(?:l'|d'|[a-z]+)", text.flat[name.start : name.end])
    if first and is_word("activity", first[0]):
        return None
    # Only the start of the line gives the capital: without another one, or a word for a body, it may be anything.
    words = name.value.split()
    if not any(word[:1].isupper() or word[:1].isdigit() or re.match(r"[dl]['’][A-ZÀ-Ý]", word) for word in words[1:]):
        plain_word = re.fullmatch(r"[A-ZÀ-Ý][a-zà-ÿ'-]+", words[0])
        if plain_word and len(words) > 4 and not is_word("head", text.flat[name.start : name.end].split()[0]):
            name.quality = min(name.quality, 0.7)
    return name


def _amount_first(text: Text, unit: Unit, candidates: list[Judged]) -> list[Pair]:
    """« 2 M$ à Palco », « 2 M$ : Palco », « 2 M$ – Palco »."""
    judged = candidates[0]
    if pair := after_amount(text, judged):
        return [pair]
    mark = re.match(r"[ )]*(?:[:–|]|-|,)[ ]*", text.plain[judged.mention.last : unit.block.end])
    if mark:
        name = name_from(text, judged.mention.last + mark.end(), unit.block.end)
        if name and name.quality >= 0.85:
            return [Pair(judged, name, "item", 0.88)]
    return []


def _told(text: Text, unit: Unit, earlier: Earlier) -> list[Pair]:
    return [pair for sentence in unit.sentences for pair in pair_sentence(text, sentence, earlier)]


def _chosen(text: Text, unit: Unit, name: Name, candidates: list[Judged], told: list[Pair]) -> list[Pair]:
    """The amounts of an item that go to the name it begins with."""
    strength = 0.95
    if len(candidates) == 1:
        return [Pair(candidates[0], name, "item", strength)]
    if len({(pair.name.value) for pair in told}) > 1:
        return told
    by_size = sorted(candidates, key=lambda judged: judged.mention.value)
    if sum((judged.mention.value for judged in by_size[:-1]), Decimal(0)) == by_size[-1].mention.value:
        for part in by_size[:-1]:
            part.reason = "instalment"
        return [Pair(by_size[-1], name, "item", strength)]
    totals = [judged for judged in candidates if judged.reason == "total"]
    if len(totals) == 1:
        for part in candidates:
            if part is not totals[0]:
                part.reason = "instalment"
        return [Pair(totals[0], name, "item", strength)]
    at_end = [
        judged
        for judged in candidates
        if re.match(r"[ ]*\)?[ ]*[.;,]?[ ]*$", text.plain[judged.mention.last : unit.block.end])
    ]
    in_paren = [judged for judged in at_end if text.plain[: judged.mention.whole].rstrip().endswith("(")]
    if in_paren:
        return [Pair(in_paren[-1], name, "item", strength)]
    aided = [
        judged
        for judged in candidates
        if rules.any_of("aid_noun").search(text.flat, max(judged.left, judged.mention.whole - 60), judged.mention.whole)
    ]
    if len(aided) >= 1:
        return [Pair(judged, name, "item", strength) for judged in aided]
    beside_name = candidates[0] if candidates[0].mention.whole - name.after < 8 else None
    return [Pair(beside_name or candidates[0], name, "item", strength if beside_name else 0.5)]


def _intro(text: Text, units: list[Unit], first: Unit) -> bool:
    """Whether what stands before a list says that it is one of recipients."""
    place = next(number for number, unit in enumerate(units) if unit is first)
    for unit in units[max(0, place - 2) : place]:
        flat = text.flat[unit.block.start : unit.block.end]
        if rules.any_of("recipients_intro").search(flat):
            return True
        if any(mention.measure == "recipients" for sentence in unit.sentences for mention in sentence.mentions):
            return True
    return False


def _amount_for_each(text: Text, units: list[Unit], first: Unit) -> Judged | None:
    """« Un montant de 20 000 $ est accordé à chacun : », followed by the names."""
    place = next(number for number, unit in enumerate(units) if unit is first)
    for unit in units[max(0, place - 1) : place]:
        if EACH.search(text.flat, unit.block.start, unit.block.end) and unit.candidates:
            return unit.candidates[-1]
    return None


# Tables


def row_pairs(text: Text, units: list[Unit]) -> Structured:
    """The pairs of the rows of tables."""
    found = Structured()
    for run in runs(units, "row"):
        columns = _columns(text, run) or [""] * max(len(unit.block.cells) for unit in run)
        if "amount" not in columns:
            columns = _by_sum(text, units, run, columns)
        waiting: tuple[int, int] | None = None
        for unit in run:
            found.used.add(unit.block.start)
            pairs = _row(text, unit, columns, waiting)
            for pair in pairs:
                (found.pairs if pair.judged else found.unpaid).append(pair)
            waiting = _unfinished(text, unit) if not pairs else None
    return found


LONGEST_TITLE = 120  # characters of a column's title or a field's label


def column_kind(text: Text, start: int, end: int) -> str:
    """What a title or label says that its column or value is; "" for other words."""
    if end - start > LONGEST_TITLE:
        return ""
    flat = re.sub(r"[ ]*(?:\(.*\)|\$|:)[ ]*$", "", text.flat[start:end].strip(" |*:"))
    for rule in rules.of("column"):
        if rule.pattern.fullmatch(flat):
            return rule.says
    return ""


def _columns(text: Text, run: list[Unit]) -> list[str]:
    """The kinds of the columns that a row of titles gives."""
    for unit in run[:2]:
        kinds = [column_kind(text, start, end) for start, end in unit.block.cells]
        if sum(bool(kind) for kind in kinds) >= 2 or (len(kinds) == 2 and any(kinds) and not unit.amounts):
            return kinds
    return []


def _by_sum(text: Text, units: list[Unit], run: list[Unit], columns: list[str]) -> list[str]:
    """Which column holds what was granted where no title says so: the one whose sum the text states."""
    inside = {id(unit) for unit in run}
    stated = {judged.mention.value for unit in units if id(unit) not in inside for judged in unit.amounts}
    for column in reversed(range(len(columns))):
        values = [
            judged.mention.value
            for unit in run
            if len(unit.block.cells) == len(columns) and not _is_total_row(text, unit)
            for judged in unit.amounts
            if unit.block.cells[column][0] <= judged.mention.start < unit.block.cells[column][1]
        ]
        if len(values) > 1 and sum(values) in stated:
            return [*columns[:column], "amount", *columns[column + 1 :]]
    return columns


def _is_total_row(text: Text, unit: Unit) -> bool:
    return bool(re.match(r"(?:sous-|grand )?total|subtotal|somme|ensemble\b", text.flat[unit.block.start : unit.block.end]))


def _unfinished(text: Text, unit: Unit) -> tuple[int, int] | None:
    """Where the name stands in a row whose amounts come on the next line."""
    if unit.amounts or sum(bool(column_kind(text, *cell)) for cell in unit.block.cells) > 1:
        return None
    return next((cell for cell in unit.block.cells if (name := _cell_name(text, *cell)) and name.quality >= 0.8), None)


def _total_row(text: Text, unit: Unit, columns: list[str]) -> None:
    """The amounts of a row of totals: what was granted in all, what all the projects cost."""
    sub_total = text.flat.startswith(("sous", "sub"), unit.block.start)
    kinds = columns[-len(unit.block.cells) :]
    for judged in unit.amounts:
        at = next((n for n, cell in enumerate(unit.block.cells) if cell[0] <= judged.mention.start < cell[1]), 0)
        kind = kinds[at] if at < len(kinds) else ""
        judged.reason = "subtotal" if sub_total else "project_cost" if kind == "cost" else "total" if kind in ("amount", "") else kind
        judged.of_all = True


def _row(text: Text, unit: Unit, columns: list[str], waiting: tuple[int, int] | None = None) -> list[Pair]:
    cells = unit.block.cells
    if [column_kind(text, *cell) for cell in cells] == columns and columns:
        return []
    if _is_total_row(text, unit):
        _total_row(text, unit, columns)
        return []
    kinds = columns if len(columns) == len(cells) else columns[-len(cells) :] if len(columns) > len(cells) and waiting else [""] * len(cells)
    name_at = next((cell for cell, kind in zip(cells, kinds, strict=True) if kind == "name"), None)
    name = (
        _cell_name(text, *name_at)
        if name_at
        else next(filter(None, (_cell_name(text, *cell) for cell in cells if not _holds_money(unit, cell))), None)
    )
    if waiting is not None and unit.amounts:
        cut = text.flat[waiting[0] : waiting[1]].split()[-1] in LINKS or text.plain[cells[0][0]].islower()
        name = name_from(text, waiting[0], cells[0][1] if cut else waiting[1], cell=True)
    if name is None or name.quality < 0.5:
        return []
    amounts = [judged for judged in unit.amounts if judged.reason != "part"]
    in_column = [
        judged
        for judged in amounts
        for cell, kind in zip(cells, kinds, strict=True)
        if kind == "amount" and cell[0] <= judged.mention.start < cell[1]
    ]
    for judged in amounts:
        for cell, kind in zip(cells, kinds, strict=True):
            if kind == "cost" and cell[0] <= judged.mention.start < cell[1]:
                judged.reason = "project_cost"
    if len(in_column) > 1:
        whole = [one for one in in_column if sum(other.mention.value for other in in_column if other is not one) == one.mention.value]
        in_column = [one for one in in_column if one not in whole] if len(in_column) > 2 else in_column
    if in_column:
        chosen, strength = in_column[-1], 0.96
        for judged in in_column:
            judged.reason = ""
    elif not amounts:
        return [Pair(None, name, "row", 0.8)] if "amount" in columns and len(cells) == len(columns) else []
    else:
        free = [judged for judged in amounts if judged.reason in ("", "total")]
        if not free:
            return []
        chosen, strength = free[-1], 0.93 if len(free) == 1 else 0.5
    pairs = [Pair(judged, name, "row", strength) for judged in in_column or [chosen]]
    for pair in pairs:
        pair.project = _cell_of("project", text, cells, kinds)
        pair.place = _cell_of("place", text, cells, kinds)
    return pairs


def _cell_of(wanted: str, text: Text, cells: list[tuple[int, int]], kinds: list[str]) -> str:
    return next((text.plain[cell[0] : cell[1]].strip() for cell, kind in zip(cells, kinds, strict=True) if kind == wanted), "")


def _cell_name(text: Text, start: int, end: int) -> Name | None:
    """A whole cell as a name: what a comma or dash would end goes on here."""
    return name_from(text, start, end, cell=True)


def _holds_money(unit: Unit, cell: tuple[int, int]) -> bool:
    return any(cell[0] <= judged.mention.start < cell[1] for judged in unit.amounts)


# Lines by themselves: « Conseil de la Rive (1) 840 000 $* »

BETWEEN = re.compile(r"[ ]*(?:\([^()]{1,60}\)|[*†]|[.…_ ]{3,})*[ ]*(?:– [A-ZÀ-Ý][^–$|:]{2,45}–|, (?:de |à |d')?[A-ZÀ-Ý][^–$|:,]{2,35}[ ]*[:–]|[:–/-]|\||,)?[ ]*(?:une? (?:aide|somme|subvention|montant) de )?")


def line_pairs(text: Text, units: list[Unit], skip: set[int]) -> list[Pair]:
    """The pairs of lines that hold a name, an amount and nothing between."""
    found = []
    for unit in units:
        block = unit.block
        if block.start in skip or block.kind == "row" or block.end - block.start > 200 or unit.sentences[:1] and unit.sentences[0].title:
            continue
        candidates = unit.candidates
        if len(candidates) != 1 or candidates[0].mention.last < block.end - 12:
            continue
        name = head_name(text, block, candidates[0].mention.whole)
        if name is None or name.quality < 0.8 or column_kind(text, name.start, name.end):
            continue
        between = text.plain[name.after : candidates[0].mention.whole]
        if BETWEEN.fullmatch(text.plain, name.after, candidates[0].mention.whole):
            found.append(Pair(candidates[0], name, "row", 0.92))
        elif re.fullmatch(r"(?:,| \(| –| pour )[^$:]{1,100}[:–][ ]*", between):
            # « Les Films du Cormoran, pour « Les neiges de mai » : 1,25 M$ »
            found.append(Pair(candidates[0], name, "row", 0.9))
    return found


# Records: a name on its line, its amount on another; or labels before both


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


# « Dons de 100 000 $ » above the names that get one each
GIFTS = re.compile(r"(?:dons|bourses|aides|subventions|prix|montants|contributions|grants|awards|gifts|prizes) (?:de|of|d'une valeur de|d'un montant de) \S+[^.]{0,14}$")
TOTAL_LINE = re.compile(r"(?:grand )?total(?: general| accorde| des aides)?[ :]*")


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


def is_body(text: Text, name: Name) -> bool:
    """Whether a name says itself that it is a body's: « Université … », « … inc. »."""
    flat = text.flat[name.start : name.end]
    return is_word("head", flat.split()[0]) or bool(re.search(r"\b(?:inc|ltee|ltd|enr|university|college|association|society|foundation|council|institute|centre|center|museum|school)\b", flat))


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
