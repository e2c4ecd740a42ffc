"""The waiting list: what is given back is offered to the first in line, and kept for them until their offer ends."""

import asyncio
from collections import Counter
from typing import Any

import asyncpg
import orjson
from fastapi import FastAPI

from appointments import jobs

from ..line import answered, full, get_in_line, read, waits
from ..make import Studio, at, iso, path

OFFERED = "offered"


async def lapse(sql: asyncpg.Connection, studio: Studio) -> None:
    """The offers of the business end now."""
    await sql.execute(
        "UPDATE appointments SET expires_at = now() - interval '1 s' WHERE business_id = $1 AND expires_at IS NOT NULL",
        studio.id,
    )
    for table in ("claims", "sessions"):
        await sql.execute(
            f"UPDATE {table} SET expires_at = now() - interval '1 s' WHERE business_id = $1 AND expires_at IS NOT NULL",
            studio.id,
        )


async def test_a_freed_seat_is_kept_for_the_first_in_line_and_nobody_else(studio: Studio):
    yoga, made = await full(studio)
    first = await waits(studio, yoga, sessionId=made[0]["sessionId"])
    second = await waits(studio, yoga, "Noor", sessionId=made[0]["sessionId"])
    assert (first["state"], first["from"], first["to"]) == ("waiting", iso(at(9)), iso(at(10)))
    await studio.set_status(made[0], "CANCELLED")
    held = await read(studio, first)
    assert held["state"] == OFFERED
    seat = await studio.read({"id": held["appointmentId"]})
    assert (seat["status"], seat["sessionId"], seat["customer"]["name"]) == ("PENDING", made[0]["sessionId"], "Lina")
    assert seat["expiresAt"] == held["offeredUntil"]
    assert (await studio.book(at(9), service=yoga, staff=0)).json()["conflicts"][0]["kind"] == "full"
    assert (await read(studio, second))["state"] == "waiting"


async def test_an_accepted_offer_is_the_appointment(studio: Studio):
    yoga, made = await full(studio)
    first = await waits(studio, yoga, sessionId=made[0]["sessionId"])
    assert (await answered(studio, first, "accept")).json()["state"] == "waiting"
    await studio.client.delete(path(made[0]))
    seat = await answered(studio, first, "accept")
    assert (seat.status_code, seat.json()["status"], seat.json()["expiresAt"]) == (200, "CONFIRMED", None)
    found = await read(studio, first)
    assert (found["state"], found["appointmentId"]) == ("accepted", seat.json()["id"])
    again = await answered(studio, first, "accept")
    assert (again.status_code, again.json()["code"], again.json()["state"]) == (409, "NothingOffered", "accepted")


async def test_a_declined_offer_goes_to_the_next_and_then_the_seat_is_free(studio: Studio):
    yoga, made = await full(studio)
    line = [await waits(studio, yoga, name, sessionId=made[0]["sessionId"]) for name in ("Lina", "Noor")]
    await studio.set_status(made[0], "CANCELLED")
    assert (await answered(studio, line[0], "decline")).json()["state"] == "withdrawn"
    assert (await read(studio, line[1]))["state"] == OFFERED
    assert (await studio.client.delete(f"/api/waiting-list/{line[1]['id']}")).status_code == 204
    assert (await read(studio, line[1]))["state"] == "withdrawn"
    await studio.booked(at(9), service=yoga, staff=0)


async def test_an_offer_that_ends_goes_to_the_next_by_the_timer(app: FastAPI, studio: Studio, sql: asyncpg.Connection):
    yoga, made = await full(studio)
    line = [await waits(studio, yoga, name, sessionId=made[0]["sessionId"]) for name in ("Lina", "Noor")]
    await studio.set_status(made[0], "CANCELLED")
    for states in (["expired", OFFERED], ["expired", "expired"]):
        await lapse(sql, studio)
        await jobs.expire(app.state.uow)
        assert [(await read(studio, one))["state"] for one in line] == states
    await studio.booked(at(9), service=yoga, staff=0)


async def test_a_booking_finds_the_seat_of_an_offer_that_has_ended(studio: Studio, sql: asyncpg.Connection):
    yoga, made = await full(studio)
    first = await waits(studio, yoga, sessionId=made[0]["sessionId"])
    await studio.set_status(made[0], "CANCELLED")
    await lapse(sql, studio)
    await studio.booked(at(9), service=yoga, staff=0)
    assert (await read(studio, first))["state"] == "expired"
    late = await answered(studio, first, "accept")
    assert (late.status_code, late.json()["code"]) == (409, "NothingOffered")


async def test_a_freed_time_of_the_day_is_offered_too(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9), staff=0)
    other = await waits(studio, studio.service, "Omar", staffId=str(studio.staff[1]))
    first = await waits(studio, studio.service)
    await studio.set_status(made, "CANCELLED")
    held = await read(studio, first)
    assert (held["state"], (await read(studio, other))["state"]) == (OFFERED, "waiting")
    taken = await studio.book(at(9.5), staff=0)
    assert (taken.status_code, taken.json()["conflicts"][0]["kind"]) == (409, "staffBusy")
    until = await sql.fetchval("SELECT expires_at FROM claims WHERE business_id = $1", studio.id)
    assert iso(until) == held["offeredUntil"]
    assert (await answered(studio, first, "accept")).json()["start"] == iso(at(9))
    assert await sql.fetchval("SELECT expires_at FROM claims WHERE business_id = $1", studio.id) is None


