"""Hours of single dates and of seasons: each changes the slots at once."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from plumbing.auth import Role
from plumbing.db import UnitOfWork

from ..make import NINE_TO_FIVE, Studio
from .hours import AS_EVER, EVENING, MONDAY, TUESDAY, a_closure, a_season, pointers
from .test_slots import ask, local, taken, works


@pytest.fixture
async def staff(studio: Studio) -> str:
    """Works on Mondays from nine to twelve."""
    return await works(studio)


@pytest.fixture
async def service(studio: Studio, staff: str) -> Any:
    """An hour, on the hour."""
    return await studio.service(staffIds=[staff], slotIntervalMinutes=60)


async def slots(studio: Studio, service: Any) -> list[str]:
    """What is free on that Monday, by the clock in Dubai."""
    return local(await ask(studio, service))


async def test_an_override_replaces_the_hours_of_its_date_alone(studio: Studio, staff: str, service: Any):
    path = f"/api/staff/{staff}/overrides/{MONDAY}"
    answer = await studio.call("PUT", path, {"blocks": [EVENING], "reason": "Late opening"})
    made = answer.json()
    assert (answer.status_code, answer.headers["etag"], made["date"]) == (200, '"1"', MONDAY)
    assert (made["blocks"], made["reason"], made["conflicts"]) == ([EVENING], "Late opening", [])
    assert await slots(studio, service) == ["18:00", "19:00"]
    assert local(await ask(studio, service, "from=2027-03-08&days=1")) == AS_EVER
    assert (await studio.must("PUT", path, {"blocks": []}))["revision"] == 2
    assert await slots(studio, service) == []
    assert (await studio.call("DELETE", path)).status_code == 204
    assert await slots(studio, service) == AS_EVER
    assert (await studio.call("DELETE", path)).status_code == 404


async def test_an_override_that_is_set_again_as_it_is_changes_nothing(studio: Studio, staff: str):
    path = f"/api/staff/{staff}/overrides/{MONDAY}"
    first = await studio.must("PUT", path, {"blocks": [EVENING]})
    assert await studio.must("PUT", path, {"blocks": [EVENING]}) == first


async def test_the_revisions_of_an_override_go_on_after_it_was_removed(studio: Studio, staff: str):
    path = f"/api/staff/{staff}/overrides/{MONDAY}"
    missing = await studio.call("PUT", path, {"blocks": []}, If_Match='"1"')
    assert (missing.status_code, missing.json()["current"]) == (412, None)
    await studio.must("PUT", path, {"blocks": []})
    await studio.must("DELETE", path)
    assert (await studio.must("PUT", path, {"blocks": [EVENING]}))["revision"] == 3
    stale = await studio.call("PUT", path, {"blocks": []}, If_Match='"1"')
    assert (stale.status_code, stale.json()["current"]["revision"]) == (412, 3)
    assert (await studio.call("DELETE", path, If_Match='"2"')).status_code == 412


async def test_overrides_are_listed_by_date_within_bounds_and_in_pages(studio: Studio, staff: str):
    dates = [f"2027-03-{day:02}" for day in range(1, 8)]
    for on in reversed(dates):
        await studio.must("PUT", f"/api/staff/{staff}/overrides/{on}", {"blocks": []})
    await studio.must("DELETE", f"/api/staff/{staff}/overrides/2027-03-04")
    path = f"/api/staff/{staff}/overrides"
    found = await studio.must("GET", f"{path}?from=2027-03-02&to=2027-03-06")
    assert [one["date"] for one in found["items"]] == ["2027-03-02", "2027-03-03", "2027-03-05", "2027-03-06"]
    first = await studio.must("GET", f"{path}?limit=4")
    rest = await studio.must("GET", f"{path}?limit=4&cursor={first['nextCursor']}")
    assert [one["date"] for one in first["items"] + rest["items"]] == dates[:3] + dates[4:]
    assert rest["nextCursor"] is None


async def test_a_list_has_no_dates_when_the_last_is_before_the_first(studio: Studio, staff: str):
    for path in (f"/api/staff/{staff}/overrides", "/api/closures", "/api/seasons"):
        assert await pointers(studio, "GET", f"{path}?from=2027-03-02&to=2027-03-01", None) == ["/to"]
        assert (await studio.call("GET", f"{path}?from=2027-03-02&to=2027-03-02")).status_code == 200


async def test_blocks_of_a_date_that_overlap_are_refused(studio: Studio, staff: str):
    path = f"/api/staff/{staff}/overrides/{MONDAY}"
    assert await pointers(studio, "PUT", path, {"blocks": [EVENING, {"start": "19:59", "end": "24:00"}]}) == [
        "/blocks/1"
    ]
    assert await pointers(studio, "PUT", path, {"blocks": [{"start": "10:00", "end": "10:00"}]}) == ["/blocks/0/end"]
    assert (await studio.call("PUT", f"/api/staff/{staff}/overrides/2027-02-30", {"blocks": []})).status_code in {
        404,
        422,
    }
    touching = {"blocks": [EVENING, {"start": "20:00", "end": "24:00"}]}
    assert (await studio.call("PUT", path, touching)).status_code == 200


async def test_a_season_replaces_undated_hours_and_leaves_dated_ones(studio: Studio, staff: str, service: Any):
    dated = NINE_TO_FIVE | {"start": "14:00", "end": "15:00", "validFrom": MONDAY, "validTo": MONDAY}
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": [NINE_TO_FIVE | {"end": "12:00"}, dated]})
    made = await studio.must("POST", "/api/seasons", a_season())
    assert (made["staffIds"], made["revision"], made["blocks"][0]["start"]) == (None, 1, "20:00")
    assert await slots(studio, service) == ["14:00", "20:00", "21:00"]
    path = f"/api/seasons/{made['id']}"
    changed = await studio.must("PUT", path, {"blocks": []})
    assert await slots(studio, service) == ["14:00"]
    assert (await studio.call("PUT", path, {"name": "x"}, If_Match='"1"')).json()["current"] == {
        name: value for name, value in changed.items() if name != "conflicts"
    }
    assert (await studio.call("DELETE", path)).status_code == 204
    assert await slots(studio, service) == [*AS_EVER, "14:00"]


async def test_a_season_counts_for_its_staff_alone(studio: Studio, staff: str, service: Any):
    other = await works(studio, name="Bilal")
    made = await studio.must("POST", "/api/seasons", a_season(staffIds=[other, other]))
    assert made["staffIds"] == [other]
    assert await slots(studio, service) == AS_EVER
    await studio.must("PUT", f"/api/seasons/{made['id']}", {"staffIds": None})
    assert await slots(studio, service) == ["20:00", "21:00"]


async def test_seasons_of_the_same_staff_must_not_overlap(studio: Studio, staff: str):
    other = await works(studio, name="Bilal")
    await studio.must("POST", "/api/seasons", a_season(staffIds=[staff]))
    for overlapping in (
        {},
        {"staffIds": [staff, other]},
        {"staffIds": [staff], "startDate": "2027-03-09", "endDate": "2027-04-01"},
    ):
        assert await pointers(studio, "POST", "/api/seasons", a_season(**overlapping)) == ["/startDate"]
    await studio.must("POST", "/api/seasons", a_season(staffIds=[other]))
    later = a_season(startDate="2027-03-10", endDate="2027-04-01")
    made = await studio.must("POST", "/api/seasons", later)
    assert await pointers(studio, "PUT", f"/api/seasons/{made['id']}", {"startDate": "2027-03-09"}) == ["/startDate"]


async def test_of_two_seasons_that_overlap_and_come_at_once_one_is_refused(studio: Studio, staff: str):
    answers = await asyncio.gather(*(studio.call("POST", "/api/seasons", a_season()) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422]


async def test_a_season_with_wrong_blocks_or_staff_is_refused(studio: Studio, staff: str):
    block = a_season()["blocks"][0]
    assert await pointers(studio, "POST", "/api/seasons", a_season(blocks=[block, block])) == ["/blocks/1"]
    assert await pointers(studio, "POST", "/api/seasons", a_season(staffIds=[staff, str(uuid4())])) == ["/staffIds/1"]
    assert await pointers(studio, "POST", "/api/seasons", a_season(staffIds=[])) == ["/staffIds"]


async def test_staff_override_their_own_hours_and_change_no_closure_and_no_season(studio: Studio, staff: str):
    other = await works(studio, name="Bilal")
    closure = await studio.must("POST", "/api/closures", a_closure())
    season = await studio.must("POST", "/api/seasons", a_season())
    await studio.must("PUT", f"/api/staff/{other}/overrides/{MONDAY}", {"blocks": []})
    studio.act_as(Role.STAFF, staff)
    await studio.must("PUT", f"/api/staff/{staff}/overrides/{MONDAY}", {"blocks": []})
    await studio.must("DELETE", f"/api/staff/{staff}/overrides/{MONDAY}")
    for path in (f"/api/staff/{other}/overrides", "/api/closures", "/api/seasons"):
        assert (await studio.call("GET", path)).status_code == 200
    for method, path, body in (
        ("PUT", f"/api/staff/{other}/overrides/{MONDAY}", {"blocks": [EVENING]}),
        ("DELETE", f"/api/staff/{other}/overrides/{MONDAY}", None),
        ("POST", "/api/closures", a_closure()),
        ("POST", "/api/closures/import", {"country": "AE", "year": 2027}),
        ("PUT", f"/api/closures/{closure['id']}", {"name": "x"}),
        ("DELETE", f"/api/closures/{closure['id']}", None),
        ("POST", "/api/seasons", a_season(name="x")),
        ("PUT", f"/api/seasons/{season['id']}", {"name": "x"}),
        ("DELETE", f"/api/seasons/{season['id']}", None),
    ):
        assert (await studio.call(method, path, body)).status_code == 403, f"{method} {path}"


async def test_every_change_is_told_with_a_higher_revision(studio: Studio, staff: str, sql: asyncpg.Connection):
    await studio.must("PUT", f"/api/staff/{staff}/overrides/{MONDAY}", {"blocks": []})
    closure = await studio.must("POST", "/api/closures", a_closure())
    await studio.must("DELETE", f"/api/closures/{closure['id']}")
    await studio.must("POST", "/api/seasons", a_season())
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": []})
    rows = await sql.fetch(
        "SELECT (body::jsonb ->> 'revision')::int AS revision FROM outbox"
        " WHERE body::jsonb ->> 'subject' = $1 AND routing_key LIKE 'hours.changed.%' ORDER BY id",
        staff,
    )
    assert [row["revision"] for row in rows] == [2, 3, 4, 5, 6, 7]
    assert (await studio.must("GET", f"/api/staff/{staff}/hours"))["revision"] == 3


async def test_each_change_answers_with_the_appointments_that_it_is_in_the_way_of(
    studio: Studio, staff: str, uow: UnitOfWork
):
    other = await works(studio, name="Bilal")
    for who in (staff, other):
        await taken(uow, studio, who, 10, 11)

    async def conflicts(method: str, path: str, body: Any) -> list[tuple[str, str, str]]:
        found = (await studio.must(method, path, body))["conflicts"]
        assert all(one["appointmentId"] and None not in one.values() for one in found)
        return sorted((one["kind"], one["staffId"], one["start"]) for one in found)

    one, two = (("outsideHours", who, "2027-03-01T06:00:00Z") for who in (staff, other))
    both = sorted([one, two])
    override = f"/api/staff/{staff}/overrides"
    assert await conflicts("PUT", f"{override}/{MONDAY}", {"blocks": [EVENING]}) == [one]
    assert await conflicts("PUT", f"{override}/{TUESDAY}", {"blocks": [EVENING]}) == []
    await studio.must("DELETE", f"{override}/{MONDAY}")
    assert await conflicts("PUT", f"/api/staff/{staff}/hours", {"blocks": []}) == [one]
    assert await conflicts("PUT", f"/api/staff/{staff}/hours", {"blocks": [NINE_TO_FIVE]}) == []
    assert await conflicts("POST", "/api/seasons", a_season()) == both
    assert await conflicts("POST", "/api/closures", a_closure(startDate=TUESDAY, endDate=TUESDAY)) == []
    assert await conflicts("POST", "/api/closures", a_closure()) == both


async def test_slots_and_conflicts_cost_as_many_statements_with_two_hundred_overrides(
    studio: Studio, staff: str, service: Any, sql: asyncpg.Connection, statements: list[str]
):

    async def count(offset: int) -> list[int]:
        path = f"/api/staff/{staff}/overrides/2027-03-{1 + offset:02}"
        statements.clear()
        await studio.must("PUT", path, {"blocks": [EVENING]})
        changing = len(statements)
        await ask(studio, service)
        return [changing, len(statements) - changing]

    few = await count(0)
    await sql.execute(
        "INSERT INTO overrides SELECT business_id, staff_id, on_date + n * 7, starts, ends, reason, 1, updated_at, NULL"
        " FROM overrides, generate_series(1, 200) AS n WHERE business_id = $1",
        studio.id,
    )
    await sql.execute(
        "INSERT INTO closures SELECT $1, gen_random_uuid(), 'x', '2028-01-01'::date + n, '2028-01-01'::date + n, false,"
        " NULL, now(), now(), 1 FROM generate_series(1, 200) AS n",
        studio.id,
    )
    assert await count(0 + 1) == few
