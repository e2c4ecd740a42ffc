"""The canary: a consumer sends itself a message now and then, to find out that it still gets any."""

import asyncio
from contextlib import suppress
from uuid import uuid4

from plumbing.arrivals import CANARY
from plumbing.broker import BrokerUnavailable
from plumbing.publisher import Outgoing, Publisher
from plumbing.waiting import wait_for_event

EVERY_SECONDS = 20.0
SILENCE_SECONDS = 60.0


class Canary:
    """Sings into one queue. Any message that comes out of the queue is an answer."""

    def __init__(self, publisher: Publisher, queue: str) -> None:
        self._publisher = publisher
        self._queue = queue
        self._unanswered_since: float | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Sing until told to stop. While RabbitMQ does not answer there is nothing to find out."""
        while not stop.is_set():
            with suppress(BrokerUnavailable):
                await self._publisher.publish(Outgoing("", self._queue, b"", str(uuid4()), CANARY, {}))
                if self._unanswered_since is None:
                    self._unanswered_since = asyncio.get_running_loop().time()
            await wait_for_event(stop, EVERY_SECONDS)

    def heard(self) -> None:
        """Something has arrived, or nothing can be expected to."""
        self._unanswered_since = None

    def silence(self) -> str | None:
        """What is wrong when RabbitMQ took the canary in, and nothing came out for a minute."""
        if self._unanswered_since is None:
            return None
        seconds = asyncio.get_running_loop().time() - self._unanswered_since
        return f"nothing was delivered for {seconds:.0f} s" if seconds > SILENCE_SECONDS else None
