"""The verdict on one stated value: pure functions over values, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import pgettext_lazy

from grants.values.amounts import ClaimedAmount


class Verdict(models.TextChoices):
    """Whether the parts add up to the whole that was stated."""

    EXACT = "exact", pgettext_lazy("verdict", "exact")
    CONSISTENT = "consistent", pgettext_lazy("verdict", "consistent")
    PARTIAL = "partial", pgettext_lazy("verdict", "partial")
    CONFLICT = "conflict", pgettext_lazy("verdict", "conflict")
    NOTHING = "nothing", pgettext_lazy("verdict", "nothing to compare")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated value beside its parts, all in the unit of the measure.

    `itemised` is the sum of the known parts (None where none is known), `counted` how many parts there are, `missing`
    how many of them have no known value. `difference` is itemised less stated; `to_find` what an incomplete list still
    lacks, never less than zero.
    """

    stated: Decimal | None
    itemised: Decimal | None
    counted: int
    missing: int
    difference: Decimal | None
    to_find: Decimal | None
    verdict: Verdict


def compare(claim: ClaimedAmount | None, parts: Iterable[Decimal | None], *, complete: bool) -> Comparison:
    """Compare a claim with the values of its parts (None: a part whose value is unknown).

    `complete` says that the list of parts claims to be whole. A list with an unknown part is not: its sum may only be
    too high, never too low.
    """
    values = list(parts)
    known = [value for value in values if value is not None]
    itemised = sum(known, Decimal(0)) if known else None
    return compare_total(claim, itemised, counted=len(values), missing=len(values) - len(known), complete=complete)


def compare_total(
    claim: ClaimedAmount | None, itemised: Decimal | None, *, counted: int, missing: int, complete: bool
) -> Comparison:
    """The same where the parts are already added up (None: no part has a known value)."""
    if claim is None:
        return Comparison(None, itemised, counted, missing, None, None, Verdict.NOTHING)
    total = itemised if itemised is not None else Decimal(0)
    verdict = _verdict(claim, itemised, whole=complete and not missing, complete=complete)
    return Comparison(
        stated=claim.value,
        itemised=itemised,
        counted=counted,
        missing=missing,
        difference=None if verdict is Verdict.NOTHING else total - claim.value,
        to_find=max(claim.value - total, Decimal(0)) if verdict is Verdict.PARTIAL else None,
        verdict=verdict,
    )


def compare_count(claim: ClaimedAmount | None, count: int, *, complete: bool) -> Comparison:
    """Compare a stated count with the number of parts entered."""
    return compare_total(claim, Decimal(count) if count else None, counted=count, missing=0, complete=complete)


def _verdict(claim: ClaimedAmount, itemised: Decimal | None, *, whole: bool, complete: bool) -> Verdict:
    if itemised is None:
        # A list that says it is whole and gives no value has nothing to say; one that is not still owes everything.
        return Verdict.NOTHING if complete else Verdict.PARTIAL
    _low, high = claim.bounds()
    if not whole:
        too_much = high is not None and itemised > high
        return Verdict.CONFLICT if too_much else Verdict.PARTIAL
    if not claim.allows(itemised):
        return Verdict.CONFLICT
    # « More than 29 M » met by 29 M exactly is allowed by the words, but not the number that they give.
    return Verdict.EXACT if itemised == claim.value and claim.qualifier != "more_than" else Verdict.CONSISTENT
