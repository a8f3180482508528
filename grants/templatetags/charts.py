"""Charts for templates: `{% load charts %}`, one tag each. Words and tables: public.charts; shapes: public.drawing."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template

from grants.public import charts

register = template.Library()
PART = "grants/parts/chart.html"


@register.inclusion_tag(PART)
def envelope_chart(envelope: Decimal, itemised: Decimal, claimed: Decimal) -> dict[str, Any]:
    """`{% envelope_chart envelope itemised claimed %}`: the envelope against what was granted."""
    return {"chart": charts.envelope_chart(envelope, itemised, claimed)}


@register.inclusion_tag(PART)
def years_chart(totals: Iterable[tuple[int, Decimal | None]], caption: str = "", address: str = "") -> dict[str, Any]:
    """Amounts by year: pairs (year, sum), in the order to show; `address`, the year behind it, makes them links."""
    return {"chart": charts.years_chart(totals, caption, address)}


@register.inclusion_tag(PART)
def amounts_chart(totals: Sequence[tuple[str, Decimal | None]], caption: str, head: str) -> dict[str, Any]:
    """Amounts by anything: pairs (words, sum), in the order to show; `head` names the first column."""
    return {"chart": charts.amounts_chart(totals, caption, head)}


@register.inclusion_tag(PART)
def regions_chart(
    totals: Iterable[tuple[str, str, Decimal | None]], caption: str = "", address: str = ""
) -> dict[str, Any]:
    """Amounts by region: triples (code, name, sum), 0 where nothing went; `address`, the code behind it: links."""
    return {"chart": charts.regions_chart(totals, caption, address)}
