"""What is wrong with a draft, gathered line by line, so that all of it is told at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Value = TypeVar("Value")

# Columns of the registry, and what a draft calls them.
CALLED = {
    "benefit_place": "place",
    "description_fr": "note",
    "description_en": "note",
    "unit": "measure",
    "wording_language": "wording",
}


class Faults:
    """What is wrong, by field of the draft: « grants-3-amount », « announcement-date », « source-url »."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = defaultdict(list)

    @contextmanager
    def beside(self, prefix: str, label: str | Promise, main: str = "") -> Iterator[None]:
        """A ValidationError inside is kept beside the line `prefix`, told with its `label`. What concerns no field is
        told beside the field `main`."""
        try:
            yield
        except ValidationError as error:
            for name, messages in _by_field(error, main).items():
                told = [_("%(record)s: %(reason)s") % {"record": label, "reason": message} for message in messages]
                self._found[f"{prefix}-{CALLED.get(name, name)}"] += told

    def refuse(self) -> None:
        """Raise everything found as one ValidationError, if there is anything."""
        if self._found:
            raise ValidationError(dict(self._found))


def field(name: str, read: Callable[[str], Value], text: str) -> Value:
    """What `read` makes of `text`; its ValidationError becomes one of the field `name`."""
    try:
        return read(text)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from error


def check(record: Any) -> None:
    """What the columns of a new record say of their values, foreign keys apart: they were looked up. Raises
    ValidationError by column."""
    keys = {one.name for one in record._meta.concrete_fields if one.is_relation}
    record.clean_fields(exclude=keys | {"public_id"})


def save_all(records: list[Any]) -> None:
    """Insert records of one noun, all in one statement. Raises ValidationError in the words of the constraint that
    refuses them: asking PostgreSQL about each constraint beforehand would take ten times as long."""
    try:
        with transaction.atomic():
            type(records[0])._default_manager.bulk_create(records)
    except IntegrityError as error:
        raise ValidationError(_words_of(error, records[0])) from error


def _words_of(error: IntegrityError, record: Any) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in record._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    raise error


def _by_field(error: ValidationError, main: str) -> Mapping[str, list[str]]:
    if not hasattr(error, "error_dict"):
        return {main: error.messages}
    found = error.message_dict
    return {(main if name == NON_FIELD_ERRORS else name): messages for name, messages in found.items()}
