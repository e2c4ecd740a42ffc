"""A private nginx in front of the services: its configuration rendered into a folder, run without any privilege."""

import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from sundial_local import gateway, nginx_programs
from sundial_local.failures import CannotRun
from sundial_local.layout import Service, embed_files, gateway_files, openapi_file, web_files
from sundial_local.os_account import server_account
from sundial_local.ports import answers
from sundial_local.processes import Child
from sundial_local.waiting import wait_until

_START_SECONDS = 15.0
_STOP_SECONDS = 8.0


class Server:
    """nginx on `port`, in front of the ports of the services."""

    name = "nginx"

    def __init__(
        self,
        directory: Path,
        port: int,
        upstreams: Callable[[], Mapping[Service, Sequence[int]]],
        *,
        limits: gateway.Limits = gateway.LOOSE,
        stand_ins: Mapping[str, int] | None = None,
        web: Path | None = None,
    ) -> None:
        """`upstreams` is asked at every start. `stand_ins`: which path leads to which port, if any does.

        `web`: the built front end, that of the checkout if None; it need not be there.
        """
        self._account = server_account()
        self._directory = directory
        self._upstreams = upstreams
        self._limits = limits
        self._stand_ins = stand_ins
        self._web = web or web_files()
        self.port = port
        self.child = Child(self.name, directory, self._account)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it takes connections. Raises CannotRun."""
        self._configure()
        self.child.start(self._command(), _environment(), self._directory)
        wait_until(self._ready, seconds=_START_SECONDS, what="nginx starts")

    def stop(self) -> None:
        """Finish the requests that run, then end."""
        self.child.stop(signal.SIGQUIT, patience=_STOP_SECONDS)

    def kill(self) -> None:
        """kill -9."""
        self.child.kill()

    @cached_property
    def _programs(self) -> nginx_programs.Programs:
        return nginx_programs.find(self._directory.parent)

    def _configure(self) -> None:
        self._account.own(self._directory)
        files = self._copied(gateway_files() / "docs", "docs")
        embed = self._copied(embed_files(), "embed")
        web = self._copied(self._web, "web")
        if openapi_file().exists():
            shutil.copy(openapi_file(), files / "openapi.json")
        values = gateway.variables(
            port=self.port,
            upstreams=self._upstreams(),
            files=files,
            embed=embed,
            web=web,
            brotli=self._programs.brotli,
            limits=self._limits,
            stand_ins=self._stand_ins,
        )
        served = [path for folder in (files, embed, web) for path in (folder, *folder.rglob("*"))]
        for path in [*gateway.render(gateway_files(), self._directory, values), *served]:
            self._account.own(path)

    def _copied(self, folder: Path, name: str) -> Path:
        """A copy of the files that it serves, because its account may not be able to read the checkout."""
        target = self._directory / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        if folder.exists():
            shutil.copytree(folder, target, dirs_exist_ok=True)
        return target

    def _command(self) -> list[str | Path]:
        return [self._programs.nginx, "-p", f"{self._directory}/", "-c", "nginx.conf", "-e", "stderr"]

    def _ready(self) -> bool:
        if not self.child.runs:
            raise CannotRun(f"nginx ended while it started. Its log says:\n{self.child.last_words()}")
        return answers(self.port)


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
