"""What a visitor chose of a list: its filters, its order, what is wrong with them, and the records that remain.

A page and its downloads make the same Selection of the same question, so they can never show different records.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OrderBy, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from .filters import RecordFilter

# Parameters that other sites hang on links, and those of the page itself.
HARMLESS = ("utm_", "fbclid", "gclid", "mc_", "page", "sort")

Orders = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Chip:
    """One filter in force, in words."""

    name: str
    value: str
    label: str | Promise
    text: str


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
        return [
            Chip(name, self.question.get(name, ""), self.form.fields[name].label, self._in_words(name, value))
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
        ]

    def _in_words(self, name: str, value: Any) -> str:
        choices = getattr(self.form.fields[name], "choices", None)
        if choices is not None:
            return str(dict(choices).get(value, value))
        return self.filter.words_for(name, value)
