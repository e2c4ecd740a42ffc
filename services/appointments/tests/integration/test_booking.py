"""Booking: what is stored, what is told, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import asyncpg
import orjson
import pytest

from contracts.ids import uuid7
from contracts.offers import ConflictDetails

from ..make import Catalogue, Studio, at, iso, path


async def test_a_booking_is_stored_as_it_was_answered(studio: Studio):
    answer = await studio.book(at(9), notes="window seat", customer={"name": "Lina", "email": "Lina@Example.com"})
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == path(made)
    assert answer.headers["etag"] == '"1"'
    assert made["customer"]["email"] == "lina@example.com"
    assert (made["start"], made["end"], made["status"]) == (iso(at(9)), iso(at(10)), "CONFIRMED")
    assert made == await studio.read(made)


async def test_a_booking_tells_the_appointment_and_its_claims(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9), service=studio.sells(before=10, after=5))
    rows = await sql.fetch("SELECT body FROM outbox WHERE routing_key LIKE '%' || $1 ORDER BY id", str(studio.id))
    created, claims = (orjson.loads(row["body"]) for row in rows)
    assert (created["type"], created["revision"], created["subject"]) == ("appointment.created", 1, made["id"])
    assert created["data"]["appointment"] == made
    assert claims["type"] == "claims.changed"
    assert claims["data"]["claims"] == [
        {
            "bookableId": made["staffId"],
            "start": iso(at(9) - timedelta(minutes=10)),
            "end": iso(at(10) + timedelta(minutes=5)),
            "expiresAt": None,
            "bufferBeforeMinutes": 10,
            "bufferAfterMinutes": 5,
        }
    ]


async def test_a_taken_time_is_refused_with_what_is_in_the_way(studio: Studio):
    made = await studio.booked(at(9))
    answer = await studio.book(at(9.5))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "SlotTaken")
    (conflict,) = problem["conflicts"]
    assert (conflict["kind"], conflict["appointmentId"]) == ("staffBusy", made["id"])
    assert (conflict["start"], conflict["end"]) == (made["start"], made["end"])


async def test_touching_appointments_do_not_conflict(studio: Studio):
    for hour in (9, 10, 8):
        await studio.booked(at(hour))


async def test_buffers_of_neighbours_add_up(studio: Studio):
    padded = studio.sells(before=10, after=10)
    await studio.booked(at(9), service=padded)
    assert (await studio.book(at(10.25), service=padded)).status_code == 409
    await studio.booked(at(10) + timedelta(minutes=20), service=padded)


async def test_what_availability_refuses_is_not_bookable(studio: Studio, catalogue: Catalogue):
    catalogue.closed[at(3)] = [ConflictDetails(kind="outsideHours", detail="closed then")]
    answer = await studio.book(at(3))
    assert (answer.status_code, answer.json()["code"]) == (409, "NotBookable")
    assert answer.json()["conflicts"] == [{"kind": "outsideHours", "detail": "closed then"}]


async def test_a_unit_is_taken_with_the_staff_member_or_nothing_is(studio: Studio, sql: asyncpg.Connection):
    units = [uuid7(), uuid7()]
    machine = studio.sells(units=units)
    first = await studio.booked(at(9), service=machine, staff=0)
    second = await studio.booked(at(9), service=machine, staff=1)
    assert first["resourceIds"] + second["resourceIds"] == [str(unit) for unit in units]
    third = await studio.book(at(9), service=machine, staff=2)
    assert (third.status_code, third.json()["code"]) == (409, "SlotTaken")
    assert {(c["kind"], c["resourceKind"]) for c in third.json()["conflicts"]} == {("resourceBusy", "machine")}
    assert await sql.fetchval("SELECT count(*) FROM claims WHERE business_id = $1", studio.id) == 4


async def test_more_units_than_there_are_is_a_conflict_that_says_so(studio: Studio):
    machine = studio.sells(units=[uuid7()])
    machine.needs = [need.model_copy(update={"quantity": 2}) for need in machine.needs]
    answer = await studio.book(at(9), service=machine)
    assert [conflict["kind"] for conflict in answer.json()["conflicts"]] == ["resourceBusy"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"serviceId": str(uuid4())}, "/serviceId"),
        ({"staffId": str(uuid4())}, "/staffId"),
        ({"customerId": str(uuid4())}, "/customerId"),
        ({"end": iso(at(8))}, "/end"),
        ({"end": iso(at(9, day=3))}, "/end"),
        ({"start": "2027-03-01T09:00:00"}, "/start"),
        ({"color": "red"}, "/color"),
        ({"customer": {"name": "L", "email": "no"}}, "/customer/email"),
        ({"customer": {"name": "L", "phone": "12"}}, "/customer/phone"),
        ({"customer": {"name": "L"}, "customerId": str(uuid4())}, "/customer"),
        ({"status": "CANCELLED"}, "/status"),
        ({"allow": ["staffBusy"]}, "/allow/0"),
    ],
)
async def test_what_cannot_be_accepted_is_pointed_at(studio: Studio, fields: dict[str, object], pointer: str):
    body = {**studio.body(at(9)), **fields}
    answer = await studio.client.post("/api/appointments", json=body)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_refused_booking_leaves_nothing_behind(studio: Studio, sql: asyncpg.Connection):
    await studio.book(at(9), customerId=str(uuid4()))
    for table in ("appointments", "claims", "appointment_activity", "customers"):
        assert await sql.fetchval(f"SELECT count(*) FROM {table} WHERE business_id = $1", studio.id) == 0


async def test_the_database_has_the_last_word(studio: Studio, sql: asyncpg.Connection):
    await studio.booked(at(9))
    with pytest.raises(asyncpg.ExclusionViolationError):
        await sql.execute(
            "INSERT INTO claims SELECT business_id, owner_id, gen_random_uuid(), bookable_id, start_at, end_at,"
            " buffer_before, buffer_after, during, expires_at FROM claims WHERE business_id = $1",
            studio.id,
        )
