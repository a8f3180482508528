"""What PostgreSQL refuses, in words: the constraint's own message instead of the database's."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _

from grants.models.leaning import LEANINGS


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
    if name.endswith("_no_circle"):
        return ValidationError(_("Records of this sheet would belong to one another in a circle."), code="circle")
    message = _("The registry's rules refuse this row (%(rule)s).")
    return ValidationError(message, code="constraint", params={"rule": name or "?"})
