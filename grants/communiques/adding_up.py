"""Does a draft add up? What its figures state beside its grants, as the registry would compare them once filed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from grants.models.codes import ListState, Measure, Nature, Qualifier, Scope
from grants.reconciliation.announcements import MEASURES, lines_of
from grants.reconciliation.sums import COMPARED, Sums
from grants.reconciliation.verdicts import Comparison
from grants.values.amounts import ClaimedAmount
from grants.values.folding import fold, organisation_key

from .draft import Draft, FigureDraft, GrantDraft
from .typed import number_or_none, titles_in


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: the claim (None: nobody stated it) with its words and its place among the draft's figures."""

    measure: Measure
    words: str
    claim: ClaimedAmount | None
    comparison: Comparison
    position: int | None = None


@dataclass(frozen=True, slots=True)
class _Stated:
    measure: str
    words: str
    claim: ClaimedAmount
    position: int


def lines(draft: Draft) -> list[Line]:
    """A line per measure that is stated or itemised: aid, recipients, projects, project cost. No query.

    Only what is taken counts; a value that cannot be read (somebody is typing it) counts as unknown.
    """
    stated: Any = list(_stated(draft.figures))
    sums = sums_of(grant for grant in draft.grants if grant.take)
    complete = draft.announcement.list_state == ListState.COMPLETE
    return [_line(line) for line in lines_of(stated, sums, complete=complete)]


def sums_of(grants: Iterable[GrantDraft]) -> Sums:
    """What these grants add up to, in Canadian dollars and counts."""
    sums, recipients, named = Sums(), set(), set()
    for grant in grants:
        dollars = grant.currency == COMPARED
        amount = number_or_none(grant.amount) if dollars else None
        cost = number_or_none(grant.total_project_cost) if dollars else None
        recipient = grant.organisation or organisation_key(grant.name)
        titles = {fold(title) for title in titles_in(grant.project)}
        recipients.add(recipient)
        named |= {(recipient, title) for title in titles}
        # A grant that names no project funds one that has no name.
        sums.add(Sums(amount, cost, 1, int(amount is None), int(cost is None), 0, int(not titles)))
    sums.recipients, sums.projects = len(recipients), sums.projects + len(named)
    return sums


def _stated(figures: list[FigureDraft]) -> Iterable[_Stated]:
    """The claims of this act alone that say what was promised."""
    for position, figure in enumerate(figures):
        of_act = (figure.about, figure.scope, figure.nature) == ("announcement", Scope.ACT, Nature.COMMITMENT)
        value = number_or_none(figure.value)
        if figure.take and of_act and figure.measure in MEASURES and value is not None:
            yield _Stated(figure.measure, figure.wording, _claim(figure, value), position)


def _claim(figure: FigureDraft, value: Decimal) -> ClaimedAmount:
    qualifier = figure.qualifier if figure.qualifier in Qualifier.values else Qualifier.EXACT.value
    return ClaimedAmount(value, qualifier, number_or_none(figure.precision))


def _line(found: Any) -> Line:
    said = found.stated
    if said is None:
        return Line(found.measure, "", None, found.comparison)
    return Line(found.measure, said.words, said.claim, found.comparison, said.position)
