"""A selection of organisations: the filters and orders of their list, answered from memory at any size."""

import numpy as np
from django.db.models import F
from django.http import QueryDict
from django.utils.functional import cached_property

from grants.models import Organisation, SearchKind

from .answers import Sums
from .columns import keeping
from .columns.bodies import KINDS, Bodies
from .columns.raw import REGIONS
from .filters import OrganisationFilter, with_grants
from .orders import spelling
from .selection import Selection
from .words import hits

ORGANISATION_ORDERS = {
    "name": (spelling("name_fr"),),
    "kind": (F("kind"),),
    "region": (F("region__code"),),
    "grants": (F("grant_count"),),
    "granted": (F("granted"),),
}
NONPROFIT = {"yes": 1, "no": 0, "null": -1}


class OrganisationSelection(Selection):
    """`records` streams them from PostgreSQL; pages and counts come from the columns."""

    def __init__(self, question: QueryDict) -> None:
        everyone = with_grants(Organisation.objects.published())
        super().__init__(question, everyone, OrganisationFilter, ORGANISATION_ORDERS, "name")

    @cached_property
    def _bodies(self) -> Bodies:
        return keeping.current_bodies()

    @cached_property
    def _picked(self) -> np.ndarray:
        """Which rows answer."""
        bodies = self._bodies
        found = np.ones(len(bodies.key), dtype=bool)
        if self.problems:
            return ~found
        asked = self.form.cleaned_data
        if asked["role"] != "all":
            found &= bodies.receives
        if asked["kind"]:
            found &= bodies.kind == KINDS.index("" if asked["kind"] == "null" else asked["kind"])
        if asked["region"]:
            found &= bodies.region == (-1 if asked["region"] == "null" else REGIONS.index(asked["region"]))
        if asked["nonprofit"]:
            found &= bodies.nonprofit == NONPROFIT[asked["nonprofit"]]
        if asked["q"].strip():
            there = np.zeros(len(found), dtype=bool)
            there[bodies.rows_of(hits(asked["q"], SearchKind.ORGANISATION))] = True
            found &= there
        return found

    @cached_property
    def count(self) -> int:
        """How many organisations were chosen."""
        return int(np.count_nonzero(self._picked))

    def keys(self, start: int, size: int) -> list[int]:
        """The primary keys of `size` organisations from the `start`-th, in the selection's order; then by name."""
        return self._bodies.slice(self._picked, self.sort, start, size)

    def received(self, keys: list[int]) -> dict[int, Sums]:
        """What these organisations receive, by key."""
        return self._bodies.sums(keys)
