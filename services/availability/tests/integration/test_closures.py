"""Closures, one by one and imported from public holidays: each changes the slots at once."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from plumbing.db import UnitOfWork

from ..make import Studio
from .hours import EVENING, MONDAY, TUESDAY, a_closure, a_season, pointers
from .test_slots import ask, local, works


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


async def test_a_closure_closes_for_everybody_and_beats_overrides(studio: Studio, staff: str, service: Any):
    await studio.must("PUT", f"/api/staff/{staff}/overrides/{MONDAY}", {"blocks": [EVENING]})
    made = await studio.must("POST", "/api/closures", a_closure(endDate="2027-03-07"))
    assert (made["revision"], made["estimated"], made["conflicts"]) == (1, False, [])
    assert await slots(studio, service) == []
    path = f"/api/closures/{made['id']}"
    moved = await studio.must("PUT", path, {"startDate": TUESDAY})
    assert (moved["startDate"], moved["endDate"], moved["revision"]) == (TUESDAY, "2027-03-07", 2)
    assert await slots(studio, service) == ["18:00", "19:00"]
    assert await studio.must("GET", path) == {name: value for name, value in moved.items() if name != "conflicts"}
    await studio.must("PUT", path, {"startDate": MONDAY})
    assert (await studio.call("DELETE", path, If_Match='"2"')).status_code == 412
    assert (await studio.call("DELETE", path)).status_code == 204
    assert await slots(studio, service) == ["18:00", "19:00"]
    assert (await studio.call("GET", path)).status_code == 404


async def test_closures_are_listed_by_their_first_date(studio: Studio):
    spans = [("2027-05-01", "2027-05-03"), ("2027-01-01", "2027-01-01"), ("2027-03-01", "2027-03-09")]
    for start, end in spans:
        await studio.must("POST", "/api/closures", a_closure(startDate=start, endDate=end))
    assert [one["startDate"] for one in (await studio.must("GET", "/api/closures"))["items"]] == [
        start for start, _ in sorted(spans)
    ]
    found = await studio.must("GET", "/api/closures?from=2027-03-09&to=2027-05-01&limit=1")
    more = await studio.must("GET", f"/api/closures?from=2027-03-09&to=2027-05-01&cursor={found['nextCursor']}")
    assert [one["startDate"] for one in found["items"] + more["items"]] == ["2027-03-01", "2027-05-01"]
    assert (await studio.call("GET", "/api/closures?cursor=bm8")).status_code == 422


async def test_dates_that_end_before_they_start_are_refused(studio: Studio):
    backwards = {"startDate": TUESDAY, "endDate": MONDAY}
    assert await pointers(studio, "POST", "/api/closures", a_closure(**backwards)) == ["/endDate"]
    assert await pointers(studio, "POST", "/api/seasons", a_season(**backwards)) == ["/endDate"]
    made = await studio.must("POST", "/api/closures", a_closure())
    assert await pointers(studio, "PUT", f"/api/closures/{made['id']}", {"endDate": "2027-02-28"}) == ["/endDate"]
    assert await pointers(studio, "POST", "/api/closures", a_closure(endDate="2030-01-01")) == ["/endDate"]


async def test_public_holidays_are_imported_once(studio: Studio, service: Any):
    asked = {"country": "ae", "year": 2027}
    first = await studio.must("POST", "/api/closures/import", asked)
    names = {one["startDate"]: (one["name"], one["estimated"]) for one in first["items"]}
    assert names["2027-12-02"] == ("National Day", False)
    assert names["2027-03-09"] == ("Eid al-Fitr (estimated)", True)
    eid = next(one for one in first["items"] if one["startDate"] == "2027-03-09")
    moved = await studio.must("PUT", f"/api/closures/{eid['id']}", {"startDate": "2027-03-08", "name": "Eid al-Fitr"})
    assert moved["estimated"] is False
    again = await studio.must("POST", "/api/closures/import", asked)
    assert (again["items"], again["known"]) == ([], len(first["items"]))
    assert len((await studio.must("GET", "/api/closures"))["items"]) == len(first["items"])
    assert local(await ask(studio, service, "from=2027-03-08&days=1")) == []


async def test_two_imports_at_once_add_each_holiday_once(studio: Studio):
    asked = {"country": "DE", "year": 2027}
    both = await asyncio.gather(*(studio.must("POST", "/api/closures/import", asked) for _ in range(2)))
    listed = (await studio.must("GET", "/api/closures"))["items"]
    assert sorted(len(one["items"]) for one in both) == [0, len(listed)]


@pytest.mark.parametrize("country", ["XX", "ZZ", "A1", "UAE", ""])
async def test_a_country_that_is_none_is_refused(studio: Studio, country: str):
    assert await pointers(studio, "POST", "/api/closures/import", {"country": country, "year": 2027}) == ["/country"]


async def test_holidays_are_named_in_the_language_of_the_business(new_studio: Callable[..., Studio]):
    named: dict[str, str] = {}
    for locale in ("ar", "ar-AE", "en", "fr"):
        found = await new_studio(locale=locale).must("POST", "/api/closures/import", {"country": "AE", "year": 2027})
        named[locale] = found["items"][0]["name"]
    assert named == {
        "ar": "رأس السنة الميلادية",
        "ar-AE": "رأس السنة الميلادية",
        "en": "New Year's Day",
        "fr": "New Year's Day",
    }


async def test_closures_of_dates_that_are_over_are_in_nobody_s_way(studio: Studio, staff: str, uow: UnitOfWork):
    past = a_closure(startDate="2020-01-01", endDate="2020-01-01")
    assert (await studio.must("POST", "/api/closures", past))["conflicts"] == []
