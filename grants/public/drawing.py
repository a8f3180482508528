"""Charts as SVG: pure functions from values to safe markup, the same bytes for the same values.

Every size along the page's width is a percentage and every text keeps its size, so that a drawing is as
legible at 320 px as at 1440 px and on paper. Colours come from the stylesheet through classes (light, dark,
print). All words arrive already in the visitor's language.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2s

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .region_grid import COLUMNS, places

STACK_HEIGHT = 48
BAR_ROW, BAR_HEIGHT = 56, 20
TILE_HEIGHT, TILE_GAP = 80, 4
STEPS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: words, value (None: unknown, nothing is drawn), the value in words, CSS class."""

    label: str
    value: Decimal | None
    text: str
    style: str = "bar"


@dataclass(frozen=True, slots=True)
class RegionMark(Mark):
    """A region: `code` places its tile, `short` is the amount as it fits in one (« 29,2 M$ »)."""

    code: str = ""
    short: str = ""


def stacked_bar(marks: Sequence[Mark], *, title: str, description: str) -> SafeString:
    """Parts of a whole, side by side in one bar; parts of nothing or less are left out."""
    drawn = [mark for mark in marks if mark.value and mark.value > 0]
    total = sum((mark.value for mark in drawn if mark.value), Decimal(0))
    pieces, left = [], Decimal(0)
    for mark in drawn:
        width = _share(mark.value, total)
        pieces.append(_rect(left, 0, width, STACK_HEIGHT, mark.style, f"{mark.label}, {mark.text}"))
        left += width
    return _drawing(pieces, STACK_HEIGHT, title, description)


def bars(marks: Sequence[Mark], *, title: str, description: str) -> SafeString:
    """One row per mark, its words above its bar. Unknown and negative values have words and no bar."""
    longest = max((mark.value for mark in marks if mark.value is not None), default=Decimal(0))
    rows = [_bar_row(mark, place * BAR_ROW, longest) for place, mark in enumerate(marks)]
    return _drawing(rows, BAR_ROW * len(marks), title, description)


def _bar_row(mark: Mark, top: int, longest: Decimal) -> SafeString:
    width = _share(mark.value, longest) if mark.value and mark.value > 0 else Decimal(0)
    return format_html(
        '<g><text x="0" y="{base}">{label}</text>'
        '<text class="value" x="100%" y="{base}" text-anchor="end">{text}</text>'
        '<rect class="track" x="0" y="{bar}" width="100%" height="{height}"/>{filled}</g>',
        base=top + 16,
        label=mark.label,
        text=mark.text,
        bar=top + 24,
        height=BAR_HEIGHT,
        filled=_rect(Decimal(0), top + 24, width, BAR_HEIGHT, mark.style) if width else "",
    )


def region_tiles(marks: Sequence[RegionMark], *, title: str, description: str) -> SafeString:
    """The regions as tiles placed roughly as on a map, darker where there is more; other codes below them."""
    top = max((mark.value for mark in marks if mark.value is not None), default=Decimal(0))
    by_code = {mark.code: mark for mark in marks}
    spots = places(by_code)
    tiles = [_tile(by_code[code], *spot, step_of(by_code[code].value, top)) for code, spot in spots.items()]
    rows = max((row for _, row, _ in spots.values()), default=-1) + 1
    return _drawing(tiles, rows * (TILE_HEIGHT + TILE_GAP), title, description)


def _tile(mark: RegionMark, column: int, row: int, span: int, step: int) -> SafeString:
    unit = Decimal(100) / COLUMNS
    left, width = column * unit, span * unit - Decimal("0.8")
    y = row * (TILE_HEIGHT + TILE_GAP)
    return format_html(
        '<g class="tile tile-{step}"><title>{label}, {text}</title>{rect}{words}</g>',
        step=step,
        label=mark.label,
        text=mark.text,
        rect=_rect(left, y, width, TILE_HEIGHT, f"step-{step}"),
        words=_tile_words(mark, left + width / 2, y, wide=span > 1),
    )


def _tile_words(mark: RegionMark, middle: Decimal, y: int, *, wide: bool) -> SafeString:
    """Code and amount always; the name too where the page is wide enough (the stylesheet decides)."""
    if wide:
        lines = [("", line, y + 24 + 14 * place) for place, line in enumerate(two_lines(mark.label, 22))]
    else:
        lines = [("code", mark.code, y + 21)]
        lines += [("name", line, y + 38 + 14 * place) for place, line in enumerate(two_lines(mark.label))]
    lines.append(("value", mark.short, y + TILE_HEIGHT - 8))
    placed = ((style, _short(middle), at, text) for style, text, at in lines)
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


def thresholds(top: Decimal) -> list[Decimal]:
    """The least amounts of steps 2, 3 and 4: powers of ten under the largest amount (none below a dollar)."""
    if top < 1:
        return []
    highest = Decimal(10) ** (len(str(int(top))) - 1)
    return [highest / 100, highest / 10, highest]


def step_of(value: Decimal | None, top: Decimal) -> int:
    """0 where nothing is known to go, else 1 (palest) to 4 by the thresholds under `top`."""
    if value is None or value <= 0:
        return 0
    return 1 + sum(value >= least for least in thresholds(top))


def _share(value: Decimal | None, total: Decimal) -> Decimal:
    return (value or Decimal(0)) * 100 / total if total else Decimal(0)


def _short(value: Decimal) -> str:
    """A percentage with at most three decimals, without useless zeros or exponent."""
    return f"{value.quantize(Decimal('0.001')):f}".rstrip("0").rstrip(".")


def _rect(left: Decimal, top: int, width: Decimal, height: int, style: str, words: str = "") -> SafeString:
    title = format_html("<title>{}</title>", words) if words else ""
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}">{}</rect>',
        style, _short(left), top, _short(width), height, title,
    )  # fmt: skip


def _drawing(pieces: Iterable[SafeString], height: int, title: str, description: str) -> SafeString:
    """The frame, named and described for those who do not see it. Ids come from the content: they repeat."""
    content = mark_safe("".join(pieces))  # noqa: S308 (each piece was made by format_html)
    key = blake2s(f"{title}|{description}|{content}".encode(), digest_size=5).hexdigest()
    return format_html(
        '<svg role="img" width="100%" height="{height}" aria-labelledby="t{key} d{key}">'
        '<title id="t{key}">{title}</title><desc id="d{key}">{description}</desc>{content}</svg>',
        height=max(height, 1),
        key=key,
        title=title,
        description=description,
        content=content,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table behind a drawing: its words, and `number` for those set on the right."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The table behind a drawing: the same data, for those who read rather than look."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    foot_row: Sequence[str] = ()

    @property
    def body(self) -> list[list[tuple[Column, str]]]:
        """Rows of (column, cell)."""
        return [self._cells(row) for row in self.rows]

    @property
    def foot(self) -> list[list[tuple[Column, str]]]:
        """The total's row, or none."""
        return [self._cells(self.foot_row)] if self.foot_row else []

    def _cells(self, row: Sequence[str]) -> list[tuple[Column, str]]:
        return list(itertools.zip_longest(self.columns, row[: len(self.columns)], fillvalue=""))  # type: ignore[arg-type]


def as_table(marks: Sequence[Mark], *, caption: str, head: Sequence[str], foot: Sequence[str] = ()) -> Table:
    """The rows behind a drawing: one per mark, its words and its value in words."""
    columns = [Column(head[0]), Column(head[1], "number")]
    return Table(caption, columns, [[mark.label, mark.text] for mark in marks], foot)
