"""The service processes: one or several of each, told everything by their environment."""

import sysconfig
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sundial_local.layout import Service
from sundial_local.os_account import Account
from sundial_local.processes import Child
from sundial_local.readiness import is_ready
from sundial_local.waiting import wait_until

_START_SECONDS = 60.0
_STOP_SECONDS = 30.0
"""As in docker-compose.yml: what has left is waited for until it is answered."""


class ServiceProcess:
    """One process of a service."""

    def __init__(self, name: str, service: Service, directory: Path, port: int, env: Mapping[str, str]) -> None:
        """`env` is looked at by every start."""
        self.name = name
        self.port = port
        self.child = Child(name, directory, Account())
        self._service = service
        self._directory = directory
        self._env = env

    def start(self) -> None:
        """Start it, and wait until it is ready: its database and broker answer, its schema is the newest."""
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        """Start it, and go on at once."""
        self._directory.mkdir(exist_ok=True)
        program = Path(sysconfig.get_path("scripts")) / self._service.value
        self.child.start([program], {**self._env, "PORT": str(self.port)}, self._directory)

    def wait_ready(self) -> None:
        """Wait until it says so. Raises CannotRun when it ends instead, GaveUp when it takes too long."""
        wait_until(self._ready, seconds=_START_SECONDS, what=f"{self.name} becomes ready")

    def stop(self) -> None:
        """Let it finish what it does."""
        self.child.stop(patience=_STOP_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()

    def _ready(self) -> bool:
        return is_ready(self.name, self.child, self.port)


class ServiceProcesses:
    """All processes of one service; `env` may be changed, and counts from the next start on."""

    def __init__(self, service: Service, directory: Path, ports: Sequence[int]) -> None:
        self.service = service
        self.name = service.value
        self.env: dict[str, str] = {}
        names = [self.name] if len(ports) == 1 else [f"{self.name}-{number}" for number in range(1, len(ports) + 1)]
        self.processes = [
            ServiceProcess(name, service, directory, port, self.env) for name, port in zip(names, ports, strict=True)
        ]

    @property
    def ports(self) -> list[int]:
        """Where they listen."""
        return [process.port for process in self.processes]

    def start(self) -> None:
        """Start those that do not run, and wait until all are ready. Raises CannotRun or GaveUp."""
        for process in self.processes:
            if not process.child.runs:
                process.launch()
        for process in self.processes:
            process.wait_ready()

    def stop(self) -> None:
        """Let them finish what they do, all at once."""
        with ThreadPoolExecutor() as together:
            list(together.map(ServiceProcess.stop, self.processes))

    def kill(self) -> None:
        """kill -9 of all of them."""
        for process in self.processes:
            process.kill()
