"""Starting the project's own programs as a person would, with nothing of this test's environment."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "kZ3-vT9_qLw8RbXy2NdPcH5sJm7GfA4eUo6Wi1Bt0CxYzQrKlM",
    "ALLOWED_HOSTS": "registre.example.org",
    "DATABASE_URL": "postgres://ann:hush@localhost:1/none",
}
OURS = {
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DEBUG",
    "HTTPS",
    "SITE_URL",
    "VAR_DIR",
    "PORT",
    "DJANGO_SETTINGS_MODULE",
    "PGOPTIONS",
    *PRODUCTION,
}


def environment(**variables: str) -> dict[str, str]:
    """What a fresh shell has, and these variables."""
    return {name: value for name, value in os.environ.items() if name not in OURS} | variables


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the project's folder and wait for its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )
