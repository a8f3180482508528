"""Rows of grants and values of facets as HTML: `{% load lists %}`.

Hundreds a page: a template that looks up each word and escapes each text would cost more than all the rest of a page.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def grant_rows(rows: Iterable[Any], without_recipient: bool = False) -> SafeString:
    """The `<tr>` of grants made by public/grant_rows.rows_of: recipient, what for, region, date, status, amount.

    `without_recipient` leaves the first column out: the page is about whoever receives.
    """
    words = {name: escape(word) for name, word in _row_words().items()}
    words["unknown"] = f'<span class="muted">{words["unknown"]}</span>'
    start = words["grant" if without_recipient else "grant_to"]
    return mark_safe("".join(_row(one, words, start, without_recipient) for one in rows))  # noqa: S308 (see _row)


def _row(row: Any, words: dict[str, str], start: str, without_recipient: bool) -> str:
    """One row. Recipient, purpose and region are HTML already; all else is escaped here."""
    name = row.purpose if without_recipient else row.recipient
    purpose = "" if without_recipient else _cell(words["what_for"], row.purpose, "purpose")
    day = f'<time datetime="{escape(row.day)}">{escape(row.date)}</time>' if row.date else words["unknown"]
    return (
        f'<tr><th scope="row"><a href="{escape(row.href)}"><span class="visually-hidden">{start} </span>{name}</a></th>'
        f"{purpose}{_cell(words['region'], row.region)}{_cell(words['date'], day)}"
        f"{_cell(words['status'], escape(row.status))}"
        f"{_cell(words['amount'], escape(row.amount) or words['unknown'], 'number')}</tr>\n"
    )


def _cell(label: str, content: str, style: str = "") -> str:
    look = f' class="{style}"' if style else ""
    return f'<td data-label="{label}"{look}><span>{content}</span></td>'


def _row_words() -> dict[str, str]:
    return {
        "grant_to": _("Grant to"),
        "grant": _("Grant"),
        "what_for": _("What for"),
        "region": _("Region"),
        "date": _("Date"),
        "status": _("Status"),
        "amount": _("Amount"),
        "unknown": _("not provided"),
    }


@register.simple_tag
def facet_values(facet: Any) -> SafeString:
    """The `<li>` of a facet made by public/facets.shown_facets: two boxes a value, to keep it or to leave it out."""
    name, exclude = escape(facet.name), escape(_("exclude"))
    return mark_safe("".join(_value(one, name, exclude) for one in facet.values))  # noqa: S308 (escaped in _value)


def _value(one: Any, name: str, exclude: str) -> str:
    value, label, numbers = escape(one.value), escape(one.label), escape(one.numbers)
    keep, leave = " checked" if one.chosen else "", " checked" if one.excluded else ""
    return (
        f'<li><label class="choice"><input type="checkbox" name="{name}" value="{value}"{keep}>'
        f"<span>{label} <small>{numbers}</small></span></label>"
        f'<label class="except"><input type="checkbox" name="{name}_not" value="{value}"{leave}>'
        f'<span>{exclude}<span class="visually-hidden"> {label}</span></span></label></li>\n'
    )


@register.simple_tag
def facet_links(values: Iterable[Any]) -> SafeString:
    """The `<li>` of the page of a facet: two links a value, to put it in the selection or to leave it out."""
    words = {"exclude": escape(_("exclude")), "chosen": escape(_("chosen"))}
    return mark_safe("".join(_links(one, words) for one in values))  # noqa: S308 (escaped in _links)


def _links(one: Any, words: dict[str, str]) -> str:
    label, numbers = escape(one.value.label), escape(one.value.numbers)
    chosen = f' <strong class="small">({words["chosen"]})</strong>' if one.value.chosen else ""
    keeps, leaves = (' aria-current="true"' if here else "" for here in (one.value.chosen, one.value.excluded))
    excluded = ' class="excluded"' if one.value.excluded else ""
    return (
        f"<li{excluded}>"
        f'<a class="choice" href="{escape(one.href)}" rel="nofollow"{keeps}>'
        f"<span>{label}{chosen} <small>{numbers}</small></span></a>"
        f'<a class="except" href="{escape(one.exclude)}" rel="nofollow"{leaves}>'
        f'{words["exclude"]}<span class="visually-hidden"> {label}</span></a></li>\n'
    )
