"""How often guests may try and how much they may hold: counted in the database, whichever process they come to."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
import time_machine
from fastapi import FastAPI

from booking_public.clients.captcha import HCaptcha
from contracts.money import Money

from ...desk import Booked, Cards, Hours, Stranger

START = datetime(2027, 3, 1, 9, tzinfo=UTC)

type NewApp = Callable[..., FastAPI]
type StrangerOf = Callable[..., Awaitable[Stranger]]


def at(hours: int) -> datetime:
    """So many hours after the first start."""
    return START + timedelta(hours=hours)


async def test_a_network_holds_so_many_times_at_once(new_app: NewApp, stranger_of: StrangerOf):
    stranger = await stranger_of(new_app(guest_holds_per_network=3))
    answers = [await stranger.hold(at(hour), address=f"203.0.113.{hour}") for hour in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert answers[3].json()["code"] == "TooManyRequests"
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 300
    assert (await stranger.hold(at(5), address="198.51.100.1")).status_code == 201
    wide = [await stranger.hold(at(10 + hour), address=f"2001:db8::{hour}") for hour in range(4)]
    assert [answer.status_code for answer in wide] == [201, 201, 201, 429]


async def test_rivals_of_one_network_cannot_hold_more_together(new_app: NewApp, stranger_of: StrangerOf):
    stranger = await stranger_of(new_app(guest_holds_per_network=2))
    answers = await asyncio.gather(*(stranger.hold(at(hour)) for hour in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 429, 429, 429, 429]


async def test_who_gives_back_may_hold_again(new_app: NewApp, stranger_of: StrangerOf):
    stranger = await stranger_of(new_app(guest_holds_per_network=1))
    held = (await stranger.hold(at(1))).json()
    assert (await stranger.hold(at(2))).status_code == 429
    await stranger.client.delete(f"{stranger.page}/hold/{held['holdToken']}")
    assert (await stranger.hold(at(2))).status_code == 201


async def test_what_has_ended_counts_no_more(new_app: NewApp, stranger_of: StrangerOf, sql: asyncpg.Connection):
    stranger = await stranger_of(new_app(guest_holds_per_network=1))
    assert (await stranger.hold(at(1))).status_code == 201
    await sql.execute("UPDATE guest_holds SET expires_at = clock_timestamp() - interval '1 second'")
    assert (await stranger.hold(at(2))).status_code == 201


async def test_who_has_a_hold_may_book_it(new_app: NewApp, stranger_of: StrangerOf):
    stranger = await stranger_of(new_app(guest_holds_per_network=1))
    held = (await stranger.hold(at(1))).json()
    assert (await stranger.book(at(1), holdToken=held["holdToken"])).status_code == 201


async def test_somebody_waits_to_pay_for_two_at_most(new_app: NewApp, stranger_of: StrangerOf, booked: Booked):
    booked.deposit = Money(amount=5_000, currency="AED")
    stranger = await stranger_of(new_app(payments=Cards()))
    customer = {"name": "Sara", "email": "sara@example.com"}
    answers = [await stranger.book(at(hour), customer=customer) for hour in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 600


async def test_limits_hold_over_several_processes_and_survive_them(new_app: NewApp, stranger_of: StrangerOf):
    first = await stranger_of(new_app(guest_attempts_per_contact=3))
    other = Stranger(new_app(guest_attempts_per_contact=3), first.page.rsplit("/", 1)[1], first.service_id)
    customer: dict[str, Any] = {"name": "Sara", "email": "sara@example.com"}
    answers = [await one.book(at(hour), customer=customer) for hour, one in enumerate([first, other, first, other])]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert int(answers[3].headers["Retry-After"]) <= 3600
    await other.client.aclose()


@pytest.mark.parametrize("limit", ["guest_attempts_per_page", "guest_attempts_per_business"])
@time_machine.travel(at(-100), tick=False)
async def test_a_page_and_a_business_take_so_many_in_a_minute(new_app: NewApp, stranger_of: StrangerOf, limit: str):
    stranger = await stranger_of(new_app(**{limit: 2}))
    answers = [await stranger.book(at(hour), address=f"198.51.{hour}.1") for hour in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]


async def test_a_refusal_by_limit_is_no_answer_that_is_kept(new_app: NewApp, stranger_of: StrangerOf):
    stranger = await stranger_of(new_app(guest_holds_per_network=1))
    held = (await stranger.hold(at(1))).json()
    assert (await stranger.hold(at(2), key="again")).status_code == 429
    await stranger.client.delete(f"{stranger.page}/hold/{held['holdToken']}")
    assert (await stranger.hold(at(2), key="again")).status_code == 201


async def test_guests_keep_a_part_of_what_is_to_come_at_most(
    new_app: NewApp, stranger_of: StrangerOf, hours: Hours, captcha: HCaptcha
):
    hours.open_minutes = 600
    stranger = await stranger_of(new_app(captcha=captcha, guest_held_percent=20))
    soon = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # noqa: TID251  # a test's own clock
    starts = [soon + timedelta(hours=hour) for hour in range(1, 5)]
    answers = [await stranger.hold(start, address=f"198.51.{start.hour}.1") for start in starts]
    assert [answer.status_code for answer in answers] == [201, 201, 429, 429]
    proven = await stranger.book(starts[3], captchaToken="crowd")
    assert proven.status_code == 201
