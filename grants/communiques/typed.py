"""What stands in a draft as text, read as the registry's forms read it. Raises ValidationError in words for people."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from grants.models.fields import MoneyFormField, read_date
from grants.values.partial_dates import PartialDate

_NUMBER = MoneyFormField(required=False, max_digits=16, decimal_places=2)


def number_in(text: str) -> Decimal | None:
    """Dollars, a count or a share: « 2307663 », « 2 307 663 $ », « 2,3 M$ ». None where nothing is given."""
    return _NUMBER.clean(text)


def date_in(text: str) -> PartialDate | None:
    """A date as well as it is known. None where none is given."""
    return read_date(text) if text.strip() else None


def titles_in(text: str) -> list[str]:
    """The titles of projects, one a line or apart by semicolons: one grant may fund several, without a split."""
    return list(dict.fromkeys(title.strip() for title in re.split(r"[;\n]", text) if title.strip()))


def number_or_none(text: str) -> Decimal | None:
    """The same as `number_in`, but None too where it cannot be read: for sums made while somebody types."""
    try:
        return number_in(text)
    except ValidationError:
        return None
