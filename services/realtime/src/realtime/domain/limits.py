"""How much one client may do: say so many things in a while, and have so many sockets open."""

from collections import Counter, deque
from collections.abc import Hashable

INBOUND_MESSAGES = 20
INBOUND_SECONDS = 10.0
"""So many frames a client may send in so long: its sign-in, and pings."""

LARGEST_MESSAGE = 4 * 1024
"""Bytes of a message from a client."""


class Pace:
    """Whether somebody keeps to so many in so long."""

    def __init__(self, most: int = INBOUND_MESSAGES, seconds: float = INBOUND_SECONDS) -> None:
        """Nothing has happened yet."""
        self._seconds = seconds
        self._last: deque[float] = deque(maxlen=most)

    def allows(self, now: float) -> bool:
        """Whether one more at this moment (in seconds) is not one too many; it counts if so."""
        if len(self._last) == self._last.maxlen and now - self._last[0] < self._seconds:
            return False
        self._last.append(now)
        return True


class Attendance:
    """How many of something are here, by whom they belong to."""

    def __init__(self, most: int) -> None:
        """Nobody is here yet."""
        self._most = most
        self._present: Counter[Hashable] = Counter()

    def enter(self, whose: Hashable) -> bool:
        """Count one in, unless there are as many as may be."""
        if self._present[whose] >= self._most:
            return False
        self._present[whose] += 1
        return True

    def leave(self, whose: Hashable) -> None:
        """Count one out."""
        self._present[whose] -= 1
        if self._present[whose] <= 0:
            del self._present[whose]
