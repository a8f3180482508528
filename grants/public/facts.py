"""Facts of a record as parts/facts.html lists them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from grants.bilingual import Text, current_language, pick
from grants.models import Organisation
from grants.values import wording
from grants.values.web_addresses import linkable


@dataclass(frozen=True)
class Fact:
    """A label and what is known; nothing known is shown as « non précisé »."""

    label: str | Promise
    value: str | Text | Promise | None
    href: str = ""
    numbers: Sequence[int] = ()


def dated(label: str | Promise, date: Any) -> Fact:
    """A partial date in words, no more precise than it is known."""
    return Fact(label, wording.date(date, current_language()) if date else None)


def web(label: str | Promise, address: str) -> Fact:
    """An address on the web, as a link where it may be one."""
    return Fact(label, address, linkable(address))


def about(label: str | Promise, record: Any, page: str, field: str = "name") -> Fact:
    """A published record and its page."""
    if record is None:
        return Fact(label, None)
    return Fact(label, pick(record, field), reverse(f"public:{page}", args=[record.public_id]))


def organisation(label: str | Promise, body: Organisation | None) -> Fact:
    """An organisation and its page; of a natural person neither name nor page."""
    if body is None:
        return Fact(label, None)
    return Fact(label, body.public_name(), organisation_page(body))


def organisation_page(body: Organisation) -> str:
    """The address of an organisation's page, empty where it has none."""
    if body.is_natural_person or not body.is_published:
        return ""
    return reverse("public:organisation-detail", args=[body.public_id])


def money(label: str | Promise, amount: Any, currency: str = "CAD") -> Fact:
    return Fact(label, None if amount is None else wording.money(amount, current_language(), currency))
