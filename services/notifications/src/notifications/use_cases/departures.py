"""What is on its way out when the process ends: what has not left stays here, and what has left is waited for."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from notifications.domain.deliveries import Unanswered

ANSWER_SECONDS = 20.0
"""So long the end of the process waits for the answer to what has left: sent again, it would be told twice."""


class HeldBack(Exception):
    """The process ends, and the message had not left: whoever takes it next sends it for the first time."""


@dataclass(slots=True)
class Departures:
    """The messages of one process that are being sent."""

    answer_seconds: float = ANSWER_SECONDS
    are_over: bool = False
    _waiting: set[asyncio.Timeout] = field(default_factory=set[asyncio.Timeout])
    _left: set[asyncio.Timeout] = field(default_factory=set[asyncio.Timeout])

    def end(self) -> None:
        """Let nothing leave any more."""
        self.are_over = True
        now = asyncio.get_running_loop().time()
        for each in self._waiting:
            each.reschedule(now)
        for each in self._left:
            each.reschedule(now + self.answer_seconds)

    @asynccontextmanager
    async def departure(self) -> AsyncGenerator[Callable[[], None]]:
        """Send one inside; what is yielded is called when it leaves. Raises HeldBack, and Unanswered once it has left.

        It leaves at the moment from which on it may arrive, whatever is heard of it.
        """
        if self.are_over:
            raise HeldBack
        limit = asyncio.timeout(None)

        def leaves() -> None:
            if self.are_over:
                raise HeldBack
            self._waiting.discard(limit)
            self._left.add(limit)

        self._waiting.add(limit)
        try:
            async with limit:
                yield leaves
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise HeldBack if limit in self._waiting else Unanswered("noAnswer", "the process ended") from error
        finally:
            self._waiting.discard(limit)
            self._left.discard(limit)
