"""The machine that was measured on, in words that name no host and no folder."""

import os
import platform
import re
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import psutil

from sundial_local import postgres_binaries
from sundial_local.os_account import Account

_SERVERS = ("rabbitmq-server", "nginx", "wrk")
_PACKAGES = ("uvicorn", "uvloop", "httptools", "websockets", "fastapi", "asyncpg", "sqlalchemy", "aio-pika")
_GIBIBYTE = 2**30


def described(copies: Path) -> list[str]:
    """Cores, memory, system and the versions that matter. `copies`: where PostgreSQL's programs may be copied to."""
    postgres = postgres_binaries.find(Account(), copies)["postgres"]
    return [
        f"{os.cpu_count()} cores ({_processor()}), {round(psutil.virtual_memory().total / _GIBIBYTE)} GiB of memory; "
        "the load, the servers and the databases share them",
        f"{_system()}, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}",
        ", ".join([_first(postgres, "-V"), *(f"{name} {_debian(name)}" for name in _SERVERS)]),
        ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    ]


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return found[1].strip() if found else platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")


def _debian(package: str) -> str:
    """The version of an installed package, without Debian's own part of it."""
    found = _first("dpkg-query", "-W", "-f", "${Version}", package)
    return re.split(r"[-+~]", found)[0] or "of unknown version"


def _first(*command: str) -> str:
    """The first line that a program says."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return ""
    lines: Sequence[str] = said.splitlines()
    return lines[0].strip() if lines else ""
