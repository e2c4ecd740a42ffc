"""Checking says what the call itself would be answered, and changes nothing."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from contracts.appointments import Status
from contracts.ids import ResourceId, uuid7
from contracts.offers import ConflictDetails, ResourceChoice
from plumbing.auth import Role

from ..make import Catalogue, Sold, Studio, at, iso, path

TABLES = ("appointments", "claims", "customers", "sessions", "appointment_activity", "outbox", "idempotency_keys")


async def check(studio: Studio, start: datetime, **fields: Any) -> Any:
    """What is said to a wish for a new appointment."""
    answer = await studio.client.post("/api/appointments/check", json=studio.body(start, **fields))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ask(studio: Studio, made: Any, **fields: Any) -> httpx.Response:
    """POST …/check of an appointment."""
    return await studio.client.post(f"{path(made)}/check", json=fields)


async def check_change(studio: Studio, made: Any, **fields: Any) -> Any:
    """What is said to a wish to change an appointment."""
    answer = await ask(studio, made, **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def kinds(checked: Any) -> list[str]:
    """What is in the way."""
    return [conflict["kind"] for conflict in checked["conflicts"]]


def starts(checked: Any) -> list[str]:
    """When else it could be."""
    return [one["start"] for one in checked["alternatives"]]


async def count(sql: asyncpg.Connection, business_id: UUID) -> dict[str, int]:
    """How many rows the business has in each table that the real calls write to."""
    tables = [table for table in TABLES if await sql.fetchval("SELECT to_regclass($1)", table)]
    found: dict[str, int] = {}
    for table in tables:
        has = await sql.fetchval(
            "SELECT count(*) FROM information_schema.columns WHERE table_name = $1 AND column_name = 'business_id'",
            table,
        )
        where = f"WHERE business_id = '{business_id}'" if has else ""
        found[table] = await sql.fetchval(f"SELECT count(*) FROM {table} {where}")
    return found


async def test_a_free_time_is_bookable(studio: Studio):
    assert await check(studio, at(9)) == {"bookable": True, "conflicts": [], "alternatives": []}


async def test_a_taken_time_is_refused_by_the_same_conflicts_as_a_booking(studio: Studio):
    made = await studio.booked(at(9))
    checked = await check(studio, at(9.5))
    refused = await studio.book(at(9.5))
    assert (checked["bookable"], refused.status_code) == (False, 409)
    assert checked["conflicts"] == refused.json()["conflicts"]
    assert checked["conflicts"][0]["appointmentId"] == made["id"]


async def test_what_availability_refuses_is_told(studio: Studio, catalogue: Catalogue):
    closed = ConflictDetails(kind="outsideHours", detail="This is outside working hours.", staff_id=studio.staff[0])
    catalogue.closed[at(7.25)] = [closed]
    checked = await check(studio, at(7.25))
    assert checked["conflicts"] == (await studio.book(at(7.25))).json()["conflicts"]
    assert kinds(checked) == ["outsideHours"]


async def test_nothing_is_written(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9), customer={"name": "Noor", "email": "noor@example.com"})
    spin = studio.sells(capacity=3)
    before = await count(sql, studio.id)
    await check(studio, at(12), customer={"name": "Lina", "email": "lina@example.com"})
    await check(studio, at(9))
    await check(studio, at(14), service=spin, customer={"name": "Noor", "phone": "+971501234567"})
    await check_change(studio, made, start=iso(at(15)), notes="later", status="CANCELLED")
    assert await count(sql, studio.id) == before
    assert await studio.read(made) == made


async def test_a_check_waits_for_nobody_and_keeps_nobody_waiting(studio: Studio, sql: asyncpg.Connection):
    """Somebody holds the time of everybody in a transaction that goes on; a booking would wait."""
    made = await studio.booked(at(9))
    keys = [int.from_bytes(staff.bytes[8:], signed=True) for staff in studio.staff]
    async with sql.transaction():
        for key in keys:
            await sql.execute("SELECT pg_advisory_xact_lock($1)", key)
        await sql.execute("SELECT FROM appointments WHERE id = $1 FOR UPDATE", UUID(made["id"]))
        async with asyncio.timeout(2):
            assert (await check(studio, at(9), staff=None))["bookable"] is True
            assert (await check_change(studio, made, start=iso(at(9.5))))["bookable"] is True


async def test_of_any_staff_somebody_has_to_be_free(studio: Studio):
    for staff in range(2):
        await studio.booked(at(9), staff=staff)
    assert (await check(studio, at(9), staff=None))["bookable"] is True
    await studio.booked(at(9), staff=2)
    checked = await check(studio, at(9), staff=None)
    assert {conflict["staffId"] for conflict in checked["conflicts"]} == set(map(str, studio.staff))


async def test_its_own_time_is_not_in_the_way_of_a_move(studio: Studio):
    made = await studio.booked(at(9), service=studio.sells(before=15, after=15))
    assert (await check_change(studio, made, start=iso(at(9.25))))["bookable"] is True
    other = await studio.booked(at(12))
    checked = await check_change(studio, made, start=iso(at(11)))
    assert (checked["bookable"], kinds(checked)) == (False, ["staffBusy"])
    assert checked["conflicts"][0]["appointmentId"] == other["id"]
    assert (await check_change(studio, made, start=iso(at(10.75))))["bookable"] is True


async def test_changes_that_need_no_time_are_possible(studio: Studio):
    made = await studio.booked(at(9))
    assert (await check_change(studio, made))["bookable"] is True
    assert (await check_change(studio, made, notes="x", status="COMPLETED"))["bookable"] is True


async def test_units_are_counted(studio: Studio):
    units = [uuid7(), uuid7()]
    machine = studio.sells(units=units)
    made = await studio.booked(at(9), service=machine, staff=0)
    assert (await check(studio, at(9), service=machine, staff=1))["bookable"] is True
    await studio.booked(at(9), service=machine, staff=1)
    checked = await check(studio, at(9), service=machine, staff=2)
    assert checked["conflicts"] == (await studio.book(at(9), service=machine, staff=2)).json()["conflicts"]
    assert set(kinds(checked)) == {"resourceBusy"}
    assert (await check_change(studio, made, start=iso(at(9.5))))["bookable"] is True


async def test_at_most_five_alternatives_are_the_nearest_that_are_really_free(studio: Studio):
    """Those that availability names are free by a copy that has not heard of anything."""
    await studio.booked(at(9))
    await studio.booked(at(10.25))
    checked = await check(studio, at(9))
    assert starts(checked) == [iso(at(hour)) for hour in (8, 7.5, 7, 6.5, 11.5)]
    assert checked["alternatives"][0] == {
        "start": iso(at(8)),
        "end": iso(at(9)),
        "staffIds": [str(studio.staff[0])],
    }


async def test_alternatives_keep_buffers_length_and_units_free(studio: Studio):
    machine = studio.sells(minutes=30, after=30, units=[uuid7()])
    made = await studio.booked(at(12), service=machine, staff=0, end=iso(at(13)))
    other = await studio.booked(at(9), service=machine, staff=1)
    checked = await check_change(studio, made, start=iso(at(8.5)))
    assert kinds(checked) == ["resourceBusy"]
    assert checked["conflicts"][0]["appointmentId"] == other["id"]
    assert starts(checked)[:3] == [iso(at(hour)) for hour in (7.5, 7, 10)]
    assert {one["end"] for one in checked["alternatives"]} >= {iso(at(8.5)), iso(at(11))}


async def test_each_alternative_of_any_staff_names_who_is_free_and_can_be_booked(studio: Studio):
    for staff in range(3):
        await studio.booked(at(9), staff=staff)
    await studio.booked(at(10), staff=0)
    checked = await check(studio, at(9), staff=None)
    assert len(checked["alternatives"]) == 5
    at_ten = next(one for one in checked["alternatives"] if one["start"] == iso(at(10)))
    assert at_ten["staffIds"] == [str(staff) for staff in studio.staff[1:]]
    chosen = checked["alternatives"][-1]
    assert (await studio.booked(datetime.fromisoformat(chosen["start"]), staff=None))["staffId"] in chosen["staffIds"]


async def test_what_has_expired_is_in_nobody_s_way(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9), status="PENDING")
    lapsed = "expires_at = now() - interval '1 second'"
    await sql.execute(f"UPDATE appointments SET {lapsed} WHERE id = $1", UUID(made["id"]))
    await sql.execute(f"UPDATE claims SET {lapsed} WHERE owner_id = $1", UUID(made["id"]))
    assert (await check(studio, at(9)))["bookable"] is True
    assert (await studio.read(made))["status"] == Status.PENDING
    assert (await studio.book(at(9))).status_code == 201


async def test_a_seat_is_bookable_until_the_session_is_full(studio: Studio):
    spin = studio.sells(capacity=2)
    first = await studio.booked(at(9), service=spin, customer={"name": "Noor", "email": "noor@example.com"})
    assert (await check(studio, at(9), service=spin))["bookable"] is True
    again = studio.body(at(9), service=spin, customer={"name": "Noor", "email": "noor@example.com"})
    refused = await studio.client.post("/api/appointments/check", json=again)
    assert (refused.status_code, refused.json()["code"]) == (409, "AlreadyInSession")
    await studio.booked(at(9), service=spin)
    checked = await check(studio, at(9), service=spin)
    assert checked["conflicts"] == (await studio.book(at(9), service=spin)).json()["conflicts"]
    assert kinds(checked) == ["full"]
    assert kinds(await check_change(studio, first, start=iso(at(9.5)))) == ["staffBusy"]


async def test_a_session_that_ends_with_its_only_seat_is_not_in_its_way(studio: Studio):
    spin = studio.sells(capacity=2)
    only = await studio.booked(at(9), service=spin)
    assert (await check_change(studio, only, start=iso(at(9.5))))["bookable"] is True
    assert (await studio.change(only, start=iso(at(9.5)))).status_code == 200


async def test_staff_may_check_for_others_and_change_nothing_of_theirs(studio: Studio):
    made = await studio.booked(at(9), staff=1)
    studio.act_as(Role.STAFF, studio.staff[0])
    assert (await check(studio, at(9), staff=1))["bookable"] is False
    assert (await check_change(studio, made, start=iso(at(11))))["bookable"] is True
    assert (await studio.change(made, start=iso(at(11)))).status_code == 403


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"serviceId": str(uuid4())}, "/serviceId"),
        ({"staffId": str(uuid4())}, "/staffId"),
        ({"customerId": str(uuid4())}, "/customerId"),
        ({"end": iso(at(8))}, "/end"),
        ({"start": "2027-03-01T09:00:00"}, "/start"),
        ({"strat": iso(at(8))}, "/strat"),
        ({"allow": ["staffBusy"]}, "/allow/0"),
    ],
)
async def test_what_a_booking_could_not_accept_a_check_does_not(studio: Studio, fields: dict[str, Any], pointer: str):
    body = studio.body(at(9)) | fields
    for where in ("/api/appointments", "/api/appointments/check"):
        answer = await studio.client.post(where, json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


async def test_what_a_change_could_not_accept_a_check_does_not(studio: Studio):
    made = await studio.booked(at(9))
    for fields, pointer in (({"staffId": str(uuid4())}, "/staffId"), ({"end": iso(at(9))}, "/end")):
        answer = await ask(studio, made, **fields)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    await studio.set_status(made, "COMPLETED")
    for fields in ({"start": iso(at(11))}, {"status": "CANCELLED"}):
        answer = await ask(studio, made, **fields)
        assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed")
    assert (await ask(studio, {"id": uuid4()}, notes="x")).status_code == 404
    stale = await studio.client.post(f"{path(made)}/check", json={"notes": "x"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "StaleRevision")


async def test_without_availability_nothing_is_said(studio: Studio, catalogue: Catalogue):
    catalogue.is_down = True
    try:
        answer = await studio.client.post("/api/appointments/check", json=studio.body(at(9)))
    finally:
        catalogue.is_down = False
    assert (answer.status_code, answer.json()["code"]) == (503, "ServiceUnavailable")


async def test_several_kinds_are_all_needed(studio: Studio):
    """Two machines and a room: two of three machines, all or none."""
    machines, room = [ResourceId(uuid7()) for _ in range(3)], ResourceId(uuid7())
    duet = needing(studio, [(machines, 2), ([room], 1)])
    made = await studio.booked(at(9), service=duet, staff=0)
    assert set(made["resourceIds"]) == {str(machines[0]), str(machines[1]), str(room)}
    checked = await check(studio, at(9), service=duet, staff=1)
    assert {conflict["resourceKind"] for conflict in checked["conflicts"]} == {"kind 0", "kind 1"}


def needing(studio: Studio, needs: Sequence[tuple[Sequence[ResourceId], int]]) -> Sold:
    """A service that needs so many of each of these kinds."""
    sold = studio.sells()
    sold.needs = [
        ResourceChoice(kind=f"kind {number}", quantity=quantity, resource_ids=list(units))
        for number, (units, quantity) in enumerate(needs)
    ]
    return sold
