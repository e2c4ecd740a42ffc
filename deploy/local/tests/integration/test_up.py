"""The launcher as a person uses it: up, what is going on, an accident, down, reset."""

import json
import os
import signal
import subprocess
import sysconfig
import urllib.request
from collections.abc import Callable, Generator
from pathlib import Path

import psutil
import pytest

from sundial_local.ports import free_port, is_free
from sundial_local.processes import Record
from sundial_local.waiting import wait_until
from tests.servers import run

LAUNCHER = Path(sysconfig.get_path("scripts")) / "sundial-local"


class Terminal:
    """Somebody who types commands."""

    def __init__(self, folder: Path, postgres_url: str, amqp_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **os.environ,
            "SUNDIAL_STATE": str(folder),
            "DATABASE_URL": postgres_url,
            "AMQP_URL": amqp_url,
            "PORT": str(self.port),
        }

    def types(self, *words: str) -> tuple[int, str]:
        """Exit code, and all that was printed."""
        done = subprocess.run(
            [LAUNCHER, *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def process(self, name: str) -> psutil.Process | None:
        """A service's process."""
        record = Record.read(self.folder / "services" / f"{name}.json")
        return record.process() if record else None


@pytest.fixture(scope="module")
def terminal(postgres_server: str, new_virtual_host: Callable[[], str]) -> Generator[Terminal]:
    made = Terminal(run.current().folder / "up", postgres_server, new_virtual_host())
    yield made
    made.types("reset", "--yes")


@pytest.fixture(scope="module")
def started(terminal: Terminal) -> Terminal:
    code, shown = terminal.types("up", "--detach")
    assert code == 0, shown
    assert "Sundial is ready after" in shown
    assert "Sign in as demo@sundial.example" in shown
    return terminal


def test_the_demo_is_behind_the_address_that_was_shown(started: Terminal):
    with urllib.request.urlopen(f"http://localhost:{started.port}/api/docs") as page:
        assert page.status == 200
    with urllib.request.urlopen(f"http://localhost:{started.port}/booking/marina-wellness") as page:
        assert "Marina Wellness Studio" in page.read().decode()
    code, shown = started.types("status")
    assert (code, f"http://localhost:{started.port}" in shown) == (0, True)


def test_the_stand_in_for_stripe_is_behind_the_same_address(started: Terminal):
    with urllib.request.urlopen(f"http://localhost:{started.port}/dev/stripe") as page:
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    with urllib.request.urlopen(f"http://localhost:{started.port}/dev/stripe/payment-intents") as listed:
        assert json.load(listed) == {"items": []}


def test_a_second_start_says_where_the_first_one_is(started: Terminal):
    code, shown = started.types("up")
    assert code == 1
    assert f"already runs at http://localhost:{started.port}" in shown


def test_the_operator_is_given_an_environment(started: Terminal):
    code, shown = started.types("env")
    assert code == 0
    assert "export APPOINTMENTS_MIGRATION_DATABASE_URL=" in shown


def test_the_log_of_a_part_can_be_read(started: Terminal):
    code, shown = started.types("logs", "accounts")
    assert (code, "accounts.log" in shown) == (0, True)
    assert started.types("logs", "nobody")[0] == 1


def test_a_part_that_is_killed_comes_back(started: Terminal):
    killed = started.process("appointments")
    assert killed
    killed.send_signal(signal.SIGKILL)

    def another() -> bool:
        return (started.process("appointments") or killed) != killed

    wait_until(another, seconds=60, what="appointments comes back")


def test_a_taken_port_is_named(terminal: Terminal, started: Terminal):
    other = Terminal(terminal.folder.with_name("other"), *_servers(terminal))
    code, shown = other.types("up", "--port", str(terminal.port))
    assert code == 1
    assert f"Port {terminal.port} is taken" in shown
    assert "PORT=" in shown


def test_nothing_runs_after_the_end_and_everything_is_forgotten_when_asked(started: Terminal):
    assert started.types("down") == (0, "Sundial has ended.\n")
    assert started.process("accounts") is None
    assert is_free(started.port)
    assert started.types("down") == (0, "Sundial does not run.\n")
    assert started.types("reset")[0] == 2  # nobody can be asked
    assert started.types("reset", "--yes")[0] == 0
    assert not (started.folder / "secrets.json").exists()


def _servers(terminal: Terminal) -> tuple[str, str]:
    return terminal.environment["DATABASE_URL"], terminal.environment["AMQP_URL"]
