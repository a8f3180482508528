"""Fields with the registry's manners: partial dates, money, public ids, and text without hidden characters."""

import datetime
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models.expressions import DatabaseDefault
from django.utils.translation import gettext_lazy as _

from grants.values.amounts import BadAmount, read_amount
from grants.values.partial_dates import BadDate, PartialDate

# Control characters, and those that turn the direction of the text or hide in it.
_HIDDEN_IN_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_HIDDEN_IN_PROSE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def no_hidden_characters(text: str, hidden: re.Pattern[str] = _HIDDEN_IN_LINE) -> None:
    """Refuse control and direction characters. Raises ValidationError naming the first one and its place."""
    if found := hidden.search(text):
        raise ValidationError(
            _("This text has a hidden character (%(code)s) in position %(position)s: type it again without it."),
            code="hidden_character",
            params={"code": f"U+{ord(found[0]):04X}", "position": found.start() + 1},
        )


def no_hidden_characters_in_prose(text: str) -> None:
    """The same for text of several lines, where line ends and tabs are allowed."""
    no_hidden_characters(text, _HIDDEN_IN_PROSE)


def without_hidden_characters(text: str) -> str:
    """`text` as a column of prose takes it: what cannot be seen is left out."""
    return _HIDDEN_IN_PROSE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Line(models.CharField):
    """One line of text, composed (NFC), without hidden characters; 300 characters at most by default."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 300)
        super().__init__(*args, **kwargs)
        self.validators.append(no_hidden_characters)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


class Prose(models.TextField):
    """Text of several lines, NFC, without hidden characters, 20 000 characters at most."""

    longest = 20_000

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.validators += [no_hidden_characters_in_prose, MaxLengthValidator(self.longest)]

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        return unicodedata.normalize("NFC", value).replace("\r\n", "\n")


class PublicIdField(models.CharField):
    """The short, stable public name of a record; never reused.

    PostgreSQL deals ids of six characters and more that start with a digit (`grants_new_public_id`, from a sequence
    that never goes back); ids chosen by people start with a letter (« otn »). The two can never meet.
    """

    shape = r"^([1-9][0-9a-hjkmnp-tv-z]{5,12}|[a-z][0-9a-z]*(-[0-9a-z]+)*)$"

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.update(max_length=24, blank=True)
        kwargs.setdefault("db_default", models.Func(function="grants_new_public_id", output_field=models.CharField()))
        super().__init__(*args, **kwargs)
        self.validators.append(
            RegexValidator(
                self.shape.removesuffix("$") + r"\Z",  # Python's $ would let a line end through
                _("A public id has lower-case letters, digits and single hyphens, and starts with a letter."),
            )
        )

    def db_check(self, connection: Any) -> str:
        return f"\"{self.column}\" ~ '{self.shape}'"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        return value or DatabaseDefault(self._db_default_expression, output_field=self)


class MoneyFormField(forms.DecimalField):
    """An amount typed as people write it: « 2 307 663 $ », « 2,3 M$ »."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            try:
                amount = read_amount(value)
            except BadAmount:
                raise ValidationError(
                    _("“%(value)s” is not an amount. Write it like 2 307 663 $, 2307663.50 or 2,3 M$."),
                    code="invalid",
                    params={"value": value[:80]},
                ) from None
            if amount.currency not in (None, "CAD"):
                raise ValidationError(
                    _("“%(value)s” is not in Canadian dollars."),
                    code="currency",
                    params={"value": value[:80]},
                )
            value = format(amount.value, "f")
        return super().to_python(value)


# The first amount that a column has no room for. PostgreSQL's NaN is greater still, and fits any numeric column.
TOO_MUCH = 10**14


class MoneyField(models.DecimalField):
    """Dollars and cents, exact; unknown is null, never 0."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.update(max_digits=16, decimal_places=2)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MoneyFormField, "localize": False, **kwargs})


class PartialDateFormField(forms.CharField):
    """A date typed as people write it: « mars 2021 », « 2021-03 », « 20 avril 2022 »."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(str(value) if isinstance(value, PartialDate) else value)
        return read_date(text) if text else None

    def run_validators(self, value: Any) -> None:
        """The length of a date as typed says nothing: once read, it is a date."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (self.to_python(initial) or None) != (self.to_python(data) or None)
        except ValidationError:
            return True


def read_date(value: Any) -> PartialDate:
    """Read a partial date, or raise a ValidationError in the user's language."""
    try:
        return PartialDate.parse(value)
    except BadDate as bad:
        messages = {
            "day": _("“%(value)s”: that day does not exist."),
            "month": _("“%(value)s”: that month does not exist."),
            "year": _("“%(value)s”: that year is out of range."),
        }
        message = messages.get(
            bad.reason, _("“%(value)s” is not a date. Write it like 2021, 2021-03, mars 2021 or 2022-04-20.")
        )
        raise ValidationError(message, code="invalid", params={"value": str(value)[:80]}) from None


class PartialDateField(models.CharField):
    """A PartialDate, stored as `2021`, `2021-03` or `2021-03-29`; PostgreSQL checks it (`grants_is_partial_date`)."""

    if TYPE_CHECKING:  # what django-stubs asks a field of
        _pyi_private_set_type: str | PartialDate | datetime.date | None  # type: ignore[assignment]
        _pyi_private_get_type: PartialDate | None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any):
        # The C collation sorts plain ISO text as dates sort, the coarser first.
        kwargs.update(max_length=10, db_collation="C", null=True, blank=True)
        super().__init__(*args, **kwargs)

    def db_check(self, connection: Any) -> str:
        return f'grants_is_partial_date("{self.column}")'

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        return read_date(value) if value else None

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "" or hasattr(value, "resolve_expression"):
            return value or None
        # A lookup (`startswith="2021-0"`) may ask for a part of a date: only whole dates are read.
        return value.iso if isinstance(value, PartialDate) else str(value)

    def clean(self, value: Any, model_instance: models.Model | None) -> PartialDate | None:
        value = self.to_python(value)
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
        return value

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return str(value) if value else ""

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, "max_length": 40, **kwargs})
