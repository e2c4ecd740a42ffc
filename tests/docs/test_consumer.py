"""The example of a consumer, run as its page says: by a user who may do no more, against the product's own broker."""

import asyncio
import json
import re
import sqlite3
import sys
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aio_pika
import pytest
from aio_pika.abc import AbstractChannel
from aiormq.exceptions import ChannelAccessRefused

from contracts.appointments import AppointmentCreated
from contracts.ids import uuid7
from plumbing.testing import eventually
from sundial_local.product import Product
from tests.architecture.tree import ROOT
from tests.contracts.make import example, sent
from tests.e2e.owner import Owner, next_week
from tests.servers import rabbitmq, run

HOW_TO = ROOT / "docs" / "how-to"
QUEUE, DEAD = "example.appointments", "example.appointments.dead"

_ALLOWED = re.compile(r"^rabbitmqctl set_permissions example '(.*)' '(.*)' '(.*)'$", re.MULTILINE)
_TOPICS = re.compile(r"^rabbitmqctl set_topic_permissions example events '(.*)' '(.*)'$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Consumer:
    """The running example: what it is signed in with, its table, and an administrator's channel."""

    url: str
    table: Path
    channel: AbstractChannel

    async def known(self, appointment_id: str) -> tuple[int, str] | None:
        """Revision and status of an appointment, as the table has them."""
        connection = sqlite3.connect(self.table)
        try:
            asked = "SELECT revision, status FROM appointments WHERE id = ?"
            return connection.execute(asked, [appointment_id]).fetchone()
        finally:
            connection.close()

    async def deliver(self, message: Any) -> None:
        """Put something into its queue that nobody else gets."""
        await self.channel.default_exchange.publish(aio_pika.Message(json.dumps(message).encode()), QUEUE)


@pytest.fixture(scope="module")
async def consumer(product: Product, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Consumer]:
    """The example as a process of its own, from the moment in which it listens."""
    table = tmp_path_factory.mktemp("consumer") / "appointments.db"
    command = (sys.executable, str(HOW_TO / "examples" / "consumer.py"), str(table))
    with rabbitmq.limited(run.current(), product.amqp_url, _permissions()) as url:
        process = await asyncio.create_subprocess_exec(*command, env={"AMQP_URL": url}, stdout=asyncio.subprocess.PIPE)
        assert process.stdout
        assert await process.stdout.readline() == f"{QUEUE} is listened to\n".encode()
        async with await aio_pika.connect(product.amqp_url) as connection, connection.channel() as channel:
            yield Consumer(url, table, channel)
            process.terminate()
            await process.wait()
            for queue in (QUEUE, DEAD):
                await channel.queue_delete(queue)
            await channel.exchange_delete(DEAD)


async def test_the_example_hears_of_what_the_product_does(consumer: Consumer, owner: Owner):
    staff_id = await owner.staff()
    booked = await owner.book(await owner.service([staff_id]), staff_id, next_week())
    made = booked.body["id"]
    await eventually(lambda: consumer.known(made), until=lambda known: known == (1, "CONFIRMED"))
    await owner.must("PUT", f"/api/appointments/{made}/status", {"status": "CANCELLED"})
    await eventually(lambda: consumer.known(made), until=lambda known: known == (2, "CANCELLED"))
    await owner.must("DELETE", f"/api/appointments/{made}")
    await eventually(lambda: consumer.known(made), until=lambda known: known == (3, "DELETED"))


async def test_the_example_takes_each_event_once_and_only_newer_ones_and_keeps_what_it_cannot_handle(
    consumer: Consumer,
):
    first = sent(example(AppointmentCreated)).model_dump(mode="json")
    made, revision = first["data"]["appointment"]["id"], first["data"]["appointment"]["revision"]
    again, late, newer = (
        _altered(first, id=first["id"], revision=revision + 1, status="NO_SHOW"),
        _altered(first, revision=revision - 1, status="PENDING"),
        _altered(first, revision=revision + 2, status="COMPLETED", ofTomorrow={"anything": [1]}),
    )
    await consumer.deliver(first)
    await eventually(lambda: consumer.known(made), until=lambda known: known == (revision, "PENDING"))
    broken = {"id": str(uuid7()), "type": "appointment.created", "data": {}}
    for message in (broken, again, late):
        await consumer.deliver(message)
    dead = await consumer.channel.get_queue(DEAD)
    kept = await eventually(lambda: dead.get(fail=False))
    assert kept is not None
    await kept.ack()
    assert json.loads(kept.body) == broken
    assert await consumer.known(made) == (revision, "PENDING")
    await consumer.deliver(newer)
    await eventually(lambda: consumer.known(made), until=lambda known: known == (revision + 2, "COMPLETED"))


async def test_the_example_s_user_hears_nothing_that_is_not_for_it(consumer: Consumer, product: Product):
    if consumer.url == product.amqp_url:
        pytest.skip("the broker's management API is not known")
    async with await aio_pika.connect(consumer.url) as connection:
        for forbidden in ("booking.code_requested.*", "#", "*.*.*"):
            channel = await connection.channel()
            queue = await channel.declare_queue("example.other", exclusive=True)
            with pytest.raises(ChannelAccessRefused):
                await queue.bind("events", forbidden)
        others = await (await connection.channel()).get_queue("notifications")
        with pytest.raises(ChannelAccessRefused):
            await others.get(fail=False)


def _altered(event: Mapping[str, Any], *, revision: int, id: str | None = None, **changed: Any) -> Mapping[str, Any]:  # noqa: A002
    """Another snapshot of the same appointment."""
    appointment = {**event["data"]["appointment"], "revision": revision, **changed}
    return {
        **event,
        "id": id or str(uuid7()),
        "revision": revision,
        "data": {**event["data"], "appointment": appointment},
    }


def _permissions() -> rabbitmq.Permissions:
    """As the page grants them."""
    page = (HOW_TO / "consume-our-events.md").read_text(encoding="utf-8")
    allowed, topics = _ALLOWED.search(page), _TOPICS.search(page)
    assert allowed
    assert topics
    return rabbitmq.Permissions(*allowed.groups(), exchange="events", tells=topics[1], hears=topics[2])
