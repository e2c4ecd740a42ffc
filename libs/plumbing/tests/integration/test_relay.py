"""The relay on a real database and a real broker: nothing is lost, nothing changes its order, nothing holds it up."""

import asyncio
from collections import defaultdict
from uuid import UUID

from contracts.ids import uuid7
from plumbing import failpoints
from plumbing.broker import Broker
from plumbing.failpoints import Failure
from plumbing.publisher import Publisher
from plumbing.relay import Relay
from plumbing.testing import eventually
from plumbing.topology import UNROUTED, declare_exchange, declare_queue

from .parts import QUEUE, Parts, claims, listening, running, session_ended


async def test_nothing_is_lost_or_reordered_with_three_relays_side_by_side(parts: Parts):
    subjects = [uuid7() for _ in range(20)]

    async def write(subject: UUID) -> None:
        for revision in range(1, 31):
            await parts.tell([claims(subject, revision)])

    async with running(parts.receiver(listening()), parts.relay(), parts.relay(), parts.relay()):
        await parts.listens()
        await asyncio.gather(*map(write, subjects))
        await eventually(parts.effects, until=lambda seen: len(seen) == 600, seconds=30)
    revisions: dict[UUID, list[int]] = defaultdict(list)
    for subject, revision in await parts.effects():
        revisions[subject].append(revision)
    assert revisions == {subject: list(range(1, 31)) for subject in subjects}
    assert await parts.waiting() == 0


async def test_an_event_that_nobody_is_bound_to_lies_aside_and_holds_nobody_up(parts: Parts):
    async with running(parts.receiver(listening()), parts.relay()):
        await parts.listens()
        await parts.tell([session_ended(), claims(), session_ended()])
        await eventually(parts.effects, until=lambda seen: len(seen) == 1)
        await eventually(parts.waiting, until=lambda waiting: waiting == 0)
        assert await eventually(lambda: parts.count(UNROUTED)) == 2


async def test_events_told_before_anybody_listened_are_taken_over_by_those_who_do(parts: Parts):
    async with running(parts.relay()):
        await parts.tell([*(claims() for _ in range(9)), session_ended()])
        await eventually(lambda: parts.count(UNROUTED), until=lambda count: count == 10)
    async with running(parts.receiver(listening()), parts.receiver(listening())):
        await eventually(parts.effects, until=lambda seen: len(seen) == 9)
        await eventually(lambda: parts.count(UNROUTED), until=lambda count: count == 1)


async def test_what_follows_at_once_is_gathered(parts: Parts):
    relay = parts.relay(gather_seconds=3600)
    async with running(relay):
        await parts.tell([claims()])
        await eventually(parts.waiting, until=lambda waiting: waiting == 0)
        relay.wake()
        await parts.tell([claims(), claims()])
        assert await parts.waiting() == 2
    assert await parts.waiting() == 0


async def test_events_wait_while_the_broker_is_down(parts: Parts):
    away = Broker("amqp://nobody@127.0.0.1:1/", name="away")
    relay = Relay(parts.uow, Publisher(away))
    async with running(relay):
        await parts.tell([claims()])
    assert await parts.waiting() == 1


async def test_a_relay_that_fails_after_confirmation_publishes_again_with_the_same_id(parts: Parts):
    channel = await parts.broker.channel()
    await declare_exchange(channel)
    await declare_queue(channel, QUEUE, ["claims.changed"], ())
    await parts.tell([claims()])
    failpoints.arm({"relay.after_confirm": Failure("raise")})
    try:
        async with running(parts.relay()):
            await eventually(lambda: parts.count(QUEUE))
    finally:
        failpoints.arm({})
    assert await parts.waiting() == 1
    async with running(parts.relay()):
        await eventually(parts.waiting, until=lambda waiting: waiting == 0)
    ids = set()
    while message := await parts.take(QUEUE):
        ids.add(message.header.properties.message_id)
    assert len(ids) == 1


async def test_a_queue_that_refuses_holds_back_its_partitions_and_loses_nothing(parts: Parts):
    channel = await parts.broker.channel()
    await declare_exchange(channel)
    bounds = {"x-queue-type": "quorum", "x-max-length": 1, "x-overflow": "reject-publish"}
    await channel.queue_declare("full", durable=True, arguments=bounds)
    await channel.queue_bind("full", "events", "session.ended.*")
    await declare_queue(channel, QUEUE, ["claims.changed"], ())
    async with running(parts.relay()):
        await parts.tell([session_ended() for _ in range(5)])
        await eventually(lambda: parts.count("full"), until=lambda count: count >= 2)
        await parts.tell([session_ended() for _ in range(40)])
        await parts.tell([claims() for _ in range(40)])
        await eventually(lambda: parts.count(QUEUE), until=lambda count: count >= 1, seconds=20)
        assert await parts.waiting() > 0
