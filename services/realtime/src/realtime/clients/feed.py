"""A queue of this process's own in RabbitMQ, bound only for the businesses that somebody looks at.

The queue goes with the connection, and so does what was in it. Whatever may have been lost so, or because the process
read too slowly, is told as missed: who is connected then reads everything again, which repairs everything.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import structlog

from contracts.ids import BusinessId
from plumbing.arrivals import CANARY, type_of
from plumbing.broker import RPC_SECONDS, Broker, BrokerUnavailable, Channel, DeliveredMessage, as_unavailable
from plumbing.canary import Canary
from plumbing.publisher import Publisher
from plumbing.topology import EXCHANGE, declare_exchange
from plumbing.waiting import wait_for_event

GRACE_SECONDS = 5.0
"""RabbitMQ may be away for so long before whoever listens here is told that nothing is heard."""

MOST_QUEUED_BYTES = 64 * 1024**2
"""What waits for this process in RabbitMQ at most. What is dropped lies in a second queue, and counts as missed."""

PATTERNS = (
    "appointment.*",
    "time_off.*",
    "service.changed",
    "staff.changed",
    "resource.changed",
    "hours.changed",
    "business.changed",
    "message.failed",
    "customer.erased",
    "session.ended",
    "member.*",
)
"""What is heard of a business. Invitations and payments are nobody's here."""

LONGEST_PAUSE_SECONDS = 2.0

DROPPED_EVERY_SECONDS = 1.0
"""While RabbitMQ drops one thing after the other, it counts as missed so often and not each time."""

log = structlog.get_logger("live")


@dataclass(frozen=True, slots=True)
class Listener:
    """What is to be done about what is heard."""

    hear: Callable[[str, BusinessId, bytes], None]
    """An event: its type, its business, its envelope in JSON."""
    missed: Callable[[], None]
    """Something may have been missed, of any business; from now on everything is heard again."""
    deaf: Callable[[], None]
    """Nothing has been heard for a while."""


