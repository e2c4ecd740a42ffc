"""Consuming on real servers: every message has one effect, or lies somewhere with a reason, and delays no other."""

import asyncio
from collections import Counter

import pytest

from contracts.accounts import SessionEnded
from contracts.appointments import ClaimsChanged
from contracts.ids import uuid7
from plumbing import receiver as receiving
from plumbing.consumers import Consumers
from plumbing.db import Tx
from plumbing.failures import ATTEMPTS, DETAIL, ERROR, FIRST_FAILED_AT
from plumbing.problems import NotFound, ServiceUnavailable
from plumbing.testing import eventually
from plumbing.topology import dead_letters_of

from .parts import QUEUE, Parts, claims, leave_effect, listening, listening_in_batches, running, session_ended

DEAD = dead_letters_of(QUEUE)


async def test_a_message_delivered_twice_has_one_effect(parts: Parts):
    async with running(parts.receiver(listening())):
        await parts.listens()
        event = claims()
        await parts.publish(event, times=3)
        last = claims()
        await parts.publish(last)
        await eventually(parts.effects, until=lambda seen: (last.subject, 1) in seen)
    assert await parts.effects() == [(event.subject, 1), (last.subject, 1)]


@pytest.mark.parametrize("body", [b"{", b'{"type": "claims.changed"}', b"\xff\xfe", b"[]"])
async def test_poison_lies_dead_at_once_and_its_neighbours_are_handled(parts: Parts, body: bytes):
    async with running(parts.receiver(listening())):
        await parts.listens()
        neighbours = [claims() for _ in range(5)]
        for event in neighbours[:3]:
            await parts.publish(event)
        poison = await parts.publish(claims(), body=body)
        for event in neighbours[3:]:
            await parts.publish(event)
        await eventually(parts.effects, until=lambda seen: len(seen) == 5)
        await eventually(lambda: parts.count(DEAD), until=lambda count: count == 1)
    dead = await parts.take(DEAD)
    assert dead is not None
    headers = dead.header.properties.headers or {}
    assert dead.body == body
    assert dead.header.properties.message_id == poison.message_id
    assert (headers[ERROR], headers[ATTEMPTS]) == ("NotUnderstood", 1)
    assert headers[FIRST_FAILED_AT].endswith("Z")
    assert {subject for subject, _ in await parts.effects()} == {event.subject for event in neighbours}


async def test_an_unknown_version_lies_dead_and_its_values_are_not_told(parts: Parts):
    async with running(parts.receiver(listening())):
        await parts.listens()
        message = await parts.publish(claims())
        await parts.publish(claims(), body=message.body.replace(b"claims.changed:1", b"claims.changed:2"))
        await eventually(lambda: parts.count(DEAD), until=lambda count: count == 1)
    dead = await parts.take(DEAD)
    assert dead is not None
    assert (dead.header.properties.headers or {})[DETAIL].startswith("urn:sundial:claims.changed:2 instead of")


async def test_a_transient_error_climbs_the_ladder_and_succeeds(parts: Parts):
    tries: Counter[object] = Counter()

    async def fail_twice(tx: Tx, event: ClaimsChanged) -> None:
        await leave_effect(tx, event)
        tries[event.subject] += 1
        if tries[event.subject] < 3:
            raise ServiceUnavailable

    async with running(parts.receiver(listening(react=fail_twice))):
        await parts.listens()
        await parts.publish(claims())
        await eventually(parts.effects, until=lambda seen: len(seen) == 1)
    assert list(tries.values()) == [3]
    assert await parts.count(DEAD) == 0


async def test_what_never_succeeds_lies_dead_at_the_end_of_the_ladder(parts: Parts):
    tries: list[object] = []

    async def fail(tx: Tx, event: ClaimsChanged) -> None:
        tries.append(event.subject)
        raise KeyError("a defect")

    async with running(parts.receiver(listening(react=fail))):
        await parts.listens()
        await parts.publish(claims(), headers={"traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01"})
        await eventually(lambda: parts.count(DEAD), until=lambda count: count == 1)
    dead = await parts.take(DEAD)
    assert dead is not None
    headers = dead.header.properties.headers or {}
    assert len(tries) == headers[ATTEMPTS] == 3
    assert (headers[ERROR], headers[DETAIL]) == ("KeyError", "")
    assert headers["traceparent"].startswith("00-aaaa")


