"""Bars, one below the other: a list of words, each with its bar. Words wrap as the page's own do."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .marks import Mark
from .svg import HUNDRED, joined, rect, share

HEIGHT = 16


def bars(marks: Sequence[Mark], *, title: str) -> SafeString:
    """One row per mark, its words above its bar. All bars share one scale, which holds what is below zero too.

    An unknown value has words and no bar. A value that is too small beside the others keeps a thin line.
    """
    known = [mark.value for mark in marks if mark.value is not None]
    low, high = min([*known, Decimal(0)]), max([*known, Decimal(0)])
    rows = joined(_row(mark, low, high - low) for mark in marks)
    return format_html('<ul class="bars" aria-label="{}">{}</ul>', title, rows)


def _row(mark: Mark, low: Decimal, span: Decimal) -> SafeString:
    words = format_html('<span class="bar-label">{}</span> <span class="bar-value">{}</span>', mark.label, mark.text)
    head = format_html('<a href="{}">{}</a>', mark.href, words) if mark.href else format_html("<p>{}</p>", words)
    return format_html(
        '<li>{head}<svg width="100%" height="{height}" aria-hidden="true" focusable="false">'
        "<title>{title}</title>{track}{filled}</svg></li>",
        head=head,
        height=HEIGHT,
        title=mark.words,
        track=rect(Decimal(0), 0, HUNDRED, HEIGHT, "track"),
        filled=_bar(mark, low, span) if mark.value else "",
    )


def _bar(mark: Mark, low: Decimal, span: Decimal) -> str:
    value = mark.value or Decimal(0)
    zero, width = share(-low, span), share(abs(value), span)
    below = value < 0
    return rect(zero - width if below else zero, 0, width, HEIGHT, f"{mark.style} below" if below else mark.style)
