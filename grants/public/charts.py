"""Drawings with their words and the table behind each, from values: what parts/chart.html shows."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.bilingual import current_language
from grants.values import wording

from . import drawing
from .drawing import Mark, Moment, RegionMark, Table
from .short_words import NOTHING, short_money, short_number

TOLD = 5  # values that the description of a drawing names


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it is called, its table (None: the page shows it elsewhere), and what its colours mean.

    `csv` is the table as a file; `name` makes it a place of the page (« #chart-year »).
    """

    caption: str
    svg: SafeString
    table: Table | None
    legend: Sequence[Mark] = ()
    csv: str = ""
    notes: Sequence[str | Link] = ()
    name: str = ""


def money(value: Decimal | None) -> str:
    """An amount in words; nobody knows some."""
    return _("not provided") if value is None else wording.money(value, current_language())


def count(value: Decimal | int | None) -> str:
    """A count of grants, its thousands grouped."""
    return wording.number(value or 0, current_language())


def axis_money(value: Decimal) -> str:
    """An amount beside a line of a drawing."""
    return short_money(value) if value else "0"


def axis_count(value: Decimal) -> str:
    """A count beside a line of a drawing."""
    return short_number(value) if value else "0"


def envelope_chart(envelope: Decimal, itemised: Decimal | None, claimed: Decimal | None) -> Chart:
    """The envelope against what was granted: itemised here, claimed but not itemised, left (or over).

    `claimed` is what sources say was granted beyond what is itemised: the three add up to the envelope.
    """
    left = envelope - (itemised or 0) - (claimed or 0)
    marks = [
        Mark(_("Granted, itemised"), itemised, money(itemised), "mark-itemised"),
        Mark(_("Granted, not itemised yet"), claimed, money(claimed), "mark-claimed"),
        Mark(_("Left in the envelope"), left, money(left), "mark-left")
        if left >= 0
        else Mark(_("Beyond the envelope"), -left, money(-left), "mark-over"),
    ]
    caption = _("Envelope of %(amount)s") % {"amount": money(envelope)}
    svg = drawing.stacked_bar(marks, title=caption, description=listed(marks))
    head, foot = (_("Part"), _("Amount")), (_("Envelope"), money(envelope))
    table = drawing.as_table(marks, caption=caption, head=head, foot=foot)
    return Chart(caption, svg, table, [mark for mark in marks if mark.value])


def years_chart(totals: Iterable[tuple[int | str, Decimal | None]], caption: str = "", address: str = "") -> Chart:
    """Amounts by year: pairs (year, sum), in order; `address` (« /aides/?recipient=ets&year= ») makes them links."""
    caption = caption or _("Amounts by year")
    marks = [
        Mark(
            str(year),
            total,
            money(total),
            href=f"{address}{year}" if address else "",
            short=short_money(total),
        )
        for year, total in totals
    ]
    table = drawing.as_table(marks, caption=caption, head=(_("Year"), _("Amount")))
    return Chart(caption, columns_of(marks, axis_money, caption), table)


def columns_of(marks: Sequence[Mark], axis: drawing.Words, caption: str) -> SafeString:
    """One column a mark; no drawing of nothing."""
    if not marks:
        return SafeString()
    moments = [Moment(mark.label, (mark,)) for mark in marks]
    return drawing.columns(moments, axis, title=caption, description=greatest(marks))


def amounts_chart(totals: Sequence[tuple[str, Decimal | None]], caption: str, head: str) -> Chart:
    """Amounts by anything: pairs (words, sum), in the order to show; `head` names the first column."""
    marks = [Mark(str(label), total, money(total)) for label, total in totals]
    table = drawing.as_table(marks, caption=caption, head=(head, _("Amount")))
    return Chart(caption, drawing.bars(marks, title=caption), table)


def regions_chart(
    totals: Iterable[tuple[str, str, Decimal | None]], caption: str = "", address: str = "", unknown: str = NOTHING
) -> Chart:
    """Amounts by region: triples (code, name, sum), 0 where nothing went, in the order of the table.

    `address` (« /aides/?region= ») makes a link of each region where something went; `unknown` is the code of none.
    """
    caption = caption or _("Amounts by administrative region")
    marks = [
        RegionMark(
            str(name),
            total,
            money(total),
            href=f"{address}{'null' if code == unknown else code}" if address and total else "",
            short=short_money(total),
            code=code,
        )
        for code, name, total in totals
    ]
    limits = drawing.thresholds(drawing.top_of(marks))
    svg = drawing.region_tiles(marks, title=caption, description=greatest(marks), limits=limits)
    table = drawing.as_table(marks, caption=caption, head=(_("Region"), _("Amount")))
    return Chart(caption, svg, table, money_steps(limits))


def listed(marks: Iterable[Mark]) -> str:
    """All marks in one sentence."""
    return " · ".join(_("%(label)s: %(text)s") % {"label": mark.label, "text": mark.text} for mark in marks)


def greatest(marks: Iterable[Mark]) -> str:
    """The greatest of the marks in one sentence: what those hear who do not see the drawing."""
    known = [mark for mark in marks if mark.value]
    return listed(sorted(known, key=lambda mark: -(mark.value or 0))[:TOLD])


def money_steps(limits: Sequence[Decimal]) -> list[Mark]:
    """What each colour of a map of amounts means."""
    return _legend([_("Nothing"), *_ranges(limits, money, _("%(amount)s or more"))])


def count_steps(limits: Sequence[Decimal]) -> list[Mark]:
    """What each colour of a map of counts means."""
    last = limits[-1] if limits else Decimal(1)
    most = ngettext("%(amount)s grant or more", "%(amount)s grants or more", int(last))
    return _legend([_("No grant"), *(_ranges(limits, count, most) or [most % {"amount": count(last)}])])


def _ranges(limits: Sequence[Decimal], say: Callable[[Decimal], str], most: str) -> list[str]:
    if not limits:
        return []
    between = [
        _("%(low)s to less than %(high)s") % {"low": say(low), "high": say(high)}
        for low, high in itertools.pairwise(limits)
    ]
    return [_("less than %(amount)s") % {"amount": say(limits[0])}, *between, most % {"amount": say(limits[-1])}]


def _legend(words: Iterable[str]) -> list[Mark]:
    return [Mark(text, None, "", f"step-{step}") for step, text in enumerate(words)]
