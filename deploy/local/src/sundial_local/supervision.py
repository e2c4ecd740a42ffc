"""Keeping the parts alive: what ends without being told to is started again."""

import time
from collections.abc import Callable, Sequence
from threading import Event, Thread

from sundial_local.failures import CannotRun
from sundial_local.parts import Part
from sundial_local.waiting import GaveUp

LOOK_EVERY = 0.3
SHORTEST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY = 60.0
"""A part that ran for so many seconds has recovered."""

Say = Callable[[str], None]


class Supervisor:
    """Watches every part in a thread of its own, until `end`."""

    def __init__(self, parts: Sequence[Part], say: Say) -> None:
        self._say = say
        self._ending = Event()
        self._threads = [Thread(target=self._keep, args=(part,), name=part.name, daemon=True) for part in parts]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Whatever ends from now on stays ended."""
        self._ending.set()

    def wait(self) -> None:
        """Until nobody watches any more, after `end`."""
        for thread in self._threads:
            thread.join()

    def _keep(self, part: Part) -> None:
        pause, since = SHORTEST_PAUSE, time.monotonic()
        while not self._ending.wait(LOOK_EVERY):
            if part.child.runs:
                continue
            pause = SHORTEST_PAUSE if time.monotonic() - since > STEADY else min(2 * pause, LONGEST_PAUSE)
            self._restart(part, pause)
            since = time.monotonic()

    def _restart(self, part: Part, pause: float) -> None:
        self._say(f"[yellow]{part.name} has ended[/]; starting it again (make logs PART={part.name})")
        if self._ending.wait(pause):
            return
        try:
            part.start()
        except (CannotRun, GaveUp, OSError) as error:
            if not self._ending.is_set():
                self._say(f"[red]{part.name} does not start:[/] {error}")
        else:
            self._say(f"[green]{part.name} runs again[/]")
