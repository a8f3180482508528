"""The road of django-import-export, its loop over rows replaced: a dataset is staged, checked and merged in sets.

`import_data()` keeps its contract: a result for each row, what changes cell by cell, trials, permissions, failed rows.
What is honoured of the hooks, and what takes the place of the others, stands in docs/decisions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pghistory
import tablib
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _
from import_export.exceptions import ImportError

from grants.imports.errors import SheetError
from grants.imports.jobs import Quiet
from grants.imports.nouns import Caster, Mapping, NounSheet, noun_sheet
from grants.imports.reading import ColumnFacts, SheetLine, Understanding
from grants.imports.refusals import refusal
from grants.imports.results import SheetResult
from grants.imports.steps.applying import apply
from grants.imports.steps.checking import check
from grants.imports.steps.identity import find_targets
from grants.imports.steps.matching import gather_names, recognise
from grants.imports.steps.plan import Plan
from grants.imports.steps.staging import stage_lines
from grants.imports.steps.verdicts import judge

from .batches import Bringing
from .row_results import fill

logger = logging.getLogger(__name__)

# What django-import-export calls row by row. Nobody calls it here: a subclass that has one is told so.
ROW_HOOKS = (
    *("import_row", "before_import_row", "after_import_row", "after_init_instance", "init_instance"),
    *("get_instance", "get_or_init_instance", "import_instance", "import_field", "import_obj"),
    *("validate_instance", "skip_row", "for_delete", "delete_instance", "before_save_instance"),
    *("save_instance", "do_instance_save", "after_save_instance", "save_m2m", "before_delete_instance"),
    *("after_delete_instance", "handle_import_error", "bulk_create", "bulk_update"),
)


class InSets:
    """`import_data()` for a Resource of any noun, by the steps of the worker.

    Hooks for whole sets, besides `before_import` and `after_import`: `before_checking(plan)` and
    `before_applying(plan)` find the rows in the tables of `plan`, `more_problems(plan)` gives SQL.
    """

    bringing: Bringing
    key: str
    fields: Any
    _meta: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        ignored = [name for name in ROW_HOOKS if name in vars(cls)]
        if ignored:
            raise ImproperlyConfigured(
                f"{cls.__name__}.{ignored[0]}() would never be called: rows come in as sets. "
                "Use before_import, before_checking, more_problems, before_applying or after_import."
            )

    # ── Hooks for sets ───────────────────────────────────────────────────────────────────────────────────

    def before_checking(self, plan: Plan) -> None:
        """The rows are staged and tied to their records; what is changed in the tables of `plan` holds."""

    def more_problems(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """(code of a problem, SQL giving number, column name, value) for rows to refuse besides."""
        return iter(())

    def more_doubts(self, plan: Plan) -> Iterator[SheetError]:
        """What somebody should look at, with the number of its row."""
        return iter(())

    def before_applying(self, plan: Plan) -> None:
        """The rows are judged, and will be written next."""

    # ── The whole sheet ──────────────────────────────────────────────────────────────────────────────────

    def import_data(
        self,
        dataset: tablib.Dataset,
        dry_run: bool = False,
        raise_errors: bool = False,
        use_transactions: bool | None = None,
        collect_failed_rows: bool = False,
        rollback_on_validation_errors: bool = False,
        **kwargs: Any,
    ) -> SheetResult:
        """Bring in all the rows or none; with `only_good_rows`, the good ones. `dry_run` takes everything back.

        `user`, `file_name`, `fingerprint` and `seen` (the digest of the preview) are remembered or compared. It is
        always one transaction. Raises ImportError with `raise_errors`.
        """
        only_good_rows = kwargs.pop("only_good_rows", False)
        self.bringing = Bringing.of(dataset, dry_run, kwargs)
        result = SheetResult()
        result.only_good_rows = only_good_rows
        try:
            self.bringing.mapping = self.read_headers(dataset)
        except SheetError as error:
            result.file_problems = [error, *error.others]
        else:
            with pghistory.context(**self.bringing.context()) as context:
                self.in_one_transaction(dataset, result, context, kwargs)
        if not dry_run and result.has_errors():
            result.batch = self.bringing.record_refusal(result, self._meta.model)
        if raise_errors and result.has_errors():
            raise ImportError(result.problems[0], number=result.problems[0].row)
        if collect_failed_rows:
            self.collect_failed_rows(dataset, result)
        return result

    def in_one_transaction(self, dataset: Any, result: SheetResult, context: Any, kwargs: dict[str, Any]) -> None:
        """Everything; taken back where it is a trial or has errors. A fault of ours is told in words."""
        try:
            with transaction.atomic():
                self.bring(dataset, result, context, kwargs)
                if self.bringing.dry_run or result.has_errors():
                    transaction.set_rollback(True)
        except IntegrityError as error:
            said = refusal(self._meta.model, error)
            result.file_problems.append(SheetError(said.message, params=said.params))
        except Exception as error:
            logger.error("An import could not be done", exc_info=error)
            result.append_base_error(self.get_error_result_class()(error))
            result.file_problems.append(SheetError(FAULT_OF_OURS))

    def bring(self, dataset: Any, result: SheetResult, context: Any, kwargs: dict[str, Any]) -> None:
        """Stage, match, check, judge, and write where nothing forbids it."""
        options = {"dry_run": self.bringing.dry_run, **kwargs}
        self.before_import(dataset, **options)
        plan = self.staged(dataset)
        gather_names(plan)
        recognise(plan)
        find_targets(plan)
        self.keep_to_queryset(plan)
        self.before_checking(plan)
        check(plan)
        self.add_problems(plan)
        judge(plan)
        fill(result, plan, list(self.more_doubts(plan)))
        result.file_doubts = list(getattr(getattr(dataset, "sheet", None), "doubts", []))
        result.batch = self.bringing.batch
        self.compare_with_preview(result)
        if not self.bringing.dry_run and not result.has_errors():
            self.before_applying(plan)
            apply(plan, Quiet())
            self.bringing.finish(result, plan, context)
        plan.tables.drop()
        self.after_import(dataset, result, **options)

    def compare_with_preview(self, result: SheetResult) -> None:
        """Nothing is written that differs from what somebody looked at."""
        if self.bringing.seen and not result.has_errors() and self.bringing.seen != result.digest():
            message = _("The registry has changed since the preview. Nothing was written: look at it again.")
            result.file_problems.append(SheetError(message))

    # ── Into the tables ──────────────────────────────────────────────────────────────────────────────────

    def sheet(self) -> NounSheet:
        """The noun's sheet. These screens ask nothing of names: one that is not known is refused, never made."""
        sheet = noun_sheet(self._meta.model)
        return replace(sheet, columns=tuple(replace(column, creates=False, overflow="") for column in sheet.columns))

    def staged(self, dataset: tablib.Dataset) -> Plan:
        """The dataset in its tables, and the plan to go on with."""
        titles = [title or "" for title in dataset.headers or []]
        columns = {title: title for title in titles if title}
        facts = [ColumnFacts(place, "", title) for place, title in enumerate(titles)]
        sheet = self.sheet()
        identity = "reference" if "reference" in columns else "content"
        mapping = Mapping(profile="registre", columns=columns, identity=identity)
        caster = Caster(sheet, Understanding("dataset", titles=titles, columns=facts), mapping)
        names = [column.name for column in caster.columns]
        told = frozenset(names) - columns.keys()
        batch = self.bringing.start(self._meta.model)
        plan = Plan(batch, names, identity, self.bringing.user, told=told)
        plan.sheet = sheet
        plan.present = {name: sheet.by_name[name] for name in names}
        stage_lines(plan, self.lines_of(dataset), caster, Quiet())
        return plan

    def lines_of(self, dataset: tablib.Dataset) -> Iterator[SheetLine]:
        """The rows as the reader gives them, with the sheet's own numbers."""
        for position, row in enumerate(dataset, 1):
            cells = [cell_of(value) for value in row]
            if any(cell is not None for cell in cells):
                yield SheetLine(self.bringing.row_number(position), cells)

    def keep_to_queryset(self, plan: Plan) -> None:
        """Rows speak only of records of `get_queryset()`; others are as if they were not there."""
        records = self.get_queryset()
        if not records.query.where:
            return
        sql, params = records.order_by().values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {plan.tables.targets} WHERE target_id NOT IN ({sql})", params)  # noqa: S608

    def add_problems(self, plan: Plan) -> None:
        """What the resource refuses besides."""
        with connection.cursor() as cursor:
            for code, found in self.more_problems(plan):
                cursor.execute(
                    f"""INSERT INTO {plan.tables.problems} (number, column_name, value, code, params, of_set)
                    SELECT number, column_name, value, %s, '{{}}'::jsonb, true
                    FROM ({found}) found (number, column_name, value)""",  # noqa: S608
                    [code],
                )

    def collect_failed_rows(self, dataset: tablib.Dataset, result: SheetResult) -> None:
        """The rows refused as a dataset, with what is wrong in its last column."""
        result.add_dataset_headers(list(dataset.headers or []))
        refused = {row.number: row for row in result.rows if row.problems}
        for position, values in enumerate(dataset, 1):
            row = refused.get(self.bringing.row_number(position))
            if row is not None:
                words = " ".join(str(problem) for problem in row.problems)
                result.append_failed_row(dict(zip(dataset.headers or [], values, strict=True)), words)

    def read_headers(self, dataset: tablib.Dataset) -> dict[str, str]:
        raise NotImplementedError

    before_import: Callable[..., None]
    after_import: Callable[..., None]
    get_queryset: Callable[[], models.QuerySet]
    get_error_result_class: Callable[[], type]


def cell_of(value: Any) -> Any:
    """A cell of a dataset as the reader would give it."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(repr(value))
    return None if value == "" else value


FAULT_OF_OURS = _("This could not be imported. The fault is on our side and has been recorded.")
