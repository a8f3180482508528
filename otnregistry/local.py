"""`make run`: the registry on one's own machine, with its own PostgreSQL unless DATABASE_URL names another.

In order: environment, database, what is compiled or collected, first data, the web server
and the worker until Ctrl-C.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import NoReturn

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from otnregistry import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent
OLDEST_SERVER = 15
STOP_SECONDS = 10
LOOK_SECONDS = 1
WORKER = ["manage.py", "run_worker", "--follow-stdin"]
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Prepare everything, serve, and stop everything; what cannot be mended here is told in one line."""
    for number in ENDINGS:
        signal.signal(number, stop)
    try:
        port = env.whole_number("PORT", default=8000, least=1, most=65535)
        require_free_port(port)
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        prepare_environment()
        prepare_site()
        serve(port)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")


def stop(number: int, frame: FrameType | None) -> NoReturn:
    """Ctrl-C and its polite cousins are the ordinary way to end."""
    sys.exit(0)


def prepare_environment() -> None:
    """Fill in, for this machine only, what the environment leaves open; start PostgreSQL if none is named."""
    var = env.folder("VAR_DIR", BASE_DIR / "var")
    try:
        (var / "static").mkdir(parents=True, exist_ok=True)
        key = local_secret(var / "secret_key")
    except OSError as error:
        found = f"is {var}, where you may not write"
        raise env.refusal("VAR_DIR", found, "Set it to a folder of yours.") from error
    local = {
        "DJANGO_SETTINGS_MODULE": "otnregistry.settings",
        "SECRET_KEY": key,
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "HTTPS": "off",
        "SITE_URL": "http://127.0.0.1:8000",
    }
    os.environ.update({name: value for name, value in local.items() if not env.text(name)})
    if not env.text("DATABASE_URL"):
        os.environ["DATABASE_URL"] = embedded_address(var)
    require_server()


def embedded_address(var: Path) -> str:
    """The address of the embedded server, started if need be."""
    from otnregistry import embedded

    embedded.leave_in_order()
    try:
        return embedded.ensure(var)
    except embedded.EmbeddedServerError as error:
        raise ImproperlyConfigured(str(error)) from error


def local_secret(file: Path) -> str:
    """This machine's own SECRET_KEY, made once and readable by its owner only."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(50))
    return file.read_text()


def require_server() -> None:
    """Refuse a server that does not answer or is too old."""
    try:
        with psycopg.connect(env.text("DATABASE_URL"), connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise env.refusal(
            "DATABASE_URL", f"names a server that does not answer ({reason})", "Start it, or mend the address."
        ) from error
    except psycopg.ProgrammingError as error:
        env.database()
        raise env.refusal("DATABASE_URL", "cannot be read", "Its form is in .env.example.") from error
    if version < OLDEST_SERVER:
        found = f"names a PostgreSQL {version} server"
        raise env.refusal("DATABASE_URL", found, f"The registry needs PostgreSQL {OLDEST_SERVER} or newer.")


def require_free_port(port: int) -> None:
    """Refuse a port that something else listens on, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            other = port + 1 if 1024 <= port < 65535 else 8001
            raise env.refusal("PORT", f"{port} is taken or not yours", f"Try: PORT={other} make run") from error


def prepare_site() -> None:
    """Everything between an empty database and a page."""
    django.setup()
    call_command("compile_messages", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    call_command("load_first_source")
    call_command("first_accounts")


def collect_static() -> None:
    """Collect the style sheets and scripts, where they changed since the last time."""
    from django.conf import settings

    mark = Path(settings.STATIC_ROOT) / ".made-from"
    now = static_fingerprint()
    if settings.DEBUG or (mark.exists() and mark.read_text() == now):
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(now)


def static_fingerprint() -> str:
    """What the collected files were made from: our own files, and the pinned libraries."""
    digest = sha256((BASE_DIR / "requirements.txt").read_bytes())
    for file in sorted((BASE_DIR / "grants" / "static").rglob("*")):
        if file.is_file():
            digest.update(str(file.relative_to(BASE_DIR)).encode() + file.read_bytes())
    return digest.hexdigest()


def serve(port: int) -> None:
    """Serve and work until asked to stop; neither the web server nor the worker outlives us."""
    address = f"127.0.0.1:{port}"
    print(f"The registry: http://{address}/   staff: http://{address}/admin/   Ctrl-C stops it.", flush=True)
    server = worker = None
    try:
        server, worker = start(web_server(address)), start(WORKER)
        while server.poll() is None:
            if worker.poll() is not None:
                worker = start(WORKER)
            with suppress(subprocess.TimeoutExpired):
                server.wait(LOOK_SECONDS)
        sys.exit(server.returncode)
    finally:
        end(server, worker)


def start(program: list[str]) -> subprocess.Popen[bytes]:
    """Start Python in a group of its own: Ctrl-C reaches us alone, and we stop the whole group in order.

    Its input ends when we do, however we end.
    """
    return subprocess.Popen([sys.executable, *program], cwd=BASE_DIR, start_new_session=True, stdin=subprocess.PIPE)


def web_server(address: str) -> list[str]:
    """What Python is to run: the server of production, or with DEBUG=on the one that reloads changed code."""
    if env.switch("DEBUG", default=False):
        return ["manage.py", "runserver", address]
    options = [
        "--worker-class=gthread",
        "--workers=2",
        "--threads=4",
        "--limit-request-line=8190",
        "--log-level=warning",
        "--no-control-socket",
    ]
    return ["-m", "gunicorn", "otnregistry.wsgi", "--bind", address, *options]


def end(*processes: subprocess.Popen[bytes] | None) -> None:
    """Ask the processes to stop, and insist where one does not. A second Ctrl-C changes nothing."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    running = [process for process in processes if process and process.poll() is None]
    for process in running:
        os.killpg(process.pid, signal.SIGTERM)
    latest = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(latest - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


if __name__ == "__main__":
    main()
