"""Which sheet of a workbook is read."""

from dataclasses import dataclass
from typing import Any

from ..errors import SheetError
from . import hints
from .facts import Doubt, Question, SheetFacts, Wishes
from .headers import Header, find_header
from .workbooks import CHILD_ERRORS


@dataclass
class Candidate:
    """One sheet as the child has told it; `worth` says how much it looks like a list of grants."""

    told: dict[str, Any]
    facts: SheetFacts
    header: Header | None = None
    below: int = 0
    worth: int = 0


@dataclass
class Choice:
    """The sheet chosen, all sheets, and what somebody should know or decide about the choice."""

    chosen: Candidate
    sheets: list[SheetFacts]
    doubts: list[Doubt]
    questions: list[Question]


def choose(told: list[dict[str, Any]], wishes: Wishes) -> Choice:
    """The wished sheet, else the first visible one that looks most like grants. Raises SheetError where none has cells.

    Of two sheets that hold the same rows only the first is read.
    """
    candidates = [_candidate(each, wishes) for each in told]
    if wishes.sheet:
        able = [each for each in candidates if each.facts.name == wishes.sheet]
        if not able:
            raise SheetError(CHILD_ERRORS["missing"])
    else:
        filled = [each for each in candidates if each.facts.rows]
        visible = [each for each in filled if not each.facts.hidden]
        with_rows = [each for each in visible if each.below] or [each for each in filled if each.below]
        able = with_rows or visible or filled
    if not able or not able[0].facts.rows:
        raise SheetError(CHILD_ERRORS["empty"])
    chosen = max(able, key=lambda each: each.worth)
    _mark(candidates, chosen, wishes)
    return Choice(chosen, [each.facts for each in candidates], _doubts(candidates, chosen), _questions(able, chosen))


def _candidate(told: dict[str, Any], wishes: Wishes) -> Candidate:
    facts = SheetFacts(told["sheet"], told["rows"], told["columns"], bool(told["hidden"]))
    candidate = Candidate(told, facts)
    rows = [(number, cells) for number, cells in told["head"]]
    if rows:
        header = find_header(rows, wishes.header_rows if wishes.sheet == facts.name else None)
        candidate.header = header
        if header:
            candidate.below = sum(len(cells) - cells.count(None) > 1 for _number, cells in rows[header.start :])
            promised = {hints.hint(title) for title in header.titles if title}
            candidate.worth = sum(kind in promised for kind in (hints.AMOUNT, hints.NAME, hints.DATE))
            candidate.worth += hints.AMOUNT in promised
    return candidate


def _mark(candidates: list[Candidate], chosen: Candidate, wishes: Wishes) -> None:
    filled = [each for each in candidates if each.facts.rows]
    for each in candidates:
        if each is chosen:
            each.facts.chosen = True
        elif not each.facts.rows:
            each.facts.why_not = "empty"
        elif wishes.sheet:
            each.facts.why_not = "not_wished"
        elif _same(filled, each, chosen):
            each.facts.why_not = "same_data"
        elif each.facts.hidden:
            each.facts.why_not = "hidden"
        elif not each.below:
            each.facts.why_not = "no_rows"
        else:
            each.facts.why_not = "not_first"


def _same(filled: list[Candidate], one: Candidate, other: Candidate) -> bool:
    """Whether the child found one sheet's rows in the other."""
    places = {id(each): place for place, each in enumerate(filled)}
    first, second = sorted((places[id(one)], places[id(other)]))
    return filled[second].told.get("same_as") == first


def _doubts(candidates: list[Candidate], chosen: Candidate) -> list[Doubt]:
    doubts = []
    same = [each.facts.name for each in candidates if each.facts.why_not == "same_data"]
    doubts += [Doubt("same_data", params={"name": name}) for name in same]
    others = [each.facts.name for each in candidates if each.facts.why_not in ("not_first", "hidden", "not_wished")]
    if others:
        doubts.append(Doubt("other_sheets", params={"names": ", ".join(others)}))
    if chosen.facts.hidden:
        doubts.append(Doubt("hidden_sheet"))
    for cell in chosen.told.get("doubts") or []:
        doubts.append(Doubt(cell["kind"], column=cell["cell"]))
    return doubts


def _questions(able: list[Candidate], chosen: Candidate) -> list[Question]:
    """Another sheet may be meant where it looks as much like grants, and holds others."""
    rivals = [each for each in able if each is not chosen and each.below and each.worth >= max(2, chosen.worth - 1)]
    rivals = [each for each in rivals if each.facts.why_not == "not_first"]
    if not rivals:
        return []
    names = [chosen.facts.name, *(each.facts.name for each in rivals)]
    return [Question("sheet", options=names, assumed=chosen.facts.name, evidence=[str(chosen.facts.rows)])]
