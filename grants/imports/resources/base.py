"""What the resources of all nouns share: their columns, titles, and how they go out. sets.py says how they come in."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import tablib
from django.utils.translation import gettext_lazy as _
from import_export.resources import ModelResource

from grants.imports.columns import (
    ManyField,
    SheetField,
    column_for,
    companion_of,
    match_headers,
    missing_columns,
)
from grants.imports.lookups import Lookups
from grants.imports.results import SheetResult, SheetRowResult
from grants.imports.sheets import ORDINARY
from grants.imports.widgets import Text, text_of
from grants.models import Publishable

from .batches import Bringing
from .sets import InSets


class SheetResource(InSets, ModelResource):
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


TOO_MANY = _("One sheet holds %(count)s records at most. Filter the list first.")
