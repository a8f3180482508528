"""From the file somebody sends to its titles and rows: what was understood, then the lines one by one.

`understand` looks at a file and says what it takes it for, `read_lines` streams its lines as understood.
`read_sheet` reads a small, clean sheet wholly into memory.
"""

from ..sheets import LARGE, ORDINARY, Limits, Sheet, SheetError, SheetRow
from .facts import ColumnFacts, Doubt, Question, SheetFacts, SheetLine, Understanding, Wishes
from .lines import read_lines
from .small import read_sheet
from .understanding import understand

__all__ = [
    "LARGE",
    "ORDINARY",
    "ColumnFacts",
    "Doubt",
    "Limits",
    "Question",
    "Sheet",
    "SheetError",
    "SheetFacts",
    "SheetLine",
    "SheetRow",
    "Understanding",
    "Wishes",
    "read_lines",
    "read_sheet",
    "understand",
]
