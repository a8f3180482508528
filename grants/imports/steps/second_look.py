"""A second look under the lock, just before writing: the registry may have gone on since the preview.

Nothing that staff looked at is written over what somebody did meanwhile, and nothing is made twice: such rows are
refused and told, the others come in.
"""

from __future__ import annotations

from django.db import connection

from .checking import check_again
from .differences import lines_there
from .identity import find_targets
from .matching import recognise_coming
from .plan import Plan

WRITTEN = "('new', 'changed')"


def look_again(plan: Plan) -> None:
    """Refuse the rows that do not fit the registry any more. Nothing is locked yet."""
    refuse(plan, changed_since(plan))
    recognise_coming(plan)
    find_targets(plan)
    refuse(plan, made_since(plan))
    check_again(plan, f"SELECT number FROM {plan.tables.verdicts} WHERE verdict IN {WRITTEN}")
    leave_out(plan)


def hold_and_look(plan: Plan) -> None:
    """Lock the records to be changed and refuse the rows whose record somebody changed up to now.

    Called last of all: whoever edits one of them meanwhile waits for the end of the writing, not for the whole of it.
    """
    hold(plan)
    refuse(plan, changed_since(plan))
    leave_out(plan)


def leave_out(plan: Plan) -> None:
    """What has a problem by now is not written."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""UPDATE {plan.tables.verdicts} SET verdict = 'refused'
            WHERE verdict IN {WRITTEN} AND number IN (SELECT number FROM {plan.tables.problems})"""
        )


def hold(plan: Plan) -> None:
    """Lock the records to be changed, in one order; their lines with them where the sheet says these."""
    strength = "UPDATE" if plan.many else "NO KEY UPDATE"
    with connection.cursor() as cursor:
        # Counted, so that all of them are locked.
        cursor.execute(
            f"""SELECT count(*) FROM (
                SELECT t.id FROM {plan.table} t WHERE t.id IN (
                    SELECT target_id FROM {plan.tables.verdicts} WHERE verdict = 'changed')
                ORDER BY t.id FOR {strength}) held"""
        )


def changed_since(plan: Plan) -> str:
    """SQL: the rows whose record somebody changed or removed since they were judged."""
    lines = f"AND v.target_lines IS NOT DISTINCT FROM {lines_there(plan)}" if plan.many else ""
    return f"""SELECT v.number FROM {plan.tables.verdicts} v WHERE v.verdict = 'changed' AND NOT EXISTS (
        SELECT FROM {plan.table} t WHERE t.id = v.target_id AND t.version = v.target_version {lines})"""


def made_since(plan: Plan) -> str:
    """SQL: the new rows whose record somebody has made since, and those whose record is another one by now."""
    return f"""SELECT DISTINCT v.number FROM {plan.tables.verdicts} v JOIN {plan.tables.targets} g USING (number)
        WHERE v.verdict IN {WRITTEN} AND g.target_id IS DISTINCT FROM v.target_id"""


def refuse(plan: Plan, rows: str) -> None:
    """Refuse these rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH meanwhile AS (
                UPDATE {plan.tables.verdicts} v SET verdict = 'refused' FROM ({rows}) said
                WHERE said.number = v.number RETURNING v.number
            )
            INSERT INTO {plan.tables.problems} (number, column_name, code, params, of_set)
            SELECT number, '', 'changed_meanwhile', '{{}}'::jsonb, true FROM meanwhile"""
        )
