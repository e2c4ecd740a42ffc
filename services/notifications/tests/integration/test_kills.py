"""kill -9 while somebody is told: nothing is lost, nothing comes more than once too often, poison harms nobody."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from contracts.accounts import InvitationCreated
from contracts.envelope import Event
from notifications.consumers import consumers
from notifications.domain.messages import LEASE
from plumbing.broker import Broker, as_unavailable
from plumbing.clock import utc_now
from plumbing.outbox import outbox_row
from plumbing.publisher import Outgoing, Publisher
from plumbing.receiver import Receiver
from plumbing.testing import eventually
from plumbing.topology import EXCHANGE, dead_letters_of, declare_exchange, declare_queue
from sundial_local import operator_command
from sundial_local.databases import Database

from ..hooks import deliver, deliveries, endpoint
from ..make import Studio, a_customer, an_appointment, created
from ..post import Post
from ..receiver import Receiver as Hook

TESTS = Path(__file__).parent.parent
KILLED = -signal.SIGKILL
QUEUE = consumers.name


@asynccontextmanager
async def process(program: str, *arguments: str, dies: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """One that dies at that place; ended with the block if it has not been there."""
    environment = {**os.environ, "FAILPOINT": f"{dies}:kill"}
    started = await asyncio.create_subprocess_exec(sys.executable, TESTS / program, *arguments, env=environment)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.terminate()
            await started.wait()


@pytest.mark.parametrize(("place", "mails"), [("before_send", 1), ("after_send", 2)])
async def test_a_message_survives_its_sender(studio: Studio, post: Post, database: Database, place: str, mails: int):
    made = await studio.books(customer=a_customer(phone=None))
    more = json.dumps(dict(post.settings))
    async with process("mortal_sender.py", database.app_url, more, dies=f"notifications.{place}") as sender:
        assert await sender.wait() == KILLED
    for after, sent in ((LEASE / 3, mails - 1), (LEASE + timedelta(seconds=1), mails), (2 * LEASE, mails)):
        await studio.send(at=utc_now() + after)
        assert len(await post.to(made.customer.email)) == sent
    assert [each["attempts"] for each in await studio.messages(status="sent")] == [2]


async def test_a_webhook_survives_its_process(studio: Studio, receiver: Hook, database: Database):
    made = await endpoint(studio, receiver)
    await studio.books()
    more = json.dumps({"webhooks_to_loopback": True})
    async with process("mortal_sender.py", database.app_url, more, "post", dies="notifications.after_post") as poster:
        assert await poster.wait() == KILLED
    for after, posted in ((LEASE / 3, 1), (LEASE + timedelta(seconds=1), 2), (2 * LEASE, 2)):
        await deliver(studio, after=after)
        assert len(receiver.got) == posted
    assert len({webhook_id for webhook_id, _ in receiver.got}) == 1
    assert [(each["state"], each["attempts"]) for each in await deliveries(studio, made)] == [("delivered", 2)]


class Queue:
    """The queue of notifications, and what cannot be handled of it."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._publisher = Publisher(broker)

    async def declare(self) -> None:
        """So that nothing of what is told now is nobody's."""
        channel = await self._broker.channel()
        await declare_exchange(channel)
        await declare_queue(channel, QUEUE, consumers.types)
        await channel.close()

    async def tell(self, event: Event) -> None:
        """As the relay of another service does."""
        row = outbox_row(event)
        event_id, key = str(row["event_id"]), row["routing_key"]
        await self._publisher.publish(Outgoing(EXCHANGE, key, row["body"].encode(), event_id, event.type, {}))

    async def dead(self) -> int:
        """How many lie in the dead-letter queue."""
        with as_unavailable():
            channel = await self._broker.channel()
            found = await channel.queue_declare(dead_letters_of(QUEUE), passive=True)
            await channel.close()
        return found.message_count or 0


@asynccontextmanager
async def queue_of(amqp_url: str) -> AsyncGenerator[Queue]:
    """One to which nobody listens yet."""
    broker = Broker(amqp_url, name="tests")
    queue = Queue(broker)
    await queue.declare()
    yield queue
    await broker.close()


@asynccontextmanager
async def listening(studio: Studio, amqp_url: str) -> AsyncGenerator[None]:
    """A consumer that is well."""
    publishing = Broker(amqp_url, name="tests-publisher")
    receiver = Receiver(consumers, studio.app.state.uow, Broker(amqp_url, name="tests"), Publisher(publishing))
    running = asyncio.create_task(receiver.run())
    try:
        yield
    finally:
        receiver.stop()
        await running
        await publishing.close()


async def test_poison_ends_alone_and_is_brought_back(
    studio: Studio, post: Post, database: Database, new_virtual_host: Callable[[], str]
):
    amqp_url = new_virtual_host()
    invited, until = f"lina-{uuid4().hex}@example.com", utc_now() + timedelta(days=1)
    about = {"email": invited, "role": "manager", "accept_url": "https://example.com/accept", "expires_at": until}
    poison = InvitationCreated(business_id=studio.id, revision=1, invitation_id=uuid4(), **about)
    neighbours = [an_appointment(studio.id) for _ in range(4)]
    command = {"AMQP_URL": amqp_url}
    async with queue_of(amqp_url) as queue:
        for event in (*map(created, neighbours[:2]), poison, *map(created, neighbours[2:])):
            await queue.tell(event)
        deaths = 0
        while not await queue.dead():
            listener = process("mortal_listener.py", database.app_url, amqp_url, dies="notifications.invited")
            async with listener as mortal:
                died = asyncio.create_task(mortal.wait())
                while not died.done() and not await queue.dead():
                    await asyncio.wait([died], timeout=0.1)
                deaths += died.done()
        assert deaths == 3
        listed = await asyncio.to_thread(operator_command.run, "dlq", command, "list")
        assert (listed.count("ProcessDied"), listed.count("notifications")) == (1, 1)
        async with listening(studio, amqp_url):
            await eventually(studio.messages, until=lambda noted: len(noted) == 2 * len(neighbours), seconds=30)
            await studio.send()
            for each in neighbours:
                assert [len(await post.to(to)) for to in (each.customer.email, each.customer.phone)] == [1, 1]
            assert await post.to(invited) == []
            await asyncio.to_thread(operator_command.run, "dlq", command, "replay", "--queue", QUEUE)
            await eventually(studio.messages, until=lambda noted: len(noted) == 2 * len(neighbours) + 1, seconds=30)
            await studio.send()
        assert await queue.dead() == 0
    assert [each["subject"].split(" to")[0] for each in await post.to(invited)] == ["You are invited"]
    assert {each["status"] for each in await studio.messages()} == {"sent"}
