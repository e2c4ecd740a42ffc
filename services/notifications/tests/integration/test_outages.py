"""A provider that is out of order loses nothing, and is left in peace; what fails for good is told to the owner."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg

from contracts.appointments import Change
from notifications.use_cases.prepare import TextLimits
from notifications.use_cases.send import AT_ONCE
from plumbing.auth import Role
from plumbing.clock import utc_now

from ..make import Studio, a_customer, next_week
from ..post import Post

TOLD = "SELECT body::jsonb -> 'data' AS data FROM outbox WHERE routing_key = 'message.failed.' || $1::text ORDER BY id"


async def told(sql: asyncpg.Connection, studio: Studio) -> list[Any]:
    """The failures that were told."""
    return [json.loads(row["data"])["message"] for row in await sql.fetch(TOLD, str(studio.id))]


async def test_ten_minutes_without_a_provider_lose_nothing(studio: Studio, post: Post):
    await post.is_down("email", "sms")
    made = [await studio.books() for _ in range(12)]
    now = utc_now()
    for second in range(0, 600, 20):
        await studio.send(at=now + timedelta(seconds=second))
    assert await studio.messages(status="sent") == []
    await post.is_down()
    for minute in range(10, 80):
        await studio.send(at=now + timedelta(minutes=minute))
    for one in made:
        assert len(await post.to(one.customer.email)) == 1
        assert len(await post.to(one.customer.phone)) == 1


async def test_a_provider_that_is_silent_is_left_in_peace(studio: Studio, post: Post):
    await post.is_down("email")
    for _ in range(12):
        await studio.books(customer=a_customer(phone=None))
    now = utc_now()
    await studio.send(at=now)
    await studio.send(at=now + timedelta(seconds=29))
    assert sum(each["attempts"] for each in await studio.messages()) == AT_ONCE
    await studio.send(at=now + timedelta(seconds=35))
    assert sum(each["attempts"] for each in await studio.messages()) == AT_ONCE + 1


async def test_what_is_wrong_with_one_message_holds_up_no_other(
    studio: Studio, new_studio: Callable[[], Studio], post: Post
):
    odd = new_studio()
    await odd.known(contact_email="two\r\nlines@example.com")
    await odd.books(customer=a_customer(phone=None))
    made = await studio.books()
    await studio.send()
    assert len(await post.to(made.customer.email)) == 1
    assert ("waiting", "error", 1) in {
        (each["status"], each["reason"], each["attempts"]) for each in await odd.messages()
    }


async def test_one_channel_that_is_out_of_order_stops_no_other(studio: Studio, post: Post):
    await post.is_down("email")
    made = await studio.books()
    await studio.send()
    assert len(await post.to(made.customer.phone)) == 1
    assert await post.to(made.customer.email) == []


async def test_what_no_provider_takes_is_given_up_and_told(studio: Studio, post: Post, sql: asyncpg.Connection):
    await post.is_down("email")
    made = await studio.books(customer=a_customer(phone=None), start=next_week(11))
    now = utc_now()
    for hours in range(24):
        await studio.send(at=now + timedelta(hours=hours))
    [failed] = await studio.messages(status="failed")
    assert (failed["reason"], failed["attempts"]) == ("notNow", 7)
    assert failed["providerSaid"].startswith("451")
    [event] = await told(sql, studio)
    assert (event["id"], event["appointmentId"], event["audience"]) == (failed["id"], str(made.id), "guest")
    assert made.customer.email not in json.dumps(event)
    await post.is_down()
    again = await studio.must("POST", f"/api/messages/{failed['id']}/retry")
    assert (again["status"], again["attempts"]) == ("waiting", 0)
    for way in studio.sender.ways:
        way.breaker.answered()
    await studio.send()
    assert len(await post.to(made.customer.email)) == 1


async def test_an_address_that_takes_nothing_is_given_up_at_once(studio: Studio, sql: asyncpg.Connection):
    await studio.books(customer=a_customer(email="nobody@example.com", phone="+15005550001"))
    limits = replace(studio.sender.limits, countries=frozenset({"US", "AE"}))
    await replace(studio.sender, limits=limits).send_due(at=utc_now())
    failed = {each["channel"]: each for each in await studio.messages(status="failed")}
    assert failed["email"]["providerSaid"].startswith("550")
    assert {each["attempts"] for each in failed.values()} == {1}
    assert len(await told(sql, studio)) == len(failed)


async def test_a_message_that_has_not_failed_is_not_sent_again(studio: Studio):
    await studio.books()
    await studio.send()
    [first, _] = await studio.messages()
    assert (await studio.call("POST", f"/api/messages/{first['id']}/retry")).json()["code"] == "MessageNotFailed"


async def test_what_is_over_is_not_sent_again(studio: Studio, sql: asyncpg.Connection):
    await studio.books()
    await sql.execute("UPDATE messages SET state = 'failed', expires_at = now() WHERE business_id = $1", studio.id)
    [first, _] = await studio.messages()
    assert (await studio.call("POST", f"/api/messages/{first['id']}/retry")).json()["code"] == "MessageOver"


async def test_a_number_gets_three_messages_a_day(studio: Studio, post: Post):
    sender = replace(studio.sender, limits=TextLimits(frozenset({"AE"}), per_number_and_day=3))
    customer = a_customer(email=None)
    for _ in range(5):
        await studio.books(customer=customer)
    now = utc_now()
    await sender.send_due(at=now)
    assert len(await post.to(customer.phone)) == 3
    assert {each["reason"] for each in await studio.messages(status="failed")} == {"tooManyToday"}
    await studio.books(customer=customer)
    await sender.send_due(at=now + timedelta(hours=25))
    assert len(await post.to(customer.phone)) == 4


async def test_numbers_of_other_countries_get_nothing(studio: Studio, post: Post):
    made = await studio.books(customer=a_customer(email=None, phone="+2348012345678"))
    await studio.send()
    assert await post.to(made.customer.phone) == []
    [failed] = await studio.messages(status="failed")
    assert failed["reason"] == "countryNotAllowed"


async def test_what_is_sent_by_a_process_that_died_is_sent_once_more_at_most(
    studio: Studio, post: Post, sql: asyncpg.Connection
):
    made = await studio.books(customer=a_customer(phone=None))
    now = utc_now()
    await studio.send(at=now)
    # As if the process had died between the mail and the note.
    await sql.execute(
        "UPDATE messages SET state = 'waiting', due_at = $2 WHERE business_id = $1",
        studio.id,
        now + timedelta(minutes=1),
    )
    for seconds in (1, 59, 61, 600):
        await studio.send(at=now + timedelta(seconds=seconds))
    assert len(await post.to(made.customer.email)) == 2


async def test_staff_may_not_send_again(studio: Studio):
    studio.act_as(Role.STAFF)
    answer = await studio.call("POST", f"/api/messages/{studio.id}/retry")
    assert answer.status_code == 403


async def test_a_business_that_was_not_heard_of_yet_is_waited_for(new_studio: Any, post: Post):
    studio = new_studio()
    made = await studio.books()
    now = utc_now()
    await studio.send(at=now)
    assert await post.to(made.customer.email) == []
    await studio.known()
    await studio.send(at=now + timedelta(seconds=31))
    assert len(await post.to(made.customer.email)) == 1


async def test_a_channel_that_is_switched_off_says_so(studio: Studio, app: Any):
    await studio.must("PUT", "/api/notification-settings", {"channels": {"whatsapp": True, "sms": False}})
    made = await studio.books()
    assert {each["channel"] for each in await studio.messages()} == {"email", "whatsapp"}
    await studio.changes(made, Change.DETAILS)
