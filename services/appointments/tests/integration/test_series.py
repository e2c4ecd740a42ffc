"""Making series: every occurrence is an appointment under the same claims, or none is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from contracts.ids import uuid7
from contracts.offers import ConflictDetails
from plumbing.auth import Role

from ..make import Studio, at, iso, path
from ..series import WEEKLY, read, repeat, repeated, starts


async def stored(sql: asyncpg.Connection, studio: Studio) -> tuple[int, int, int]:
    """How many series, appointments and claims the business has."""
    count = "SELECT count(*) FROM {} WHERE business_id = $1"
    numbers = [await sql.fetchval(count.format(table), studio.id) for table in ("series", "appointments", "claims")]
    return numbers[0], numbers[1], numbers[2]


async def test_every_occurrence_is_an_appointment_that_takes_its_time(studio: Studio, sql: asyncpg.Connection):
    made = await repeated(studio, customer={"name": "Noor", "email": "noor@example.com"}, notes="knee")
    assert starts(made) == [iso(at(9, day=day)) for day in (0, 7, 14, 21)]
    assert made["skipped"] == []
    for item in made["items"]:
        assert (item["seriesId"], item["staffId"], item["notes"]) == (made["id"], str(studio.staff[0]), "knee")
        assert item == await studio.read(item)
        assert [one["change"] for one in await studio.history(item)] == ["created"]
    assert len({item["customerId"] for item in made["items"]}) == 1
    assert (await studio.book(at(9.5, day=14))).status_code == 409
    assert await stored(sql, studio) == (1, 4, 4)


async def test_a_series_is_read_with_its_rule_and_an_etag(studio: Studio):
    answer = await repeat(studio, rrule="rrule:freq=weekly;count=2")
    made = answer.json()
    assert answer.headers["location"] == f"/api/series/{made['id']}"
    assert answer.headers["etag"] == '"1"'
    del made["skipped"]
    assert await read(studio, made) == made
    assert (made["rrule"], made["start"], made["timezone"]) == ("FREQ=WEEKLY;COUNT=2", iso(at(9)), "Asia/Dubai")


async def test_every_conflict_of_the_plan_is_told_and_nothing_is_written(studio: Studio, sql: asyncpg.Connection):
    others = [await studio.booked(at(9.5, day=day)) for day in (7, 21)]
    before = await stored(sql, studio)
    answer = await repeat(studio)
    assert (answer.status_code, answer.json()["code"]) == (409, "SlotTaken")
    told = answer.json()["conflicts"]
    assert [one["start"] for one in told] == [iso(at(9, day=7)), iso(at(9, day=21))]
    assert [one["conflicts"][0]["appointmentId"] for one in told] == [other["id"] for other in others]
    assert {one["conflicts"][0]["kind"] for one in told} == {"staffBusy"}
    assert await stored(sql, studio) == before


async def test_what_the_rules_refuse_and_what_is_taken_are_told_together(studio: Studio, catalogue: Any):
    start = at(3, day=1)
    catalogue.closed[start + timedelta(days=7)] = [ConflictDetails(kind="outsideHours", detail="Closed then.")]
    await studio.booked(start + timedelta(days=14))
    answer = await repeat(studio, start)
    assert (answer.status_code, answer.json()["code"]) == (409, "NotBookable")
    assert [one["conflicts"][0]["kind"] for one in answer.json()["conflicts"]] == ["outsideHours", "staffBusy"]


async def test_conflicts_are_left_out_when_that_is_allowed(studio: Studio):
    await studio.booked(at(9, day=7))
    made = await repeated(studio, allow=["skipConflicts"])
    assert starts(made) == [iso(at(9, day=day)) for day in (0, 14, 21)]
    assert [one["start"] for one in made["skipped"]] == [iso(at(9, day=7))]
    assert made["skipped"][0]["conflicts"][0]["kind"] == "staffBusy"


async def test_a_series_of_which_nothing_is_left_is_refused(studio: Studio, sql: asyncpg.Connection):
    for day in (0, 7, 14, 21):
        await studio.booked(at(9, day=day))
    answer = await repeat(studio, allow=["skipConflicts"])
    assert (answer.status_code, len(answer.json()["conflicts"])) == (409, 4)
    assert (await stored(sql, studio))[0] == 0


async def test_occurrences_are_in_each_others_way(studio: Studio):
    service = studio.sells(minutes=26 * 60)
    answer = await repeat(studio, rrule="FREQ=DAILY;COUNT=3", service=service)
    assert (answer.status_code, answer.json()["code"]) == (409, "SlotTaken")
    [conflict] = [one for told in answer.json()["conflicts"] for one in told["conflicts"]]
    assert conflict["detail"] == "Another appointment of this series is then."
    assert "appointmentId" not in conflict
    made = await repeated(studio, rrule="FREQ=DAILY;COUNT=3", service=service, staff=None)
    assert made["items"][0]["staffId"] != made["items"][1]["staffId"]


async def test_one_staff_member_takes_all_when_one_can(studio: Studio):
    await studio.booked(at(9), staff=0)
    await studio.booked(at(9, day=14), staff=2)
    made = await repeated(studio, staff=None)
    assert {item["staffId"] for item in made["items"]} == {str(studio.staff[1])}


async def test_whoever_is_free_takes_each_when_nobody_can_take_all(new_studio: Callable[..., Studio]):
    studio = new_studio(staff=2)
    await studio.booked(at(9), staff=0)
    await studio.booked(at(9, day=7), staff=1)
    made = await repeated(studio, staff=None)
    assert [item["staffId"] for item in made["items"][:2]] == [str(studio.staff[1]), str(studio.staff[0])]


async def test_units_are_taken_for_every_occurrence(studio: Studio):
    units = [uuid7(), uuid7()]
    machine = studio.sells(units=units)
    await studio.booked(at(9, day=7), service=machine, staff=1)
    made = await repeated(studio, service=machine)
    assert [len(item["resourceIds"]) for item in made["items"]] == [1] * 4
    answer = await repeat(studio, service=machine, staff=2)
    assert [told["start"] for told in answer.json()["conflicts"]] == [iso(at(9, day=7))]
    assert answer.json()["conflicts"][0]["conflicts"][0]["resourceKind"] == "machine"


async def test_ten_oclock_stays_ten_oclock_over_a_change_of_the_clocks(studio: Studio):
    service = studio.sells(zone="Europe/Berlin")
    made = await repeated(studio, at(9, day=20), rrule="FREQ=WEEKLY;COUNT=2", service=service)  # 21 March, 10:00
    assert starts(made) == ["2027-03-21T09:00:00Z", "2027-03-28T08:00:00Z"]


async def test_the_same_key_makes_one_series(studio: Studio, sql: asyncpg.Connection):
    first, second = await repeat(studio, key="s"), await repeat(studio, key="s")
    assert (second.status_code, second.headers["idempotency-replayed"]) == (201, "true")
    assert first.json() == second.json()
    assert (await stored(sql, studio))[0] == 1


async def test_staff_make_series_of_their_own_only(studio: Studio):
    studio.act_as(Role.STAFF, studio.staff[0])
    assert (await repeat(studio, staff=0)).status_code == 201
    assert (await repeat(studio, at(12), staff=1)).status_code == 403
    assert (await repeat(studio, at(12), staff=None)).status_code == 403


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY", "COUNT or UNTIL"),
        ("FREQ=WEEKLY;COUNT=105", "1 to 104"),
        ("FREQ=DAILY;UNTIL=20280301", "more than 104"),
        ("FREQ=HOURLY;COUNT=4", "DAILY, WEEKLY"),
        ("FREQ=WEEKLY;BYHOUR=9,10;COUNT=4", "time of day"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=4", "first occurrence"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "first occurrence"),
        ("every monday", "RFC 5545"),
        ("", "RFC 5545"),
    ],
)
async def test_a_rule_that_cannot_be_kept_is_pointed_at(studio: Studio, rrule: str, words: str):
    answer = await repeat(studio, rrule=rrule)
    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/rrule"
    assert words in error["detail"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"end": iso(at(8))}, "/end"),
        ({"end": iso(at(9, day=3))}, "/end"),
        ({"serviceId": "01890000-0000-7000-8000-000000000000"}, "/serviceId"),
        ({"staffId": "01890000-0000-7000-8000-000000000000"}, "/staffId"),
        ({"customerId": "01890000-0000-7000-8000-000000000000"}, "/customerId"),
        ({"allow": ["overlap"]}, "/allow/0"),
        ({"rule": "FREQ=DAILY;COUNT=2"}, "/rule"),
    ],
)
async def test_what_cannot_be_accepted_is_pointed_at(studio: Studio, fields: Any, pointer: str):
    answer = await studio.client.post("/api/series", json={**studio.body(at(9), rrule=WEEKLY), **fields})
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_another_businesss_series_does_not_exist(new_studio: Callable[..., Studio]):
    mine, theirs = new_studio(), new_studio()
    made = await repeated(theirs)
    where, named = f"/api/series/{made['id']}", made["items"][0]["id"]
    for method, body in (("GET", None), ("PUT", {"scope": "all", "appointmentId": named}), ("DELETE", None)):
        answer = await mine.client.request(method, where, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
    own = await repeated(mine)
    answer = await mine.client.put(f"/api/series/{own['id']}", json={"scope": "this", "appointmentId": named})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/appointmentId")


async def test_one_of_a_series_can_be_changed_and_deleted_by_itself(studio: Studio):
    made = await repeated(studio)
    await studio.change(made["items"][1], start=iso(at(11, day=7)))
    await studio.client.delete(path(made["items"][2]))
    after = await read(studio, made)
    assert starts(after) == [iso(at(9)), iso(at(11, day=7)), iso(at(9, day=21))]
    assert after["revision"] == 3
