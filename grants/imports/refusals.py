"""What PostgreSQL refuses, in words: the constraint's own message instead of the database's."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from grants.models.leaning import LEANINGS


@contextmanager
def refusals_in_words(model: type[models.Model]) -> Iterator[None]:
    """A savepoint; what violates a constraint of `model` becomes a ValidationError with the constraint's message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal(model, error) from error


def refusal(model: type[models.Model], error: IntegrityError) -> ValidationError:
    """The message of the constraint that was violated; one that names it where it has none."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return ValidationError(constraint.get_violation_error_message(), code="constraint")
    for support in LEANINGS.get(model, ()):
        if name == f"{model._meta.model_name}_{support}_published":
            params = {"column": model._meta.get_field(support).verbose_name}
            message = _("This record is published, and what it names under “%(column)s” is not.")
            return ValidationError(message, code="leaning", params=params)
    message = _("The registry's rules refuse this row (%(rule)s).")
    return ValidationError(message, code="constraint", params={"rule": name or "?"})
