"""Numbers where there is little room: three figures and a unit. « 29,2 M$ », "$29.2M", « 12,3 k »."""

from decimal import ROUND_HALF_UP, Context, Decimal

from grants.bilingual import FRENCH, current_language
from grants.values import wording

FIGURES = Context(prec=3, rounding=ROUND_HALF_UP)
# From how much, and the sign in French and in English (a thousand millions is « milliard » and "billion").
UNITS = ((Decimal(10**9), "G", "B"), (Decimal(10**6), "M", "M"), (Decimal(10**3), "k", "k"))
NOTHING = "–"


def short_money(value: Decimal | None) -> str:
    """An amount in Canadian dollars as it fits in a tile or beside an axis. A dash for no amount."""
    if not value:
        return NOTHING
    figures, unit = _scaled(value)
    if current_language() == FRENCH:
        return f"{figures}\N{NO-BREAK SPACE}{unit}$"
    return f"-${figures[1:]}{unit}" if figures.startswith("-") else f"${figures}{unit}"


def short_number(value: Decimal | int | None) -> str:
    """A count, as short. A dash for nothing."""
    if not value:
        return NOTHING
    figures, unit = _scaled(Decimal(value))
    return f"{figures}\N{NO-BREAK SPACE}{unit}" if unit and current_language() == FRENCH else f"{figures}{unit}"


def _scaled(value: Decimal) -> tuple[str, str]:
    """Three figures in the visitor's language, and the unit that they count."""
    rounded = FIGURES.plus(value)  # first: 999 950 is « 1 M », not « 1 000 k »
    language = current_language()
    for size, french, english in UNITS:
        if abs(rounded) >= size:
            return wording.number((rounded / size).normalize(), language), french if language == FRENCH else english
    return wording.number(rounded.normalize(), language), ""
