"""What forbids a row, beyond cells that cannot be read."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models.expressions import DatabaseDefault
from django.utils.translation import gettext_lazy as _

from grants.actions.permissions import may_change
from grants.imports.columns import ManyField, SheetField
from grants.imports.widgets import text_of
from grants.models import Publishable
from grants.models.codes import Publication

from .batches import Bringing


class RowRules:
    """The checks of a SheetResource: each raises or gives ValidationErrors in the user's language."""

    fields: dict[str, SheetField]
    bringing: Bringing
    original: models.Model | None

    def get_written_columns(self) -> list[SheetField]:
        raise NotImplementedError

    def check_said_by_registry(self, instance: models.Model, row: dict[str, Any], errors: dict[str, Any]) -> None:
        """The state of publication may come back as it went out; an import never changes it."""
        if not text_of(row.get("publication")) or "publication" not in self.fields:
            return
        try:
            said = self.fields["publication"].read(row)
        except ValidationError as error:
            errors["publication"] = error.error_list
            return
        if said != instance.publication:
            message = _("An import does not publish: this record is “%(state)s” and stays so.")
            params = {"state": Publication(instance.publication).label}
            errors["publication"] = [ValidationError(message, code="publication", params=params)]

    def validate_instance(
        self, instance: models.Model, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Everything that forbids this record as it would be. Raises a ValidationError with all of it."""
        errors = dict(import_validation_errors or {})
        if not instance._state.adding:
            self.check_may_write(instance)
        for name, error in self.unusable_references(instance):
            errors.setdefault(name, []).append(error)
        known = {name for name in errors if name != NON_FIELD_ERRORS}
        if isinstance(getattr(instance, "public_id", None), DatabaseDefault):
            known.add("public_id")  # dealt by PostgreSQL: comparing it would deal one per row of the table
        try:
            instance.full_clean(exclude=known, validate_unique=validate_unique, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(self.with_constraints(instance, errors, known))

    def with_constraints(self, instance: models.Model, errors: dict[str, Any], known: set[str]) -> dict[str, Any]:
        """The errors of a row that is refused anyway, with the constraints that it violates besides.

        Only such rows pay for asking PostgreSQL one constraint at a time; the others meet them when they are saved.
        """
        try:
            instance.validate_constraints(exclude={*known, *errors} - {NON_FIELD_ERRORS})
        except ValidationError as error:
            return error.update_error_dict(errors)
        return errors

    def check_may_write(self, instance: models.Model) -> None:
        """Raises ValidationError where this person may not change this record."""
        self.check_may_change(instance)

    def check_may_change(self, record: models.Model) -> None:
        """Raises ValidationError where this person may not correct `record`."""
        user = self.bringing.user
        if user is not None and not may_change(user, record):
            message = _("This record is published or merged, and your account may not correct it.")
            raise ValidationError(message, code="permission")

    def check_version(self, instance: models.Model, row: dict[str, Any]) -> None:
        """Raises ValidationError where somebody changed the record after the sheet went out."""
        said = text_of(row.get("version"))
        if said and said != str(instance.version):
            message = _("Somebody has changed this record since the sheet was exported: export it again.")
            raise ValidationError({"version": ValidationError(message, code="version")})

    def unusable_references(self, instance: models.Model) -> Iterable[tuple[str, ValidationError]]:
        """References newly made to what was withdrawn or merged."""
        for column in self.get_written_columns():
            record = getattr(instance, column.attribute, None) if not isinstance(column, ManyField) else None
            if not isinstance(record, Publishable):
                continue
            if not instance._state.adding and record == column.get_value(self.original):
                continue
            if record.publication == Publication.WITHDRAWN or getattr(record, "merged_into_id", None):
                message = _("“%(record)s” was withdrawn or merged: nothing new can lean on it.")
                params = {"record": str(record)[:80]}
                yield column.attribute, ValidationError(message, code="withdrawn", params=params)
