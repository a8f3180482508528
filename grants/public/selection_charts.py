"""The charts of a selection: by year, programme, region, kind, size, and who receives most."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.models import Organisation
from grants.search.answers import NOTHING, Group, Sums
from grants.search.facets import FACETS, UNKNOWN

from . import charts, drawing
from .charts import Chart, Link
from .drawing import Mark
from .looking import View
from .measures import AMOUNT, Measure, added, groups_table, less

TOP = 15  # bars of a chart; what is beyond them is one bar together
LATEST = 60  # years of a chart
BY_VALUE = ("programme", "region", "kind", "band")
IN_ORDER = ("band",)  # values that have an order of their own; the others are drawn the greatest first
ALL_SHOWN = ("region", "kind", "band")  # few values, each of them drawn


def all_charts(view: View) -> list[Chart]:
    """All charts, in page order."""
    return [years(view), *(groups(view, name) for name in BY_VALUE), recipients(view)]


# ── By year ──────────────────────────────────────────────────────────────────────────────────────────────


def years(view: View) -> Chart:
    """A column for each year, those without any grant too; what has no date is told below."""
    found = view.selection.by(view.period)
    dated = without_gaps([group for group in found if group.value != UNKNOWN])
    undated = [group for group in found if group.value == UNKNOWN]
    shown, caption = dated[-LATEST:], view.measure.caption(view.period)
    notes: list[str | Link] = [_undated(group, view) for group in undated]
    if len(shown) < len(dated):
        notes.append(_("Years before %(year)s are in the data only.") % {"year": shown[0].label})
    marks = [_mark(group, view.measure, _in_charts(view, view.period, group)) for group in shown]
    return Chart(
        caption=caption,
        svg=charts.columns_of(marks, view.measure.axis, caption),
        table=groups_table(_capitalised([*dated, *undated]), caption, str(FACETS[view.period].label)),
        csv=view.page("grant-groups", view.period, "csv"),
        notes=notes,
        name="year",
    )


def without_gaps(dated: Sequence[Group]) -> list[Group]:
    """Years in order, with an empty group for each that is missing between the first and the last."""
    by_start = {int(group.value[:4]): group for group in dated}
    if not by_start or max(by_start) - min(by_start) >= LATEST:
        return [by_start[start] for start in sorted(by_start)]
    is_fiscal = "-" in dated[0].value
    return [by_start.get(start) or _empty_year(start, is_fiscal) for start in range(min(by_start), max(by_start) + 1)]


def _empty_year(start: int, is_fiscal: bool) -> Group:
    value = f"{start}-{start + 1}" if is_fiscal else str(start)
    return Group(value, value, NOTHING)


def _undated(group: Group, view: View) -> Link:
    shown = charts.count(group.sums.count)
    grants = ngettext("%(shown)s grant", "%(shown)s grants", group.sums.count) % {"shown": shown}
    words = _("Date not provided: %(grants)s, %(amount)s.") % {"grants": grants, "amount": AMOUNT.text(group.sums)}
    return Link(words, _in_charts(view, view.period, group))


# ── By anything else ─────────────────────────────────────────────────────────────────────────────────────


def groups(view: View, name: str) -> Chart:
    """A bar for each value of a facet, the greatest first, those beyond TOP together, « non précisé » last."""
    found = _capitalised(view.selection.by(name))
    known = [group for group in found if group.value != UNKNOWN]
    unknown = [group for group in found if group.value == UNKNOWN]
    if name not in IN_ORDER:
        known = greatest_first(known, view.measure)
    most = len(known) if name in ALL_SHOWN or len(known) == TOP + 1 else TOP
    rest = [_others(len(known) - most, added(group.sums for group in known[most:]))] if known[most:] else []
    marks = [_mark(group, view.measure, _in_charts(view, name, group)) for group in known[:most]]
    marks += [_mark(group, view.measure, view.page("grant-facet", name), "bar rest") for group in rest]
    marks += [_mark(group, view.measure, _in_charts(view, name, group), "bar unsaid") for group in unknown]
    shown = [*known[:most], *rest, *unknown]
    return _bars(view, name, marks, shown, str(FACETS[name].label))


def recipients(view: View) -> Chart:
    """The organisations that receive most, natural persons together as one, and all others together."""
    found = view.selection.recipients(TOP)
    shown = greatest_first(
        [Group(_id(one.organisation), _name(one.organisation), one.sums) for one in found], view.measure
    )
    left = view.selection.recipient_count - len(shown)
    rest = [_others(left, less(view.selection.sums, added(group.sums for group in shown)))] if left > 0 else []
    marks = [_mark(group, view.measure, _in_charts(view, "recipient", group) if group.value else "") for group in shown]
    marks += [_mark(group, view.measure, "", "bar rest") for group in rest]
    return _bars(view, "recipient", marks, [*shown, *rest], _("Recipient"))


def greatest_first(found: Iterable[Group], measure: Measure) -> list[Group]:
    """By what is measured; what is not known comes last. Equals stay in their order."""

    def rank(group: Group) -> tuple[bool, object]:
        value = measure.of(group.sums)
        return value is None, -(value or 0)

    return sorted(found, key=rank)


def _bars(view: View, name: str, marks: Sequence[Mark], shown: Sequence[Group], head: str) -> Chart:
    caption = view.measure.caption(name)
    return Chart(
        caption=caption,
        svg=drawing.bars(marks, title=caption),
        table=groups_table(shown, caption, head),
        csv=view.page("grant-groups", name, "csv"),
        name=name,
    )


def _mark(group: Group, measure: Measure, href: str, style: str = "bar") -> Mark:
    sums = group.sums
    return Mark(group.label, measure.of(sums), measure.text(sums), style, href, measure.small(sums))


def _in_charts(view: View, name: str, group: Group) -> str:
    return view.staying(view.narrowed(name, group.value)) if group.sums.count else ""


def _others(how_many: int, sums: Sums) -> Group:
    words = ngettext("%(shown)s other", "%(shown)s others", how_many) % {"shown": charts.count(how_many)}
    return Group("", words, sums)


def _capitalised(found: Iterable[Group]) -> list[Group]:
    return [Group(group.value, group.label[:1].upper() + group.label[1:], group.sums) for group in found]


def _id(organisation: Organisation | None) -> str:
    return organisation.public_id if organisation else ""


def _name(organisation: Organisation | None) -> str:
    return str(organisation.public_name()) if organisation else _("Individuals")
