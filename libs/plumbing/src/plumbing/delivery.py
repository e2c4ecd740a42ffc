"""The messages of a queue as they are delivered on one channel: taken in rounds, acknowledged a round at a time."""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from plumbing.broker import RPC_SECONDS, BrokerUnavailable, Channel, DeliveredMessage, as_unavailable

FLOWING = 16
"""Messages in a round from which on the next is likely to find as many."""
GATHER_SECONDS = 0.01


class Delivery:
    """A consumer of one queue, from its beginning to the loss of its channel.

    It begins with one message at a time, for as long as messages come that were delivered before: one of them may have
    ended a process, and what is in memory beside it then would count as delivered once more.
    """

    def __init__(self, channel: Channel, queue: str, *, most: int) -> None:
        """`most` is the size of a round; so many messages again wait in memory meanwhile."""
        self._channel: Any = channel
        self._queue = queue
        self._most = most
        self._arrived: deque[DeliveredMessage] = deque()
        self._news = asyncio.Event()
        self._lost = False
        self._is_cautious = True
        self._is_flowing = False
        self._tag = ""

    async def begin(self) -> None:
        """Start consuming. Raises BrokerUnavailable."""
        self._channel.closing.add_done_callback(self._lose)
        self._channel.on_consumer_cancel_callbacks.add(self._lose)
        await self._consume(1)

    async def next(self, most: int, stop: asyncio.Event) -> list[DeliveredMessage]:
        """The next round, at least one message; none when told to stop. Raises BrokerUnavailable when it is lost."""
        stopping = asyncio.ensure_future(stop.wait())
        stopping.add_done_callback(self._wake)
        try:
            while not stop.is_set():
                self.refuse_if_lost()
                if self._arrived:
                    await self._gather(most)
                    return self.taken(most)
                self._news.clear()
                await self._news.wait()
            return []
        finally:
            stopping.cancel()

    async def _gather(self, most: int) -> None:
        """While messages come fast, let a few more come, so that a round is worth its round trips."""
        if self._is_flowing and len(self._arrived) < most:
            await asyncio.sleep(GATHER_SECONDS)

    def taken(self, most: int) -> list[DeliveredMessage]:
        """What has arrived, without waiting."""
        size = min(most, len(self._arrived))
        self._is_flowing = size >= FLOWING
        return [self._arrived.popleft() for _ in range(size)]

    async def acknowledge(self, messages: Sequence[DeliveredMessage]) -> None:
        """Acknowledge a round, all rounds before it having been. Raises BrokerUnavailable."""
        with as_unavailable():
            await self._channel.basic_ack(messages[-1].delivery_tag, multiple=True, wait=False)
        if self._is_cautious and not messages[-1].redelivered:
            self._is_cautious = False
            await self.cancel()
            await self._consume(2 * self._most)

    def refuse_if_lost(self) -> None:
        """Raise BrokerUnavailable when nothing taken from here can be acknowledged any more."""
        if self._lost or self._channel.is_closed:
            raise BrokerUnavailable("the consumer's channel is closed")

    async def cancel(self) -> None:
        """Let no further message come; what has arrived can still be taken. Raises BrokerUnavailable."""
        with as_unavailable():
            await self._channel.basic_cancel(self._tag, timeout=RPC_SECONDS)

    async def close(self) -> None:
        """Give back what was not acknowledged."""
        with as_unavailable():
            if not self._channel.is_closed:
                await self._channel.close()

    async def _consume(self, prefetch: int) -> None:
        with as_unavailable():
            await self._channel.basic_qos(prefetch_count=prefetch, timeout=RPC_SECONDS)
            answer = await self._channel.basic_consume(self._queue, self._arrive, timeout=RPC_SECONDS)
        self._tag = answer.consumer_tag

    async def _arrive(self, message: DeliveredMessage) -> None:
        self._arrived.append(message)
        self._news.set()

    def _lose(self, _: object) -> None:
        self._lost = True
        self._news.set()

    def _wake(self, _: object) -> None:
        self._news.set()
