"""What containers run on here: the Docker engine that answers, else podman, started for the test and ended with it."""

import os
import resource
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import compose
import pytest

from sundial_local.waiting import wait_until

NEEDED = (
    "There is neither a Docker engine nor podman here. On Debian: apt-get install --no-install-recommends podman "
    "buildah runc netavark aardvark-dns iptables catatonit (and debootstrap, where no registry can be reached)"
)
# The binary itself: the package's console script swallows the exit code.
DOCKER_COMPOSE = Path(compose.__file__).with_name("docker-compose")
_PROCESSES = 20_000
_SYSTEMD = Path("/run/systemd/system")


@dataclass(frozen=True, slots=True)
class Engine:
    """`environment` is what compose and podman find it by."""

    environment: dict[str, str]
    is_podman: bool

    @property
    def runs_health_checks(self) -> bool:
        """Podman leaves them to timers of systemd; where that does not run, nobody looks."""
        return not self.is_podman or _SYSTEMD.exists()

    def podman(self, *arguments: str, check: bool = True) -> str:
        """What a command of podman printed."""
        command = ["podman", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert not check or done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
        return done.stdout


@contextmanager
def running(folder: Path, *, podman: bool) -> Generator[Engine]:
    """An engine that answers; `podman` refuses any other. Skips the test where there is none."""
    given = dict(os.environ)
    if not podman and _answers(given):
        yield Engine(given, is_podman=False)
    elif shutil.which("podman"):
        yield from _podman(folder)
    else:
        pytest.skip(NEEDED)


def _podman(folder: Path) -> Generator[Engine]:
    address = f"unix://{folder / 'podman.sock'}"
    # Podman's builder is neither BuildKit nor Bake.
    found_by = {"DOCKER_HOST": address, "DOCKER_BUILDKIT": "0", "COMPOSE_BAKE": "false"}
    environment = {**os.environ, **_configuration(folder), **found_by}
    with (folder / "podman.log").open("wb") as log:
        command = ["podman", "system", "service", "--time=0", address]
        service = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: _answers(environment), seconds=30, what="podman's service answers")
        yield Engine(environment, is_podman=True)
    finally:
        service.terminate()
        service.wait()


def _configuration(folder: Path) -> dict[str, str]:
    """Without systemd podman has to be told to do without; and containers get no higher limits than it may give."""
    if _SYSTEMD.exists() or "CONTAINERS_CONF" in os.environ:
        return {}
    path = folder / "containers.conf"
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    path.write_text(
        f'[containers]\ndefault_ulimits = ["nofile={files}:{files}", "nproc={_PROCESSES}:{_PROCESSES}"]\n'
        '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n'
    )
    return {"CONTAINERS_CONF": str(path)}


def _answers(environment: dict[str, str]) -> bool:
    """Whether compose finds an engine that it can ask for its projects."""
    command = [str(DOCKER_COMPOSE), "ls", "--quiet"]
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
