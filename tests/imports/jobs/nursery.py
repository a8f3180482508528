"""What the workers of the tests have in common, read once: a process that has this is ready in no time."""

import django

django.setup()

import grants.imports.jobs.worker  # noqa: E402, F401
