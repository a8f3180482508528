"""What a visitor chose of a list: its filters, its order, what is wrong with them, and the records that remain.

A page and its downloads make the same Selection of the same question, so they can never show different records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, OrderBy, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from grants.values.partial_dates import PartialDate

from .facets import Facet
from .filters import FacetField, RecordFilter

# Parameters that other sites hang on links, and those of the page itself.
HARMLESS = ("utm_", "fbclid", "gclid", "mc_", "page", "sort", "view", "measure", "period")

Orders = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Chip:
    """One filter in force, in words."""

    name: str
    value: str
    label: str | Promise
    text: str
    excluded: bool = False


class Selection:
    """`orders` maps the public name of an order to the expressions it sorts by (ascending, nulls last)."""

    def __init__(
        self,
        question: QueryDict,
        queryset: QuerySet,
        filters: type[RecordFilter],
        orders: Orders,
        default_sort: str,
    ):
        self.question = question
        self.filter = filters(question, queryset)
        self.orders = orders
        self.default_sort = default_sort

    @property
    def form(self) -> Any:
        return self.filter.form

    @cached_property
    def problems(self) -> list[str]:
        """What is wrong with the question, each in a sentence; empty when all is well."""
        problems = [
            _("%(label)s: %(text)s") % {"label": self._label(name), "text": error}
            if name in self.form.fields
            else error
            for name, errors in self.form.errors.items()
            for error in errors
        ]
        if self.sort.lstrip("-") not in self.orders:
            problems.append(_("This list cannot be sorted by “%(value)s”.") % {"value": self.sort[:80]})
        for name in self._unknown_names():
            problems.append(_("This list has no filter called “%(value)s”.") % {"value": name[:80]})
        return problems

    def _unknown_names(self) -> Iterable[str]:
        return [name for name in self.question if name not in self.form.fields and not name.startswith(HARMLESS)]

    def _label(self, name: str) -> str:
        return str(self.form.fields[name].label)

    @property
    def sort(self) -> str:
        """The order asked for, `-` before it when descending."""
        return self.question.get("sort") or self.default_sort

    @cached_property
    def records(self) -> QuerySet:
        """The records chosen, in order. None at all where the question cannot be understood."""
        if self.problems:
            return self.filter.queryset.none()
        return self.filter.qs.order_by(*self._order())

    def _order(self) -> list[Any]:
        descending = self.sort.startswith("-")
        order: list[Any] = [
            OrderBy(expression, descending=descending, nulls_last=True)
            for expression in self.orders[self.sort.lstrip("-")]
        ]
        return [*order, "-pk" if descending else "pk"]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        if not self.form.is_valid():
            return []
        return [chip for name, value in self.form.cleaned_data.items() for chip in self._chips_of(name, value)]

    def _chips_of(self, name: str, value: Any) -> list[Chip]:
        field = self.form.fields[name]
        if isinstance(field, FacetField):
            facet, excluded = field.facet, name.endswith("_not")
            return [Chip(name, one, facet.label, self.label_of(facet, one), excluded) for one in value]
        if value in (None, "", []):
            return []
        return [Chip(name, self.question.get(name, ""), field.label, self._in_words(name, value))]

    def label_of(self, facet: Facet, value: str) -> str:
        """A facet's value in the reader's words."""
        return facet.label_of(value)

    def _in_words(self, name: str, value: Any) -> str:
        choices = getattr(self.form.fields[name], "choices", None)
        if choices is not None:
            return str(dict(choices).get(value, value))
        return self.filter.words_for(name, value)

    # ── The question as an address ───────────────────────────────────────────────────────────────────────

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """The question without what it leaves open, in a fixed order: one question, one address.

        Where it cannot be understood, as it was asked.
        """
        if self.problems:
            return [(name, one) for name, values in self.question.lists() if name != "page" for one in values]
        found = [
            (name, one)
            for name, value in self.form.cleaned_data.items()
            for one in (value if isinstance(value, tuple) else [_plain(value)])
            if one
        ]
        return found + ([("sort", self.sort)] if self.sort != self.default_sort else [])

    @property
    def canonical(self) -> str:
        """The question as it stands after the « ? » of an address; empty when nothing is asked."""
        return urlencode(self.pairs)

    def address(self, **changes: Any) -> str:
        """`?…`: the question with changes (a value, several, or None to take away), from its first page."""
        pairs = [pair for pair in self.pairs if pair[0] not in changes]
        for name, values in changes.items():
            several = values if isinstance(values, (list, tuple, set, frozenset)) else [values]
            pairs += [(name, str(one)) for one in several if one not in (None, "")]
        order = [*self.form.fields, "sort"]
        pairs.sort(key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair[0]))
        return f"?{urlencode(pairs)}"

    def toggled(self, name: str, value: str, *, exclude: bool = False) -> str:
        """`?…`: the question with that value put in, or taken out where it is in; never both asked and refused."""
        mine, other = (f"{name}_not", name) if exclude else (name, f"{name}_not")
        now, against = self._values(mine), self._values(other)
        changed = now - {value} if value in now else now | {value}
        return self.address(**{mine: sorted(changed), other: sorted(against - {value})})

    def _values(self, name: str) -> set[str]:
        return {one for at, one in self.pairs if at == name}


def _plain(value: Any) -> str:
    """A cleaned value as it stands in an address, the same in both languages."""
    if isinstance(value, Model):
        return value.public_id
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, Decimal):
        return _shortest(value)
    return " ".join(str(value or "").split())


def _shortest(amount: Decimal) -> str:
    """« 2,3 M$ », "2300000" and "2300000.00" are one amount, and stand in one address."""
    written = f"{amount:f}"
    short = written.rstrip("0").rstrip(".") if "." in written else written
    return short if amount else "0"
