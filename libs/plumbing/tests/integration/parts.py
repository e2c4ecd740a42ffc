"""The two ends of an event's way, on real servers: who tells it, and who hears it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from contracts.accounts import SessionEnded
from contracts.appointments import ClaimsChanged
from contracts.envelope import Event
from contracts.ids import BusinessId, OwnerId, uuid7
from plumbing.arrivals import CANARY, type_of
from plumbing.broker import Broker, DeliveredMessage, NoSuchQueue, as_unavailable
from plumbing.consumers import Consumers
from plumbing.db import Tx, UnitOfWork, create_engine
from plumbing.outbox import outbox_row
from plumbing.publisher import Outgoing, Publisher
from plumbing.receiver import Receiver
from plumbing.relay import Relay
from plumbing.testing import eventually
from plumbing.topology import EXCHANGE

QUEUE = "heard"
SHORT_LADDER = (timedelta(milliseconds=100), timedelta(milliseconds=200))


class Part(Protocol):
    """A relay or a receiver."""

    async def run(self) -> None: ...

    def stop(self) -> None: ...


class Parts:
    """Makes relays and receivers, each with connections of its own, as in processes side by side."""

    def __init__(self, database_url: str, amqp_url: str) -> None:
        self.database_url = database_url
        self.amqp_url = amqp_url
        self.engine = create_engine(database_url, name="parts")
        self.uow = UnitOfWork(self.engine)
        self.broker = Broker(amqp_url, name="parts")
        self.publisher = Publisher(self.broker)
        self._brokers = [self.broker]

    async def empty(self) -> None:
        """Forget what other tests have left."""
        async with self.uow.across_businesses() as tx:
            await tx.script("DELETE FROM outbox; DELETE FROM inbox; DELETE FROM effects")

    def relay(self, **options: Any) -> Relay:
        """A relay as it runs in a process."""
        return Relay(self.uow, Publisher(self._broker()), **options)

    def receiver(self, consumers: Consumers, **options: Any) -> Receiver:
        """A receiver as it runs in a process, with a short ladder."""
        broker, publishing = self._broker(), self._broker()
        return Receiver(consumers, self.uow, broker, Publisher(publishing), **{"ladder": SHORT_LADDER, **options})

    async def tell(self, events: Sequence[Event]) -> None:
        """Write events into the outbox, in one transaction."""
        async with self.uow.across_businesses() as tx:
            for event in events:
                tx.emit(event)

    async def publish(self, event: Event, *, times: int = 1, **changed: Any) -> Outgoing:
        """Publish an event past the outbox; its body or type can be changed."""
        row = outbox_row(event)
        fields = {"body": row["body"].encode(), "type": event.type, "headers": {}, **changed}
        message = Outgoing(EXCHANGE, row["routing_key"], message_id=str(row["event_id"]), **fields)
        for _ in range(times):
            await self.publisher.publish(message)
        return message

    async def effects(self) -> list[tuple[UUID, int]]:
        """What the reactions have done, in their order."""
        rows = await self.uow.single("SELECT subject, revision FROM effects ORDER BY id")
        return [(row[0], row[1]) for row in rows]

    async def waiting(self) -> int:
        """How many events are in the outbox."""
        return (await self.uow.single("SELECT count(*) FROM outbox"))[0][0]

    async def count(self, queue: str) -> int:
        """How many messages are ready in a queue; -1 when there is none of this name."""
        channel = await self.broker.channel()
        with suppress(NoSuchQueue), as_unavailable():
            found = await channel.queue_declare(queue, passive=True)
            await channel.close()
            return found.message_count or 0
        return -1

    async def listens(self, queue: str = QUEUE) -> None:
        """Wait until there is a consumer on the queue."""
        await eventually(lambda: self.count(queue), until=lambda count: count >= 0)

    async def take(self, queue: str) -> DeliveredMessage | None:
        """The first message of a queue, for good."""
        channel = await self.broker.channel()
        message = await channel.basic_get(queue, no_ack=True)
        await channel.close()
        return message if message.delivery_tag else None

    async def left(self, queue: str = QUEUE) -> list[str]:
        """The types of the events in a queue, for good; what a consumer has sung to itself, and not heard, is none."""
        types: list[str] = []
        while message := await self.take(queue):
            types.append(type_of(message))
        return [each for each in types if each != CANARY]

    async def close(self) -> None:
        """Close all connections."""
        for broker in self._brokers:
            await broker.close()
        await self.engine.dispose()

    def _broker(self) -> Broker:
        self._brokers.append(Broker(self.amqp_url, name="part"))
        return self._brokers[-1]


@asynccontextmanager
async def running(*parts: Part) -> AsyncGenerator[None]:
    """Run parts; at the end stop them as a process would."""
    tasks = [asyncio.create_task(part.run()) for part in parts]
    try:
        yield
    finally:
        for part in parts:
            part.stop()
        await asyncio.gather(*tasks)


async def leave_effect(tx: Tx, event: Event) -> None:
    """A reaction that can be seen."""
    await tx.fetch("INSERT INTO effects (subject, revision) VALUES ($1, $2)", event.subject, event.revision)


def listening(*, to: type[Event] = ClaimsChanged, react: Any = leave_effect, queue: str = QUEUE) -> Consumers:
    """A registry with one reaction."""
    consumers = Consumers(queue)
    consumers.on(to)(react)
    return consumers


def listening_in_batches(*, react: Any = None) -> Consumers:
    """A registry with one reaction to many events at once."""
    consumers = Consumers(QUEUE)

    @consumers.on_batch(ClaimsChanged)
    async def leave_effects(tx: Tx, events: Sequence[ClaimsChanged]) -> None:
        for event in events:
            await (react or leave_effect)(tx, event)

    return consumers


def claims(subject: UUID | None = None, revision: int = 1) -> ClaimsChanged:
    """An event of some owner of claims."""
    owner = OwnerId(subject or uuid7())
    return ClaimsChanged(business_id=BusinessId(uuid7()), revision=revision, owner_id=owner, claims=[])


def session_ended() -> SessionEnded:
    """An event that nobody in these tests listens to, unless told to."""
    return SessionEnded(business_id=BusinessId(uuid7()), revision=1, session_id=uuid7(), user_id=uuid7())
