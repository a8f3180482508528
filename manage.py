#!/usr/bin/env python
"""Django's command line. Where no DATABASE_URL is set it brings the local server of `make run`."""

import os
import sys


def main() -> None:
    """Run one command; a setting that cannot be used is told in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otnregistry.settings")
    from django.core.exceptions import ImproperlyConfigured

    try:
        if not os.environ.get("DATABASE_URL", "").strip():
            from otnregistry import local

            local.prepare_environment()
        run(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")


def run(arguments: list[str]) -> None:
    """Run the command; the history of what it changes says which it was."""
    import pghistory
    from django.core.management import execute_from_command_line

    command = arguments[1] if len(arguments) > 1 else "help"
    # The requests of a server have contexts of their own; a context puts parameters into statements, and the
    # migrations of libraries hold plain percent signs.
    if command in {"runserver", "migrate"}:
        execute_from_command_line(arguments)
    else:
        with pghistory.context(command=command):
            execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
