"""The stand-in for Stripe as one more part of the product on one machine: development and tests only."""

import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from sundial_local.failures import CannotRun
from sundial_local.os_account import Account
from sundial_local.ports import LOOPBACK
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0


class Server:
    """stripe-sim on `port`, with its state in `directory`."""

    name = "stripe-sim"

    def __init__(self, directory: Path, port: int, keys: Mapping[str, str], *, webhook_url: str | None = None) -> None:
        """`keys`: the variables that booking-public is given for Stripe, so that both mean the same account."""
        self._directory = directory
        self._keys = keys
        self.port = port
        self.webhook_url = webhook_url
        self.child = Child(self.name, directory, Account())

    @property
    def url(self) -> str:
        """Where the SDK finds its API, and `/dev/stripe`."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Start it on what it kept, and wait until it answers. Raises CannotRun or GaveUp."""
        self._directory.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "sundial_local.stripe_sim"]
        self.child.start(command, self._environment(), self._directory)
        wait_until(self._ready, seconds=_START_SECONDS, what="stripe-sim answers")

    def stop(self) -> None:
        """Let it finish what it does."""
        self.child.stop(patience=_STOP_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()

    def _environment(self) -> dict[str, str]:
        told = {"STRIPE_SIM_WEBHOOK_URL": self.webhook_url} if self.webhook_url else {}
        return {
            "PATH": "/usr/bin:/bin",
            "PYTHONUNBUFFERED": "1",
            "PORT": str(self.port),
            "STRIPE_SIM_STATE": str(self._directory / "stripe.sqlite"),
            **self._keys,
            **told,
        }

    def _ready(self) -> bool:
        if not self.child.runs:
            raise CannotRun(f"stripe-sim ended while it started. Its log says:\n{self.child.last_words()}")
        connection = HTTPConnection(LOOPBACK, self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
