"""What is marked in the text of a communiqué: the lines of its draft, or the passages of the records made of it."""

from collections.abc import Iterable
from typing import Any

from grants.communiques.draft import AmendmentDraft, Draft, FigureDraft, NotGrantDraft
from grants.models import Passage

from .marks import Mark, passage_id
from .sheet import MOST_LEFT, MOST_LINES, may_be_money

# Where the reading tells what the announcement is, and the field that it fills.
FACTS = {
    "date_span": "id_announcement-date",
    "place_span": "id_announcement-place",
    "title_span": "id_announcement-title_fr",
    "programme_span": "id_announcement-programme",
}


def marks_of_draft(draft: Draft, reading: dict[str, Any]) -> list[Mark]:
    """Each line of the draft, and what the reading says of the announcement itself, leading to their fields."""
    marks = [Mark(span[0], span[1], "fact", line) for name, line in FACTS.items() if (span := reading.get(name))]
    for number, grant in enumerate(draft.grants[: MOST_LINES["grants"]]):
        kind = "question" if grant.question and not grant.take else "grant"
        spans = [grant.span, grant.name_span, grant.amount_span]
        marks += [Mark(*span, kind, f"grants-{number}") for span in spans if span]
    for number, figure in enumerate(draft.figures[: MOST_LINES["figures"]]):
        marks += _mark(figure, "figure" if figure.take else "left", f"figures-{number}")
    for number, left in enumerate(draft.not_grants[:MOST_LEFT]):
        marks += _mark(left, "left", f"left-{number}" if may_be_money(left) else "")
    for number, amendment in enumerate(draft.amendments[: MOST_LINES["amendments"]]):
        marks += _mark(amendment, "correction", f"amendments-{number}")
    return marks


def _mark(line: FigureDraft | NotGrantDraft | AmendmentDraft, kind: str, anchor: str) -> list[Mark]:
    return [Mark(*line.span, kind, anchor)] if line.span else []


def marks_of_passages(passages: Iterable[Passage]) -> list[Mark]:
    """The words of the records made, leading to them in the list beside the text."""
    return [
        Mark(one.start, one.end, "grant" if one.grant_id else "figure", f"of-{passage_id(one.start, one.end)}")
        for one in passages
    ]