async def test_a_definite_refusal_is_not_tried_again(parts: Parts):
    async def refuse(tx: Tx, event: ClaimsChanged) -> None:
        raise NotFound

    async with running(parts.receiver(listening(react=refuse))):
        await parts.listens()
        await parts.publish(claims())
        await eventually(lambda: parts.count(DEAD), until=lambda count: count == 1)


async def test_one_bad_event_of_a_batch_delays_no_other(parts: Parts):
    bad = claims()

    async def refuse_one(tx: Tx, event: ClaimsChanged) -> None:
        if event.subject == bad.subject:
            raise NotFound
        await leave_effect(tx, event)

    events = [*(claims() for _ in range(20)), bad, *(claims() for _ in range(20))]
    async with running(parts.receiver(listening_in_batches(react=refuse_one)), parts.relay()):
        await parts.listens()
        await parts.tell(events)
        await eventually(parts.effects, until=lambda seen: len(seen) == 40)
        await eventually(lambda: parts.count(DEAD), until=lambda count: count == 1)


async def test_a_batch_keeps_the_order_of_every_subject(parts: Parts):
    subjects = [uuid7() for _ in range(10)]
    async with running(parts.receiver(listening_in_batches()), parts.relay()):
        await parts.listens()
        await parts.tell([claims(subject, revision) for revision in range(1, 41) for subject in subjects])
        seen = await eventually(parts.effects, until=lambda seen: len(seen) == 400)
    for subject in subjects:
        assert [revision for found, revision in seen if found == subject] == list(range(1, 41))


async def test_effects_of_one_subject_keep_their_order(parts: Parts):
    subject = uuid7()
    async with running(parts.receiver(listening()), parts.relay()):
        await parts.listens()
        await parts.tell([claims(subject, revision) for revision in range(1, 41)])
        seen = await eventually(parts.effects, until=lambda seen: len(seen) == 40)
    assert seen == [(subject, revision) for revision in range(1, 41)]


async def test_what_an_event_leads_to_is_told_in_its_trace_or_not_at_all(parts: Parts):
    traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    async def tell_on(tx: Tx, event: ClaimsChanged) -> None:
        tx.emit(session_ended())

    async with running(parts.receiver(listening(react=tell_on))):
        await parts.listens()
        await parts.publish(claims(), headers={"traceparent": traceparent})
        await eventually(parts.waiting)
    [(told,)] = await parts.uow.single("SELECT traceparent FROM outbox")
    assert told.split("-")[1] == traceparent.split("-")[1]


async def test_a_graceful_stop_finishes_what_is_being_handled(parts: Parts):
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def wait(tx: Tx, event: ClaimsChanged) -> None:
        begun.set()
        await go_on.wait()
        await leave_effect(tx, event)

    async with running(parts.receiver(listening(react=wait))):
        await parts.listens()
        await parts.publish(claims())
        await begun.wait()
        asyncio.get_running_loop().call_later(0.3, go_on.set)
    assert len(await parts.effects()) == 1
    assert await parts.left() == []


async def test_an_outage_pauses_the_consumer_instead_of_burning_every_message(parts: Parts, monkeypatch):
    monkeypatch.setattr(receiving, "PROBE_SECONDS", 0.2)
    tries: list[object] = []
    is_out = True

    async def depend(tx: Tx, event: ClaimsChanged) -> None:
        tries.append(event.subject)
        if is_out:
            raise ServiceUnavailable
        await leave_effect(tx, event)

    async with running(parts.receiver(listening(react=depend))):
        await parts.listens()
        for _ in range(30):
            await parts.publish(claims())
        await eventually(lambda: _length(tries), until=lambda length: length >= 10)
        assert len(tries) < 20
        is_out = False
        await eventually(parts.effects, until=lambda seen: len(seen) > 10)


async def test_two_types_have_a_reaction_each(parts: Parts):
    consumers = Consumers(QUEUE)
    consumers.on(ClaimsChanged)(leave_effect)
    consumers.on(SessionEnded)(leave_effect)
    async with running(parts.receiver(consumers), parts.relay()):
        await parts.tell([claims(), session_ended()])
        await eventually(parts.effects, until=lambda seen: len(seen) == 2)


async def _length(seen: list[object]) -> int:
    return len(seen)
