"""What PostgreSQL refused, in the words of the constraint that it names."""

from django.apps import apps
from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GENERAL: str | Promise = _("The database refused this: it goes against another record. Nothing was saved.")
LEANING: str | Promise = _(
    "The database refused this: a published record would refer to one that is not published. Nothing was saved."
)


def explain(error: DatabaseError) -> str | Promise:
    """The sentence that belongs to the constraint behind `error`; a general one where it is not known."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    for model in apps.get_app_config("grants").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and getattr(constraint, "violation_error_message", None):
                return str(constraint.get_violation_error_message())
    return LEANING if name.endswith("_published") else GENERAL
