"""An import taken back, from the history that it left: what it made goes, what it changed returns to what it was.

What somebody changed since stays as they left it, cell by cell, and is listed. A record that was published since, or
that something else leans on by now, stays too: its address must go on answering.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction

from grants.imports.jobs.progress import Quiet
from grants.imports.nouns import noun_sheet
from grants.models import Grant, GrantProject, Import, Organisation, OrganisationName, Programme, Publishable

from . import traces
from .applying import WRITING_LOCK
from .plan import column_of
from .traces import OWNERS, back, fates, table_of

KEPT_LISTED = 1_000


@dataclass
class Foreseen:
    """What an undo would do, by noun: records that go, records that return, records that stay and why.

    `kept` lists the first of those that stay: noun, id, pk, why (changed, published, used, forbidden), columns.
    """

    removed: dict[str, int] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)
    kept: list[dict[str, Any]] = field(default_factory=list)
    kept_count: int = 0


def models_of(batch: Import) -> list[type[models.Model]]:
    """The models whose records the import may have written: what leans on others before these."""
    own = noun_sheet(batch.noun).model
    beside = [model for model in (Programme, Organisation) if model is not own]
    lines = [GrantProject, OrganisationName] if own is Grant else [OrganisationName]
    return [own, *beside, *lines]


def touches_published(batch: Import) -> bool:
    """Whether the public sees something that this import made or changed: only those who publish may take that back."""
    with connection.cursor() as cursor:
        for model in models_of(batch):
            owner: Any = model._meta.get_field(OWNERS[model]) if model in OWNERS else None
            seen: type[models.Model] = owner.related_model if owner else model
            if not issubclass(seen, Publishable):
                continue
            record = f"e.{owner.column}" if owner else "e.pgh_obj_id"
            cursor.execute(
                f"""SELECT EXISTS (SELECT FROM {table_of(seen)} t JOIN {traces.events(model)} e ON {record} = t.id
                WHERE t.publication = 'published' AND e.pgh_context_id = %s)""",
                [batch.report["context"]],
            )
            if cursor.fetchone()[0]:
                return True
    return False


def foresee(batch: Import) -> Foreseen:
    """What undoing this import would do, as things stand. Raises KeyError for one that was not applied."""
    with transaction.atomic():
        taking = Undoing(batch)
        with connection.cursor() as cursor:
            for model in taking.models:
                taking.prepare_returns(cursor, model)
                taking.count(cursor, taking.seen.restored, model, f"SELECT count(*) FROM {back(model)}")
                taking.count(cursor, taking.seen.restored, model, taking.lines_to_come_back(model))
            taking.decide_fates(cursor)
            for model in taking.models:
                taking.count(cursor, taking.seen.removed, model, f"SELECT count(*) FROM {fates(model)} WHERE why = ''")
            taking.forget(cursor)
    return taking.seen


def undo(batch: Import, progress: Quiet) -> dict[str, Any]:
    """Take the import back, inside the caller's transaction; what was done and what was kept, as JSON."""
    taking = Undoing(batch)
    seen = taking.seen
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING_LOCK])
        progress.phase("undoing", total=batch.rows_new + batch.rows_changed)
        for model in taking.models:
            taking.lock(cursor, model)
        for model in taking.models:
            taking.prepare_returns(cursor, model)
            taking.give_back(cursor, model)
            progress.advance(seen.restored.get(str(model._meta.model_name), 0))
            progress.check()
        taking.decide_fates(cursor)
        for model in sorted(taking.models, key=lambda model: model not in OWNERS):
            taking.remove(cursor, model)
            progress.advance(seen.removed.get(str(model._meta.model_name), 0))
            progress.check()
        taking.forget(cursor)
    return {
        "removed": seen.removed,
        "restored": seen.restored,
        "records": seen.kept,
        "count": seen.kept_count,
    }


