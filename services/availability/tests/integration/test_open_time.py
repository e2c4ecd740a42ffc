"""Open time for shading: hours without closures and time off, cut to the range."""

from collections.abc import Callable
from typing import Any

import pytest

from ..make import NINE_TO_FIVE, Studio

DAY = {"rangeStart": "2027-03-01T00:00:00+04:00", "rangeEnd": "2027-03-02T00:00:00+04:00"}


async def works(studio: Studio, *blocks: Any, name: str = "Amira") -> str:
    """A new staff member with these hours; nine to five on Mondays, unless said otherwise."""
    staff = (await studio.staff(name))["id"]
    await studio.must("PUT", f"/api/staff/{staff}/hours", {"blocks": list(blocks) or [NINE_TO_FIVE]})
    return staff


async def open_time(studio: Studio, staff_ids: Any = (), **bounds: str) -> dict[str, list[tuple[str, str]]]:
    """Start and end of each interval in Dubai, by staff member."""
    params = {**DAY, **bounds, "staffId": list(staff_ids)}
    answer = await studio.client.get("/api/availability/open", params=params)
    assert answer.status_code == 200, answer.text
    return {
        one["staffId"]: [(_dubai(part["start"]), _dubai(part["end"])) for part in one["intervals"]]
        for one in answer.json()["items"]
    }


def _dubai(instant: str) -> str:
    return f"{(int(instant[11:13]) + 4) % 24:02}{instant[13:16]}"


async def test_hours_are_open_and_time_off_is_not(studio: Studio):
    staff = await works(studio)
    assert await open_time(studio) == {staff: [("09:00", "17:00")]}
    off = {"staffId": staff, "start": "2027-03-01T12:00:00+04:00", "end": "2027-03-01T13:00:00+04:00"}
    await studio.must("POST", "/api/time-off", off)
    assert await open_time(studio) == {staff: [("09:00", "12:00"), ("13:00", "17:00")]}


async def test_nothing_is_open_on_a_closure_whatever_an_override_says(studio: Studio):
    staff = await works(studio)
    blocks = {"blocks": [{"start": "10:00", "end": "11:00"}]}
    await studio.must("PUT", f"/api/staff/{staff}/overrides/2027-03-01", blocks)
    assert await open_time(studio) == {staff: [("10:00", "11:00")]}
    closed = {"name": "Holiday", "startDate": "2027-03-01", "endDate": "2027-03-01"}
    await studio.must("POST", "/api/closures", closed)
    assert await open_time(studio) == {staff: []}


async def test_blocks_that_touch_over_midnight_are_one_interval(studio: Studio):
    night = NINE_TO_FIVE | {"start": "22:00", "end": "24:00"}
    morning = NINE_TO_FIVE | {"dayOfWeek": 2, "start": "00:00", "end": "02:00"}
    staff = await works(studio, night, morning)
    bounds = {"rangeEnd": "2027-03-03T00:00:00+04:00"}
    assert await open_time(studio, **bounds) == {staff: [("22:00", "02:00")]}


async def test_what_sticks_out_of_the_range_is_cut(studio: Studio):
    staff = await works(studio)
    bounds = {"rangeStart": "2027-03-01T10:30:00+04:00", "rangeEnd": "2027-03-01T11:15:00+04:00"}
    assert await open_time(studio, **bounds) == {staff: [("10:30", "11:15")]}


async def test_without_ids_it_is_that_of_everybody_active_and_with_ids_of_those(studio: Studio):
    amira, bilal = await works(studio), await works(studio, name="Bilal")
    await studio.must("PUT", f"/api/staff/{bilal}", {"active": False})
    assert list(await open_time(studio)) == [amira]
    assert await open_time(studio, [bilal]) == {bilal: []}
    assert list(await open_time(studio, [bilal, amira])) == [amira, bilal]


async def test_staff_of_another_business_have_no_open_time_here(studio: Studio, new_studio: Callable[..., Studio]):
    stranger = new_studio()
    assert await open_time(studio, [await works(stranger)]) == {}
    assert await open_time(new_studio()) == {}


@pytest.mark.parametrize(
    ("bounds", "pointer"),
    [
        ({"rangeEnd": "2027-03-01T00:00:00+04:00"}, "/rangeEnd"),
        ({"rangeEnd": "2027-06-09T00:00:01+04:00"}, "/rangeEnd"),
        ({"rangeStart": "2027-03-01"}, "/rangeStart"),
        ({"rangeStart": "2199-12-30T00:00:00Z", "rangeEnd": "2199-12-31T00:00:00Z"}, "/rangeEnd"),
        ({"staffId": "x"}, "/staffId/0"),
    ],
)
async def test_a_range_that_makes_no_sense_is_refused(studio: Studio, bounds: dict[str, str], pointer: str):
    answer = await studio.client.get("/api/availability/open", params={**DAY, **bounds})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_hundred_days_can_be_asked_for(studio: Studio):
    staff = await works(studio)
    found = await open_time(studio, rangeEnd="2027-06-09T00:00:00+04:00")
    assert len(found[staff]) == 15
