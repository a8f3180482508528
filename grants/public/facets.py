"""The facets of a list of grants as a reader sees them: beside the list, and each whole on a page of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from grants.bilingual import current_language
from grants.search.answers import Choice, FacetAnswer, Sums
from grants.search.facets import FACETS, UNKNOWN
from grants.search.grant_selection import GrantSelection
from grants.values import wording
from grants.values.folding import fold

from .lists import ShownChip, chips_of, page_asked_for

FIRST = 6  # values of a facet shown beside the list, the most frequent ones
A_FEW_MORE = 2  # shown rather than sent to another page
OPEN = frozenset({"programme", "year", "region"})  # unfolded before anything is chosen
IN_ORDER = frozenset({"year", "fiscal", "band"})  # values that have an order of their own
ON_A_PAGE = 100
OWN_NAMES = ("find", "order")  # of the page of one facet; no part of the selection


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, worded; `numbers`: how many grants have it and what they add up to."""

    value: str
    label: str
    numbers: str
    chosen: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet beside the list; `href` is the page of all its values, empty where all are here."""

    name: str
    label: str
    values: Sequence[Value]
    in_force: int
    open: bool
    total: int
    href: str


def shown_facets(selection: GrantSelection) -> list[ShownFacet]:
    """All the facets that have anything to choose from, in page order."""
    answers = (selection.facet(name, FIRST, A_FEW_MORE) for name in FACETS)
    return [_shown(answer, selection) for answer in answers if answer.choices]


def _shown(answer: FacetAnswer, selection: GrantSelection) -> ShownFacet:
    choices = answer.choices if answer.name in IN_ORDER else sorted(answer.choices, key=_by_count)
    in_force = sum(choice.chosen or choice.excluded for choice in choices)
    return ShownFacet(
        name=answer.name,
        label=answer.label,
        values=worded(choices),
        in_force=in_force,
        open=bool(in_force) or answer.name in OPEN,
        total=answer.size,
        href="" if len(choices) == answer.size else facet_address(answer.name, selection),
    )


def facet_address(name: str, selection: GrantSelection) -> str:
    """The page of all the values of a facet, within the selection."""
    question = f"?{selection.canonical}" if selection.canonical else ""
    return reverse("public:grant-facet", args=[name]) + question


def _by_count(choice: Choice) -> tuple[bool, int, str]:
    return choice.value == UNKNOWN, -choice.sums.count, choice.label


def worded(choices: Iterable[Choice]) -> list[Value]:
    """Values with their numbers in the page's language."""
    language = current_language()
    unknown = _("not provided")
    return [
        Value(
            choice.value,
            choice.label[:1].upper() + choice.label[1:],
            _numbers(choice.sums, language, unknown),
            choice.chosen,
            choice.excluded,
        )
        for choice in choices
    ]


def _numbers(sums: Sums, language: str, unknown: str) -> str:
    """« 12 · 3 400 $ »: never 0 for amounts that nobody said."""
    count = wording.number(sums.count, language)
    if not sums.count:
        return count
    return f"{count} · {unknown if sums.total is None else wording.money(sums.total, language)}"


# ── The page of one facet ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class LinkedValue:
    """A value on the page of its facet, with the addresses that put it in the selection or take it out."""

    value: Value
    href: str
    exclude: str


class FacetQuestion:
    """What is asked of the page: words to find among the values, an order, and the selection around them."""

    def __init__(self, asked: QueryDict):
        self.find = " ".join(asked.get("find", "").replace("\x00", "").split())[:80]
        self.order = "name" if asked.get("order") == "name" else "count"
        rest = asked.copy()
        for name in OWN_NAMES:
            rest.pop(name, None)
        self.selection = GrantSelection(rest)

    def address(self, question: str, **changes: str) -> str:
        """`?…`: a question of the selection (`?…` too) with what is asked of this page."""
        own = {"find": self.find, "order": self.order, **changes}
        more = urlencode([pair for pair in own.items() if pair[1] and pair != ("order", "count")])
        return "?" + "&".join(filter(None, [question.removeprefix("?"), more]))

    def choices(self, name: str) -> list[Choice]:
        """The values found, in the order asked for."""
        words = fold(self.find).split()
        found = [one for one in self.selection.facet(name).choices if not words or _has(one.label, words)]
        if self.order == "name":
            return sorted(found, key=lambda choice: (choice.value == UNKNOWN, fold(choice.label), choice.value))
        return sorted(found, key=_by_count)


def _has(label: str, words: list[str]) -> bool:
    folded = fold(label)
    return all(word in folded for word in words)


@require_safe
def facet(request: HttpRequest, name: str) -> HttpResponse:
    """All the values of one facet within a selection, each a link that puts it in or takes it out."""
    if name not in FACETS:
        raise Http404
    asked = FacetQuestion(request.GET)
    selection = asked.selection
    paginator = Paginator([] if selection.problems else asked.choices(name), ON_A_PAGE)
    page = page_asked_for(request, paginator)
    return render(request, "grants/pages/facet.html", _context(request, name, asked, page))


def _context(request: HttpRequest, name: str, asked: FacetQuestion, page: Page) -> dict[str, Any]:
    selection, label = asked.selection, str(FACETS[name].label)
    back = reverse("public:grant-list") + (f"?{selection.canonical}" if selection.canonical else "")
    words, found, count = {"facet": label}, page.paginator.count, selection.sums.count
    return {
        "title": _("Choose: %(facet)s") % words,
        "description": _("All the values of “%(facet)s” among the grants, with their counts and sums.") % words,
        "no_index": True,
        "find_label": _("Find among: %(facet)s") % words,
        "asked": asked,
        "problems": selection.problems,
        "chips": [_staying(chip, asked) for chip in chips_of(selection)],
        "clear": asked.address("?"),
        "kept": [] if selection.problems else selection.pairs,
        "values": _linked(name, list(page.object_list), asked),
        "page": page,
        "count_text": ngettext("%(shown)s value", "%(shown)s values", found) % {"shown": _number(found)},
        "orders": [
            (asked.address(selection.address(), order=order), words, order == asked.order)
            for order, words in (("count", _("by number of grants")), ("name", _("by name")))
        ],
        "trail": [(back, _("Grants"))],
        "back": back,
        "back_text": ngettext("See the %(shown)s grant", "See the %(shown)s grants", count) % {"shown": _number(count)},
    }


def _number(value: int) -> str:
    return wording.number(value, current_language())


def _staying(chip: ShownChip, asked: FacetQuestion) -> ShownChip:
    return replace(chip, href=asked.address(chip.href))


def _linked(name: str, choices: Sequence[Choice], asked: FacetQuestion) -> list[LinkedValue]:
    toggled = asked.selection.toggled
    return [
        LinkedValue(
            value,
            asked.address(toggled(name, value.value)),
            asked.address(toggled(name, value.value, exclude=True)),
        )
        for value in worded(choices)
    ]
