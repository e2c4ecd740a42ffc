"""An endpoint that is slow, silent or large with its answers harms nobody else, and what is cut off is sent again."""

import asyncio
import time
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import asyncpg

from notifications.clients.webhooks import WebhookClient
from notifications.domain.messages import LEASE
from notifications.domain.webhooks import REST
from notifications.use_cases.webhooks.post import GRACE_SECONDS, OF_AN_ENDPOINT, Poster
from plumbing.clock import utc_now
from plumbing.testing import eventually

from ..hooks import deliver, deliveries, endpoint
from ..make import Studio
from ..post import Post
from ..receiver import Receiver, Receivers


async def test_one_that_is_slow_holds_up_no_other_and_no_mail(
    studio: Studio, new_studio: Any, new_receiver: Receivers, post: Post
):
    slow, fast = new_receiver(), new_receiver()
    await endpoint(studio, slow)
    await endpoint(studio, fast)
    neighbour, theirs = new_studio(), new_receiver()
    await endpoint(neighbour, theirs)
    slow.gate.clear()
    await studio.books()
    await deliver_until(studio, slow, fast)
    await studio.books()
    await neighbour.books()
    fast.asked.clear()
    await deliver_until(studio, fast, theirs)
    booked = await studio.books()
    await studio.send()
    assert len(await post.to(booked.customer.email)) == 1
    assert not slow.gate.is_set()
    slow.gate.set()
    await studio.app.state.poster.settled()
    assert len(slow.got) >= 1


async def deliver_until(studio: Studio, *asked: Receiver) -> None:
    """Start what is due, without waiting for its end; until these were asked."""
    await studio.app.state.poster.start_due(at=utc_now())
    async with asyncio.timeout(5):
        for each in asked:
            await each.asked.wait()


async def test_no_answer_in_time_is_a_failure(studio: Studio, receiver: Receiver):
    made = await endpoint(studio, receiver)
    receiver.gate.clear()
    await studio.books()
    impatient = Poster(studio.app.state.uow, WebhookClient(loopback=True, seconds=0.2))
    await impatient.start_due(at=utc_now())
    await impatient.settled()
    await impatient.close()
    [waiting] = await deliveries(studio, made)
    assert (waiting["status"], waiting["reason"]) == (None, "timeout")


async def test_what_is_under_way_at_the_end_of_the_process_is_cut_off_and_sent_again(
    studio: Studio, new_receiver: Receivers
):
    slow, fast = new_receiver(), new_receiver()
    mades = await endpoint(studio, slow), await endpoint(studio, fast)
    slow.gate.clear()
    for _ in range(2 * OF_AN_ENDPOINT):
        await studio.books()
    ending = Poster(studio.app.state.uow, WebhookClient(loopback=True))
    await ending.start_due(at=utc_now())
    async with asyncio.timeout(5):
        await slow.asked.wait()
    began = time.monotonic()
    await ending.close()
    assert time.monotonic() - began < GRACE_SECONDS + 2
    assert {each["state"] for each in await deliveries(studio, mades[0])} == {"waiting"}
    assert {each["state"] for each in await deliveries(studio, mades[1])} <= {"waiting", "delivered"}
    slow.gate.set()
    slow.got.clear()
    await deliver(studio, after=LEASE + timedelta(seconds=1))
    for made in mades:
        assert {each["state"] for each in await deliveries(studio, made)} == {"delivered"}
    assert len(slow.got) == 2 * OF_AN_ENDPOINT


async def test_who_is_asked_to_start_twice_at_once_takes_an_endpoint_once(
    studio: Studio, receiver: Receiver, sql: asyncpg.Connection
):
    made = await endpoint(studio, receiver)
    receiver.gate.clear()
    await books_many(studio, sql)
    poster = Poster(studio.app.state.uow, WebhookClient(loopback=True))
    await asyncio.gather(*(poster.start_due(at=utc_now()) for _ in range(2)))
    async with asyncio.timeout(5):
        await receiver.asked.wait()
    assert await tries(studio, made) == OF_AN_ENDPOINT
    receiver.gate.set()
    await poster.settled()
    await poster.close()


async def test_what_arrives_though_its_endpoint_was_switched_off_meanwhile_has_arrived(
    studio: Studio, receiver: Receiver
):
    made = await endpoint(studio, receiver)
    receiver.gate.clear()
    receiver.at_once = [HTTPStatus.GONE]
    await studio.books()
    await studio.books()
    poster: Poster = studio.app.state.poster
    await poster.start_due(at=utc_now())
    path = f"/api/webhook-endpoints/{made['id']}"
    await eventually(lambda: studio.must("GET", path), until=lambda found: not found["enabled"])
    assert {each["state"] for each in await deliveries(studio, made)} == {"failed"}
    receiver.gate.set()
    await poster.settled()
    assert {(each["state"], each["status"], each["reason"]) for each in await deliveries(studio, made)} == {
        ("failed", 410, "refused"),
        ("delivered", 204, None),
    }


async def test_one_that_is_silent_is_left_in_peace_and_tried_with_one(
    studio: Studio, receiver: Receiver, sql: asyncpg.Connection
):
    nobody = Receiver(url="http://127.0.0.1:9/")
    made = await endpoint(studio, nobody)
    await books_many(studio, sql)

    now = utc_now()
    poster: Poster = studio.app.state.poster

    async def deliver_at(after: timedelta) -> None:
        await poster.start_due(at=now + after)
        await poster.settled()

    await deliver_at(timedelta())
    before = await tries(studio, made)
    assert before == 2 * OF_AN_ENDPOINT
    await deliver_at(REST - timedelta(seconds=1))
    assert await tries(studio, made) == before
    await deliver_at(REST + timedelta(seconds=5))
    assert await tries(studio, made) == before + 1
    await studio.must("PUT", f"/api/webhook-endpoints/{made['id']}", {"url": receiver.url})
    receiver.secret = nobody.secret
    await deliver_at(timedelta(minutes=10))
    assert {each["state"] for each in await deliveries(studio, made)} == {"delivered"}


async def test_what_is_too_large_is_not_sent(studio: Studio, receiver: Receiver):
    made = await endpoint(studio, receiver)
    await studio.books(notes="x" * 20_480)
    await deliver(studio)
    assert receiver.got == []
    assert [(each["state"], each["reason"]) for each in await deliveries(studio, made)] == [("failed", "tooLarge")]


async def books_many(studio: Studio, sql: asyncpg.Connection) -> None:
    """Three times as many as go to one endpoint at once, while PostgreSQL believes that there is one."""
    await studio.books()
    await sql.execute("ANALYZE webhook_deliveries")
    for _ in range(3 * OF_AN_ENDPOINT - 1):
        await studio.books()


async def tries(studio: Studio, made: Any) -> int:
    """Of all deliveries to an endpoint."""
    return sum(each["attempts"] for each in await deliveries(studio, made))
