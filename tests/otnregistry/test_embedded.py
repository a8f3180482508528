"""The embedded PostgreSQL starts where it is needed, is shared, and leaves with its last user."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.otnregistry.processes import PROJECT, environment

# Holds the server until a line is read, like any process of ours.
HOLD = """
import sys, psycopg
from pathlib import Path
from otnregistry import embedded
embedded.leave_in_order()
address = embedded.ensure(Path(sys.argv[1]))
with psycopg.connect(address) as connection:
    print(*connection.execute("SHOW server_encoding").fetchone(), address, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def var():
    """A folder with a space in its name, where the server's own account may go."""
    folder = Path(tempfile.mkdtemp(prefix="otn registry "))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def hold(var):
    """Starts holders of the server kept in `var`; those still there at the end of the test are told to go."""
    started = []

    def start(folder=var):
        command = [sys.executable, "-c", HOLD, str(folder)]
        pipe = subprocess.PIPE
        holder = subprocess.Popen(command, cwd=PROJECT, env=environment(), stdin=pipe, stdout=pipe, text=True)
        started.append(holder)
        encoding, address = (holder.stdout.readline().split() or ["", ""])[-2:]
        assert encoding == "UTF8"
        return holder, address

    yield start
    for holder in started:
        holder.communicate("\n", timeout=30)


def runs(var):
    return (var / "postgres" / "postmaster.pid").exists()


def leave(holder):
    holder.stdin.write("\n")
    holder.stdin.flush()
    holder.wait(30)


def test_it_stops_with_its_only_user_and_starts_again(var, hold):
    leave(hold()[0])
    assert not runs(var)
    hold()
    assert runs(var)


def test_two_users_share_it_and_the_last_one_stops_it(var, hold):
    (first, one), (second, other) = hold(), hold()
    assert one == other
    leave(first)
    assert runs(var)
    leave(second)
    assert not runs(var)


def test_a_killed_user_is_not_counted(var, hold):
    killed, _ = hold()
    killed.kill()
    killed.wait()
    assert runs(var)
    leave(hold()[0])
    assert not runs(var)


def test_a_polite_end_stops_it_too(var, hold):
    holder, _ = hold()
    holder.send_signal(signal.SIGTERM)
    assert holder.wait(30) == 0
    assert not runs(var)


def test_it_recovers_from_a_power_cut(var, hold):
    holder, _ = hold()
    server = int((var / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    holder.kill()
    time.sleep(0.5)
    hold()


def test_a_path_too_long_for_a_socket_is_no_obstacle(var, hold):
    _, address = hold(var / ("long" * 30))
    assert "long" not in address


def test_the_folder_of_a_socket_elsewhere_goes_with_the_server(var, hold):
    holder, address = hold(var / ("long" * 30))
    sockets = Path(unquote(address.partition("host=")[2]))
    assert sockets.exists()
    leave(holder)
    assert not sockets.exists()


def test_only_its_own_account_may_enter(var, hold):
    hold()
    assert (var / "postgres").stat().st_mode & 0o077 == 0
    assert "listen_addresses = ''" in (var / "postgres" / "otnregistry.conf").read_text()


def test_data_of_another_version_are_left_alone(var):
    from otnregistry.embedded import EmbeddedServerError, ensure

    (var / "postgres").mkdir()
    (var / "postgres" / "PG_VERSION").write_text("14\n")
    with pytest.raises(EmbeddedServerError, match="made by PostgreSQL 14"):
        ensure(var)
