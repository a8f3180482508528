"""A PostgreSQL of the benchmark's own, and in it one fresh database for each measurement."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from otnregistry import embedded
from otnregistry.local import BASE_DIR, local_secret

TEMPLATE = "bench_template"


class Server:
    """The embedded PostgreSQL kept in `folder`, with the settings that `make run` gives it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.resolve()
        embedded.leave_in_order()
        embedded.ensure(self.folder)
        self.server = embedded.Server(self.folder)
        (self.folder / "static").mkdir(exist_ok=True)
        self.secret = local_secret(self.folder / "secret_key")

    def address(self, database: str = "postgres") -> str:
        return self.server.address(database)

    def execute(self, *statements: sql.SQL | sql.Composed) -> None:
        """Run statements that stand outside transactions."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def environment(self, database: str, settings: str = "otnregistry.settings") -> dict[str, str]:
        """What a process of the registry finds in its environment to work on `database`."""
        ours = {
            "DJANGO_SETTINGS_MODULE": settings,
            "SECRET_KEY": self.secret,
            "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
            "HTTPS": "off",
            "SITE_URL": "http://127.0.0.1",
            "VAR_DIR": str(self.folder),
            "UPLOAD_LIMIT_MB": "500",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": self.address(database),
        }
        return {**os.environ, **ours}

    def manage(self, database: str, *arguments: str) -> None:
        """Run a command of manage.py."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=BASE_DIR, env=self.environment(database), check=True
        )

    def make_template(self) -> None:
        """Migrate once; each measurement begins with a copy."""
        name = sql.Identifier(TEMPLATE)
        self.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name),
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name),
        )
        self.manage(TEMPLATE, "migrate", "--verbosity=0", "--no-input", "--skip-checks")
        self.manage(TEMPLATE, "loaddata", "regions", "--verbosity=0")

    @contextmanager
    def database(self, name: str, source: str = TEMPLATE) -> Iterator[str]:
        """A database like `source`, gone afterwards. Gives its name."""
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
        # Nobody's measurement pays for the pages that an earlier one left unwritten.
        self.execute(drop, copy, sql.SQL("CHECKPOINT"))
        try:
            yield name
        finally:
            self.execute(drop)

    def names(self, beginning: str) -> list[str]:
        """The databases whose names begin so."""
        with psycopg.connect(self.address()) as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
            return [name for (name,) in found]

    def tidy(self, database: str) -> None:
        """Vacuum and write out what the last measurement left, so that the next one does not pay for it."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def version(self) -> str:
        with psycopg.connect(self.address()) as connection:
            return connection.execute("SHOW server_version").fetchone()[0]

    def cpu_seconds(self) -> float:
        """All that the server has worked since its start, in seconds of processors."""
        return database_seconds(self.folder)


def database_seconds(folder: Path) -> float:
    """Seconds of processors of the server kept in `folder`: its own, and those of its processes, gone ones too."""
    try:
        main = psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))
    except (FileNotFoundError, psutil.NoSuchProcess):
        return 0.0
    own = main.cpu_times()
    return sum(own[:4]) + sum(map(of_process, main.children()))


def of_process(process: psutil.Process) -> float:
    try:
        return sum(process.cpu_times()[:2])
    except psutil.NoSuchProcess:
        return 0.0
