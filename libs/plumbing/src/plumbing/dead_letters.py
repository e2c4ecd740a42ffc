"""Dead letters: looked at without being taken, put back where they failed, or thrown away."""

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plumbing.arrivals import headers_of, type_of
from plumbing.broker import RPC_SECONDS, Broker, Channel, DeliveredMessage, as_unavailable
from plumbing.failures import ATTEMPTS, DETAIL, ERROR, FIRST_FAILED_AT, replayed
from plumbing.publisher import Publisher
from plumbing.topology import dead_letters_of


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that a consumer could not handle."""

    queue: str
    message: DeliveredMessage

    @property
    def id(self) -> str:
        """The message id; it stays the same when the message is replayed."""
        return self.message.header.properties.message_id or ""

    @property
    def type(self) -> str:
        """The type of the event."""
        return type_of(self.message)

    @property
    def error(self) -> str:
        """The class of the last error; for what RabbitMQ itself put here, its reason."""
        return str(self._headers.get(ERROR) or self._death.get("reason") or "unknown")

    @property
    def detail(self) -> str:
        """More about the error, without any value of the event."""
        return str(self._headers.get(DETAIL, ""))

    @property
    def attempts(self) -> int:
        """How often it was tried."""
        return int(self._headers.get(ATTEMPTS, 0))

    @property
    def failed_at(self) -> datetime | None:
        """When it failed for the first time."""
        told = self._headers.get(FIRST_FAILED_AT)
        return datetime.fromisoformat(told) if told else self._death.get("time")

    @property
    def trace_id(self) -> str:
        """The trace that the event belongs to."""
        return str(self._headers.get("traceparent", "")).partition("-")[2].partition("-")[0]

    @property
    def _headers(self) -> dict[str, Any]:
        return headers_of(self.message)

    @property
    def _death(self) -> dict[str, Any]:
        deaths = self._headers.get("x-death") or [{}]
        return deaths[0]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dead letters are meant: all that have every property that is given."""

    ids: Collection[str] = ()
    type: str | None = None
    since: datetime | None = None

    def includes(self, letter: DeadLetter) -> bool:
        """Whether this one is meant."""
        if self.ids and letter.id not in self.ids:
            return False
        if self.type and letter.type != self.type:
            return False
        return self.since is None or (letter.failed_at is not None and letter.failed_at >= self.since)


class DeadLetters:
    """The dead letters of one service's queue, while they are looked at."""

    def __init__(self, queue: str, channel: Channel, publisher: Publisher) -> None:
        self._queue = queue
        self._channel = channel
        self._publisher = publisher

    async def find(self, wanted: Wanted, limit: int) -> list[DeadLetter]:
        """At most so many of them, the oldest first. Raises NoSuchQueue, BrokerUnavailable."""
        found: list[DeadLetter] = []
        with as_unavailable():
            name = dead_letters_of(self._queue)
            declared = await self._channel.queue_declare(name, passive=True, timeout=RPC_SECONDS)
            for _ in range(declared.message_count or 0):
                message = await self._channel.basic_get(name, timeout=RPC_SECONDS)
                if message.delivery_tag is None or len(found) == limit:
                    break
                letter = DeadLetter(self._queue, message)
                if wanted.includes(letter):
                    found.append(letter)
        return found

    async def replay(self, letter: DeadLetter) -> None:
        """Put it back into the queue where it failed, under the same id: what it did already is not done again."""
        await self._publisher.publish(replayed(letter.message, self._queue))
        await self.discard(letter)

    async def discard(self, letter: DeadLetter) -> None:
        """Throw it away."""
        with as_unavailable():
            await self._channel.basic_ack(letter.message.delivery_tag or 0)


@asynccontextmanager
async def dead_letters(broker: Broker, queue: str) -> AsyncGenerator[DeadLetters]:
    """Look at a queue's dead letters; at the end those that were neither replayed nor discarded are where they were."""
    channel = await broker.channel()
    try:
        yield DeadLetters(queue, channel, Publisher(broker))
    finally:
        with as_unavailable():
            if not channel.is_closed:
                await channel.close()