class Feed:
    """What this process hears (realtime.live.calendars.Bindings)."""

    def __init__(self, broker: Broker, publisher: Publisher, listener: Listener) -> None:
        """`broker` is for consuming only."""
        self._broker = broker
        self._listener = listener
        self._publisher = publisher
        self._queue = _new_name()
        self._canary = Canary(publisher, self._queue)
        self._bound: set[BusinessId] = set()
        self._binding = asyncio.Lock()
        self._channel: Channel | None = None
        self._stopped = asyncio.Event()
        self._listening = asyncio.Event()
        self._was_listening = False
        self._deaf: asyncio.TimerHandle | None = None
        self._dropped: asyncio.TimerHandle | None = None

    @property
    def is_listening(self) -> bool:
        """Whether everything that happens is heard now."""
        return self._channel is not None

    async def listening(self) -> None:
        """Wait until it is so."""
        await self._listening.wait()

    def silence(self) -> str | None:
        """What is wrong when nothing is heard although RabbitMQ has something; for liveness."""
        return self._canary.silence()

    def stop(self) -> None:
        """Let `run` end."""
        self._stopped.set()

    async def run(self) -> None:
        """Listen until told to stop; connect again whenever the connection is lost."""
        failures = 0
        while not self._stopped.is_set():
            try:
                await self._listen()
                failures = 0
            except BrokerUnavailable as error:
                if not failures:
                    log.warning("live calendars wait for RabbitMQ", reason=str(error))
                failures += 1
            await wait_for_event(self._stopped, min(0.1 * 2 ** min(failures, 10), LONGEST_PAUSE_SECONDS))
        self._hears_again()
        with suppress(BrokerUnavailable):
            await self._broker.close()

    async def bind(self, business_id: BusinessId) -> None:
        """From now on hear of a business. Raises BrokerUnavailable."""
        if self._channel is not None and business_id in self._bound:
            return
        async with self._binding:
            if self._channel is None:
                raise BrokerUnavailable("not connected")
            if business_id not in self._bound:
                await self._bind(self._channel, business_id)
                self._bound.add(business_id)

    async def unbind(self, business_id: BusinessId, *, unless: Callable[[], bool]) -> None:
        """Hear of it no more, unless it turns out to be wanted again."""
        async with self._binding:
            if business_id not in self._bound or unless():
                return
            self._bound.discard(business_id)
            if self._channel is not None:
                with suppress(BrokerUnavailable), as_unavailable():
                    for pattern in PATTERNS:
                        key = f"{pattern}.{business_id}"
                        await self._channel.queue_unbind(self._queue, EXCHANGE, key, timeout=RPC_SECONDS)

    async def _listen(self) -> None:
        """From a connection to its loss, or to the end of the process."""
        channel: Any = await self._broker.channel()
        self._queue = _new_name()
        self._canary = Canary(self._publisher, self._queue)
        over = asyncio.Event()
        channel.closing.add_done_callback(lambda _: over.set())
        channel.on_consumer_cancel_callbacks.add(lambda _: over.set())
        stopping = asyncio.create_task(self._stopped.wait())
        stopping.add_done_callback(lambda _: over.set())
        singing = None
        try:
            await self._begin(channel)
            singing = asyncio.create_task(self._canary.run(over))
            await over.wait()
        finally:
            self._hears_nothing()
            stopping.cancel()
            if singing:
                singing.cancel()
            with suppress(BrokerUnavailable), as_unavailable():
                if not channel.is_closed:
                    await channel.close()

    async def _begin(self, channel: Channel) -> None:
        """Bind for everybody who is connected before anything is heard, so that nothing is missed from then on."""
        await declare_exchange(channel)
        await _declare(channel, self._queue)
        async with self._binding:
            for business_id in self._bound:
                await self._bind(channel, business_id)
            with as_unavailable():
                await channel.basic_consume(_dropped(self._queue), self._drop, no_ack=True, timeout=RPC_SECONDS)
                await channel.basic_consume(self._queue, self._hear, no_ack=True, timeout=RPC_SECONDS)
            self._channel = channel
        self._listening.set()
        self._canary.heard()
        self._hears_again()
        log.info("live calendars are heard of", businesses=len(self._bound))
        if self._was_listening:
            self._listener.missed()
        self._was_listening = True

    async def _bind(self, channel: Channel, business_id: BusinessId) -> None:
        """All patterns; only the last is waited for, and what a channel is asked is done in order."""
        keys = [f"{pattern}.{business_id}" for pattern in PATTERNS]
        with as_unavailable():
            for key in keys[:-1]:
                await channel.queue_bind(self._queue, EXCHANGE, key, nowait=True, timeout=RPC_SECONDS)
            await channel.queue_bind(self._queue, EXCHANGE, keys[-1], timeout=RPC_SECONDS)

    def _hears_nothing(self) -> None:
        """That is told after a while, however long it takes to find out that RabbitMQ does not answer."""
        self._channel = None
        self._listening.clear()
        if self._deaf is None:
            self._deaf = asyncio.get_running_loop().call_later(GRACE_SECONDS, self._listener.deaf)

    def _hears_again(self) -> None:
        if self._deaf is not None:
            self._deaf.cancel()
            self._deaf = None

    async def _drop(self, _: DeliveredMessage) -> None:
        if self._dropped is None:
            log.warning("RabbitMQ has dropped what was not read in time")
            self._dropped = asyncio.get_running_loop().call_later(DROPPED_EVERY_SECONDS, self._say_dropped)

    def _say_dropped(self) -> None:
        self._dropped = None
        self._listener.missed()

    async def _hear(self, message: DeliveredMessage) -> None:
        """Nothing is waited for in here, so that messages keep their order."""
        self._canary.heard()
        if type_of(message) != CANARY:
            kind, _, business = (message.routing_key or "").rpartition(".")
            self._listener.hear(kind, BusinessId(UUID(business)), message.body)


async def _declare(channel: Channel, queue: str) -> None:
    """Both queues, for this connection only."""
    bounds: dict[str, Any] = {
        "x-max-length-bytes": MOST_QUEUED_BYTES,
        "x-overflow": "drop-head",
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": _dropped(queue),
    }
    with as_unavailable():
        await channel.queue_declare(_dropped(queue), exclusive=True, arguments={"x-max-length": 1}, timeout=RPC_SECONDS)
        await channel.queue_declare(queue, exclusive=True, arguments=bounds, timeout=RPC_SECONDS)


def _new_name() -> str:
    """Another for each connection: RabbitMQ may not know yet that the last one is gone, and its queue with it."""
    return f"live.{uuid4()}"


def _dropped(queue: str) -> str:
    """Where RabbitMQ puts what does not fit into the queue."""
    return f"{queue}.dropped"
