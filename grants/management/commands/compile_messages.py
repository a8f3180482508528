"""Compiles the translations without gettext."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from grants.management.catalogues import CatalogueError, compile_all


class Command(BaseCommand):
    """Merges grants/locale/<language>/LC_MESSAGES/parts/*.po into django.mo."""

    help = "Merge the parts of each language into the catalogue that pages use."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what changed; refuse parts that disagree."""
        try:
            compiled = compile_all()
        except CatalogueError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.writelines(f"Compiled {file}\n" for file in compiled)
