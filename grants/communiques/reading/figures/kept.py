"""Which of the figures read are kept: each once, and none that nothing ties to the act."""

from decimal import Decimal

from grants.values.amounts import ClaimedAmount

from ..answers import FigureRead, Reading


def once(figures: list[FigureRead]) -> list[FigureRead]:
    """Each figure once: a title's where the body does not state the same."""
    found: dict[tuple[object, ...], FigureRead] = {}
    for figure in sorted(figures, key=lambda one: (one.in_title, one.span)):
        key = (figure.measure, figure.value, figure.qualifier, figure.scope, figure.nature)
        found.setdefault(key, figure)
    return sorted(found.values(), key=lambda one: one.span)


def forget_doubtful(reading: Reading) -> None:
    """Where a stated total fits what the text lists, leave out the others that do not and that nothing ties to the act:
    an amount somewhere in the text is no claim about its total. A title's stays."""
    amounts = [grant.amount for grant in reading.grants if grant.amount is not None]
    itemised = sum(amounts, Decimal(0))
    totals = [figure for figure in reading.figures if figure.measure == "aid" and figure.scope == "act"]
    if len(amounts) < 1 or not any(_fits(figure, itemised) for figure in totals):
        return
    kept = [figure for figure in totals if figure.in_title or figure.sure or _fits(figure, itemised)]
    reading.figures = [figure for figure in reading.figures if figure not in totals or figure in kept]


def _fits(figure: FigureRead, itemised: Decimal) -> bool:
    return ClaimedAmount(figure.value, figure.qualifier, figure.precision).allows(itemised)
