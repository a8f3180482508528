#!/usr/bin/env python
"""Django's command line. Where no DATABASE_URL is set it brings the local server of `make run`."""

import os
import sys


def main() -> None:
    """Run one command; a setting that cannot be used is told in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otnregistry.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        if not os.environ.get("DATABASE_URL", "").strip():
            from otnregistry import local

            local.prepare_environment()
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
