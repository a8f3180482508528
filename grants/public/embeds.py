"""A selection of grants as a small page that other sites may frame: its total, a table, a chart or the map.

Nothing else of the registry can be framed. What is asked beside the selection: `show`, `by` (year, region, recipient…)
and `measure` (amount or count).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from .asking import ask_grants
from .charts import Chart
from .citing import publisher, site_address
from .grants import count_text
from .looking import PERIODS, View
from .measures import AMOUNT, MEASURES
from .references import changed_on, selection_title
from .selection_charts import groups, recipients, years
from .selection_map import region_map

SHOWN = ("chart", "table", "total", "map")
BY = tuple(AMOUNT.captions)
# Of the embed itself, no part of the selection.
OWN = ("show", "by", "measure", "period")


@dataclass(frozen=True, slots=True)
class Embed:
    """One way to embed a selection: its words, its path, and the code to copy."""

    label: str | Promise
    path: str
    code: str


# Words, what is shown, by what, and the height that it takes in pixels.
OFFERED: tuple[tuple[str | Promise, dict[str, str], int], ...] = (
    (gettext_lazy("Chart by year"), {"show": "chart", "by": "year"}, 560),
    (gettext_lazy("Table by region"), {"show": "table", "by": "region"}, 640),
    (pgettext_lazy("embed", "Map of the regions"), {"show": "map"}, 800),
    (gettext_lazy("Total alone"), {"show": "total"}, 260),
)


def codes(selection: Any) -> list[Embed]:
    """The ways to embed a selection."""
    title = selection_title(selection)
    return [_embed(selection, title, *offered) for offered in OFFERED]


def _embed(selection: Any, title: str, label: str | Promise, asked: dict[str, str], height: int) -> Embed:
    pairs = [pair for pair in selection.pairs if pair[0] != "sort"]
    path = f"{reverse('public:grant-embed')}?{urlencode([*pairs, *asked.items()])}"
    # Plain text: it is shown as it is to be copied.
    code = f'<iframe src="{escape(site_address(path))}" title="{escape(title)}" width="100%" height="{height}"'
    return Embed(label, path, f'{code} loading="lazy"></iframe>')


class FramedView(View):
    """A selection as it is drawn inside another site: without links, which would open inside the frame."""

    def narrowed(self, name: str, value: str) -> str:
        return ""

    def page(self, page: str, *args: str) -> str:
        return ""


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """`/aides/integrer/` and `/en/grants/embed/`. A question that cannot be understood answers 400, in words."""
    question = request.GET.copy()
    own = {name: question.pop(name, [""])[-1] for name in OWN}
    selection = ask_grants(question)
    problems = [*selection.problems, *_wrong(own)]
    context = {
        "heading": _("Grants") if problems else selection_title(selection),
        "problems": problems,
        "publisher": publisher(),
        "home_address": site_address(reverse("public:home")),
        "changed": changed_on(),
        **({} if problems else _context(selection, own)),
    }
    response = render(request, "grants/pages/embed.html", context, status=400 if problems else 200)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _wrong(own: dict[str, str]) -> list[str]:
    allowed = {"show": SHOWN, "by": BY, "measure": MEASURES, "period": PERIODS}
    return [
        _("There is nothing to show as “%(value)s”.") % {"value": value[:80]}
        for name, value in own.items()
        if value and value not in allowed[name]
    ]


def _context(selection: Any, own: dict[str, str]) -> dict[str, Any]:
    show, by = own["show"] or "chart", own["by"] or "year"
    view = FramedView(selection, "charts", {"measure": own["measure"], "period": by})
    chart = None if show == "total" or view.is_empty else _chart(view, show, by)
    question = selection.address(sort=None).removeprefix("?")
    return {
        "selection": selection,
        "show": show,
        "chart": chart,
        "sums": selection.sums,
        "count_text": count_text(selection.sums.count),
        "list_address": site_address(reverse("public:grant-list")) + (f"?{question}" if question else ""),
    }


def _chart(view: View, show: str, by: str) -> Chart:
    if show == "map":
        found = region_map(view)
        return Chart(found.chart.caption, found.chart.svg, found.table, found.chart.legend)
    drawn: Callable[[View], Chart] = {"year": years, "fiscal": years, "recipient": recipients}.get(
        by, lambda view: groups(view, by)
    )
    return drawn(view)
