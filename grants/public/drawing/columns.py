"""Columns along time: one a year, or several side by side with a level across them.

The words of the axis stand in a drawing of their own, so that they stay in view where many years make the columns
wider than a small screen: those then move under it by themselves, the latest first in view.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .marks import Mark, Moment
from .scales import Scale, scale_of
from .svg import HUNDRED, frame, group, joined, rect, short

ROOM = 200  # pixels between the lowest and the highest line
ABOVE, BELOW, LINE = 24, 24, 16
AXIS_WIDTH = 72
LEAST_WIDTH = 30  # pixels that a moment takes at least: enough for a finger, with its neighbours
GAP = Decimal("0.15")  # of a moment, on each side of its columns
FEW, SOME, MANY = 4, 10, 20  # moments whose values, and whose words, have room

Words = Callable[[Decimal], str]


def columns(moments: Sequence[Moment], axis: Words, *, title: str, description: str) -> SafeString:
    """Columns above their words, on a scale of round numbers; `axis` words these. Unknown values leave a gap.

    Values stand above the columns where there are few; all have them for those who point or listen.
    """
    scale = scale_of(value for moment in moments for value in moment.values)
    lines_of_words = max((len(_lines(moment.label)) for moment in moments), default=1)
    height = ABOVE + ROOM + BELOW + LINE * (lines_of_words - 1)
    pieces = [_grid(scale)]
    pieces += [_moment(moment, place, len(moments), scale) for place, moment in enumerate(moments)]
    linked = any(mark.href for moment in moments for mark in moment.columns)
    width = str(LEAST_WIDTH * len(moments))
    plot = frame(pieces, height, title, description, width=width, linked=linked)
    return format_html(
        '<div class="plot"><svg class="axis" width="{}" height="{}" aria-hidden="true" focusable="false">{}</svg>'
        '<div class="plot-scroll">{}</div></div>',
        AXIS_WIDTH, height, joined(_axis_word(line, scale, axis) for line in scale.lines), plot,
    )  # fmt: skip


def _height(value: Decimal, scale: Scale) -> Decimal:
    """How far down the drawing a value stands, in pixels."""
    return ABOVE + ROOM - scale.share(value) * ROOM


def _grid(scale: Scale) -> SafeString:
    return joined(
        format_html(
            '<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/>',
            "line" if line else "line zero", *[short(_height(line, scale))] * 2,
        )
        for line in scale.lines
    )  # fmt: skip


def _axis_word(line: Decimal, scale: Scale, axis: Words) -> SafeString:
    y = short(_height(line, scale) + 4)
    return format_html('<text x="{}" y="{}" text-anchor="end">{}</text>', AXIS_WIDTH - 8, y, axis(line))


def _moment(moment: Moment, place: int, count: int, scale: Scale) -> SafeString:
    room = HUNDRED / count
    left = room * place
    each = room * (1 - 2 * GAP) / max(len(moment.columns), 1)
    pieces = [
        _column(mark, left + room * GAP + each * rank, each, room, scale) for rank, mark in enumerate(moment.columns)
    ]
    if moment.level is not None and moment.level.value is not None:
        pieces.append(_level(moment.level, left, room, scale))
    middle = left + room / 2
    if count <= FEW and len(moment.columns) == 1:
        pieces.append(_value(moment.columns[0], middle, scale))
    if (count - 1 - place) % _every(count) == 0:
        pieces += _words(moment.label, middle)
    return joined(pieces)


def _column(mark: Mark, left: Decimal, width: Decimal, room: Decimal, scale: Scale) -> str:
    """A column; a link takes the whole height, so that a small one is as easily met as a large one."""
    if mark.value is None:
        return group("column", mark.words, mark.href, _target(left, width, room)) if mark.href else ""
    top, zero = _height(max(mark.value, Decimal(0)), scale), _height(Decimal(0), scale)
    tall = abs(_height(mark.value, scale) - zero)
    style = f"{mark.style} below" if mark.value < 0 else mark.style
    shape = rect(left, top, width, tall, style) if mark.value else ""
    return group("column", mark.words, mark.href, joined([_target(left, width, room), shape]))


def _target(left: Decimal, width: Decimal, room: Decimal) -> str:
    margin = room * GAP if width > room / 2 else Decimal(0)
    return rect(left - margin, ABOVE, width + 2 * margin, ROOM, "target")


def _level(mark: Mark, left: Decimal, room: Decimal, scale: Scale) -> str:
    y = short(_height(mark.value or Decimal(0), scale))
    ends = short(left), short(left + room), y, y
    line = format_html('<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', mark.style, *ends)
    return group("level", mark.words, "", line)


def _value(mark: Mark, middle: Decimal, scale: Scale) -> str:
    y = _height(max(mark.value or Decimal(0), Decimal(0)), scale) - 6
    return format_html('<text class="value" x="{}%" y="{}">{}</text>', short(middle), short(y), mark.short or mark.text)


def _every(count: int) -> int:
    """Words stand under each of few moments, else under every second or fifth, counted from the last."""
    return 1 if count <= SOME else 2 if count <= MANY else 5


def _words(label: str, middle: Decimal) -> list[SafeString]:
    base = ABOVE + ROOM + 18
    return [
        format_html('<text class="when" x="{}%" y="{}">{}</text>', short(middle), base + LINE * rank, line)
        for rank, line in enumerate(_lines(label))
    ]


def _lines(label: str) -> list[str]:
    """« 2021-2022 » takes two lines."""
    first, dash, last = label.partition("-")
    return [first + dash, last] if last else [first]
