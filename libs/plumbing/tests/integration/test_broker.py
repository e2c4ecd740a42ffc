"""The connection to RabbitMQ alone."""

import asyncio
from collections.abc import Callable

from plumbing.broker import Broker


async def test_a_lost_connection_can_be_collected_in_any_thread(new_virtual_host: Callable[[], str]):
    brokers = [Broker(new_virtual_host(), name="lost")]
    channel = await brokers[0].channel()
    await channel.connection.close()
    assert not brokers[0].is_connected
    await asyncio.to_thread(brokers.clear)  # what cannot be said in a destructor is a warning, and so an error
