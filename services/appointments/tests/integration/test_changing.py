"""Moving, resizing, reassigning and otherwise changing an appointment."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from contracts.ids import uuid7
from plumbing.testing import TestKeys

from ..guests import Guests
from ..make import Studio, at, iso, path


async def changed(studio: Studio, made: Any, **fields: Any) -> Any:
    """The body of a change that has to succeed."""
    answer = await studio.change(made, **fields)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == f'"{answer.json()["revision"]}"'
    return answer.json()


async def claimed(sql: asyncpg.Connection, made: Any) -> list[tuple[Any, ...]]:
    """Whom it takes, from when to when."""
    rows = await sql.fetch(
        "SELECT bookable_id, lower(during), upper(during) FROM claims WHERE owner_id = $1", made["id"]
    )
    return [tuple(row) for row in rows]


async def test_a_start_alone_moves_it_and_its_claims(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9), end=iso(at(9.5)))
    moved = await changed(studio, made, start=iso(at(14)))
    assert (moved["start"], moved["end"], moved["revision"]) == (iso(at(14)), iso(at(14.5)), 2)
    assert await claimed(sql, made) == [(studio.staff[0], at(14), at(14.5))]
    await studio.booked(at(9))


async def test_its_own_time_never_blocks_a_move(studio: Studio):
    made = await studio.booked(at(9), service=studio.sells(before=15, after=15))
    for start in (at(9.25), at(10.25), at(9.25), at(8.25)):
        made = await changed(studio, made, start=iso(start))


async def test_a_taken_time_refuses_a_move_and_nothing_changes(studio: Studio, sql: asyncpg.Connection):
    made, other = await studio.booked(at(9)), await studio.booked(at(12))
    answer = await studio.change(made, start=iso(at(11.5)), notes="moved")
    assert (answer.status_code, answer.json()["code"]) == (409, "SlotTaken")
    assert [conflict["appointmentId"] for conflict in answer.json()["conflicts"]] == [other["id"]]
    assert await studio.read(made) == made
    assert await claimed(sql, made) == [(studio.staff[0], at(9), at(10))]


async def test_an_end_alone_resizes(studio: Studio):
    made = await studio.booked(at(9))
    resized = await changed(studio, made, end=iso(at(11)))
    assert (resized["start"], resized["end"]) == (iso(at(9)), iso(at(11)))
    assert (await studio.history(made))[-1]["change"] == "resized"
    assert (await studio.book(at(10))).status_code == 409


async def test_somebody_else_takes_it_over(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9))
    taken_over = await changed(studio, made, staffId=str(studio.staff[1]))
    assert taken_over["staffName"] != made["staffName"]
    assert await claimed(sql, made) == [(studio.staff[1], at(9), at(10))]
    assert (await studio.history(made))[-1]["change"] == "reassigned"


async def test_another_service_brings_its_duration_buffers_price_and_name(studio: Studio, sql: asyncpg.Connection):
    made = await studio.booked(at(9))
    other = studio.sells(minutes=30, before=5, after=10, price=9900, name="Shave")
    now = await changed(studio, made, serviceId=str(other.id))
    assert (now["end"], now["price"]["amount"], now["serviceName"]) == (iso(at(9.5)), 9900, "Shave")
    assert (now["bufferBeforeMinutes"], now["bufferAfterMinutes"]) == (5, 10)
    assert await claimed(sql, made) == [
        (studio.staff[0], at(9) - timedelta(minutes=5), at(9.5) + timedelta(minutes=10))
    ]


async def test_a_move_keeps_what_was_agreed_though_the_service_was_edited(studio: Studio):
    made = await studio.booked(at(9))
    studio.service.price, studio.service.minutes, studio.service.before, studio.service.name = 1, 5, 30, "New"
    moved = await changed(studio, made, start=iso(at(12)))
    same = ("price", "serviceName", "bufferBeforeMinutes")
    assert [moved[field] for field in same] == [made[field] for field in same]
    assert moved["end"] == iso(at(13))


async def test_a_move_keeps_its_unit_when_that_is_free(studio: Studio):
    units = [uuid7(), uuid7()]
    machine = studio.sells(units=units)
    await studio.booked(at(9), service=machine, staff=1)
    made = await studio.booked(at(9), service=machine, staff=0)
    moved = await changed(studio, made, start=iso(at(12)))
    assert moved["resourceIds"] == made["resourceIds"] == [str(units[1])]


async def test_a_move_and_a_status_are_one_change(studio: Studio):
    made = await studio.booked(at(9), status="PENDING")
    now = await changed(studio, made, start=iso(at(11)), status="CONFIRMED", notes="ok")
    assert (now["status"], now["start"], now["notes"], now["revision"]) == ("CONFIRMED", iso(at(11)), "ok", 2)
    last = (await studio.history(made))[-1]
    assert (last["change"], last["revision"]) == ("confirmed", 2)
    assert last["before"] == {"start": iso(at(9)), "end": iso(at(10)), "status": "PENDING", "notes": ""}
    assert last["after"] == {"start": iso(at(11)), "end": iso(at(12)), "status": "CONFIRMED", "notes": "ok"}


async def test_a_refused_status_refuses_the_move_too(studio: Studio):
    made = await studio.booked(at(9), status="PENDING")
    answer = await studio.change(made, start=iso(at(11)), status="COMPLETED")
    assert (answer.status_code, answer.json()["from"], answer.json()["to"]) == (409, "PENDING", "COMPLETED")
    assert await studio.read(made) == made


async def test_it_is_given_to_another_customer_who_is_found_or_added(studio: Studio):
    made = await studio.booked(at(9), customer={"name": "Noor", "email": "noor@example.com"})
    other = await changed(studio, made, customer={"name": "Lena", "email": "lena@example.com"})
    assert (other["customer"]["name"], other["customer"]["id"]) == ("Lena", other["customerId"])
    last = (await studio.history(made))[-1]
    assert (last["change"], last["before"]) == ("details", {"customerId": made["customerId"]})
    back = await changed(studio, made, customerId=made["customerId"], start=iso(at(12)))
    assert (back["customer"], back["start"]) == (made["customer"], iso(at(12)))
    assert await changed(studio, made, customer={"name": "N.", "email": "noor@example.com"}) == back


async def test_what_a_guest_booked_stays_theirs_and_nobody_gets_a_second_seat(studio: Studio, keys: TestKeys):
    booked = (await Guests(studio, keys).book(at(9)))["appointment"]
    answer = await studio.change(booked, customer={"name": "Lena"})
    assert (answer.status_code, answer.json()["code"]) == (409, "BookedByGuest")
    yoga, noor = studio.sells(capacity=3), {"name": "Noor", "email": "noor@example.com"}
    await studio.booked(at(12), service=yoga, customer=noor)
    seat = await studio.booked(at(12), service=yoga, customer={"name": "Lena"})
    answer = await studio.change(seat, customer=noor)
    assert (answer.status_code, answer.json()["code"]) == (409, "AlreadyInSession")
    assert await studio.read(seat) == seat


@pytest.mark.parametrize("fields", [{}, {"notes": None, "start": None, "staffId": None, "status": None}])
async def test_nothing_and_null_leave_it_as_it_is(studio: Studio, fields: dict[str, None]):
    made = await studio.booked(at(9), notes="x")
    assert await changed(studio, made, **fields) == made
    assert len(await studio.history(made)) == 1


async def test_the_same_values_again_leave_it_as_it_is(studio: Studio):
    made = await studio.booked(at(9), notes="x")
    sent = {field: made[field] for field in ("start", "end", "staffId", "serviceId", "notes", "status")}
    assert await changed(studio, made, **sent) == made


@pytest.mark.parametrize("status", ["CANCELLED", "COMPLETED", "NO_SHOW"])
async def test_what_is_over_cannot_be_moved_but_noted_upon(studio: Studio, status: str):
    made = await studio.booked(at(9))
    await studio.set_status(made, status)
    answer = await studio.change(made, start=iso(at(11)))
    assert answer.json()["code"] == "StatusNotAllowed"
    assert (answer.status_code, answer.json()["from"], answer.json()["to"]) == (409, status, status)
    assert (await changed(studio, made, notes="late"))["notes"] == "late"


async def test_a_stale_revision_is_refused_with_what_is_there_now(studio: Studio):
    made = await studio.booked(at(9))
    now = await changed(studio, made, notes="x")
    for method, where, body in (
        ("PUT", path(made), {"notes": "y"}),
        ("PUT", f"{path(made)}/status", {"status": "CANCELLED"}),
        ("DELETE", path(made), None),
    ):
        answer = await studio.client.request(method, where, json=body, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["current"]) == (412, now)
        assert answer.headers["etag"] == '"2"'
    answer = await studio.client.put(path(made), json={"notes": "y"}, headers={"If-Match": '"2"'})
    assert answer.json()["revision"] == 3


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"serviceId": str(uuid4())}, "/serviceId"),
        ({"staffId": str(uuid4())}, "/staffId"),
        ({"end": iso(at(9))}, "/end"),
        ({"end": iso(at(9, day=3))}, "/end"),
        ({"status": "DONE"}, "/status"),
        ({"customerId": str(uuid4())}, "/customerId"),
    ],
)
async def test_what_cannot_be_accepted_is_pointed_at(studio: Studio, fields: dict[str, object], pointer: str):
    made = await studio.booked(at(9))
    answer = await studio.change(made, **fields)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
