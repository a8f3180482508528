"""Where a process may be killed on purpose, so that tests can show what is left behind.

Nothing happens unless the environment says OTN_FAULT=<name>: then the process that comes by dies as if the power had
gone.
"""

from __future__ import annotations

import os
import signal

# In the order in which an import passes them.
FAULTS = (
    "after_upload",
    "while_reading",
    "while_staging",
    "after_staging",
    "after_matching",
    "apply_started",
    "after_organisations",
    "after_grants",
    "after_search",
    "before_commit",
    "after_commit",
    "undo_started",
    "undo_before_commit",
)


def faultpoint(name: str) -> None:
    """Die here if OTN_FAULT names this point. Raises ValueError for a name that is not in FAULTS."""
    if name not in FAULTS:
        raise ValueError(f"{name} is not listed in FAULTS")
    if os.environ.get("OTN_FAULT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
