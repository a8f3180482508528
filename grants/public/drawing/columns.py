"""Columns along time: one a year, or several side by side with a level across them.

The words of the axis stand in a drawing of their own, so that they stay in view where many years make the columns
wider than a small screen: those then move under it by themselves, the latest first in view.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
FEW, SOME, MANY = 4, 10, 20  # moments whose values, and whose words, have room

GAPS = (40, 32, 26, 20)  # hundredths of a moment left on each side of its columns, where there are one to four
GAP = 15  # and where there are more

Words = Callable[[Decimal], str]


@dataclass(frozen=True, slots=True)
class Slot:
    """What a moment has of the width, in hundredths, and what it leaves free on each side of its columns."""

    left: Decimal
    width: Decimal
    gap: Decimal

    @property
    def middle(self) -> Decimal:
        return self.left + self.width / 2

    def column(self, rank: int, count: int) -> tuple[Decimal, Decimal]:
        """Left and width of one of its columns."""
        each = (self.width - 2 * self.gap) / count
        return self.left + self.gap + each * rank, each


def slot(place: int, count: int) -> Slot:
    """The place of one of `count` moments."""
    width = HUNDRED / count
    return Slot(width * place, width, width * (GAPS[count - 1] if count <= len(GAPS) else GAP) / HUNDRED)


def columns(moments: Sequence[Moment], axis: Words, *, title: str, description: str) -> SafeString:
    """Columns above their words, on a scale of round numbers; `axis` words these. Unknown values leave a gap.

    Values stand above the columns where there are few; all have them for those who point or listen. Columns that are
    no links can be reached by the keyboard as a whole, to move them where they are wider than the page.
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
        '<div class="plot-scroll"{}>{}</div></div>',
        AXIS_WIDTH, height, joined(_axis_word(line, scale, axis) for line in scale.lines),
        "" if linked else format_html(' tabindex="0" role="group" aria-label="{}"', title), plot,
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
    at, alone = slot(place, count), len(moment.columns) == 1
    pieces = [_column(mark, at, rank, len(moment.columns), scale) for rank, mark in enumerate(moment.columns)]
    if moment.level is not None and moment.level.value is not None:
        pieces.append(_level(moment.level, at, scale))
    if count <= FEW and alone:
        pieces.append(_value(moment.columns[0], at.middle, scale))
    if (count - 1 - place) % _every(count) == 0:
        is_edge = place == count - 1 and count > MANY  # narrower than its words: they end where it does
        pieces += _words(moment.label, HUNDRED if is_edge else at.middle, "when last" if is_edge else "when")
    return joined(pieces)


def _column(mark: Mark, at: Slot, rank: int, count: int, scale: Scale) -> str:
    """A column; a link takes the whole height, so that a small one is as easily met as a large one."""
    left, width = at.column(rank, count)
    shapes = []
    if mark.href:
        shapes.append(rect(*((at.left, ABOVE, at.width) if count == 1 else (left, ABOVE, width)), ROOM, "target"))
    if mark.value:
        top, zero = _height(max(mark.value, Decimal(0)), scale), _height(Decimal(0), scale)
        style = f"{mark.style} below" if mark.value < 0 else mark.style
        shapes.append(rect(left, top, width, abs(_height(mark.value, scale) - zero), style))
    return group("column", mark.words, mark.href, joined(shapes)) if shapes else ""


def _level(mark: Mark, at: Slot, scale: Scale) -> str:
    y = short(_height(mark.value or Decimal(0), scale))
    ends = short(at.left), short(at.left + at.width), y, y
    line = format_html('<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', mark.style, *ends)
    return group("level", mark.words, "", line)


def _value(mark: Mark, middle: Decimal, scale: Scale) -> str:
    y = _height(max(mark.value or Decimal(0), Decimal(0)), scale) - 6
    return format_html('<text class="value" x="{}%" y="{}">{}</text>', short(middle), short(y), mark.short or mark.text)


def _every(count: int) -> int:
    """Words stand under each of few moments, else under every second or fifth, counted from the last."""
    return 1 if count <= SOME else 2 if count <= MANY else 5


def _words(label: str, at: Decimal, style: str) -> list[SafeString]:
    base = ABOVE + ROOM + 18
    return [
        format_html('<text class="{}" x="{}%" y="{}">{}</text>', style, short(at), base + LINE * rank, line)
        for rank, line in enumerate(_lines(label))
    ]


def _lines(label: str) -> list[str]:
    """« 2021-2022 » takes two lines."""
    first, dash, last = label.partition("-")
    return [first + dash, last] if last else [first]
