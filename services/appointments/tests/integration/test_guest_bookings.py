"""What booking-public asks for strangers: a time that is held cannot be lost, and everything may be asked twice."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from appointments.jobs import expire
from contracts.ids import uuid7
from plumbing.testing import TestKeys

from ..guests import SARA, Guests
from ..make import Catalogue, Studio, at, iso


@pytest.fixture
def guests(studio: Studio, keys: TestKeys) -> Guests:
    """Guests of the studio."""
    return Guests(studio, keys)


async def ends_now(sql: asyncpg.Connection, hold_id: str) -> None:
    """Let the time of a hold be up."""
    past = "expires_at = clock_timestamp() - interval '1 second'"
    await sql.execute(f"UPDATE holds SET {past} WHERE id = $1", hold_id)
    await sql.execute(f"UPDATE claims SET {past} WHERE owner_id = $1", hold_id)


async def told_claims(sql: asyncpg.Connection, owner_id: str) -> list[tuple[int, int]]:
    """Revision and number of claims of each event about the claims of this owner."""
    rows = await sql.fetch(
        "SELECT body::jsonb AS body FROM outbox WHERE routing_key LIKE 'claims.changed.%' AND"
        " body::jsonb ->> 'subject' = $1 ORDER BY id",
        owner_id,
    )
    bodies = [json.loads(row["body"]) for row in rows]
    return [(body["revision"], len(body["data"]["claims"])) for body in bodies]


async def test_only_a_service_that_is_trusted_may_ask(studio: Studio):
    body = {"businessId": str(studio.id), "id": str(uuid4())}
    assert (await studio.client.post("/internal/holds/release", json=body)).status_code == 401


async def test_what_is_held_is_taken_for_everybody_else(studio: Studio, guests: Guests):
    held = (await guests.hold(at(9)))["held"]
    assert held["offer"]["candidates"][0]["staffId"] == str(studio.staff[0])
    assert (await studio.book(at(9.5))).json()["code"] == "SlotTaken"
    again = await guests.hold(at(9))
    assert again["refusal"]["conflicts"] == [{"kind": "staffBusy", "detail": "The staff member is busy."}]
    assert len(again["refusal"]["alternatives"]) == 5


async def test_the_same_hold_asked_for_twice_is_one(guests: Guests):
    first = await guests.hold(at(9), id=(one := str(uuid7())))
    assert await guests.hold(at(9), id=one) == first


async def test_rivals_for_one_time_get_one_hold(guests: Guests):
    answers = await asyncio.gather(*(guests.hold(at(9)) for _ in range(12)))
    assert sum(answer["held"] is not None for answer in answers) == 1


async def test_a_hold_becomes_the_appointment_with_its_id(studio: Studio, guests: Guests, sql: asyncpg.Connection):
    held = (await guests.hold(at(9)))["held"]
    made = (await guests.book(at(9), hold=held["id"]))["appointment"]
    assert (made["id"], made["status"], made["source"]) == (held["id"], "CONFIRMED", "public")
    assert await told_claims(sql, held["id"]) == [(0, 1), (1, 1)]
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE expires_at IS NULL AND owner_id = $1", held["id"]) == 1
    assert await sql.fetchval("SELECT count(*) FROM holds WHERE business_id = $1", studio.id) == 0


async def test_a_booking_asked_for_twice_is_one(studio: Studio, guests: Guests):
    held = (await guests.hold(at(9)))["held"]
    wanted = {"hold": held["id"], "id": str(uuid7())}
    answers = await asyncio.gather(*(guests.book(at(9), **wanted) for _ in range(4)))
    assert {answer["appointment"]["id"] for answer in answers} == {held["id"]}
    free = {"id": str(uuid7()), "hold": str(uuid7())}
    answers = await asyncio.gather(*(guests.book(at(12), **free) for _ in range(4)))
    assert {answer["appointment"]["id"] for answer in answers} == {free["id"]}
    listed = (await studio.listed(at(0), at(24))).json()["items"]
    assert len(listed) == 2


async def test_a_live_hold_cannot_lose(studio: Studio, guests: Guests, catalogue: Catalogue):
    held = (await guests.hold(at(9)))["held"]
    rivals = [studio.book(at(9)) for _ in range(10)]
    [mine, *others] = await asyncio.gather(guests.book(at(9), hold=held["id"]), *rivals)
    assert mine["appointment"]["id"] == held["id"]
    assert {answer.status_code for answer in others} == {409}
    catalogue.is_down = True
    other = None
    try:
        other = await guests.book(at(9), hold=held["id"], id=str(uuid7()))
    finally:
        catalogue.is_down = False
    assert other["appointment"]["id"] == held["id"]


async def test_what_has_ended_is_free_at_once_by_the_clock_of_the_database(
    studio: Studio, guests: Guests, sql: asyncpg.Connection
):
    held = (await guests.hold(at(9)))["held"]
    await ends_now(sql, held["id"])
    assert (await studio.book(at(9))).status_code == 201
    refused = await guests.book(at(9), hold=held["id"])
    assert refused["refusal"]["conflicts"][0]["kind"] == "staffBusy"


async def test_who_comes_late_gets_the_time_if_nobody_took_it(guests: Guests, sql: asyncpg.Connection):
    held = (await guests.hold(at(9)))["held"]
    await ends_now(sql, held["id"])
    made = (await guests.book(at(9), hold=held["id"]))["appointment"]
    assert made["id"] != held["id"]


async def test_who_comes_late_does_not_pay_another_price_unasked(
    studio: Studio, guests: Guests, sql: asyncpg.Connection
):
    held = (await guests.hold(at(9)))["held"]
    await ends_now(sql, held["id"])
    studio.service.price = 20_000
    assert (await guests.book(at(9), hold=held["id"]))["price"] == {"amount": 20_000, "currency": "AED"}


async def test_the_sweeper_tells_that_a_hold_has_ended(app: FastAPI, guests: Guests, sql: asyncpg.Connection):
    held = (await guests.hold(at(9)))["held"]
    await expire(app.state.uow)
    assert await told_claims(sql, held["id"]) == [(0, 1)]
    await ends_now(sql, held["id"])
    await expire(app.state.uow)
    assert await told_claims(sql, held["id"]) == [(0, 1), (1, 0)]


async def test_what_is_released_is_free(studio: Studio, guests: Guests):
    held = (await guests.hold(at(9)))["held"]
    assert await guests.ask("/holds/release", id=held["id"]) == {"wasHeld": True}
    assert await guests.ask("/holds/release", id=held["id"]) == {"wasHeld": False}
    assert (await studio.book(at(9))).status_code == 201


async def test_only_whom_the_page_offers_is_booked(studio: Studio, guests: Guests):
    wish = guests.wish(at(9), staff=None)
    only = [str(studio.staff[1])]
    held = await guests.ask("/holds", id=str(uuid7()), seconds=300, staffIds=only, **wish)
    assert held["held"]["offer"]["candidates"][0]["staffId"] == only[0]
    again = await guests.ask("/holds", id=str(uuid7()), seconds=300, staffIds=only, **wish)
    assert {one["staffIds"][0] for one in again["refusal"]["alternatives"]} == set(only)
    nobody = await guests.ask("/holds", id=str(uuid7()), seconds=300, staffIds=[], **wish)
    assert nobody["refusal"]["conflicts"][0]["kind"] == "inactive"


async def test_who_is_blocked_is_told_nothing_about_themselves(studio: Studio, guests: Guests):
    made = await studio.booked(at(15), customer=SARA)
    path = f"/api/customers/{made['customer']['id']}"
    assert (await studio.client.put(path, json={"blocked": True})).status_code == 200
    held = (await guests.hold(at(9)))["held"]
    refused = await guests.book(at(9), hold=held["id"])
    assert refused["refusal"]["conflicts"][0]["kind"] == "inactive"
    assert refused["appointment"] is None


async def test_a_deposit_keeps_the_time_until_it_is_paid(studio: Studio, guests: Guests, app: FastAPI):
    held = (await guests.hold(at(9)))["held"]
    made = (await guests.book(at(9), hold=held["id"], status="PENDING", seconds=600))["appointment"]
    assert made["expiresAt"] is not None
    kept = await guests.ask(f"/bookings/{made['id']}/confirm", status="PENDING")
    assert (kept["appointment"]["status"], kept["appointment"]["expiresAt"]) == ("PENDING", None)
    confirmed = await guests.ask(f"/bookings/{made['id']}/confirm", status="CONFIRMED")
    assert confirmed["appointment"]["status"] == "CONFIRMED"


@pytest.mark.parametrize("capacity", [1, 2])
async def test_who_is_paying_keeps_the_time_for_longer(
    studio: Studio, guests: Guests, sql: asyncpg.Connection, capacity: int
):
    sold = studio.sells(capacity=capacity)
    made = (await guests.book(at(9), service=sold, status="PENDING", seconds=600))["appointment"]
    first, path = datetime.fromisoformat(made["expiresAt"]), f"/bookings/{made['id']}/lengthen"
    for minutes, kept in ((10, 10), (10, 10), (-10, 10)):
        answer = await guests.ask(path, until=iso(first + timedelta(minutes=minutes)))
        until = datetime.fromisoformat(answer["appointment"]["expiresAt"])
        assert until == first + timedelta(minutes=kept)
        claimed = await sql.fetch("SELECT DISTINCT expires_at FROM claims WHERE business_id = $1", studio.id)
        assert [row["expires_at"] for row in claimed] == [until]
    kept_for_good = await guests.ask(f"/bookings/{made['id']}/confirm", status="CONFIRMED")
    assert await guests.ask(path, until=iso(first + timedelta(days=1))) == kept_for_good


async def test_a_guest_moves_and_cancels_by_the_rules(studio: Studio, guests: Guests):
    made = (await guests.book(at(9)))["appointment"]
    await studio.booked(at(12))
    moved = await guests.ask(f"/bookings/{made['id']}/reschedule", start=iso(at(10)))
    assert moved["appointment"]["start"] == iso(at(10))
    taken = await guests.ask(f"/bookings/{made['id']}/reschedule", start=iso(at(12)))
    assert taken["refusal"]["conflicts"][0]["kind"] == "staffBusy"
    assert len(taken["refusal"]["alternatives"]) == 5
    for _ in range(2):
        gone = await guests.ask(f"/bookings/{made['id']}/cancel", reason="by the guest")
        assert gone["appointment"]["status"] == "CANCELLED"
    assert (await guests.ask(f"/bookings/{made['id']}/reschedule", start=iso(at(11))))["isOver"]
    assert (await guests.ask(f"/bookings/{uuid4()}"))["appointment"] is None


async def test_nobody_asks_about_appointments_of_another_business(
    new_studio: Callable[..., Studio], guests: Guests, keys: TestKeys
):
    made = (await guests.book(at(9)))["appointment"]
    others = Guests(new_studio(), keys)
    for path, more in [("", {}), ("/cancel", {"reason": ""}), ("/reschedule", {"start": iso(at(11))})]:
        assert (await others.ask(f"/bookings/{made['id']}{path}", **more))["appointment"] is None


async def test_a_seat_is_held_and_booked(studio: Studio, guests: Guests, sql: asyncpg.Connection, app: FastAPI):
    yoga = studio.sells(capacity=2)
    first = (await guests.hold(at(9), service=yoga))["held"]
    await guests.hold(at(9), service=yoga)
    full = await guests.hold(at(9), service=yoga)
    assert full["refusal"]["conflicts"][0]["kind"] == "full"
    made = (await guests.book(at(9), service=yoga, hold=first["id"]))["appointment"]
    assert (made["id"], made["status"], made["customer"]["name"]) == (first["id"], "CONFIRMED", "Sara")
    [session] = await sql.fetch("SELECT expires_at, seats_taken FROM sessions WHERE business_id = $1", studio.id)
    assert (session["expires_at"], session["seats_taken"]) == (None, 2)


async def test_a_seat_that_is_released_is_free(guests: Guests, studio: Studio):
    yoga = studio.sells(capacity=1 + 1)
    await guests.hold(at(9), service=yoga)
    second = (await guests.hold(at(9), service=yoga))["held"]
    assert (await guests.ask("/holds/release", id=second["id"]))["wasHeld"]
    assert (await guests.hold(at(9), service=yoga))["held"] is not None
