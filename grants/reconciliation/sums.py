"""What some grants add up to, worked out by PostgreSQL: a million of them never come to Python."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

COMPARED = "CAD"  # the currency in which figures are stated


@dataclass
class Sums:
    """Money in Canadian dollars (None: none known) and counts of grants, recipients and projects."""

    amount: Decimal | None = None
    project_cost: Decimal | None = None
    grants: int = 0
    unknown_amounts: int = 0
    unknown_costs: int = 0
    recipients: int = 0
    projects: int = 0

    def add(self, other: "Sums") -> None:
        """Add another date's sums to these."""
        self.amount = _plus(self.amount, other.amount)
        self.project_cost = _plus(self.project_cost, other.project_cost)
        for name in ("grants", "unknown_amounts", "unknown_costs", "recipients", "projects"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def aggregates(links: QuerySet) -> dict[str, Aggregate]:
    """What to ask of grants in order to make their `Sums`; `links` are those to the projects that count.

    Recipients and named projects may be of several groups: who asks counts them apart.
    """
    # An amount in another currency is as good as unknown beside dollars: it cannot be added to them.
    dollars = Q(currency=COMPARED)
    named = links.values("grant")
    return {
        "total": Sum("amount", filter=dollars),
        "cost": Sum("total_project_cost", filter=dollars),
        "count": Count("pk"),
        "no_amount": Count("pk", filter=Q(amount__isnull=True) | ~dollars),
        "no_cost": Count("pk", filter=Q(total_project_cost__isnull=True) | ~dollars),
        "no_project": Count("pk", filter=~Q(pk__in=named)),
    }


def sums_of(row: dict[str, Any]) -> Sums:
    """The sums that a row of these aggregates says. A grant that names no project funds one that has no name."""
    return Sums(row["total"], row["cost"], row["count"], row["no_amount"], row["no_cost"], 0, row["no_project"])


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None or other is None:
        return one if other is None else other
    return one + other