class Undoing:
    """One import being taken back, or only thought of as such."""

    def __init__(self, batch: Import) -> None:
        self.params = {"context": batch.report["context"]}
        self.models = models_of(batch)
        self.seen = Foreseen()

    def lock(self, cursor: Any, model: type[models.Model]) -> None:
        """Hold the records concerned, in one order, until the end. Counted, so that all of them are locked."""
        cursor.execute(
            f"""SELECT count(*) FROM (
                SELECT t.id FROM {table_of(model)} t WHERE t.id IN (
                    SELECT pgh_obj_id FROM {traces.events(model)} WHERE pgh_context_id = %(context)s)
                ORDER BY t.id FOR UPDATE) held""",
            self.params,
        )

    def count(self, cursor: Any, counts: dict[str, int], model: type[models.Model], sql: str) -> None:
        """Add what `sql` counts to the counts of a noun."""
        if sql:
            cursor.execute(sql, self.params)
            self.add(counts, model, cursor.fetchone()[0])

    def add(self, counts: dict[str, int], model: type[models.Model], number: int) -> None:
        """Add so many records to the counts of a noun."""
        noun = str(model._meta.model_name)
        if number:
            counts[noun] = counts.get(noun, 0) + number

    # ── What it changed ──────────────────────────────────────────────────────────────────────────────────

    def prepare_returns(self, cursor: Any, model: type[models.Model]) -> None:
        """List the records to be given back as they will be, without those that the rules refuse by now."""
        cursor.execute(f"DROP TABLE IF EXISTS {back(model)}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {back(model)[8:]} ON COMMIT DROP AS {traces.returning(model)}", self.params
        )
        name = self.name_of(model)
        cursor.execute(
            f"""DELETE FROM {back(model)} t WHERE id IN ({traces.impossible(model, back(model))})
            RETURNING {name}, id, 'forbidden', ARRAY[]::text[]"""
        )
        self.keep(model, cursor.fetchall())
        cursor.execute(traces.changed_again(model, name), self.params)
        self.keep(model, [(public_id, pk, "changed", columns) for public_id, pk, columns in cursor.fetchall()])

    def give_back(self, cursor: Any, model: type[models.Model]) -> None:
        """Give back the cells that nobody changed since, and the lines that the import dropped."""
        sets = ", ".join(f"{column} = said.{column}" for column in traces.given_columns(model))
        cursor.execute(f"UPDATE {table_of(model)} record SET {sets} FROM {back(model)} said WHERE record.id = said.id")
        self.add(self.seen.restored, model, cursor.rowcount)
        if model in OWNERS:
            columns = ", ".join(column.column for column in model._meta.concrete_fields)
            cursor.execute(
                f"INSERT INTO {table_of(model)} ({columns}) {traces.dropped_lines(model)} ON CONFLICT DO NOTHING",
                self.params,
            )
            self.add(self.seen.restored, model, cursor.rowcount)

    def lines_to_come_back(self, model: type[models.Model]) -> str:
        """SQL: how many lines that the import dropped will be there again."""
        if model not in OWNERS:
            return ""
        unique = next(traces.uniques(model))
        columns = [column_of(model, name) for name in unique.fields]
        same = " AND ".join(f"o.{column} = said.{column}" for column in columns)
        return f"""SELECT count(*) FROM ({traces.dropped_lines(model)}) said WHERE NOT EXISTS (
            SELECT FROM {table_of(model)} o WHERE {same} OR o.id = said.id)"""

    # ── What it made ─────────────────────────────────────────────────────────────────────────────────────

    def decide_fates(self, cursor: Any) -> None:
        """Say of each record that it made whether it goes, and list those that stay."""
        decided: list[type[models.Model]] = []
        for model in self.models:
            cursor.execute(f"DROP TABLE IF EXISTS {fates(model)}")
            sql = traces.fate(model, decided)
            cursor.execute(f"CREATE TEMPORARY TABLE {fates(model)[8:]} ON COMMIT DROP AS {sql}", self.params)
            cursor.execute(f"CREATE UNIQUE INDEX ON {fates(model)} (id)")
            cursor.execute(f"ANALYZE {fates(model)}")
            cursor.execute(
                f"""SELECT {self.name_of(model)}, t.id, f.why, ARRAY[]::text[]
                FROM {fates(model)} f JOIN {table_of(model)} t USING (id)
                WHERE f.why NOT IN ('', 'owned') ORDER BY t.id"""
            )
            self.keep(model, cursor.fetchall())
            decided.append(model)

    def remove(self, cursor: Any, model: type[models.Model]) -> None:
        """Delete the records that go."""
        cursor.execute(f"DELETE FROM {table_of(model)} WHERE id IN (SELECT id FROM {fates(model)} WHERE why = '')")
        self.add(self.seen.removed, model, cursor.rowcount)

    # ── What stays ───────────────────────────────────────────────────────────────────────────────────────

    def name_of(self, model: type[models.Model]) -> str:
        """SQL: how a record is told."""
        return "t.public_id" if issubclass(model, Publishable) else "t.id::text"

    def keep(self, model: type[models.Model], found: list[tuple[Any, ...]]) -> None:
        """List records that stay, up to KEPT_LISTED of them; count them all."""
        self.seen.kept_count += len(found)
        for name, pk, why, columns in found[: max(0, KEPT_LISTED - len(self.seen.kept))]:
            noun = str(model._meta.model_name)
            self.seen.kept.append({"noun": noun, "id": name, "pk": pk, "why": why, "columns": list(columns)})

    def forget(self, cursor: Any) -> None:
        """Drop the tables of this transaction."""
        for model in self.models:
            cursor.execute(f"DROP TABLE {fates(model)}, {back(model)}")
