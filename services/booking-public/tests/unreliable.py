"""Appointments as they are over a network."""

from collections.abc import Awaitable, Callable
from typing import Any

from plumbing.problems import ServiceUnavailable

from .desk import Booked


class Unreliable:
    """Appointments that sometimes do not hear what is asked, or do it and cannot say so."""

    def __init__(self) -> None:
        self.booked = Booked()
        self.fails: str | None = None
        """`before` or `after`: how the next call ends."""

    def __getattr__(self, name: str) -> Callable[[Any], Awaitable[Any]]:
        async def asked(*wanted: Any) -> Any:
            fails, self.fails = self.fails, None
            if fails == "before":
                raise ServiceUnavailable
            answer = await getattr(self.booked, name)(*wanted)
            if fails == "after":
                raise ServiceUnavailable
            return answer

        return asked
