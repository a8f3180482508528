"""Charts for templates: `{% load charts %}`, one tag each. Words and tables here; shapes: public.drawing."""

import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _

from grants.bilingual import FRENCH, current_language
from grants.public import drawing
from grants.public.drawing import Mark, RegionMark
from grants.values import wording

register = template.Library()
PART = "grants/parts/chart.html"
MILLION, THOUSAND = Decimal(1_000_000), Decimal(1_000)


def _money(value: Decimal | None) -> str:
    return _("not provided") if value is None else wording.money(value, current_language())


def short_money(value: Decimal | None) -> str:
    """An amount as it fits in a tile, to three figures or so: « 29,2 M$ », "$375k". Nothing for no amount."""
    if value is None or value == 0:
        return "–"
    scale, unit = (MILLION, "M") if abs(value) >= MILLION else (THOUSAND, "k")
    places = Decimal("0.1") if abs(value) < 100 * MILLION and scale is MILLION else Decimal(1)
    amount = wording.number((value / scale).quantize(places).normalize(), current_language())
    return f"{amount}\u00a0{unit}$" if current_language() == FRENCH else f"${amount}{unit}"


@register.inclusion_tag(PART)
def envelope_chart(envelope: Decimal, itemised: Decimal, claimed: Decimal) -> dict[str, Any]:
    """The envelope against what was granted: itemised here, claimed but not itemised, left (or over).

    `claimed` is what sources say was granted beyond what is itemised: the three add up to the envelope.
    """
    left = envelope - itemised - claimed
    marks = [
        Mark(_("Granted, itemised"), itemised, _money(itemised), "mark-itemised"),
        Mark(_("Granted, not itemised yet"), claimed, _money(claimed), "mark-claimed"),
        Mark(_("Left in the envelope"), left, _money(left), "mark-left")
        if left >= 0
        else Mark(_("Beyond the envelope"), -left, _money(-left), "mark-over"),
    ]
    caption = _("Envelope of %(amount)s") % {"amount": _money(envelope)}
    svg = drawing.stacked_bar(marks, title=caption, description=_listed(marks))
    head, foot = (_("Part"), _("Amount")), (_("Envelope"), _money(envelope))
    table = drawing.as_table(marks, caption=caption, head=head, foot=foot)
    return {"caption": caption, "svg": svg, "legend": _legend(marks), "table": table}


@register.inclusion_tag(PART)
def years_chart(totals: Iterable[tuple[int, Decimal | None]], caption: str = "") -> dict[str, Any]:
    """Amounts by year: pairs (year, sum), in the order to show."""
    by_year = [(str(year), total) for year, total in totals]
    return amounts_chart(by_year, caption or _("Amounts by year"), _("Year"))


@register.inclusion_tag(PART, name="amounts_chart")
def amounts_chart(totals: Sequence[tuple[str, Decimal | None]], caption: str, head: str) -> dict[str, Any]:
    """Amounts by anything: pairs (words, sum), in the order to show; `head` names the first column."""
    marks = [Mark(str(label), total, _money(total)) for label, total in totals]
    svg = drawing.bars(marks, title=caption, description=_listed(marks))
    table = drawing.as_table(marks, caption=caption, head=(head, _("Amount")))
    return {"caption": caption, "svg": svg, "table": table}


@register.inclusion_tag(PART)
def regions_chart(totals: Iterable[tuple[str, str, Decimal | None]], caption: str = "") -> dict[str, Any]:
    """Amounts by region: triples (code, name, sum), 0 where nothing went, in the order of the table."""
    caption = caption or _("Amounts by administrative region")
    marks = [
        RegionMark(str(name), total, _money(total), code=code, short=short_money(total)) for code, name, total in totals
    ]
    shown = [mark for mark in marks if mark.value]
    description = _listed(sorted(shown, key=lambda mark: -(mark.value or 0))[:5])
    svg = drawing.region_tiles(marks, title=caption, description=description)
    table = drawing.as_table(marks, caption=caption, head=(_("Region"), _("Amount")))
    return {"caption": caption, "svg": svg, "legend": _steps(marks), "table": table}


def _listed(marks: Iterable[Mark]) -> str:
    return " · ".join(_("%(label)s: %(text)s") % {"label": mark.label, "text": mark.text} for mark in marks)


def _legend(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.value]


def _steps(marks: Iterable[RegionMark]) -> list[Mark]:
    """What each colour of the map means."""
    top = max((mark.value for mark in marks if mark.value is not None), default=Decimal(0))
    limits = drawing.thresholds(top)
    words = [_("Nothing")]
    if limits:
        words.append(_("less than %(amount)s") % {"amount": _money(limits[0])})
        words += [
            _("%(low)s to less than %(high)s") % {"low": _money(low), "high": _money(high)}
            for low, high in itertools.pairwise(limits)
        ]
        words.append(_("%(amount)s or more") % {"amount": _money(limits[-1])})
    return [Mark(text, None, "", f"step-{step}") for step, text in enumerate(words)]
