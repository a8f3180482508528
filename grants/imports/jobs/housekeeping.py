"""What is cleared away once a day, and when a worker starts."""

from __future__ import annotations

from django.db import connection
from django.utils.module_loading import import_string

SWEEP = "grants.imports.steps.staging.sweep"  # drops the rows set ready for imports that nobody waits for
KEPT_DAYS = 30
FORGET = """
    DELETE FROM procrastinate_jobs job WHERE status NOT IN ('todo', 'doing') AND NOT EXISTS (
        SELECT FROM procrastinate_events WHERE job_id = job.id AND at > now() - make_interval(days => %s))
"""


def keep_house() -> None:
    """Drop the rows set ready for imports that nobody waits for, and forget the jobs ended a month ago."""
    import_string(SWEEP)()
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [KEPT_DAYS])
