"""A selection of grants drawn: what the list page shows as charts and as a map, beside its table.

Everything comes from the selection's own groups, so that a drawing can never show other grants than the list. What
is drawn leads to that part of the selection.
"""

from collections.abc import Mapping
from typing import Any

from .looking import View
from .selection_charts import all_charts
from .selection_map import region_map


def chart_context(selection: Any, question: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What parts/selection_charts.html needs. `question` is the address's, unless the selection holds it."""
    view = View(selection, "charts", question)
    drawn = [] if view.is_empty else all_charts(view)
    return {"charts": drawn, "measures": view.switches, "periods": view.periods}


def map_context(selection: Any, question: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What parts/selection_map.html needs."""
    view = View(selection, "map", question)
    return {"region_map": None if view.is_empty else region_map(view), "measures": view.switches}
