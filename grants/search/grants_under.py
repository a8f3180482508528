"""The published grants of one record, for its page: what they add up to, the greatest, how they spread over years."""

from decimal import Decimal
from functools import cached_property

from grants.models import Announcement, Organisation, Programme, Project

from .answers import Sums
from .columns import keeping
from .columns.asking import Asking, Chosen, Received
from .columns.raw import keys_of
from .facets import UNKNOWN
from .filters import grants_funding


class GrantsUnder:
    """Those of a recipient, a programme, an announcement or a project."""

    def __init__(self, record: Organisation | Programme | Announcement | Project) -> None:
        self._columns = keeping.current()
        if isinstance(record, Organisation):
            self._asking = Asking(self._columns, [Received(record.pk)])
        elif isinstance(record, Project):
            self._asking = Asking(self._columns, keys=[keys_of(grants_funding(record))])
        else:
            facet = "programme" if isinstance(record, Programme) else "announcement"
            self._asking = Asking(self._columns, [Chosen(facet, (record.public_id,))])

    @cached_property
    def sums(self) -> Sums:
        """Of all of them."""
        return self._asking.sums

    def greatest(self, size: int) -> list[int]:
        """The primary keys of the greatest ones; those without an amount come last."""
        return [int(key) for key in self._asking.slice("-amount", 0, size)]

    def by_year(self) -> list[tuple[str, Decimal]]:
        """Sums of known amounts in dollars by year, in order; grants without a date are left out."""
        years = zip(self._columns.legends["year"].values, self._asking.by("year").as_sums(), strict=True)
        return sorted((year, sums.total) for year, sums in years if year != UNKNOWN and sums.total is not None)
