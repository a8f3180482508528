"""Totals that are one funder's."""

import re
from decimal import Decimal

from .. import rules
from ..answers import FigureRead
from ..text import Text


def mark_funders(text: Text, figures: list[FigureRead]) -> None:
    """Mark the totals that are one funder's: each names who gives, and a larger total of the act is stated too."""
    totals = [figure for figure in figures if figure.measure == "aid" and figure.scope == "act"]
    if len(totals) < 2:
        return
    largest = max(figure.value for figure in totals)
    for figure in totals:
        near = figure.precision or Decimal(1)
        if figure.in_title or figure.value >= largest - max(near, largest / 20):
            continue
        giver = _giver(text, figure)
        if rules.any_of("receives").search(giver):
            continue
        if giver and rules.any_of("funder").search(giver):
            figure.scope, figure.of = "funder", giver


def _giver(text: Text, figure: FigureRead) -> str:
    """Who gives the money of a total: the subject of the verb before it."""
    at = next((place for place, given in enumerate(text.at) if given >= figure.span[0]), 0)
    start = max(text.flat.rfind(mark, 0, at) for mark in (". ", "\n", ": ", "; ")) + 1
    verb = rules.first("giver", text.flat, start, at)
    return subject_of_giving(text, start, verb.start if verb else at)


def subject_of_giving(text: Text, start: int, end: int) -> str:
    """The words of who gives between two places, folded."""
    words = re.sub(r"^[ ,]*(?:et |and |le |la |les |l'|the )*", "", text.flat[start:end]).strip(" ,")
    return words[-80:]
