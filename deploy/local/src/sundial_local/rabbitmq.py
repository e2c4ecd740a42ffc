"""A private RabbitMQ node: a data folder and ports on loopback, started and ended like any other process."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from sundial_local import rabbitmq_programs
from sundial_local.failures import CannotRun
from sundial_local.os_account import server_account
from sundial_local.ports import LOOPBACK, answers
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

USER = "sundial"
NODE = "sundial@localhost"
_START_SECONDS = 90.0
_READY = re.compile(rb"Server startup complete")


@dataclass(frozen=True, slots=True)
class Ports:
    """What a node listens on: AMQP, its management page, other nodes, and the directory of nodes (epmd)."""

    amqp: int
    management: int
    nodes: int
    directory: int


class Server:
    """RabbitMQ, its data in `directory`. Stop, kill and start again keep what is durable."""

    name = "rabbitmq"

    def __init__(self, directory: Path, ports: Ports, password: str) -> None:
        """`password` is that of the only user, who may do everything; it is fixed by the first start on a folder."""
        self._account = server_account()
        self._directory = directory
        self._directory_of_nodes = Child("epmd", directory, self._account)
        self.child = Child(self.name, directory, self._account)
        self._password = password
        self.ports = ports

    @cached_property
    def _programs(self) -> rabbitmq_programs.Programs:
        return rabbitmq_programs.find(self._account, self._directory.parent)

    @property
    def url(self) -> str:
        """`amqp://…` of the default virtual host."""
        return self.url_of("/")

    @property
    def management_url(self) -> str:
        """The management API and page, signed in."""
        return f"http://{USER}:{quote(self._password, safe='')}@{LOOPBACK}:{self.ports.management}"

    def url_of(self, virtual_host: str) -> str:
        """`amqp://…` of a virtual host."""
        where = f"{LOOPBACK}:{self.ports.amqp}/{quote(virtual_host, safe='')}"
        return f"amqp://{USER}:{quote(self._password, safe='')}@{where}"

    def start(self) -> None:
        """Start it, and wait until all of its queues answer. Raises CannotRun."""
        self._prepare()
        if not self._directory_of_nodes.runs:
            port = str(self.ports.directory)
            command = [self._programs.epmd, "-address", LOOPBACK, "-port", port]
            self._directory_of_nodes.start(command, self._environment(), self._directory)
            wait_until(lambda: answers(self.ports.directory), seconds=20, what="epmd starts")
        self._written_before = self._log_size()
        self.child.start([self._programs.server], self._environment(), self._directory)
        wait_until(self._ready, seconds=_START_SECONDS, what="RabbitMQ starts")

    def stop(self) -> None:
        """An orderly end."""
        self.child.stop(patience=30)
        self._directory_of_nodes.stop()

    def kill(self) -> None:
        """kill -9 of the node."""
        self.child.kill()

    def _prepare(self) -> None:
        for folder in ("", "home", "log", "mnesia"):
            self._account.own(self._directory / folder)
        self._write("rabbitmq.conf", self._configuration())
        self._write("enabled_plugins", "[rabbitmq_management].\n")

    def _write(self, name: str, text: str) -> None:
        path = self._directory / name
        path.write_text(text)
        path.chmod(0o600)
        self._account.own(path)

    def _configuration(self) -> str:
        return f"""\
listeners.tcp.default = {LOOPBACK}:{self.ports.amqp}
management.tcp.ip = {LOOPBACK}
management.tcp.port = {self.ports.management}
loopback_users = none
default_user = {USER}
default_pass = {self._password}
log.console = true
log.console.level = info
log.file = false
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
collect_statistics_interval = 5000
"""

    def _environment(self) -> dict[str, str]:
        here = self._directory
        return {
            "PATH": ":".join([*map(str, self._programs.path), "/usr/bin", "/bin"]),
            "HOME": str(here / "home"),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": NODE,
            "RABBITMQ_MNESIA_BASE": str(here / "mnesia"),
            "RABBITMQ_LOG_BASE": str(here / "log"),
            "RABBITMQ_CONFIG_FILE": str(here / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(here / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_DIST_PORT": str(self.ports.nodes),
            "RABBITMQ_PID_FILE": str(here / "pid"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(here / "generated"),
            "RABBITMQ_FEATURE_FLAGS_FILE": str(here / "feature_flags"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_CRASH_DUMP": "/dev/null",
            "ERL_EPMD_PORT": str(self.ports.directory),
            # The script then becomes the node instead of waiting beside it: signals and pids mean the node.
            "RUNNING_UNDER_SYSTEMD": "true",
        }

    def _log_size(self) -> int:
        return self.child.log.stat().st_size if self.child.log.exists() else 0

    def _ready(self) -> bool:
        if not self.child.runs:
            raise CannotRun(f"RabbitMQ ended while it started. Its log says:\n{self.child.last_words()}")
        with self.child.log.open("rb") as log:
            log.seek(self._written_before)
            return bool(_READY.search(log.read()))
