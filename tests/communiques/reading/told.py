"""What the reader says of a text, short enough to stand in a test."""

from grants.communiques.reading.answers import FigureRead, GrantRead, Reading
from grants.communiques.reading.read import read

FRENCH = "Le gouvernement du Québec annonce une aide pour les entreprises de la région.\n\n"
ENGLISH = "The Government of Canada announces funding for the businesses of the region.\n\n"


def as_pairs(grants: list[GrantRead]) -> list[tuple[str, int | None]]:
    return [(grant.recipient, None if grant.amount is None else int(grant.amount)) for grant in grants]


def pairs(words: str, opening: str = FRENCH) -> list[tuple[str, int | None]]:
    """Recipients and amounts of the grants of words that follow an opening, in their order."""
    return as_pairs(read(opening + words).grants)


def only_grant(words: str, opening: str = FRENCH) -> GrantRead:
    [grant] = read(opening + words).grants
    return grant


def figures(words: str, opening: str = FRENCH) -> list[tuple[str, int, str]]:
    """Measure, value and scope of the figures."""
    return [(figure.measure, int(figure.value), figure.scope) for figure in read(opening + words).figures]


def only_figure(words: str, opening: str = FRENCH) -> FigureRead:
    [figure] = read(opening + words).figures
    return figure


def reasons(words: str, opening: str = FRENCH) -> dict[int, str]:
    """Why the numbers that are no grants are none."""
    return {int(left.value): left.reason for left in read(opening + words).not_grants if left.value is not None}


def corrections(words: str, opening: str = FRENCH) -> list[tuple[str, int | None, int]]:
    """Recipient, earlier amount and right amount of the corrections."""
    found = read(opening + words).corrections
    return [(one.recipient, None if one.was is None else int(one.was), int(one.now)) for one in found]


def spans(reading: Reading) -> list[tuple[int, int]]:
    """All the places that a reading points at."""
    grants = [*reading.grants, *reading.questions]
    found = [span for grant in grants for span in (grant.span, grant.name_span, grant.amount_span) if span]
    found += [one.span for one in (*reading.figures, *reading.not_grants, *reading.corrections)]
    found += [one.name_span for one in reading.corrections if one.name_span]
    return found + [words.span for words in (reading.title, reading.place, reading.programme) if words]
