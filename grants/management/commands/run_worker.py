"""`manage.py run_worker`: do the work that outlasts a request, until asked to stop."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from grants.imports.jobs.worker import work


class Command(BaseCommand):
    help = "Read, apply and undo the imports that wait, until stopped (INT, TERM, HUP)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="how many imports at a time (2)")
        parser.add_argument(
            "--patience", type=float, default=5, help="seconds that running work has to end before it is given back (5)"
        )
        parser.add_argument("--follow-stdin", action="store_true", help="stop at the end of the standard input too")

    def handle(self, *args: Any, **options: Any) -> None:
        work(concurrency=options["concurrency"], patience=options["patience"], follow_stdin=options["follow_stdin"])
