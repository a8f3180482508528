"""How a selection of grants is looked at: as charts or map, by amount or count, and the addresses that keep to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from .measures import AMOUNT, MEASURES, Measure

PERIODS = {"year": gettext_lazy("Calendar years"), "fiscal": gettext_lazy("Fiscal years")}


@dataclass(frozen=True, slots=True)
class Switch:
    """One way of looking at the view, and whether it is the one in force."""

    words: str
    href: str
    current: bool


class View:
    """A selection as it is looked at. The measure and the kind of year are of the page, no part of the selection."""

    def __init__(self, selection: Any, name: str, question: Mapping[str, str] | None = None):
        asked = selection.question if question is None else question
        self.selection = selection
        self.name = name
        self.measure: Measure = MEASURES.get(asked.get("measure") or "", AMOUNT)
        self.period = asked.get("period") or ""
        if self.period not in PERIODS:
            self.period = "year"
        self._here = selection.address()

    def staying(self, address: str, **changes: str) -> str:
        """An address of the list with this view of it; nothing stays nothing."""
        if not address:
            return ""
        page = {"view": self.name, "measure": self.measure.code, "period": self.period, **changes}
        usual = {"measure": AMOUNT.code, "period": "year"}
        shown = urlencode({name: value for name, value in page.items() if usual.get(name) != value})
        return f"{address}{'' if address.endswith('?') else '&'}{shown}"

    def narrowed(self, name: str, value: str) -> str:
        """The address of the selection with this value of `name` alone; nothing where it has no other already."""
        changes = {name: [value]} if name == "recipient" else {name: [value], f"{name}_not": None}
        address = self.selection.address(**changes)
        return "" if address == self._here else address

    def page(self, page: str, *args: str) -> str:
        """A page of the same selection; nothing where this site has no such page."""
        try:
            address = reverse(f"public:{page}", args=args)
        except NoReverseMatch:
            return ""
        return f"{address}?{self.selection.canonical}" if self.selection.canonical else address

    @property
    def is_empty(self) -> bool:
        """Nothing to draw: no grant, or a question that cannot be understood."""
        return bool(self.selection.problems) or not self.selection.sums.count

    @property
    def switches(self) -> list[Switch]:
        """Amounts or counts."""
        return [
            Switch(str(one.label), self.staying(self._here, measure=one.code), one is self.measure)
            for one in MEASURES.values()
        ]

    @property
    def periods(self) -> list[Switch]:
        """Calendar years or fiscal years."""
        return [
            Switch(str(words), self.staying(self._here, period=period), period == self.period)
            for period, words in PERIODS.items()
        ]
