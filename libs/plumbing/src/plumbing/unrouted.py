"""Events that were told before anybody was bound to them: whoever is bound now takes them into its queue."""

import asyncio
from collections.abc import Collection

import structlog

from plumbing.arrivals import headers_of, type_of
from plumbing.broker import RPC_SECONDS, Broker, DeliveredMessage, as_unavailable
from plumbing.publisher import Outgoing, Publisher
from plumbing.topology import UNROUTED

log = structlog.get_logger("consumer")


async def reclaim(broker: Broker, publisher: Publisher, queue: str, types: Collection[str]) -> int:
    """Move the events of these types from `unrouted` into a queue that is bound to them; how many.

    They may come after younger ones of their subject. A consumer that is new beside others needs `republish` instead:
    what the others were bound to never was unrouted. Raises BrokerUnavailable.
    """
    channel = await broker.channel()
    arrived: asyncio.Queue[DeliveredMessage] = asyncio.Queue()
    moved = 0
    with as_unavailable():
        try:
            found = await channel.queue_declare(UNROUTED, passive=True, timeout=RPC_SECONDS)
            if found.message_count:
                await channel.basic_consume(UNROUTED, arrived.put, timeout=RPC_SECONDS)
            for _ in range(found.message_count or 0):
                message = await asyncio.wait_for(arrived.get(), RPC_SECONDS)
                if type_of(message) in types:
                    await publisher.publish(_moved(message, queue))
                    await channel.basic_ack(message.delivery_tag or 0)
                    moved += 1
        finally:
            # What was not acknowledged goes back to its place.
            await channel.close()
    return moved


def _moved(message: DeliveredMessage, queue: str) -> Outgoing:
    message_id = message.header.properties.message_id or ""
    return Outgoing("", queue, message.body, message_id, type_of(message), dict(headers_of(message)))
