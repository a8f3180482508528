"""Parts of a whole."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from .marks import Mark
from .svg import frame, rect, share

HEIGHT = 48


def stacked_bar(marks: Sequence[Mark], *, title: str, description: str) -> SafeString:
    """Parts of a whole, side by side in one bar; parts of nothing or less are left out."""
    drawn = [mark for mark in marks if mark.value and mark.value > 0]
    total = sum((mark.value for mark in drawn if mark.value), Decimal(0))
    pieces, left = [], Decimal(0)
    for mark in drawn:
        width = share(mark.value, total)
        pieces.append(rect(left, 0, width, HEIGHT, mark.style, mark.words))
        left += width
    return frame(pieces, HEIGHT, title, description)
