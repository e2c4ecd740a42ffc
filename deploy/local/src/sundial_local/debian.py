"""What is missing comes from Debian's packages: installed by root or with sudo, else unpacked into our own folder."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from sundial_local.failures import CannotRun

INSTALL = Path(__file__).with_name("install.sh")


def is_debian() -> bool:
    """Whether there is apt-get."""
    return shutil.which("apt-get") is not None


def can_install() -> bool:
    """Whether we are root, or may become root without being stuck at a question nobody answers."""
    if os.geteuid() == 0:
        return True
    if shutil.which("sudo") is None:
        return False
    return (
        sys.stdin.isatty() or subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )


def install(packages: Sequence[str], log: Path) -> None:
    """apt-get install. Raises CannotRun with the end of what it said."""
    become_root = [] if os.geteuid() == 0 else ["sudo"]
    _run([*become_root, "sh", str(INSTALL), *packages], log, cwd=Path("/"))


def unpack(packages: Sequence[str], folder: Path, log: Path) -> None:
    """Download the packages and lay out their files under `folder`, whole or not at all. Raises CannotRun."""
    half = folder.with_name(f"{folder.name}.{os.getpid()}")
    downloads = half / "packages"
    downloads.mkdir(parents=True)
    _run(["apt-get", "-q", "download", *packages], log, cwd=downloads)
    for package in downloads.glob("*.deb"):
        _run(["dpkg", "-x", str(package), str(half)], log, cwd=half)
    shutil.rmtree(downloads)
    half.rename(folder)


def _run(command: list[str], log: Path, cwd: Path) -> None:
    with log.open("a+") as words:
        if subprocess.run(command, stdout=words, stderr=subprocess.STDOUT, cwd=cwd, check=False).returncode:
            end = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
            raise CannotRun(f"{' '.join(command[:3])} … failed (all of it in {log}):\n{end}")
