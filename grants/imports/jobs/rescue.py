"""Jobs whose worker died are queued again.

procrastinate's own recipe waits for a worker's heartbeat to be half a minute old. The lock of the step tells at once:
PostgreSQL drops it with the connection.
"""

from __future__ import annotations

import logging

from django.db import connection, transaction

from .steps import LOCK_SPACE

logger = logging.getLogger(__name__)
# A job is taken from the queue a moment before its lock is, and ended a moment after.
MOMENT = 2.0  # seconds
FROZEN = 60.0
OURS = """
    lock.locktype = 'advisory' AND lock.objsubid = 2 AND lock.granted AND lock.classid::bigint = %(space)s
    AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
# A worker that is frozen keeps its connection. Where its import has not moved for a minute while the server waits for
# it to speak, the connection is ended: that is never in the middle of a commit.
END_FROZEN = f"""
    SELECT pg_terminate_backend(lock.pid) FROM pg_locks lock
    JOIN grants_importprogress progress ON progress.import_batch_id = lock.objid::bigint
    JOIN pg_stat_activity activity ON activity.pid = lock.pid
    WHERE {OURS} AND activity.wait_event = 'ClientRead' AND activity.usename = current_user
        AND progress.heartbeat < now() - make_interval(secs => %(frozen)s)
        AND activity.state_change < now() - make_interval(secs => %(frozen)s)
"""  # noqa: S608 nothing in it comes from outside
QUEUE_AGAIN = f"""
    SELECT job.id, job.args ->> 'import_id', procrastinate_retry_job_v2(job.id, now(), NULL, NULL, NULL)
    FROM procrastinate_jobs job
    WHERE job.status = 'doing' AND job.queue_name = 'imports' AND NOT EXISTS (
        SELECT FROM pg_locks lock
        WHERE {OURS} AND lock.objid::bigint = coalesce(job.args ->> 'import_id', '0')::bigint
    ) AND NOT EXISTS (
        SELECT FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.type = 'started' AND event.at > now() - make_interval(secs => %(moment)s)
    )
"""  # noqa: S608


def rescue() -> list[str]:
    """Queue again the jobs that nobody works on any more; give the keys of their imports."""
    values = {"space": LOCK_SPACE, "moment": MOMENT, "frozen": FROZEN}
    with transaction.atomic(), connection.cursor() as cursor:
        # One rescuer at a time is enough.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, -1)", [LOCK_SPACE])
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(END_FROZEN, values)
        cursor.execute(QUEUE_AGAIN, values)
        found = [key or "" for _, key, _ in cursor.fetchall()]
    if found:
        logger.warning("Taking up again what a worker left: imports %s", ", ".join(found))
    return found
