"""What a selection of grants answers: how many, how much, by what. Amounts are Canadian dollars."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from grants.models import Organisation


@dataclass(frozen=True, slots=True)
class Sums:
    """How many grants, and what the known amounts in Canadian dollars add up to (None: no such amount).

    `unknown` counts the grants without an amount, `foreign` those with one in another currency: neither is in `total`.
    """

    count: int
    total: Decimal | None
    unknown: int
    foreign: int


NOTHING = Sums(0, None, 0, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """The grants that have one value in common: the value as in an address, and in the reader's words."""

    value: str
    label: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Choice(Group):
    """A group that a reader may ask for or leave out."""

    chosen: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """The choices of a facet that the other filters leave, and those in force, in the facet's own order.

    `size` is how many there are, where only the most frequent were asked for.
    """

    name: str
    label: str
    choices: Sequence[Choice]
    size: int


@dataclass(frozen=True, slots=True)
class RecipientGroup:
    """What one organisation receives in a selection; None stands for all natural persons together."""

    organisation: Organisation | None
    sums: Sums


class BadCursor(ValueError):
    """A place in a list that this registry never gave, or whose record is gone."""
