"""What a number in a text turns out to be."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with its unit and hedge. Places are those of `Text.plain`.

    `kind`: money, count, percent, date, year, duration, or number (any other; phone numbers, postcodes, ordinals and
    the like are no mentions). Of a date, the value is its year (0 where it names none).
    """

    kind: str
    start: int  # of the number with its unit: « 54,6 millions de dollars », « neuf »
    end: int
    whole: int  # where the expression starts, hedge included: « plus de 29 M$ »
    last: int  # where it ends, what follows the unit included: « 50 000 $ par année », « 25 M$ et plus »
    value: Decimal
    precision: Decimal  # the unit of the last digit as worded: 1 000 000 for « 29 M$ », 100 000 for « 54,6 M$ »
    high: Decimal | None = None  # of a range, whose low end is the value
    qualifier: str = "exact"
    currency: str = ""  # ISO 4217; a bare $ is CAD; "" for what is no money
    per: str = ""  # year, month, unit, each…: « 50 000 $ par année »
    measure: str = ""  # of a count: recipients, projects, made_aware, supported, members, jobs, other; "" unknown
    nature: str = ""  # target or result; "" where the words do not say
    scale: int = 0  # the power of ten of its words: 6 for « 29 M$ »
    noun: str = ""  # what is counted, as `Text.flat` has it
