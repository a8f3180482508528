"""What the resources of all nouns share: headers before rows, rows in words, one transaction, one Import."""

import logging
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import pghistory
import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelResource

from grants.imports.columns import (
    ManyField,
    SheetField,
    column_for,
    companion_of,
    match_headers,
    missing_columns,
    must_not_be_empty,
)
from grants.imports.errors import SheetError
from grants.imports.lookups import Lookups
from grants.imports.refusals import refusals_in_words
from grants.imports.results import Change, SheetResult, SheetRowResult
from grants.imports.sheets import ORDINARY
from grants.imports.widgets import Text, text_of
from grants.models import Publishable

from .batches import Bringing
from .rules import RowRules

logger = logging.getLogger(__name__)


class SheetResource(RowRules, ModelResource):
    """A noun as rows: `columns` are fields of the model, `companions` the references also said by name.

    `key` is the column by which rows find their record; left blank, or not there, a row is a new record.
    """

    columns: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    key = "public_id"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lookups = Lookups()
        self.fields = OrderedDict((column.column_name, column) for column in self.make_columns())
        self.bringing = Bringing()
        self.records: dict[str, models.Model] = {}
        self.rows_of: dict[int, int] = {}
        self.row_number = 0
        self.original: models.Model | None = None

    # ── Columns ──────────────────────────────────────────────────────────────────────────────────────────

    def make_columns(self) -> Iterable[SheetField]:
        """All the columns, in the order of the sheet."""
        if issubclass(self._meta.model, Publishable):
            yield self.said_by_registry("public_id")
        for name in self.columns:
            column = column_for(self._meta.model, name, self.lookups)
            yield column
            if name in self.companions:
                yield companion_of(column)
        yield from self.more_columns()
        if issubclass(self._meta.model, Publishable):
            yield self.said_by_registry("publication")
        yield self.said_by_registry("version")

    def more_columns(self) -> Iterable[SheetField]:
        """Columns that are no plain field of the model."""
        return ()

    def said_by_registry(self, name: str) -> SheetField:
        """A column that goes out, and comes back only to be compared."""
        column = column_for(self._meta.model, name, self.lookups)
        if name == "publication":
            return SheetField(name, column.label, column.widget, readonly=True)
        return SheetField(name, column.label, Text(), readonly=True)

    def get_written_columns(self) -> list[SheetField]:
        """The columns that an import may write."""
        return [column for column in self.fields.values() if not column.readonly]

    # ── The whole sheet ──────────────────────────────────────────────────────────────────────────────────

    @classmethod
    def get_result_class(cls) -> type[SheetResult]:
        return SheetResult

    @classmethod
    def get_row_result_class(cls) -> type[SheetRowResult]:
        return SheetRowResult

    @classmethod
    def get_diff_class(cls) -> type[Change]:
        return Change

    def import_data(self, dataset: tablib.Dataset, dry_run: bool = False, **kwargs: Any) -> SheetResult:
        """Bring in all the rows or none. With `dry_run`, say what would become of them and take it all back.

        `user`, `file_name`, `fingerprint` and `seen` (the digest of the preview) are remembered or compared.
        """
        self.bringing = Bringing.of(dataset, dry_run, kwargs)
        try:
            self.bringing.mapping = self.read_headers(dataset)
        except SheetError as error:
            result = SheetResult()
            result.file_problems = [error, *error.others]
            return result
        with pghistory.context(**self.bringing.context()):
            result = super().import_data(dataset, dry_run=dry_run, use_transactions=True, **kwargs)
        if not dry_run and result.has_errors():
            result.batch = self.bringing.record_refusal(result, self._meta.model)
        return result

    def read_headers(self, dataset: tablib.Dataset) -> dict[str, str]:
        """Give the dataset our machine names for titles. Raises SheetError for everything wrong with them."""
        mapping = match_headers(dataset.headers or [], self.fields.values())
        # A reference said only in words is the reference itself.
        for column in list(self.fields.values()):
            companion = getattr(column.widget, "companion", "")
            if companion in mapping.values() and column.column_name not in mapping.values():
                title = next(title for title, name in mapping.items() if name == companion)
                mapping[title] = column.column_name
        names = [mapping.get(header, "") for header in dataset.headers or []]
        rows = [dict(zip(names, values, strict=True)) for values in dataset]
        if not rows or any(not text_of(row.get(self.key)) for row in rows):
            missing = missing_columns(self.fields.values(), names)
            if missing:
                missing[0].others = missing[1:]
                raise missing[0]
        dataset.headers = names
        return mapping

    def remember_records(self, keys: Iterable[str]) -> None:
        """Fetch in one query the records that the rows name by their key; when writing, lock them."""
        records = self.get_queryset().filter(**{f"{self.key}__in": {key for key in keys if key}})
        if not self.bringing.dry_run:
            records = records.select_for_update()
        self.records = {getattr(record, self.key): record for record in records}

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        self.bringing.start(self._meta.model)
        keys = dataset[self.key] if self.key in dataset.headers else []
        self.remember_records(map(text_of, keys))

    def after_import(self, dataset: tablib.Dataset, result: SheetResult, **kwargs: Any) -> None:
        result.file_doubts = list(getattr(getattr(dataset, "sheet", None), "doubts", []))
        result.batch = self.bringing.batch
        if result.has_errors():
            return
        if self.bringing.seen and self.bringing.seen != result.digest():
            message = _("The registry has changed since the preview. Nothing was written: look at it again.")
            result.file_problems.append(SheetError(message))
            return
        self.bringing.finish(result)

    def handle_import_error(self, result: SheetResult, error: Exception, raise_errors: bool = False) -> None:
        """A fault of ours goes to the log with its traceback, and in words to the person."""
        logger.error("An import could not be done", exc_info=error)
        result.append_base_error(self.get_error_result_class()(error))
        result.file_problems.append(SheetError(FAULT_OF_OURS))

    # ── One row ──────────────────────────────────────────────────────────────────────────────────────────

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> SheetRowResult:
        self.row_number = self.bringing.row_number(kwargs["row_number"])
        self.doubts: list[SheetError] = []
        result = super().import_row(row, instance_loader, **kwargs)
        result.number, result.doubts = self.row_number, self.doubts
        if result.validation_error is not None:
            result.problems = self.problems_of(result.validation_error, row)
        for fault in result.errors:
            logger.error("Row %s could not be imported", self.row_number, exc_info=fault.error)
            result.problems = [SheetError(FAULT_OF_OURS, row=self.row_number)]
        # What it was and became is in the cells; ten thousand records need not stay in memory.
        result.instance = result.original = None
        return result

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> models.Model | None:
        """The record that the row speaks of, None for a new one. Raises ValidationError."""
        key = text_of(row.get(self.key))
        record = self.records.get(key) or self.find_unknown(key) if key else self.find_without_key(row)
        if record is not None and record.pk:
            if record.pk in self.rows_of:
                message = _("Row %(row)s already speaks of this record.")
                raise ValidationError(message, code="twice", params={"row": self.rows_of[record.pk]})
            self.rows_of[record.pk] = self.row_number
        return record

    def find_unknown(self, key: str) -> models.Model | None:
        """What to do with a key that the registry does not have: refuse it."""
        message = _("No record has this id. Leave the cell empty to make a new record.")
        raise ValidationError({self.key: ValidationError(message, code="unknown")})

    def find_without_key(self, row: dict[str, Any]) -> models.Model | None:
        """The record of a row without a key, where something else tells it apart."""
        return None

    def import_instance(self, instance: models.Model, row: dict[str, Any], **kwargs: Any) -> None:
        """Read every cell of the row. Raises a ValidationError with all that are wrong."""
        errors = {}
        for column in self.fields.values():
            if column.column_name in row and not column.readonly:
                try:
                    column.save(instance, row)
                except ValidationError as error:
                    errors[column.column_name] = error.error_list
        self.check_said_by_registry(instance, row, errors)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: models.Model, original: models.Model, row: dict[str, Any], errors: Any = None) -> bool:
        """Whether the row says nothing new of its record."""
        self.original = original
        if errors or instance._state.adding:
            return False
        present = [column for column in self.get_written_columns() if column.column_name in row]
        return all(column.get_value(instance) == column.get_value(original) for column in present)

    def before_save_instance(self, instance: models.Model, row: dict[str, Any], **kwargs: Any) -> None:
        if instance._state.adding:
            self.doubts += self.doubts_about(instance)
        else:
            self.check_version(instance, row)

    def doubts_about(self, instance: models.Model) -> list[SheetError]:
        """What somebody should look at before this new record is made."""
        return []

    def do_instance_save(self, instance: models.Model, is_create: bool) -> None:
        try:
            with refusals_in_words(self._meta.model):
                instance.save(force_insert=is_create)
                for column in self.get_written_columns():
                    if isinstance(column, ManyField):
                        column.write(instance)
        except ValidationError as error:
            if error.code == "constraint":  # PostgreSQL tells the first one only
                instance.validate_constraints()
            raise
        self.rows_of[instance.pk] = self.row_number

    def problems_of(self, error: ValidationError, row: dict[str, Any]) -> list[SheetError]:
        """One SheetError for each thing wrong with the row, its column and value with it."""
        by_name = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        problems = []
        for name, errors in by_name.items():
            column = self.fields.get(name)
            value = text_of(row.get(name)) or None
            for each in errors:
                message = _("This cell must not be empty.") if must_not_be_empty(each) else each.messages[0]
                label = str(column.label) if column else None
                problems.append(SheetError(message, row=self.row_number, column=label, value=value))
        return problems

    # ── Going out ────────────────────────────────────────────────────────────────────────────────────────

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """The records with what their columns name. Raises ValueError for more than a sheet brings back in."""
        if hasattr(queryset, "count") and queryset.count() > ORDINARY.rows:
            raise ValueError(TOO_MANY % {"count": ORDINARY.rows})
        references = [
            column.attribute
            for column in self.get_written_columns()
            if hasattr(column.widget, "lookup") and not isinstance(column, ManyField)
        ]
        many = [column.attribute for column in self.get_written_columns() if isinstance(column, ManyField)]
        return queryset.select_related(*references).prefetch_related(*many)

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [str(column.label) for column in self.get_export_fields(selected_fields)]

    def after_export(self, queryset: Any, dataset: tablib.Dataset, **kwargs: Any) -> None:
        dataset.title = str(self._meta.model._meta.verbose_name_plural)

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls._meta.model._meta.verbose_name_plural)

    def get_queryset(self) -> Any:
        return self._meta.model._default_manager.all()


class SheetMeta:
    """Options of django-import-export that all our resources share."""

    fields: tuple[str, ...] = ()
    skip_unchanged = True
    report_skipped = True
    chunk_size = 1000


FAULT_OF_OURS = _("This could not be imported. The fault is on our side and has been recorded.")
TOO_MANY = _("One sheet holds %(count)s records at most. Filter the list first.")
