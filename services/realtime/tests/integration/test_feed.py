"""What RabbitMQ drops because it was not read in time counts as missed, but not each thing by itself."""

import asyncio
from collections.abc import Callable

from plumbing.broker import Broker
from plumbing.publisher import Outgoing, Publisher
from plumbing.testing import eventually
from realtime.clients.feed import Feed, Listener


class Noting(Publisher):
    """Knows which queue the canary sings into."""

    queue = ""

    async def publish(self, message: Outgoing) -> None:
        """As any other does."""
        self.queue = message.routing_key
        await super().publish(message)


async def test_what_is_dropped_counts_as_missed_but_not_each_thing_by_itself(new_virtual_host: Callable[[], str]):
    missed: list[None] = []
    brokers = [Broker(url := new_virtual_host(), name="consumer"), Broker(url, name="publisher")]
    publisher = Noting(brokers[1])
    listener = Listener(hear=lambda *_: None, missed=lambda: missed.append(None), deaf=lambda: None)
    feed = Feed(brokers[0], publisher, listener)
    running = asyncio.create_task(feed.run())
    await feed.listening()

    async def has_sung() -> str:
        return publisher.queue

    queue = await eventually(has_sung)
    for number in range(20):
        await publisher.publish(Outgoing("", f"{queue}.dropped", b"{}", str(number), "appointment.updated", {}))

    async def count() -> int:
        return len(missed)

    assert await eventually(count) == 1
    feed.stop()
    await running
    await brokers[1].close()
