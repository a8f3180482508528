"""Words and addresses for the staff's templates."""

from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.urls import translate_url

from grants.bilingual import ENGLISH, FRENCH, current_language
from grants.models.codes import UNIT_OF, Measure, Unit
from grants.values import wording

register = template.Library()

EMPTY = "—"
NAMES = {FRENCH: "Français", ENGLISH: "English"}


class OtherPage(NamedTuple):
    """This page in the other language."""

    href: str
    language: str
    name: str


@register.simple_tag(takes_context=True)
def this_page_in_other_language(context: dict[str, Any]) -> OtherPage | None:
    """The same page of the admin, with its filters, in the other language (none for an answer to a form)."""
    request = context.get("request")
    if request is None:
        return None
    other = FRENCH if current_language() == ENGLISH else ENGLISH
    return OtherPage(translate_url(request.get_full_path(), other), other, NAMES[other])


@register.simple_tag
def in_measure(value: Decimal | None, measure: str) -> str:
    """A value in the unit of its measure, a dash where it is not known."""
    return EMPTY if value is None else _in_unit(value, UNIT_OF[Measure(measure)])


@register.simple_tag
def claimed(figure: Any) -> str:
    """The hedge and value of a figure."""
    hedge = "" if figure.qualifier == "exact" else f"{figure.get_qualifier_display()} "
    return hedge + _in_unit(figure.value, figure.unit)


@register.filter
def counted(value: Any) -> str:
    """A count, its thousands grouped; a dash where it is not known, other texts as they are."""
    if value is None or value == "":
        return EMPTY
    return wording.number(value, current_language()) if isinstance(value, int | Decimal) else str(value)


@register.simple_tag
def in_currency(value: Decimal | None, currency: str) -> str:
    """An amount in its currency (dollars of Canada where none is said), a dash where it is not known."""
    return EMPTY if value is None else wording.money(value, current_language(), currency or "CAD")


def _in_unit(value: Decimal, unit: str) -> str:
    say = {Unit.CAD: wording.money, Unit.PERCENT: wording.percent}.get(Unit(unit), wording.number)
    return say(value, current_language())
