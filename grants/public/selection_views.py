"""A selection of grants drawn: its charts and its map, as the list page shows them beside its table."""

from typing import Any


def chart_context(selection: Any) -> dict[str, Any]:
    """What parts/selection_charts.html needs."""
    return {"charts": []}


def map_context(selection: Any) -> dict[str, Any]:
    """What parts/selection_map.html needs."""
    return {"region_map": None}
