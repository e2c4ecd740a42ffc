"""Events that were told before anybody was bound to them: whoever is bound now takes them into its queue."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import suppress

from plumbing.arrivals import headers_of, type_of
from plumbing.broker import RPC_SECONDS, Broker, Channel, DeliveredMessage, as_unavailable
from plumbing.publisher import Outgoing, Publisher
from plumbing.topology import UNROUTED

LOOKED_AT = 10_000
"""So many are looked at, the oldest first."""
_ARRIVAL_SECONDS = 1.0


async def reclaim(broker: Broker, publisher: Publisher, queue: str, types: Collection[str]) -> int:
    """Move the events of these types from `unrouted` into a queue that is bound to them; how many.

    They may come after younger ones of their subject. A consumer that is new beside others needs `republish` instead:
    what the others were bound to never was unrouted. Raises BrokerUnavailable.
    """
    channel = await broker.channel()
    moved = 0
    with as_unavailable():
        try:
            async for message in _oldest(channel):
                if type_of(message) in types:
                    await publisher.publish(_moved(message, queue))
                    await channel.basic_ack(message.delivery_tag or 0)
                    moved += 1
        finally:
            # What was not acknowledged goes back to its place.
            await channel.close()
    return moved


async def _oldest(channel: Channel) -> AsyncIterator[DeliveredMessage]:
    """What lies there; less than all of it when another process looks at the same time."""
    found = await channel.queue_declare(UNROUTED, passive=True, timeout=RPC_SECONDS)
    count = min(found.message_count or 0, LOOKED_AT)
    if not count:
        return
    arrived: asyncio.Queue[DeliveredMessage] = asyncio.Queue()
    await channel.basic_qos(prefetch_count=LOOKED_AT, timeout=RPC_SECONDS)
    await channel.basic_consume(UNROUTED, arrived.put, timeout=RPC_SECONDS)
    with suppress(TimeoutError):
        for _ in range(count):
            yield await asyncio.wait_for(arrived.get(), _ARRIVAL_SECONDS)


def _moved(message: DeliveredMessage, queue: str) -> Outgoing:
    message_id = message.header.properties.message_id or ""
    return Outgoing("", queue, message.body, message_id, type_of(message), dict(headers_of(message)))
