"""Words for templates: money, numbers, dates, bilingual texts, code lists, and what the claims say.

Addresses (query strings, the other language, canonical) are in `addresses`, loaded here too.
"""

import datetime
import json
from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.bilingual import Text, current_language, pick
from grants.values import wording
from grants.values.partial_dates import BadDate, PartialDate
from grants.values.web_addresses import linkable

from . import addresses

register = template.Library()
register.tags.update(addresses.register.tags)
register.filters.update(addresses.register.filters)


register.filter(linkable)


@register.filter
def money(value: Decimal | int | None, currency: str = "CAD") -> str:
    """« 2 307 663 $ » in the language of the page; an unknown amount is « non précisé », never 0."""
    return not_provided() if value is None else wording.money(value, current_language(), currency)


@register.filter
def number(value: Decimal | int | None) -> str:
    """A count with its thousands grouped."""
    return not_provided() if value is None else wording.number(value, current_language())


@register.filter
def percent(value: Decimal | int | None) -> str:
    """A share given in hundredths: 25 gives « 25 % »."""
    return not_provided() if value is None else wording.percent(value, current_language())


@register.filter
def partial_date(value: PartialDate | datetime.date | str | None) -> str:
    """A date in words, no more precise than it is known. A text that is no date is shown as it is."""
    if not value:
        return not_provided()
    if isinstance(value, datetime.datetime):
        value = timezone.localdate(value)
    try:
        return wording.date(PartialDate.parse(value), current_language())
    except BadDate:
        return str(value)


@register.filter
def machine_date(value: PartialDate | datetime.date | str | None) -> str:
    """The same date for `<time datetime="…">`: `2021-03` stays a month."""
    if isinstance(value, datetime.datetime):
        value = timezone.localdate(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value or "")


@register.simple_tag
def not_provided() -> str:
    """What stands where nothing is known."""
    return _("not provided")


@register.simple_tag
def bi(record: Any, field: str) -> str:
    """`{% bi organisation "name" %}`: the text in the page's language, marked `lang` where it is not."""
    return mark_language(pick(record, field))


@register.filter
def mark_language(text: Text | str | None) -> str:
    """A text of `bilingual.pick`, inside `<span lang="…">` where it is not in the page's language."""
    if not isinstance(text, Text):
        return "" if text is None else str(text)
    if text.is_fallback:
        return format_html('<span lang="{}">{}</span>', text.language, text.value)
    return text.value


@register.simple_tag
def claim(value: Decimal | int | None, unit: str = "CAD", qualifier: str = "exact") -> str:
    """A number with the hedge it came with: `{% claim figure.value figure.unit figure.qualifier %}`."""
    if value is None:
        return not_provided()
    in_unit = {"CAD": money, "percent": percent}.get(str(unit), number)
    return _hedge(str(qualifier)) % {"amount": in_unit(value)}


def _hedge(qualifier: str) -> str:
    hedges = {
        "about": _("about %(amount)s"),
        "nearly": _("nearly %(amount)s"),
        "more_than": _("more than %(amount)s"),
        "at_least": _("at least %(amount)s"),
        "up_to": _("up to %(amount)s"),
    }
    return hedges.get(qualifier, "%(amount)s")


@register.simple_tag
def difference(value: Decimal, unit: str = "CAD") -> str:
    """A difference with its sign: « +249 885 $ »; nil is « 0 »."""
    amount = claim(abs(value), unit)
    return f"+{amount}" if value > 0 else f"\N{MINUS SIGN}{amount}" if value < 0 else amount


class Verdict(NamedTuple):
    """How a verdict of the reconciliation looks: its code (also the CSS class and the icon) and its word."""

    code: str
    label: str


@register.filter
def verdict(code: Any) -> Verdict:
    """A verdict (`exact`, `consistent`, `partial`, `conflict`, else nothing to compare) in words."""
    words = {
        "exact": pgettext("verdict", "exact"),
        "consistent": pgettext("verdict", "consistent"),
        "partial": pgettext("verdict", "partial"),
        "conflict": pgettext("verdict", "conflict"),
    }
    key = str(getattr(code, "value", code))
    if key not in words:
        return Verdict("nothing", pgettext("verdict", "nothing to compare"))
    return Verdict(key, words[key])


class Site(NamedTuple):
    """What the operator of this registry says of itself."""

    operator: str
    contact: str


@register.simple_tag
def site() -> Site:
    """`{% site as site %}`: `site.operator` and `site.contact` (an e-mail address), either may be empty."""
    return Site(getattr(settings, "OPERATOR_NAME", ""), getattr(settings, "CONTACT_EMAIL", ""))


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """Structured data for search engines, as a data block (it is never run, so the CSP has no say in it)."""
    text = json.dumps(data, ensure_ascii=False, default=str)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped just above)