async def test_a_time_left_by_a_move_is_offered_unless_the_move_still_needs_it(studio: Studio):
    made = await studio.booked(at(9), staff=0)
    first = await waits(studio, studio.service)
    await studio.change(made, start=iso(at(9.5)))
    assert (await read(studio, first))["state"] == "waiting"
    await studio.change(made, start=iso(at(12)))
    held = await studio.read({"id": (await read(studio, first))["appointmentId"]})
    assert (held["start"], held["staffId"]) == (iso(at(9.5)), made["staffId"])


async def test_a_time_outside_of_the_wish_is_not_offered(studio: Studio):
    other = studio.sells()
    made = [await studio.booked(at(9), staff=0), await studio.booked(at(12), staff=0, service=other)]
    wish = await waits(studio, studio.service, **{"from": iso(at(9.25)), "to": iso(at(13))})
    for one in made:
        await studio.set_status(one, "CANCELLED")
    assert (await read(studio, wish))["state"] == "waiting"


async def test_more_seats_are_offered_when_a_session_gets_them(studio: Studio):
    yoga, made = await full(studio)
    line = [await waits(studio, yoga, name, sessionId=made[0]["sessionId"]) for name in ("Lina", "Noor", "Omar")]
    answer = await studio.client.put(f"/api/sessions/{made[0]['sessionId']}", json={"capacity": 4})
    assert (answer.json()["capacity"], answer.json()["seatsTaken"]) == (4, 4)
    assert [(await read(studio, one))["state"] for one in line] == [OFFERED, OFFERED, "waiting"]


async def test_a_session_opened_ahead_is_offered_to_those_who_wait_for_the_day(studio: Studio):
    yoga = studio.sells(capacity=2)
    first = await waits(studio, yoga)
    answer = await studio.client.post("/api/sessions", json=studio.body(at(9), service=yoga))
    assert answer.json()["seatsTaken"] == 1
    assert (await read(studio, first))["state"] == OFFERED


async def test_a_cancelled_session_ends_its_line(studio: Studio):
    yoga, made = await full(studio)
    line = [await waits(studio, yoga, name, sessionId=made[0]["sessionId"]) for name in ("Lina", "Noor")]
    await studio.set_status(made[0], "CANCELLED")
    await studio.client.delete(f"/api/sessions/{made[0]['sessionId']}")
    assert [(await read(studio, one))["state"] for one in line] == ["withdrawn", "withdrawn"]


async def test_confirming_or_cancelling_the_held_appointment_answers_the_offer(studio: Studio):
    for status, state in (("CONFIRMED", "accepted"), ("CANCELLED", "withdrawn")):
        yoga, made = await full(studio, hour=9 if status == "CONFIRMED" else 12)
        first = await waits(studio, yoga, sessionId=made[0]["sessionId"])
        await studio.set_status(made[0], "CANCELLED")
        held = (await read(studio, first))["appointmentId"]
        assert (await studio.set_status({"id": held}, status)).status_code == 200
        assert (await read(studio, first))["state"] == state


async def test_an_offer_is_told_with_the_held_appointment(studio: Studio, sql: asyncpg.Connection):
    yoga, made = await full(studio)
    first = await waits(studio, yoga, sessionId=made[0]["sessionId"])
    await studio.set_status(made[0], "CANCELLED")
    held = await read(studio, first)
    rows = await sql.fetch("SELECT body FROM outbox WHERE routing_key = 'waiting_list.offered.' || $1", str(studio.id))
    [event] = [orjson.loads(row["body"]) for row in rows]
    assert (event["subject"], event["revision"]) == (first["id"], held["revision"])
    assert event["data"]["appointment"] == await studio.read({"id": held["appointmentId"]})
    assert event["data"]["expiresAt"] == held["offeredUntil"]


async def test_many_cancellations_bookings_and_wishes_at_once_never_oversell(studio: Studio, sql: asyncpg.Connection):
    yoga, made = await full(studio, seats=6)
    session = {"sessionId": made[0]["sessionId"]}
    line = [await waits(studio, yoga, f"No {number}", **session) for number in range(4)]
    calls: list[Any] = [studio.set_status(one, "CANCELLED") for one in made[:5]]
    calls += [studio.book(at(9), service=yoga, staff=0) for _ in range(10)]
    calls += [get_in_line(studio, yoga, f"Late {number}", **session) for number in range(3)]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert Counter([(await read(studio, one))["state"] for one in line]) == {OFFERED: 4}
    accepted = await asyncio.gather(*(answered(studio, one, "accept") for one in line for _ in range(2)))
    assert {answer.status_code for answer in accepted} <= {200, 409}
    assert [(await read(studio, one))["state"] for one in line] == ["accepted"] * 4
    seats = await sql.fetchval(
        "SELECT count(*) FROM appointments WHERE business_id = $1 AND status <> 'CANCELLED'", studio.id
    )
    assert seats == await sql.fetchval("SELECT seats_taken FROM sessions WHERE business_id = $1", studio.id) <= 6
