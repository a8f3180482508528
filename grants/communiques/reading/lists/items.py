"""Recipients and amounts in the items of lists."""

import re
from decimal import Decimal

from .. import rules
from ..judging import Judged
from ..names.finding import name_from
from ..names.name import Name
from ..pairs.after import after_amount
from ..pairs.earlier import Earlier
from ..pairs.pair import Pair
from ..text import Text
from .records import label_of
from .units import Structured, Unit, head_name, runs, told_in


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


def _item(text: Text, unit: Unit, earlier: Earlier) -> tuple[list[Pair], Pair | None]:
    """The pairs of an item, or the name that it begins with."""
    candidates = unit.candidates
    if candidates and candidates[0].mention.whole <= unit.block.start + 2:
        return _amount_first(text, unit, candidates), None
    name = head_name(text, unit.block, candidates[0].mention.whole if candidates else 0)
    if (
        name is not None
        and candidates
        and re.search(r"[:(–-][ ]*$", text.plain[name.after : candidates[0].mention.whole])
    ):
        name.quality = max(name.quality, 0.85)
    if name is None:
        return told_in(text, unit, earlier), None
    if not candidates:
        return [], Pair(None, name, "item", 0.85)
    if name.end > candidates[0].mention.whole:
        return told_in(text, unit, earlier), None
    told = told_in(text, unit, earlier)
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
    return Pair(
        candidates[0], Name(found[1], start, start + len(found[1]), 0.8, after=start + len(found[1])), "item", 0.9
    )


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
        if rules.first("each", text.flat, unit.block.start, unit.block.end) and unit.candidates:
            return unit.candidates[-1]
    return None
