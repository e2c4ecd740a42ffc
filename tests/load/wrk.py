"""Load by wrk: many connections, each asking again as soon as it was answered, for little CPU of its own."""

import asyncio
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sundial_local import debian
from sundial_local.failures import CannotRun
from tests.load.loopback import ours
from tests.load.samples import Sample

CONNECTIONS = 32
_SCRIPT = """\
local paths, requests, last = { PATHS }, {}, 0
function init()
    for number, path in ipairs(paths) do
        requests[number] = wrk.format("GET", path)
    end
end
function request()
    last = last % #requests + 1
    return requests[last]
end
"""
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


class WrongAnswers(Exception):
    """Some answers were errors, so that nothing was measured."""


def install(log: Path) -> None:
    """Have wrk. Raises CannotRun where it is missing and cannot be installed."""
    if shutil.which("wrk") is None:
        if not (debian.is_debian() and debian.can_install()):
            raise CannotRun("The load is made by wrk: install the package `wrk`.")
        debian.install(["wrk"], log)


async def load(url: str, *, seconds: float, headers: Mapping[str, str]) -> Sample:
    """Ask for `url` all the time. Raises WrongAnswers when not every answer was a 2xx."""
    return read(await _run([*_command(seconds, headers), ours(url)]))


async def load_in_turn(urls: Sequence[str], *, seconds: float, headers: Mapping[str, str], script: Path) -> Sample:
    """Ask for one after the other, all of one server, again and again. Raises WrongAnswers."""
    _write(script, [ours(url) for url in urls])
    return read(await _run([*_command(seconds, headers), "--script", str(script), ours(urls[0])]))


def read(report: str) -> Sample:
    """What a report of wrk says."""
    bad = re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", report)
    done = re.search(r"Requests/sec:\s+([\d.]+)", report)
    if bad or not done or not float(done[1]):
        raise WrongAnswers(bad[0] if bad else report)
    return Sample(float(done[1]), _latency(report, 50), _latency(report, 99))


def _write(script: Path, urls: Sequence[str]) -> None:
    """What wrk asks for; its requests are ready before the first is sent."""
    paths = [urlsplit(url) for url in urls]
    listed = ",\n".join(f'"{path.path}?{path.query}"' for path in paths)
    script.write_text(_SCRIPT.replace("PATHS", listed), encoding="ascii")


def _latency(report: str, percent: int) -> float | None:
    found = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s|m)\b", report)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _command(seconds: float, headers: Mapping[str, str]) -> list[str]:
    fields = [part for name, value in headers.items() for part in ("--header", f"{name}: {value}")]
    size = ["--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{max(1, round(seconds))}s"]
    return ["wrk", *size, "--timeout", "20s", "--latency", *fields]


async def _run(command: list[str]) -> str:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    if process.returncode:
        raise WrongAnswers(said.decode(errors="replace"))
    return said.decode()
