"""What the drawings of a selection measure: its amounts, or how many grants it has."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from grants.search.answers import NOTHING, Group, Sums

from . import charts
from .drawing import Column, Mark, Table
from .short_words import short_money, short_number

UNKNOWN_SHORT = "?"  # grants without any known amount, where there is no room for « non précisé »


@dataclass(frozen=True, slots=True)
class Measure:
    """`code` is its word in an address; `captions` names the drawing of each facet."""

    code: str
    label: str | Promise
    captions: dict[str, str | Promise]
    of: Callable[[Sums], Decimal | None]
    say: Callable[[Decimal | None], str]
    short: Callable[[Decimal | None], str]
    axis: Callable[[Decimal], str]
    thresholds: Callable[[Decimal], list[Decimal]]
    steps: Callable[[Sequence[Decimal]], list[Mark]]

    def text(self, sums: Sums) -> str:
        """The sums in words; a dash where there is nothing to sum."""
        return self.say(self.of(sums)) if sums.count else short_number(0)

    def small(self, sums: Sums) -> str:
        """The same where there is little room."""
        value = self.of(sums)
        return UNKNOWN_SHORT if value is None and sums.count else self.short(value)

    def caption(self, name: str) -> str:
        """What the drawing of a facet is called."""
        return str(self.captions[name])


def _count_of(sums: Sums) -> Decimal:
    return Decimal(sums.count)


AMOUNT = Measure(
    "amount",
    pgettext_lazy("measure", "Amounts"),
    {
        "year": gettext_lazy("Amounts by year"),
        "fiscal": gettext_lazy("Amounts by fiscal year"),
        "programme": gettext_lazy("Amounts by programme"),
        "region": gettext_lazy("Amounts by administrative region"),
        "kind": gettext_lazy("Amounts by kind of recipient"),
        "band": gettext_lazy("Amounts by size of grant"),
        "recipient": gettext_lazy("Amounts of the largest recipients"),
    },
    lambda sums: sums.total,
    charts.money,
    short_money,
    charts.axis_money,
    charts.drawing.thresholds,
    charts.money_steps,
)
COUNT = Measure(
    "count",
    pgettext_lazy("measure", "Numbers of grants"),
    {
        "year": gettext_lazy("Grants by year"),
        "fiscal": gettext_lazy("Grants by fiscal year"),
        "programme": gettext_lazy("Grants by programme"),
        "region": gettext_lazy("Grants by administrative region"),
        "kind": gettext_lazy("Grants by kind of recipient"),
        "band": gettext_lazy("Grants by size"),
        "recipient": gettext_lazy("Grants of the largest recipients"),
    },
    _count_of,
    charts.count,
    short_number,
    charts.axis_count,
    charts.drawing.count_thresholds,
    charts.count_steps,
)
MEASURES = {measure.code: measure for measure in (AMOUNT, COUNT)}


def added(several: Iterable[Sums]) -> Sums:
    """Sums of groups that share no grant, added up."""
    total = NOTHING
    for one in several:
        total = Sums(
            total.count + one.count,
            one.total if total.total is None else total.total + (one.total or 0),
            total.unknown + one.unknown,
            total.foreign + one.foreign,
        )
    return total


def less(whole: Sums, part: Sums) -> Sums:
    """What is left of a whole without one of its parts."""
    return Sums(
        whole.count - part.count,
        None if whole.total is None else whole.total - (part.total or 0),
        whole.unknown - part.unknown,
        whole.foreign - part.foreign,
    )


def groups_table(groups: Sequence[Group], caption: str, head: str, style: str = "stack") -> Table:
    """Groups as rows, with both measures whichever is drawn. A label may be safe markup."""
    columns = [Column(head), Column(_("Amount"), "number"), Column(pgettext("column", "Grants"), "number")]
    rows = [[one.label, AMOUNT.text(one.sums), _count_cell(one.sums)] for one in groups]
    return Table(caption, columns, rows, style=style)


def _count_cell(sums: Sums) -> str:
    """« 20 (1 sans montant) »."""
    if not sums.unknown:
        return COUNT.text(sums)
    unknown = ngettext("%(shown)s without amount", "%(shown)s without amount", sums.unknown)
    unknown %= {"shown": charts.count(sums.unknown)}
    return format_html('{} <span class="small muted">({})</span>', COUNT.text(sums), unknown)
