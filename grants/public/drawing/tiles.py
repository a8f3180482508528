"""The regions as tiles placed roughly as on a map, darker where there is more; other codes below them."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ..region_grid import COLUMNS, REGIONS, places
from .marks import RegionMark
from .svg import HUNDRED, frame, group, joined, rect, short

HEIGHT, GAP = 80, 4


def region_tiles(
    marks: Sequence[RegionMark], *, title: str, description: str, limits: Sequence[Decimal] | None = None
) -> SafeString:
    """One tile a region. `limits` are the least values of steps 2, 3 and 4 (by powers of ten unless given)."""
    if limits is None:
        limits = thresholds(top_of(marks))
    by_code = {mark.code: mark for mark in marks}
    spots = places(by_code)
    tiles = [_tile(by_code[code], *spot, step_of(by_code[code].value, limits)) for code, spot in spots.items()]
    rows = max((row for _, row, _ in spots.values()), default=-1) + 1
    linked = any(mark.href for mark in marks)
    return frame(tiles, rows * (HEIGHT + GAP), title, description, linked=linked)


def _tile(mark: RegionMark, column: int, row: int, span: int, step: int) -> SafeString:
    unit = HUNDRED / COLUMNS
    left, width = column * unit, span * unit - Decimal("0.8")
    y = row * (HEIGHT + GAP)
    shape = rect(left, y, width, HEIGHT, f"step-{step}")
    words = _words(mark, left + width / 2, y, wide=span > 1)
    return group(f"tile tile-{step}", mark.words, mark.href, joined([shape, words]))


def _words(mark: RegionMark, middle: Decimal, y: int, *, wide: bool) -> SafeString:
    """Code and amount always; the name too where the page is wide enough (the stylesheet decides)."""
    if wide:
        lines = [("", line, y + 24 + 14 * place) for place, line in enumerate(two_lines(mark.label, 22))]
    else:
        lines = [("code", mark.code, y + 21)]
        lines += [("name", line, y + 38 + 14 * place) for place, line in enumerate(two_lines(mark.label))]
    lines.append(("value", mark.short, y + HEIGHT - 8))
    placed = ((style, short(middle), at, text) for style, text, at in lines)
    return format_html_join("", '<text class="{}" x="{}%" y="{}">{}</text>', placed)


def two_lines(words: str, most: int = 16) -> list[str]:
    """Cut a name longer than `most` at the space or hyphen nearest its middle; « … » ends what still is."""
    if len(words) <= most:
        return [words]
    dash = words.find("–") + 1
    cuts = [place + 1 for place, letter in enumerate(words[:-1]) if letter in " -–/"]
    cut = min(cuts, key=lambda place: abs(place - len(words) / 2), default=most)
    if 0 < dash <= most and len(words) - dash <= most:  # « Saguenay–Lac-Saint-Jean » joins two names
        cut = dash
    halves = words[:cut].rstrip(), words[cut:].lstrip()
    return [half if len(half) <= most + 2 else f"{half[:most]}…" for half in halves]


def top_of(marks: Sequence[RegionMark]) -> Decimal:
    """The largest value of a region, which gives the colours: what is in no region must not make the regions pale."""
    regions = [mark.value for mark in marks if mark.value and mark.code in REGIONS]
    return max(regions or [mark.value for mark in marks if mark.value], default=Decimal(0))


def thresholds(top: Decimal) -> list[Decimal]:
    """The least amounts of steps 2, 3 and 4: powers of ten up to the largest amount; those above one dollar only."""
    if top < 1:
        return []
    highest = Decimal(10) ** (len(str(int(top))) - 1)
    return [limit for limit in (highest / 100, highest / 10, highest) if limit > 1]


def count_thresholds(top: Decimal) -> list[Decimal]:
    """The same for counts: quarters of the largest as long as it is below a thousand."""
    if top >= 1000:
        return thresholds(top)
    quarters = {(top * part / 4).to_integral_value(ROUND_CEILING) for part in (1, 2, 3)}
    return sorted(limit for limit in quarters if limit > 1)


def step_of(value: Decimal | None, limits: Sequence[Decimal]) -> int:
    """0 where nothing is known to go, else 1 (palest) to 4."""
    if value is None or value <= 0:
        return 0
    return 1 + sum(value >= least for least in limits)
