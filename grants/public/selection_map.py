"""The map of a selection: the table of regions first, then the regions as tiles, each a link to its grants."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from grants.bilingual import pick
from grants.models import Region
from grants.search.answers import NOTHING, Group
from grants.search.facets import FACETS, UNKNOWN

from . import charts, drawing
from .charts import Chart
from .drawing import RegionMark, Table
from .looking import View
from .measures import Measure, groups_table
from .short_words import NOTHING as DASH


@dataclass(frozen=True, slots=True)
class RegionMap:
    """The table, its file, and the map."""

    table: Table
    csv: str
    chart: Chart


def region_map(view: View) -> RegionMap:
    """All regions, those without any grant too, then grants of which no source says where they go."""
    found = _regions(view)
    caption = view.measure.caption("region")
    # A tile leads to the list of its grants: a map of one region says nothing more.
    links = {group.value: view.narrowed("region", group.value) for group in found if group.sums.count}
    marks = [_mark(group, view.measure, links.get(group.value, "")) for group in found]
    limits = view.measure.thresholds(drawing.top_of(marks))
    svg = drawing.region_tiles(marks, title=caption, description=charts.greatest(marks), limits=limits)
    table = groups_table([_linked(group, links) for group in found], caption, str(FACETS["region"].label), "flat")
    return RegionMap(
        table, view.page("grant-groups", "region", "csv"), Chart(caption, svg, None, view.measure.steps(limits))
    )


def _regions(view: View) -> list[Group]:
    by_code = {group.value: group for group in view.selection.by("region")}
    named = {region.code: str(pick(region, "name")) for region in Region.objects.order_by("code")}
    regions = [Group(code, name, by_code[code].sums if code in by_code else NOTHING) for code, name in named.items()]
    unknown = by_code.get(UNKNOWN)
    return [*regions, Group(UNKNOWN, _("Region not provided"), unknown.sums)] if unknown else regions


def _mark(group: Group, measure: Measure, href: str) -> RegionMark:
    code = DASH if group.value == UNKNOWN else group.value
    sums = group.sums
    return RegionMark(group.label, measure.of(sums), measure.text(sums), "bar", href, measure.small(sums), code)


def _linked(group: Group, links: dict[str, str]) -> Group:
    """The region's code and name: on a small screen the tiles have room for the code only."""
    words = group.label if group.value == UNKNOWN else f"{group.value} · {group.label}"
    href = links.get(group.value)
    label = format_html('<a href="{}">{}</a>', href, words) if href else words
    return Group(group.value, label, group.sums)
