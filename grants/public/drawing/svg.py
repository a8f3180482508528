"""The common ground of all drawings: frames, rectangles, links, sizes.

Every size along the page's width is a percentage and every text keeps its size, so that a drawing is as legible at
320 px as at 1440 px and on paper. Colours come from the stylesheet through classes (light, dark, print).
"""

from collections.abc import Iterable
from decimal import Decimal
from hashlib import blake2s

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

HUNDRED = Decimal(100)


def share(value: Decimal | None, total: Decimal) -> Decimal:
    """What part of `total` a value is, in hundredths; nothing of nothing is nothing."""
    return (value or Decimal(0)) * HUNDRED / total if total else Decimal(0)


def short(value: Decimal) -> str:
    """A size with at most three decimals, without useless zeros or exponent."""
    return f"{value.quantize(Decimal('0.001')):f}".rstrip("0").rstrip(".") or "0"


def rect(left: Decimal, top: Decimal | int, width: Decimal, height: Decimal | int, style: str, words: str = "") -> str:
    """A rectangle: `left` and `width` in hundredths of the drawing, `top` and `height` in pixels."""
    title = format_html("<title>{}</title>", words) if words else ""
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}">{}</rect>',
        style, short(left), short(Decimal(top)), short(width), short(Decimal(height)), title,
    )  # fmt: skip


def group(style: str, words: str, href: str, content: str) -> SafeString:
    """A thing drawn, with its words for those who point at it; a link for those who want more of it."""
    if href:
        return format_html(
            '<a class="{}" href="{}" aria-label="{}"><title>{}</title>{}</a>', style, href, words, words, content
        )
    return format_html('<g class="{}"><title>{}</title>{}</g>', style, words, content)


def joined(pieces: Iterable[str]) -> SafeString:
    """Pieces of markup, one after the other; each was made by format_html."""
    return mark_safe("".join(pieces))  # noqa: S308 (see above)


def frame(
    pieces: Iterable[str], height: int, title: str, description: str, *, width: str = "100%", linked: bool = False
) -> SafeString:
    """The frame, named and described for those who do not see it. Ids come from the content: they repeat.

    A drawing whose parts are links is a group; any other is one image, its parts of no interest by themselves.
    """
    content = joined(pieces)
    key = blake2s(f"{title}|{description}|{content}".encode(), digest_size=5).hexdigest()
    return format_html(
        '<svg role="{role}" width="{width}" height="{height}" aria-labelledby="t{key}" aria-describedby="d{key}">'
        '<title id="t{key}">{title}</title><desc id="d{key}">{description}</desc>{content}</svg>',
        role="group" if linked else "img",
        width=width,
        height=max(height, 1),
        key=key,
        title=title,
        description=description,
        content=content,
    )
