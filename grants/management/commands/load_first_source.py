"""The reference lists and the first source, where they are not yet."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Loads a fixture only into an empty place, so that what staff changed is never overwritten."""

    help = "Load the fixtures `regions` and `otn` where they are not yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask the database, not a mark on disk, whether they are there."""
        if not apps.get_model("grants", "Region").objects.exists():
            call_command("loaddata", "regions", verbosity=0)
        if not apps.get_model("grants", "Programme").objects.filter(public_id="otn").exists():
            call_command("loaddata", "otn", verbosity=0)
