"""Changing and cancelling series: one appointment, it and those that follow, or all to come; all of them, or none."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import time_machine

from contracts.ids import uuid7
from contracts.offers import ConflictDetails
from plumbing.auth import Role

from ..make import Studio, at, iso
from ..series import cancel, change, changed, read, repeated, starts, statuses, where

pytestmark = pytest.mark.usefixtures("month_before")


async def claimed(sql: asyncpg.Connection, series: Any) -> list[Any]:
    """When its claims begin."""
    ids = [item["id"] for item in series["items"]]
    rows = await sql.fetch("SELECT lower(during) FROM claims WHERE owner_id = ANY ($1) ORDER BY 1", ids)
    return [row[0] for row in rows]


async def test_all_to_come_move_as_far_by_the_wall_clock(studio: Studio, sql: asyncpg.Connection):
    made = await repeated(studio)
    moved = await changed(studio, made, "all", 1, start=iso(at(11, day=8)))
    assert starts(moved) == [iso(at(11, day=day)) for day in (1, 8, 15, 22)]
    assert await claimed(sql, moved) == [at(11, day=day) for day in (1, 8, 15, 22)]
    assert [item["revision"] for item in moved["items"]] == [2] * 4
    assert (await studio.history(moved["items"][3]))[-1]["change"] == "rescheduled"
    assert await read(studio, made) == {key: value for key, value in moved.items() if key != "skipped"}


async def test_a_move_over_a_change_of_the_clocks_is_by_the_wall_clock(studio: Studio):
    service = studio.sells(zone="Europe/Berlin")
    made = await repeated(studio, at(9, day=20), "FREQ=WEEKLY;COUNT=2", service=service)  # 21 and 28 March, 10:00
    moved = await changed(studio, made, "all", start=iso(at(13, day=20)))
    assert starts(moved) == ["2027-03-21T13:00:00Z", "2027-03-28T12:00:00Z"]


async def test_those_that_follow_move_and_those_before_stay(studio: Studio):
    made = await repeated(studio)
    moved = await changed(studio, made, "following", 2, start=iso(at(12, day=14)))
    assert starts(moved) == [iso(at(9)), iso(at(9, day=7)), iso(at(12, day=14)), iso(at(12, day=21))]
    assert moved["id"] == made["id"]


async def test_only_this_one_moves(studio: Studio):
    made = await repeated(studio)
    moved = await changed(studio, made, "this", 2, start=iso(at(12, day=14)), notes="once")
    assert starts(moved) == [iso(at(9)), iso(at(9, day=7)), iso(at(12, day=14)), iso(at(9, day=21))]
    assert [item["notes"] for item in moved["items"]] == ["", "", "once", ""]


async def test_a_series_is_never_in_its_own_way(studio: Studio, sql: asyncpg.Connection):
    made = await repeated(studio, rrule="FREQ=DAILY;COUNT=5", service=studio.sells(minutes=24 * 60))
    for start in (at(9, day=1), at(9.5, day=1), at(9)):
        moved = await changed(studio, made, "all", start=iso(start))
        assert starts(moved) == [iso(start + timedelta(days=day)) for day in range(5)]
        assert await claimed(sql, moved) == [start + timedelta(days=day) for day in range(5)]


async def test_every_conflict_of_a_move_is_told_and_nothing_changes(studio: Studio, sql: asyncpg.Connection):
    made = await repeated(studio)
    others = [await studio.booked(at(11, day=day)) for day in (7, 21)]
    answer = await change(studio, made, "all", start=iso(at(10.5)), notes="later")
    assert (answer.status_code, answer.json()["code"]) == (409, "SlotTaken")
    told = answer.json()["conflicts"]
    assert [one["start"] for one in told] == [iso(at(10.5, day=7)), iso(at(10.5, day=21))]
    assert [one["appointmentId"] for one in told] == [made["items"][1]["id"], made["items"][3]["id"]]
    assert [one["conflicts"][0]["appointmentId"] for one in told] == [other["id"] for other in others]
    assert (await read(studio, made))["items"] == made["items"]
    assert await claimed(sql, made) == [at(9, day=day) for day in (0, 7, 14, 21)]


async def test_what_cannot_move_stays_as_it_is_when_that_is_allowed(studio: Studio, catalogue: Any):
    made = await repeated(studio)
    await studio.booked(at(14, day=7))
    catalogue.closed[at(14, day=14)] = [ConflictDetails(kind="timeOff", detail="Away then.")]
    moved = await changed(studio, made, "all", start=iso(at(14)), notes="later", allow=["skipConflicts"])
    catalogue.closed.clear()
    assert starts(moved) == [iso(at(14)), iso(at(9, day=7)), iso(at(9, day=14)), iso(at(14, day=21))]
    assert [item["notes"] for item in moved["items"]] == ["later", "", "", "later"]
    assert [one["conflicts"][0]["kind"] for one in moved["skipped"]] == ["staffBusy", "timeOff"]
    assert [one["appointmentId"] for one in moved["skipped"]] == [item["id"] for item in made["items"][1:3]]


async def test_whoever_stays_is_in_the_way_of_the_others(studio: Studio, sql: asyncpg.Connection):
    made = await repeated(studio, rrule="FREQ=DAILY;COUNT=3", service=studio.sells(minutes=24 * 60))
    await studio.booked(at(9.5, day=3))
    answer = await change(studio, made, "all", start=iso(at(10)), allow=["skipConflicts"])
    assert answer.status_code == 409
    assert [one["start"] for one in answer.json()["conflicts"]] == [iso(at(10, day=day)) for day in range(3)]
    assert await claimed(sql, made) == [at(9, day=day) for day in range(3)]


async def test_an_end_resizes_all(studio: Studio):
    made = await repeated(studio)
    resized = await changed(studio, made, "all", end=iso(at(10.5)))
    assert starts(resized) == starts(made)
    assert [item["end"] for item in resized["items"]] == [iso(at(10.5, day=day)) for day in (0, 7, 14, 21)]


async def test_somebody_else_takes_those_that_follow(studio: Studio):
    made = await repeated(studio)
    now = await changed(studio, made, "following", 1, staffId=str(studio.staff[2]))
    assert [item["staffId"] for item in now["items"]] == [str(studio.staff[i]) for i in (0, 2, 2, 2)]
    assert len({item["staffName"] for item in now["items"]}) == 2


async def test_another_service_brings_its_duration_and_price(studio: Studio):
    made = await repeated(studio)
    other = studio.sells(minutes=30, price=9900, name="Shave", after=15)
    now = await changed(studio, made, "all", None, serviceId=str(other.id))
    assert {(item["serviceName"], item["price"]["amount"], item["bufferAfterMinutes"]) for item in now["items"]} == {
        ("Shave", 9900, 15)
    }
    assert now["items"][2]["end"] == iso(at(9.5, day=14))


async def test_a_unit_is_kept_when_that_is_free(studio: Studio):
    machine = studio.sells(units=[uuid7(), uuid7()])
    await repeated(studio, service=machine, staff=1)
    made = await repeated(studio, service=machine, staff=0)
    moved = await changed(studio, made, "all", start=iso(at(12)))
    assert [item["resourceIds"] for item in moved["items"]] == [item["resourceIds"] for item in made["items"]]


async def test_one_that_was_moved_alone_keeps_its_difference(studio: Studio):
    made = await repeated(studio)
    await studio.change(made["items"][1], start=iso(at(15, day=8)))
    moved = await changed(studio, made, "all", start=iso(at(10)))
    assert starts(moved) == [iso(at(10)), iso(at(16, day=8)), iso(at(10, day=14)), iso(at(10, day=21))]


async def test_what_is_past_or_over_is_not_changed_with_others(studio: Studio):
    made = await repeated(studio)
    await studio.set_status(made["items"][2], "CANCELLED")
    with time_machine.travel(at(12)):
        studio.act_as(Role.OWNER)
        moved = await changed(studio, made, "all", 1, start=iso(at(14, day=7)), notes="later")
    assert starts(moved) == [iso(at(9)), iso(at(14, day=7)), iso(at(9, day=14)), iso(at(14, day=21))]
    assert [item["notes"] for item in moved["items"]] == ["", "later", "", "later"]


async def test_a_single_one_that_is_over_cannot_be_moved(studio: Studio):
    made = await repeated(studio)
    await studio.set_status(made["items"][2], "CANCELLED")
    answer = await change(studio, made, "this", 2, start=iso(at(14, day=14)))
    assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed")


async def test_all_pending_ones_are_confirmed_at_once(studio: Studio):
    made = await repeated(studio, status="PENDING")
    confirmed = await changed(studio, made, "all", None, status="CONFIRMED")
    assert statuses(confirmed) == ["CONFIRMED"] * 4
    assert [item["change"] for item in await studio.history(made["items"][3])] == ["created", "confirmed"]


async def test_a_status_that_one_may_not_have_refuses_all(studio: Studio):
    made = await repeated(studio, status="PENDING")
    await studio.set_status(made["items"][0], "CONFIRMED")
    answer = await change(studio, made, "all", None, status="COMPLETED")
    assert (answer.status_code, answer.json()["code"]) == (409, "StatusNotAllowed")
    assert statuses(await read(studio, made)) == ["CONFIRMED", "PENDING", "PENDING", "PENDING"]


async def test_cancelling_the_rest_frees_its_time_and_keeps_history(studio: Studio, sql: asyncpg.Connection):
    made = await repeated(studio)
    answer = await cancel(studio, made, scope="following", appointmentId=made["items"][1]["id"], reason="moved away")
    assert (answer.status_code, answer.content) == (204, b"")
    after = await read(studio, made)
    assert statuses(after) == ["CONFIRMED", "CANCELLED", "CANCELLED", "CANCELLED"]
    assert after["items"][3]["cancellationReason"] == "moved away"
    last = (await studio.history(made["items"][3]))[-1]
    assert (last["change"], last["cause"], last["before"]["status"]) == ("cancelled", "moved away", "CONFIRMED")
    assert await claimed(sql, made) == [at(9)]
    await studio.booked(at(9, day=21))


async def test_all_to_come_are_cancelled_unless_it_is_said_otherwise(studio: Studio):
    made = await repeated(studio)
    with time_machine.travel(at(12)):
        studio.act_as(Role.OWNER)
        assert (await cancel(studio, made)).status_code == 204
        assert (await cancel(studio, made)).status_code == 204
        assert statuses(await read(studio, made)) == ["CONFIRMED", "CANCELLED", "CANCELLED", "CANCELLED"]


async def test_one_can_be_cancelled(studio: Studio):
    made = await repeated(studio)
    assert (await cancel(studio, made, scope="this", appointmentId=made["items"][1]["id"])).status_code == 204
    assert statuses(await read(studio, made)) == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED"]


async def test_nothing_differs_and_nothing_is_told(studio: Studio):
    made = await repeated(studio)
    assert (await changed(studio, made, "all", start=made["items"][0]["start"], notes=""))["items"] == made["items"]


async def test_a_stale_revision_is_refused_with_what_is_there_now(studio: Studio):
    made = await repeated(studio)
    await studio.change(made["items"][3], notes="x")
    now = await read(studio, made)
    for method, body in (("PUT", {"scope": "all", "notes": "y"}), ("DELETE", None)):
        answer = await studio.client.request(method, where(made), json=body, headers={"If-Match": '"1"'})
        assert (answer.status_code, answer.json()["current"]) == (412, now)
        assert answer.headers["etag"] == '"2"'
    answer = await studio.client.put(where(made), json={"scope": "all", "notes": "y"}, headers={"If-Match": '"2"'})
    assert answer.json()["revision"] == 6


async def test_staff_change_their_own_series_only(studio: Studio):
    own, other = await repeated(studio, staff=0), await repeated(studio, staff=1)
    studio.act_as(Role.STAFF, studio.staff[0])
    assert (await change(studio, own, "all", None, notes="x")).status_code == 200
    refused = [
        await change(studio, other, "all", None, notes="x"),
        await change(studio, own, "all", None, staffId=str(studio.staff[1])),
        await cancel(studio, other),
    ]
    assert [answer.status_code for answer in refused] == [403] * 3
    assert (await studio.client.get(where(other))).status_code == 200


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"scope": "this"}, "/appointmentId"),
        ({"scope": "all", "start": iso(at(10))}, "/appointmentId"),
        ({"scope": "some"}, "/scope"),
        ({"scope": "all", "rrule": "FREQ=DAILY;COUNT=2"}, "/rrule"),
        ({"scope": "all", "staffId": "01890000-0000-7000-8000-000000000000"}, "/staffId"),
    ],
)
async def test_what_cannot_be_accepted_is_pointed_at(studio: Studio, fields: Any, pointer: str):
    made = await repeated(studio)
    answer = await studio.client.put(where(made), json=fields)
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_scope_of_following_names_an_appointment(studio: Studio):
    made = await repeated(studio)
    answer = await cancel(studio, made, scope="following")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/appointmentId")


async def test_many_take_as_many_statements_as_few(studio: Studio, statements: list[str]):
    counts: list[int] = []
    for hour, count in ((9, 2), (12, 26)):
        statements.clear()
        made = await repeated(studio, at(hour), f"FREQ=WEEKLY;COUNT={count}", staff=None)
        await changed(studio, made, "all", start=iso(at(hour + 1)))
        assert (await cancel(studio, made)).status_code == 204
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0


async def test_a_series_of_two_years_is_made_moved_and_cancelled(new_studio: Callable[..., Studio]):
    studio = new_studio(staff=20)
    made = await repeated(studio, rrule="FREQ=WEEKLY;COUNT=104", staff=None)
    moved = await changed(studio, made, "following", 3, start=iso(at(9.5, day=21)))
    assert starts(moved)[103] == iso(at(9.5, day=7 * 103))
    assert (await cancel(studio, made)).status_code == 204
