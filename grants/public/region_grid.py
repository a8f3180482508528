"""Where each of the 17 administrative regions stands on the tile map: codes by row, roughly north-up.

Codes that are no region (the whole of Québec, elsewhere or unknown) get wide tiles below.
"""

from collections.abc import Iterable

COLUMNS = 6
GRID = (
    ("", "", "10", "", "09", ""),
    ("08", "", "", "02", "", "11"),
    ("07", "15", "14", "04", "03", "01"),
    ("", "13", "06", "17", "12", ""),
    ("", "", "16", "05", "", ""),
)
REGIONS = {code: (column, row, 1) for row, codes in enumerate(GRID) for column, code in enumerate(codes) if code}


def places(codes: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Column, row and width in tiles for each of `codes`, in the order of reading."""
    known = list(codes)
    on_map = {code: place for code, place in REGIONS.items() if code in known}
    others = [code for code in known if code not in REGIONS]
    below = {code: (3 * (rank % 2), len(GRID) + rank // 2, 3) for rank, code in enumerate(others)}
    return on_map | below
