"""Failpoints: named places at which a test makes the process fail. `FAILPOINT=name:kill,other:sleep:2`."""

import asyncio
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass

VARIABLE = "FAILPOINT"


class FailpointReached(Exception):
    """The failure that a failpoint was asked for."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What happens at a failpoint: `kill` (as `kill -9`), `raise`, or `sleep` for so many seconds."""

    kind: str
    seconds: float = 0.0


_armed: dict[str, Failure] = {}


async def reach(name: str) -> None:
    """Pass a named place: nothing, unless a test asked for a failure here."""
    if _armed:
        await _fail(name)


def arm(failures: Mapping[str, Failure]) -> None:
    """From now on fail at these places, and at no other."""
    _armed.clear()
    _armed.update(failures)


def from_environment() -> dict[str, Failure]:
    """What the environment asks for. Raises ValueError, in words, when that cannot be understood."""
    return parse(os.environ.get(VARIABLE, ""))


def parse(text: str) -> dict[str, Failure]:
    """`name:kill`, `name:raise`, `name:sleep:SECONDS`, separated by commas. Raises ValueError."""
    return dict(_one(part.strip()) for part in text.split(",") if part.strip())


def _one(text: str) -> tuple[str, Failure]:
    match text.split(":"):
        case [name, ("kill" | "raise") as kind] if name:
            return name, Failure(kind)
        case [name, "sleep", seconds] if name and seconds.replace(".", "", 1).isdecimal():
            return name, Failure("sleep", float(seconds))
        case _:
            raise ValueError(f"{VARIABLE}: {text!r} is not name:kill, name:raise or name:sleep:SECONDS")


async def _fail(name: str) -> None:
    failure = _armed.get(name)
    if failure is None:
        return
    match failure.kind:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise FailpointReached(name)
        case _:
            await asyncio.sleep(failure.seconds)
