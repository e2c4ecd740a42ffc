"""Waiting for a condition."""

import time
from collections.abc import Callable
from threading import Event

LOOK_EVERY = 0.03
_NEVER = Event()


class GaveUp(Exception):
    """What was waited for did not come."""


def wait_until(holds: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Return as soon as `holds()`; raises GaveUp, naming `what`, after `seconds`."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise GaveUp(f"{what}: not within {seconds:g} s")
        _NEVER.wait(LOOK_EVERY)
