"""Time off: pieces of a day, many days, every week; each changes the slots at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from availability import jobs
from plumbing.auth import Role
from plumbing.db import UnitOfWork

from ..make import MONDAY, Studio
from .hours import AS_EVER, pointers
from .test_slots import EVERY_DAY, ask, local, taken, works

RANGE = "rangeStart=2027-03-01T00:00:00Z&rangeEnd=2027-03-15T00:00:00Z"


@pytest.fixture
async def staff(studio: Studio) -> str:
    """Works on Mondays from nine to twelve."""
    return await works(studio)


@pytest.fixture
async def service(studio: Studio, staff: str) -> Any:
    """An hour, on the hour."""
    return await studio.service(staffIds=[staff], slotIntervalMinutes=60)


def off(
    staff: str, start: str = "2027-03-01T10:00:00+04:00", end: str = "2027-03-01T11:00:00+04:00", **more: Any
) -> Any:
    """An hour off on that Monday, by the clock in Dubai."""
    return {"staffId": staff, "start": start, "end": end, **more}


async def listed(studio: Studio, query: str = RANGE) -> list[Any]:
    """Time off within these two weeks, unless said otherwise."""
    return (await studio.must("GET", f"/api/time-off?{query}"))["items"]


async def test_a_piece_of_a_day_off_takes_its_slots_until_it_is_taken_back(studio: Studio, staff: str, service: Any):
    answer = await studio.call("POST", "/api/time-off", off(staff, reason="Dentist"))
    made = answer.json()
    path = f"/api/time-off/{made['id']}"
    assert (answer.status_code, answer.headers["location"], answer.headers["etag"]) == (201, path, '"1"')
    assert (made["start"], made["end"]) == ("2027-03-01T06:00:00Z", "2027-03-01T07:00:00Z")
    assert (made["reason"], made["weekly"], made["conflicts"]) == ("Dentist", None, [])
    assert local(await ask(studio, service)) == ["09:00", "11:00"]
    assert (await studio.call("GET", path)).json() == {n: value for n, value in made.items() if n != "conflicts"}
    moved = await studio.must("PUT", path, {"start": "2027-03-01T09:00:00+04:00"})
    assert (moved["end"], moved["revision"]) == (made["end"], 2)
    assert local(await ask(studio, service)) == ["11:00"]
    assert (await studio.must("PUT", path, {"reason": "Dentist"}))["revision"] == 2
    assert (await studio.call("DELETE", path)).status_code == 204
    assert local(await ask(studio, service)) == AS_EVER
    for method, body in (("GET", None), ("PUT", {"reason": "x"}), ("DELETE", None)):
        assert (await studio.call(method, path, body)).status_code == 404


async def test_many_days_off_take_all_their_slots(studio: Studio, staff: str, service: Any):
    await studio.must("POST", "/api/time-off", off(staff, "2027-02-20T00:00:00+04:00", "2027-03-09T00:00:00+04:00"))
    found = await ask(studio, service, "from=2027-02-15&days=30")
    assert [day["date"] for day in found["days"] if day["slots"]] == ["2027-02-15", "2027-03-15"]


async def test_weekly_time_off_comes_again_until_its_last_date(studio: Studio, staff: str, service: Any):
    made = await studio.must("POST", "/api/time-off", off(staff, weekly={"until": "2027-03-15"}))
    assert made["weekly"] == {"until": "2027-03-15"}
    found = await ask(studio, service, "from=2027-02-22&days=35")
    assert [len(day["slots"]) for day in found["days"] if day["slots"]] == [3, 2, 2, 2, 3]
    path = f"/api/time-off/{made['id']}"
    assert (await studio.must("PUT", path, {"weekly": {"until": None}}))["weekly"] == {"until": None}
    assert len((await ask(studio, service, "from=2032-03-01&days=1"))["days"][0]["slots"]) == 2
    assert (await studio.must("PUT", path, {"weekly": None}))["weekly"] is None
    assert local(await ask(studio, service, "from=2027-03-08&days=1")) == AS_EVER


async def test_weekly_time_off_keeps_its_local_time_when_the_clocks_change(new_studio: Callable[..., Studio]):
    studio = new_studio(timezone="Europe/Berlin")
    staff = await works(studio, *EVERY_DAY)
    service = await studio.service(staffIds=[staff], slotIntervalMinutes=60)
    made = off(staff, "2027-03-22T13:00:00+01:00", "2027-03-22T15:00:00+01:00", weekly={"until": None})
    await studio.must("POST", "/api/time-off", made)
    for on, east in (("2027-03-22", 1), ("2027-03-29", 2), ("2027-10-25", 2), ("2027-11-01", 1)):
        free = local(await ask(studio, service, f"from={on}&days=1"), east)
        assert {"12:00", "13:00", "14:00", "15:00"} - set(free) == {"13:00", "14:00"}, on
    (shown,) = await listed(studio, "rangeStart=2027-03-23T00:00:00Z&rangeEnd=2027-04-06T00:00:00Z")
    assert [one["start"] for one in shown["occurrences"]] == ["2027-03-29T11:00:00Z", "2027-04-05T11:00:00Z"]


async def test_a_list_has_what_overlaps_the_range_with_its_times_there(studio: Studio, staff: str):
    other = await works(studio, name="Bilal")
    weekly = await studio.must(
        "POST", "/api/time-off", off(staff, "2027-01-04T10:00:00Z", "2027-01-04T11:00:00Z", weekly={})
    )
    ended = off(staff, "2027-01-04T10:00:00Z", "2027-01-04T11:00:00Z", weekly={"until": "2027-02-22"})
    await studio.must("POST", "/api/time-off", ended)
    long = await studio.must("POST", "/api/time-off", off(other, "2027-01-01T00:00:00Z", "2027-03-02T00:00:00Z"))
    await studio.must("POST", "/api/time-off", off(other, "2027-02-01T00:00:00Z", "2027-03-01T00:00:00Z"))
    found = await listed(studio)
    assert [(one["id"], len(one["occurrences"])) for one in found] == [(weekly["id"], 2), (long["id"], 1)]
    assert [one["id"] for one in await listed(studio, f"{RANGE}&staffId={other}")] == [long["id"]]
    assert len(await listed(studio, f"{RANGE}&staffId={other}&staffId={staff}")) == 2
    assert await listed(studio, "rangeStart=2027-03-02T00:00:00Z&rangeEnd=2027-03-03T00:00:00Z") == []
    first = await studio.must("GET", f"/api/time-off?{RANGE}&limit=1")
    rest = await studio.must("GET", f"/api/time-off?{RANGE}&cursor={first['nextCursor']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == [weekly["id"], long["id"]]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("rangeStart=2027-03-01T00:00:00Z", "/rangeEnd"),
        ("rangeStart=2027-03-01T00:00:00Z&rangeEnd=2027-03-01T00:00:00Z", "/rangeEnd"),
        ("rangeStart=2027-03-01T00:00:00Z&rangeEnd=2029-03-01T00:00:00Z", "/rangeEnd"),
        ("rangeStart=2027-03-01&rangeEnd=2027-03-02T00:00:00Z", "/rangeStart"),
    ],
)
async def test_a_range_must_be_whole_and_not_too_long(studio: Studio, query: str, pointer: str):
    assert await pointers(studio, "GET", f"/api/time-off?{query}", None) == [pointer]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"end": "2027-03-01T10:00:00+04:00"}, "/end"),
        ({"end": "2033-03-01T10:00:00+04:00"}, "/end"),
        ({"end": "2027-03-08T10:00:01+04:00", "weekly": {"until": "2027-04-01"}}, "/end"),
        ({"weekly": {"until": "2027-02-28"}}, "/weekly/until"),
        ({"weekly": {"unto": "2027-02-28"}}, "/weekly/unto"),
        ({"staffId": str(uuid4())}, "/staffId"),
        ({"start": "2027-03-01T10:00:00"}, "/start"),
    ],
)
async def test_wrong_time_off_is_refused_by_its_field(studio: Studio, staff: str, changed: Any, pointer: str):
    assert await pointers(studio, "POST", "/api/time-off", off(staff) | changed) == [pointer]
    made = await studio.must("POST", "/api/time-off", off(staff))
    assert await pointers(studio, "PUT", f"/api/time-off/{made['id']}", changed) == [pointer]


async def test_another_business_s_staff_have_no_time_off_here(studio: Studio, new_studio: Callable[..., Studio]):
    stranger = new_studio()
    assert await pointers(studio, "POST", "/api/time-off", off(await works(stranger))) == ["/staffId"]


async def test_staff_change_their_own_time_off_only(studio: Studio, staff: str):
    other = await works(studio, name="Bilal")
    others = await studio.must("POST", "/api/time-off", off(other))
    studio.act_as(Role.STAFF, staff)
    own = await studio.must("POST", "/api/time-off", off(staff))
    await studio.must("PUT", f"/api/time-off/{own['id']}", {"reason": "Rest"})
    assert len(await listed(studio)) == 2
    for method, path, body in (
        ("POST", "/api/time-off", off(other)),
        ("PUT", f"/api/time-off/{others['id']}", {"reason": "x"}),
        ("PUT", f"/api/time-off/{others['id']}", {"staffId": staff}),
        ("PUT", f"/api/time-off/{own['id']}", {"staffId": other}),
        ("DELETE", f"/api/time-off/{others['id']}", None),
    ):
        assert (await studio.call(method, path, body)).status_code == 403, f"{method} {body}"
    await studio.must("DELETE", f"/api/time-off/{own['id']}")


async def test_a_stale_change_is_refused_with_what_is_there(studio: Studio, staff: str):
    made = await studio.must("POST", "/api/time-off", off(staff))
    path = f"/api/time-off/{made['id']}"
    await studio.must("PUT", path, {"reason": "Rest"})
    for method, body in (("PUT", {"reason": "x"}), ("DELETE", None)):
        stale = await studio.call(method, path, body, If_Match='"1"')
        assert (stale.status_code, stale.json()["current"]["reason"]) == (412, "Rest")


async def test_a_repeated_request_makes_one_time_off(studio: Studio, staff: str):
    answers = [await studio.call("POST", "/api/time-off", off(staff), Idempotency_Key="once") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(await listed(studio)) == 1


async def test_time_off_answers_with_the_appointments_that_it_overlaps(studio: Studio, staff: str, uow: UnitOfWork):
    await taken(uow, studio, staff, 10, 11)
    await taken(uow, studio, staff, 11, 12)
    made = await studio.must("POST", "/api/time-off", off(staff))
    (conflict,) = made["conflicts"]
    assert (conflict["kind"], conflict["staffId"]) == ("timeOff", staff)
    assert (conflict["start"], conflict["end"]) == (made["start"], made["end"])
    assert UUID(conflict["appointmentId"])
    longer = await studio.must("PUT", f"/api/time-off/{made['id']}", {"end": "2027-03-01T11:01:00+04:00"})
    assert len(longer["conflicts"]) == 2
    weeks_ago = MONDAY - timedelta(weeks=3)
    start, end = ((weeks_ago + timedelta(hours=hour)).isoformat() for hour in (6.5, 7))
    weekly = await studio.must("POST", "/api/time-off", off(staff, start, end, weekly={}))
    assert [one["appointmentId"] for one in weekly["conflicts"]] == [conflict["appointmentId"]]
    ended = await studio.must("PUT", f"/api/time-off/{weekly['id']}", {"weekly": {"until": "2027-02-28"}})
    assert ended["conflicts"] == []


async def test_buffers_may_reach_into_time_off(studio: Studio, staff: str, uow: UnitOfWork):
    await taken(uow, studio, staff, 11, 12, buffer_before_minutes=15)
    made = await studio.must("POST", "/api/time-off", off(staff, end="2027-03-01T11:15:00+04:00"))
    assert made["conflicts"] == []
    longer = await studio.must("PUT", f"/api/time-off/{made['id']}", {"end": "2027-03-01T11:16:00+04:00"})
    assert [one["start"] for one in longer["conflicts"]] == ["2027-03-01T07:15:00Z"]


async def test_each_change_is_told_and_told_again(studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection):
    made = await studio.must("POST", "/api/time-off", off(staff, weekly={"until": "2027-04-01"}))
    path = f"/api/time-off/{made['id']}"
    await studio.must("PUT", path, {"reason": "Rest"})
    await studio.must("DELETE", path)
    told = (
        "SELECT body::jsonb ->> 'type' AS type, (body::jsonb ->> 'revision')::int AS revision,"
        " body::jsonb -> 'data' -> 'timeOff' ->> 'reason' AS reason"
        " FROM outbox WHERE body::jsonb ->> 'subject' = $1 ORDER BY id"
    )
    expected = [("time_off.added", 1, ""), ("time_off.updated", 2, "Rest"), ("time_off.removed", 3, "Rest")]
    assert [tuple(row) for row in await sql.fetch(told, made["id"])] == expected
    await sql.execute("DELETE FROM outbox WHERE body::jsonb ->> 'subject' = $1", made["id"])
    await jobs.republish(uow)
    assert [tuple(row) for row in await sql.fetch(told, made["id"])] == expected[-1:]


async def test_time_off_that_was_removed_long_ago_is_forgotten(
    studio: Studio, staff: str, uow: UnitOfWork, sql: asyncpg.Connection
):
    for _ in range(2):
        made = await studio.must("POST", "/api/time-off", off(staff))
        await studio.must("DELETE", f"/api/time-off/{made['id']}")
    await sql.execute("UPDATE time_off SET removed_at = now() - interval '61 days' WHERE id = $1", UUID(made["id"]))
    await jobs.purge(uow)
    assert await sql.fetchval("SELECT count(*) FROM time_off WHERE business_id = $1", studio.id) == 1


async def test_past_dates_are_judged_by_the_time_off_of_then(studio: Studio, staff: str, service: Any):
    await studio.must("POST", "/api/time-off", off(staff, "2020-03-02T10:00:00+04:00", "2020-03-02T11:00:00+04:00"))
    assert local(await ask(studio, service)) == AS_EVER
    assert local(await ask(studio, service, "from=2020-03-02&days=1")) == ["09:00", "11:00"]
    assert local(await ask(studio, service)) == AS_EVER
