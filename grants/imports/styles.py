"""Cells to values, column by column: amounts and dates in the style that the column was found to have."""

import datetime
from decimal import Decimal

from grants.values.amounts import BadAmount, read_amount
from grants.values.folding import fold
from grants.values.partial_dates import BadDate, PartialDate

from .sheets import Value

# Words that stand where nothing is known, folded.
NOTHING = frozenset(
    [
        "ne rien indiquer",
        "n a",
        "na",
        "s o",
        "so",
        "sans objet",
        "neant",
        "non disponible",
        "non applicable",
        "not applicable",
        "not available",
        "nd",
        "n d",
        "nil",
        "null",
        "none",
        "aucun",
        "aucune",
        "nan",
        "vide",
        "non renseigne",
        "non communique",
        "nc",
        "n c",
        "inconnu",
        "unknown",
        "tbd",
        "a venir",
    ]
)


def is_nothing(text: Value) -> bool:
    """Whether a cell says that there is nothing to say: blank, « n/a », « Néant », « - », « Ne rien indiquer »."""
    if text is None:
        return True
    if not isinstance(text, str) or len(text) > 24:
        return False
    folded = fold(text)
    return (
        not folded and text.strip() in ("", "-", "--", "–", "—", "/", ".", "...", "…", "?", "*")
    ) or folded in NOTHING


def cell_amount(cell: Value, style: str = "") -> tuple[Decimal, str | None]:
    """The amount of a cell and the currency that it names. `style` is the column's decimal mark: comma, point or "".

    Raises BadAmount.
    """
    if isinstance(cell, bool) or cell is None or isinstance(cell, datetime.date):
        raise BadAmount(str(cell))
    if isinstance(cell, int | Decimal):
        return Decimal(cell), None
    amount = read_amount(cell)
    return amount.value, amount.currency


def cell_date(cell: Value, style: str = "") -> PartialDate:
    """The date of a cell. `style` is one of ColumnFacts.date_style. Raises BadDate."""
    if isinstance(cell, datetime.date | str):
        return PartialDate.parse(cell)
    if isinstance(cell, int) and not isinstance(cell, bool) and 1500 <= cell <= 2200:
        return PartialDate(cell)
    raise BadDate(str(cell))
