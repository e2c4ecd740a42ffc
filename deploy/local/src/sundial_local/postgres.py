"""A private PostgreSQL server: a data folder, a port on loopback, started and ended like any other process."""

import os
import signal
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote

from sundial_local import postgres_binaries
from sundial_local.failures import CannotRun
from sundial_local.os_account import server_account
from sundial_local.ports import LOOPBACK
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

ADMIN = "postgres"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_lock_waits": "on",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
FORGETFUL = {"fsync": "off", "full_page_writes": "off"}
"""For tests only: what was committed survives kill -9 of the processes, not of the machine. Commits stay synchronous,
because without that the last ones would still be in the memory of the process that is killed."""
_READY_LINE = 7  # postmaster.pid, as pg_ctl reads it (src/include/utils/pidfile.h)
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Login:
    """Where a database is and who asks."""

    user: str
    password: str
    port: int
    host: str = LOOPBACK

    def url(self, database: str) -> str:
        """`postgresql://…` of a database."""
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return f"postgresql://{who}@{self.host}:{self.port}/{database}"


class Server:
    """PostgreSQL on `port`, its data in `directory/data`. Stop, kill and start again keep the data."""

    name = "postgres"

    def __init__(self, directory: Path, port: int, password: str, *, durable: bool = True) -> None:
        """`durable=False` leaves out fsync: faster, for tests. `password` is the superuser's."""
        self._account = server_account()
        self._directory = directory
        self._data = directory / "data"
        self._durable = durable
        self.child = Child(self.name, directory, self._account)
        self.port = port
        self.login = Login(ADMIN, password, port)

    @cached_property
    def _binaries(self) -> postgres_binaries.Binaries:
        return postgres_binaries.find(self._account, self._directory.parent)

    @property
    def admin_url(self) -> str:
        """The superuser's URL of the maintenance database."""
        return self.login.url("postgres")

    def start(self) -> None:
        """Start it, on new data if there are none, and wait until it takes connections. Raises CannotRun."""
        self._account.own(self._directory)
        if not self._data.exists():
            self._create_data()
        self._check_version()
        settings = SETTINGS | ({} if self._durable else FORGETFUL) | {"port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.child.start([self._binaries["postgres"], "-D", self._data, *options], _environment(), Path("/"))
        wait_until(self._ready, seconds=_START_SECONDS, what="PostgreSQL starts")

    def stop(self) -> None:
        """A fast shutdown: open transactions are rolled back, all that was committed is kept."""
        self.child.stop(signal.SIGINT)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()

    def _ready(self) -> bool:
        if not self.child.runs:
            raise CannotRun(f"PostgreSQL ended while it started. Its log says:\n{self.child.last_words()}")
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        process = self.child.process
        ours = process is not None and lines[:1] == [str(process.pid)]
        return ours and len(lines) > _READY_LINE and lines[_READY_LINE].strip() == "ready"

    def _create_data(self) -> None:
        """initdb beside the final place, so that one that was cut off is never taken for data."""
        half = self._directory / f"data.{os.getpid()}"
        with NamedTemporaryFile("w", dir=self._directory) as password:
            password.write(self.login.password)
            password.flush()
            self._run_initdb(half, self._account.own(Path(password.name)))
        half.rename(self._data)

    def _run_initdb(self, data: Path, password_file: Path) -> None:
        options = ["-U", ADMIN, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"]
        if not self._durable:
            options.append("--no-sync")
        made = subprocess.run(
            [self._binaries["initdb"], "-D", data, f"--pwfile={password_file}", *options],
            env=_environment(),
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self._account.run_as,
        )
        if made.returncode:
            raise CannotRun(f"initdb failed:\n{made.stdout}{made.stderr}")

    def _check_version(self) -> None:
        """Data belong to one major version."""
        written = (self._data / "PG_VERSION").read_text().strip()
        programs = subprocess.run([self._binaries["postgres"], "-V"], capture_output=True, text=True, check=True)
        if f" {written}." not in programs.stdout:
            found = programs.stdout.strip()
            raise CannotRun(
                f"The data in {self._data} were written by PostgreSQL {written}, here is {found}: make reset"
            )


def _environment() -> dict[str, str]:
    """Nothing of ours reaches the server: a PGDATA or PGPORT of the user would."""
    return {"PATH": "/usr/bin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8"}  # noqa: S108  # it needs one, and writes none
