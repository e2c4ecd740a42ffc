"""Units of resources: assigned in the booking, claimed for it alone, all or none."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from contracts.ids import ResourceId, uuid7
from contracts.offers import ResourceChoice

from ..make import Sold, Studio, at, iso, path

COUNT = "SELECT count(*) FROM claims WHERE business_id = $1"


def units(many: int) -> list[ResourceId]:
    """New units, in the order in which they are tried."""
    return [ResourceId(uuid7()) for _ in range(many)]


def sells(studio: Studio, *needs: tuple[str, int, Sequence[ResourceId]], **details: Any) -> Sold:
    """A service that needs so many units of each kind."""
    sold = studio.sells(**details)
    sold.needs = [ResourceChoice(kind=kind, quantity=many, resource_ids=list(of)) for kind, many, of in needs]
    return sold


async def claimed(sql: asyncpg.Connection, made: Any) -> set[UUID]:
    """Whom and what an appointment takes."""
    return {
        row["bookable_id"] for row in await sql.fetch("SELECT bookable_id FROM claims WHERE owner_id = $1", made["id"])
    }


def refused_by(answer: Any) -> set[tuple[str, str | None]]:
    """Kinds of the conflicts, each with the kind of resource."""
    assert (answer.status_code, answer.json()["code"]) == (409, "SlotTaken")
    return {(conflict["kind"], conflict.get("resourceKind")) for conflict in answer.json()["conflicts"]}


async def test_a_booking_takes_the_staff_member_and_all_units_that_are_needed(studio: Studio, sql: asyncpg.Connection):
    machines, rooms = units(3), units(1)
    duet = sells(studio, ("machine", 2, machines), ("room", 1, rooms))
    made = await studio.booked(at(9), service=duet)
    assert made["resourceIds"] == list(map(str, [*machines[:2], *rooms]))
    assert await claimed(sql, made) == {studio.staff[0], *machines[:2], *rooms}


async def test_a_refusal_takes_nothing(studio: Studio, sql: asyncpg.Connection):
    machines, rooms = units(3), units(1)
    duet = sells(studio, ("machine", 2, machines), ("room", 1, rooms))
    await studio.booked(at(9), service=sells(studio, ("machine", 2, machines)), staff=0)
    before = await sql.fetchval(COUNT, studio.id)
    assert refused_by(await studio.book(at(9), service=duet, staff=1)) == {("resourceBusy", "machine")}
    assert await sql.fetchval(COUNT, studio.id) == before
    await studio.booked(at(9), service=sells(studio, ("room", 1, rooms), ("machine", 1, machines)), staff=1)


async def test_a_kind_with_too_few_units_can_never_be_booked(studio: Studio):
    duet = sells(studio, ("machine", 2, units(1)))
    answer = await studio.book(at(9), service=duet)
    assert refused_by(answer) == {("resourceBusy", "machine")}
    assert "start" not in answer.json()["conflicts"][0]


async def test_buffers_are_claimed_on_units_too(studio: Studio):
    room = units(1)
    await studio.booked(at(9), service=sells(studio, ("room", 1, room), after=30), staff=0)
    plain = sells(studio, ("room", 1, room))
    assert refused_by(await studio.book(at(10), service=plain, staff=1)) == {("resourceBusy", "room")}
    await studio.booked(at(10.5), service=plain, staff=1)


async def test_two_overlapping_claims_on_two_units_refuse_a_third(studio: Studio):
    machine = sells(studio, ("reformer", 1, units(2)))
    await studio.booked(at(9), service=machine, staff=0)
    await studio.booked(at(9.5), service=machine, staff=1)
    assert refused_by(await studio.book(at(9.75), service=machine, staff=2)) == {("resourceBusy", "reformer")}
    await studio.booked(at(10), service=machine, staff=2)


async def test_whoever_takes_it_over_keeps_its_units(studio: Studio, sql: asyncpg.Connection):
    machines = units(3)
    machine = sells(studio, ("machine", 1, machines))
    first = await studio.booked(at(9), service=machine, staff=0)
    second = await studio.booked(at(9), service=machine, staff=1)
    await studio.client.delete(path(first))
    moved = (await studio.change(second, staffId=str(studio.staff[2]))).json()
    assert moved["resourceIds"] == second["resourceIds"] == [str(machines[1])]
    assert await claimed(sql, second) == {studio.staff[2], machines[1]}


async def test_a_move_to_where_its_unit_is_taken_gets_another_one(studio: Studio, sql: asyncpg.Connection):
    machines = units(2)
    machine = sells(studio, ("machine", 1, machines))
    made = await studio.booked(at(9), service=machine, staff=0)
    await studio.booked(at(12), service=machine, staff=1)
    moved = (await studio.change(made, start=iso(at(12)))).json()
    assert (made["resourceIds"], moved["resourceIds"]) == ([str(machines[0])], [str(machines[1])])
    assert await claimed(sql, made) == {studio.staff[0], machines[1]}


async def test_a_refused_move_keeps_what_it_had(studio: Studio, sql: asyncpg.Connection):
    machines = units(1)
    machine = sells(studio, ("machine", 1, machines))
    made = await studio.booked(at(9), service=machine, staff=0)
    await studio.booked(at(12), service=machine, staff=1)
    assert refused_by(await studio.change(made, start=iso(at(12)))) == {("resourceBusy", "machine")}
    assert await studio.read(made) == made
    assert await claimed(sql, made) == {studio.staff[0], machines[0]}


async def test_another_service_gives_back_what_it_does_not_need(studio: Studio, sql: asyncpg.Connection):
    machines, rooms = units(1), units(1)
    made = await studio.booked(at(9), service=sells(studio, ("machine", 1, machines)))
    massage = sells(studio, ("room", 1, rooms))
    moved = (await studio.change(made, serviceId=str(massage.id))).json()
    assert moved["resourceIds"] == [str(rooms[0])]
    assert await claimed(sql, made) == {studio.staff[0], rooms[0]}


@pytest.mark.parametrize("how", ["cancelled", "deleted"])
async def test_units_are_free_when_the_appointment_is_gone(studio: Studio, how: str):
    machine = sells(studio, ("machine", 1, units(1)))
    made = await studio.booked(at(9), service=machine, staff=0)
    if how == "deleted":
        await studio.client.delete(path(made))
    else:
        await studio.set_status(made, "CANCELLED")
    await studio.booked(at(9), service=machine, staff=1)


async def test_the_last_unit_goes_to_one_of_fifty(new_studio: Callable[..., Studio], sql: asyncpg.Connection):
    studio = new_studio(staff=50)
    machine = sells(studio, ("machine", 2, units(3)), ("room", 1, units(5)))
    answers = await asyncio.gather(*(studio.book(at(9), service=machine, staff=staff) for staff in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 49}
    refusals = [answer for answer in answers if answer.status_code == 409]
    assert all(refused_by(answer) == {("resourceBusy", "machine")} for answer in refusals)
    assert await sql.fetchval(COUNT, studio.id) == 4
