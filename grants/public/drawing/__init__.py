"""Charts: pure functions from values to safe markup, the same bytes for the same values.

No chart library: a drawing is a few rectangles with words, made by the server, read without script, printed as it
stands. All words arrive already in the visitor's language. One file a shape; `svg` holds what they share.
"""

from .columns import Words, columns
from .marks import Mark, Moment, RegionMark
from .rows import bars
from .stacked import stacked_bar
from .tables import Column, Table, as_table
from .tiles import count_thresholds, region_tiles, step_of, thresholds, top_of, two_lines

__all__ = [
    "Column",
    "Mark",
    "Moment",
    "RegionMark",
    "Table",
    "Words",
    "as_table",
    "bars",
    "columns",
    "count_thresholds",
    "region_tiles",
    "stacked_bar",
    "step_of",
    "thresholds",
    "top_of",
    "two_lines",
]
