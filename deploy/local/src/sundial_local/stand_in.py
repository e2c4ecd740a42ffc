"""A stand-in for somebody else's service, as one more part of the product: development and tests only."""

import sys
from collections.abc import Mapping
from pathlib import Path

from sundial_local.os_account import Account
from sundial_local.ports import LOOPBACK
from sundial_local.processes import Child
from sundial_local.readiness import is_ready
from sundial_local.waiting import wait_until

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0


class StandIn:
    """The module `module` as a process on `port`, its state in `directory`; told what it needs by `environment`."""

    def __init__(self, name: str, module: str, directory: Path, port: int, environment: Mapping[str, str]) -> None:
        self.name = name
        self.port = port
        self.child = Child(name, directory, Account())
        self._module = module
        self._directory = directory
        self._environment = environment

    @property
    def url(self) -> str:
        """Where its API and its page are."""
        return f"http://{LOOPBACK}:{self.port}"

    def start(self) -> None:
        """Start it on what it kept, and wait until it answers. Raises CannotRun or GaveUp."""
        self._directory.mkdir(parents=True, exist_ok=True)
        own = {"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", "PORT": str(self.port)}
        self.child.start([sys.executable, "-m", self._module], {**own, **self._environment}, self._directory)
        wait_until(self._ready, seconds=_START_SECONDS, what=f"{self.name} answers")

    def stop(self) -> None:
        """Let it finish what it does."""
        self.child.stop(patience=_STOP_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()

    def _ready(self) -> bool:
        return is_ready(self.name, self.child, self.port)
