"""What all lists share: a selection, its order, its pages, its totals in words, and the same as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View

from grants.exports.columns import SHEETS
from grants.exports.downloads import download
from grants.search.filters import RecordFilter
from grants.search.nearest import did_you_mean
from grants.search.remembered import remembered
from grants.search.selection import Chip, Orders, Selection

from .citing import site_address

PAGE_SIZE = 50


@dataclass(frozen=True)
class Heading:
    """A column of a list: its words, `number` for those set on the right, the order it offers (or none)."""

    label: str | Promise
    sort: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ShownChip:
    """A filter in force, in words, and the address without it."""

    href: str
    label: str
    text: str
    excluded: bool


def chips_of(selection: Selection, **place: str) -> list[ShownChip]:
    """The filters in force; `place` (such as `view`) is kept in their addresses."""
    return [
        ShownChip(_without(selection, chip, place), str(chip.label), chip.text, chip.excluded)
        for chip in selection.chips
    ]


def _without(selection: Selection, chip: Chip, place: dict[str, str]) -> str:
    others = [one.value for one in selection.chips if one.name == chip.name and one is not chip]
    return selection.address(**{chip.name: others}, **place)


class Keys(Sequence[int]):
    """The keys of a selection kept in memory, a page at a time at any depth; for Django's paginator."""

    def __init__(self, selection: Any, count: int):
        self.selection = selection
        self.count_of_keys = count

    def __len__(self) -> int:
        return self.count_of_keys

    def __getitem__(self, wanted: Any) -> Any:
        return self.selection.keys(wanted.start, wanted.stop - wanted.start)


def nearest_question(selection: Selection) -> tuple[str, str] | None:
    """Where the words found nothing: the nearest ones of the registry and the address of that question, or None."""
    words = "" if selection.problems else selection.form.cleaned_data.get("q", "")
    mended = did_you_mean(words) if words else None
    return (mended, selection.address(q=mended)) if mended else None


def page_asked_for(request: HttpRequest, paginator: Paginator) -> Page:
    """The page of the address (`page=2`). One that does not exist is not found."""
    try:
        return paginator.page(request.GET.get("page") or 1)
    except InvalidPage as wrong:
        raise Http404 from wrong


class RecordList(View):
    """A list page; a noun says what is in it. `format` in the address asks for the same as a file."""

    model: ClassVar[Any]
    filters: ClassVar[type[RecordFilter]]
    template: ClassVar[str]
    title: ClassVar[str | Promise]
    description: ClassVar[str | Promise]
    headings: ClassVar[Sequence[Heading]]
    orders: ClassVar[Orders]
    default_sort: ClassVar[str]
    empty: ClassVar[str | Promise]

    def records(self) -> QuerySet:
        """All that the list may show, with what filters and orders need."""
        return self.model.objects.published()

    def shown(self, records: QuerySet) -> QuerySet:
        """The same with what the rows of the page need."""
        return records

    def count_text(self, count: int) -> str:
        """« 9 aides financières »."""
        raise NotImplementedError

    def more(self, selection: Selection, rows: list[Any]) -> dict[str, Any]:
        """What else this list's template needs; `count`, where given, saves a query."""
        return {}

    def get(self, request: HttpRequest, format: str = "") -> HttpResponseBase:
        selection = self.select(request)
        if not format:
            return render(request, self.template, self.page_context(request, selection))
        if selection.problems:
            return self._refuse(request, selection)
        page = request.path.rpartition(".")[0] + "/"
        address = site_address(page + (f"?{selection.canonical}" if selection.canonical else ""))
        return download(SHEETS[self.model], selection.records, format, address, dict(request.GET.lists()))

    def select(self, request: HttpRequest) -> Selection:
        """What the address asks for."""
        return Selection(request.GET, self.records(), self.filters, self.orders, self.default_sort)

    def about(self, request: HttpRequest, selection: Selection) -> dict[str, Any]:
        """What the page of every list needs before its rows."""
        return {
            "title": str(self.title),
            "description": str(self.description),
            "selection": selection,
            "problems": selection.problems,
            "chips": chips_of(selection),
            "clear": request.path,
            "default_sort": self.default_sort,
            "headings": self.headings,
            "empty": self.empty,
        }

    def page_context(self, request: HttpRequest, selection: Any) -> dict[str, Any]:
        """What is on the page."""
        paginator = Paginator(self.shown(selection.records), PAGE_SIZE)
        # The count as the noun counts it: without what only the rows need.
        paginator.count = self.count(selection)
        page = page_asked_for(request, paginator)
        rows = list(page.object_list)
        return {
            **self.about(request, selection),
            "page": page,
            "rows": rows,
            "did_you_mean": None if rows else nearest_question(selection),
            "count_text": self.count_text(paginator.count),
            **self.more(selection, rows),
        }

    def count(self, selection: Selection) -> int:
        """How many records were chosen. The pages of a list have it from the first."""
        asked = ("count", self.model.__name__, *(pair for pair in selection.pairs if pair[0] != "sort"))
        return remembered(asked, lambda: selection.records.order_by().count(), worded=False)

    def _refuse(self, request: HttpRequest, selection: Selection) -> HttpResponse:
        context = {
            "title": _("This file cannot be made"),
            "problems": selection.problems,
            "trail": [(request.path.rpartition(".")[0] + "/", self.title)],
            "no_index": True,
        }
        return render(request, "grants/pages/refused.html", context, status=400)
