"""python -m benchmarks.exported SIZE: what taking records out costs, for the table."""

from __future__ import annotations

import sys
from dataclasses import asdict

import django

from .measuring import child_result

if __name__ == "__main__":
    django.setup()
    from .exports import run

    with child_result() as result:
        result["rows"] = [asdict(row) for row in run(int(sys.argv[1]))]
