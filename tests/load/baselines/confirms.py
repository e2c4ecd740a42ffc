"""B5: publish, wait for the broker's confirm, publish the next: a relay that keeps one message outstanding."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import aio_pika
from aio_pika import DeliveryMode, Message

from tests.load.loopback import ours
from tests.load.samples import Sample

QUEUE = "bench.confirms"
BODY = b"x" * 300
Publish = Callable[[float], Awaitable[Sample]]


@asynccontextmanager
async def connected(amqp_url: str) -> AsyncGenerator[Publish]:
    """`publish(seconds)`: persistent messages into a quorum queue, one confirm at a time."""
    async with await aio_pika.connect(ours(amqp_url)) as connection:
        channel = await connection.channel(publisher_confirms=True)
        queue = await channel.declare_queue(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})

        async def publish(seconds: float) -> Sample:
            await queue.purge()
            sent, start = 0, time.perf_counter()
            while time.perf_counter() < start + seconds:
                message = Message(BODY, delivery_mode=DeliveryMode.PERSISTENT)
                await channel.default_exchange.publish(message, QUEUE)
                sent += 1
            return Sample(sent / (time.perf_counter() - start))

        yield publish
        await queue.delete(if_unused=False, if_empty=False)
