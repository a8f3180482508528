"""Django's loaddata, whose changes the history tells from those of people."""

from typing import Any

import pghistory
from django.core.management.commands import loaddata


class Command(loaddata.Command):
    """Loads fixtures; each record's history says which."""

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        """As Django does, with the fixtures' names as the context of every change."""
        with pghistory.context(command="loaddata", fixtures=list(fixture_labels)):
            super().handle(*fixture_labels, **options)
