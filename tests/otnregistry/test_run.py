"""`make run`, from an empty folder to a page, twice, and out again."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil
import pytest

from tests.otnregistry.processes import PROJECT, environment, python

PATIENCE = 90


@pytest.fixture
def var():
    folder = Path(tempfile.mkdtemp(prefix="otnregistry-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, server):
    """The status of the home page, waited for."""
    for _ in range(PATIENCE * 10):
        assert server.poll() is None, server.stdout.read()
        try:
            return urlopen(f"http://127.0.0.1:{port}/", timeout=30).status
        except HTTPError as error:
            return error.code
        except (URLError, ConnectionError):
            time.sleep(0.1)
    return None


def started(var, port):
    """The registry, being started."""
    variables = environment(VAR_DIR=str(var), PORT=str(port))
    command = [sys.executable, "-m", "otnregistry.local"]
    return subprocess.Popen(
        command, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def run_once(var, ending):
    """Start, ask for the home page, end; the exit code and everything printed."""
    port = free_port()
    server = started(var, port)
    try:
        assert answers(port, server) == 200
        server.send_signal(ending)
        printed, _ = server.communicate(timeout=30)
    finally:
        server.terminate()
        server.wait(30)
    return server.returncode, printed


def test_it_starts_from_nothing_keeps_its_data_and_stops_everything(var):
    code, first = run_once(var, signal.SIGINT)
    assert code == 0
    assert re.search(r"admin +\S{16}", first)
    code, second = run_once(var, signal.SIGTERM)
    assert code == 0
    assert second.startswith("The registry: http://127.0.0.1:")
    assert len(second.splitlines()) == 1
    assert not (var / "postgres" / "postmaster.pid").exists()


def workers(server, unlike=()):
    """The worker's processes, waited for."""
    for _ in range(PATIENCE * 10):
        children = psutil.Process(server.pid).children()
        found = [child for child in children if child not in unlike and "run_worker" in child.cmdline()]
        if found:
            return found
        time.sleep(0.1)
    return []


def test_a_worker_runs_beside_the_site_is_replaced_when_it_dies_and_never_outlives_it(var):
    port = free_port()
    server = started(var, port)
    try:
        assert answers(port, server) == 200
        first = workers(server)
        assert len(first) == 1
        first[0].kill()
        second = workers(server, unlike=first)
        assert len(second) == 1
        assert answers(port, server) == 200
        server.kill()
        # Its input ended with whoever started it.
        assert psutil.wait_procs(second, timeout=PATIENCE)[1] == []
    finally:
        end_all_of(var, server)


def end_all_of(var, server):
    """What a killed `make run` leaves: its web server and its database, which the next start would take up."""
    server.kill()
    server.wait(30)
    for process in psutil.process_iter(["environ"]):
        if (process.info["environ"] or {}).get("VAR_DIR") == str(var):
            process.terminate()
    record = var / "postgres" / "postmaster.pid"
    psutil.Process(int(record.read_text().split()[0])).terminate()
    while record.exists():
        time.sleep(0.1)


def test_a_taken_port_is_told_before_anything_starts(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = python("-m", "otnregistry.local", VAR_DIR=str(var), PORT=port)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"PORT {port} is taken")
    assert not any(var.iterdir())


def test_a_server_that_does_not_answer_is_told_in_one_line(var):
    answer = python(
        "-m",
        "otnregistry.local",
        VAR_DIR=str(var),
        PORT=str(free_port()),
        DATABASE_URL="postgres://ann:hush@localhost:1/x",
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("DATABASE_URL names a server that does not answer")
    assert len(answer.stderr.splitlines()) == 1
    assert "hush" not in answer.stderr
