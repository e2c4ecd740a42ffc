"""The broker is killed and comes back: what was told meanwhile arrives, once in effect."""

import asyncio
from collections.abc import AsyncGenerator
from uuid import uuid4

import pytest

from plumbing.testing import eventually
from sundial_local.databases import Database
from sundial_local.failures import CannotRun
from sundial_local.ports import free_ports
from sundial_local.rabbitmq import Ports, Server
from tests.servers import run

from .parts import Parts, claims, listening_in_batches, running


@pytest.fixture
async def own_broker() -> AsyncGenerator[Server]:
    """A broker that nobody else uses."""
    try:
        server = Server(run.current().folder / "own-rabbitmq", Ports(*free_ports(4)), uuid4().hex)
        await asyncio.to_thread(server.start)
    except CannotRun as reason:
        pytest.skip(str(reason))
    yield server
    await asyncio.to_thread(server.stop)


async def test_everything_goes_on_after_the_broker_was_restarted_and_killed(
    own_broker: Server, database_with_effects: Database
):
    parts = Parts(database_with_effects.app_url, own_broker.url)
    await parts.empty()
    events = [claims() for _ in range(150)]
    async with running(parts.receiver(listening_in_batches()), parts.relay()):
        await parts.listens()
        await parts.tell(events[:50])
        await eventually(parts.effects, until=lambda seen: len(seen) == 50)
        for end, told in ((own_broker.stop, 100), (own_broker.kill, 150)):
            await asyncio.to_thread(end)
            await parts.tell(events[told - 50 : told])
            assert await parts.waiting() == 50
            await asyncio.to_thread(own_broker.start)
            await eventually(parts.effects, until=lambda seen, told=told: len(seen) >= told, seconds=60)
        await eventually(parts.waiting, until=lambda waiting: waiting == 0)
    assert sorted(subject for subject, _ in await parts.effects()) == sorted(event.subject for event in events)
    await parts.close()
