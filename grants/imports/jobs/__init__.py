"""Work that outlasts a request: read, apply, undo. Queued in PostgreSQL, done by the worker.

    enqueue("read", import_id)      in the caller's transaction; False if that step already waits
    request_cancel(import_id)       the step stops within a second or two, having changed nothing
    describe(import)                how far it has come, for a page or as JSON

The worker calls the engine, grants.imports.steps.running: run_reading, run_applying, run_undoing(import_id, progress).
"""

from .describing import ProgressView, describe
from .phases import PHASES
from .progress import Cancelled, GivenBack, Progress, Quiet, Stopped
from .queueing import enqueue, request_cancel

__all__ = [
    "PHASES",
    "Cancelled",
    "GivenBack",
    "Progress",
    "ProgressView",
    "Quiet",
    "Stopped",
    "describe",
    "enqueue",
    "request_cancel",
]
